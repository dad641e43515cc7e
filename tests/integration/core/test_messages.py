"""Pub/Sub and Cloud Tasks, from the adapters to where messages arrive."""

import base64
import itertools
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from google.api_core.exceptions import NotFound as NoSuchTopic

from infra.local.cloud import PROJECT, LocalCloud
from tests.integration.core.stage import Stage, stored_unit, wake_of
from tests.integration.local.target import Target
from tests.unit.core.jobs import brief
from ugcgen.cloud import pubsub, tasks
from ugcgen.domain.enums import UnitState
from ugcgen.domain.unit import Waiting, WakeUp
from ugcgen.engine.wake import POLL_QUEUE, POSTPROD_QUEUE, wake

Published = Callable[[str], list[dict[str, Any]]]
Until = Callable[[Callable[[], object], float], None]
_numbers = itertools.count(1)


def name() -> str:
    return f"core-{os.getpid()}-{next(_numbers)}"


def bodies(services: Target, path: str) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in services.at(path)]


@pytest.fixture
def published(cloud_parts: LocalCloud) -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    """``published(topic)``: the messages of a topic since the first time that this was asked."""
    api = f"{cloud_parts.urls['pubsub']}/v1/projects/{PROJECT}"
    found: dict[str, list[dict[str, Any]]] = {}

    def pull(topic: str) -> list[dict[str, Any]]:
        subscription = f"{api}/subscriptions/core-{topic}"
        if topic not in found:
            wanted = {"topic": f"projects/{PROJECT}/topics/{topic}"}
            requests.put(subscription, json=wanted, timeout=20).raise_for_status()
            found[topic] = []
        asked = {"maxMessages": 100, "returnImmediately": True}
        answer = requests.post(f"{subscription}:pull", json=asked, timeout=20)
        answer.raise_for_status()
        received = answer.json().get("receivedMessages", [])
        if received:
            acks = {"ackIds": [one["ackId"] for one in received]}
            requests.post(f"{subscription}:acknowledge", json=acks, timeout=20).raise_for_status()
        found[topic] += [one["message"] for one in received]
        return found[topic]

    yield pull
    for topic in found:
        requests.delete(f"{api}/subscriptions/core-{topic}", timeout=20).raise_for_status()


def woken(messages: list[dict[str, Any]]) -> list[WakeUp]:
    return [WakeUp.model_validate_json(base64.b64decode(message["data"])) for message in messages]


def test_a_published_message_arrives_with_its_attributes(published: Published, until: Until) -> None:
    assert published("ugcgen-complete") == []
    message_id = pubsub.publish("ugcgen-complete", b'{"unit": "complete"}', {"job": "j1"})
    until(lambda: published("ugcgen-complete"), 20)
    [message] = published("ugcgen-complete")
    assert (message["messageId"], message["attributes"]) == (message_id, {"job": "j1"})
    assert json.loads(base64.b64decode(message["data"])) == {"unit": "complete"}


def test_a_topic_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NoSuchTopic):
        pubsub.publish("ugcgen-nothing", b"{}")


def test_a_task_of_a_name_is_taken_once(services: Target, until: Until) -> None:
    task, path = name(), f"/{name()}"
    assert tasks.enqueue(POLL_QUEUE, services.url + path, {"unit": "storyboard-01"}, task)
    assert not tasks.enqueue(POLL_QUEUE, services.url + path, {"unit": "storyboard-01"}, task)
    until(lambda: services.at(path), 20)
    [arrived] = services.at(path)
    assert json.loads(arrived.body) == {"unit": "storyboard-01"}
    assert arrived.headers["Content-Type"] == "application/json"
    assert not tasks.enqueue(POLL_QUEUE, services.url + path, {}, task), "nor after it was done"


def test_a_task_waits_for_its_time(services: Target, until: Until) -> None:
    path, due = f"/{name()}", datetime.now(UTC) + timedelta(seconds=1)
    tasks.enqueue(POLL_QUEUE, services.url + path, {}, name(), at=due)
    until(lambda: services.at(path), 20)
    assert services.at(path)[0].at >= due.timestamp() - 0.01


def test_a_name_is_made_fit_for_cloud_tasks(services: Target) -> None:
    assert tasks.enqueue(POSTPROD_QUEUE, services.url, {}, f"{name()}/join 01.ö")


def test_a_unit_is_woken_where_its_phase_is_done(
    stage: Stage, services: Target, published: Published, until: Until
) -> None:
    job = stage.job(brief(4, 4))
    drawn = stage.unit(job, "storyboard-01")
    rendered = stage.unit(job, "post_production-sound")
    waiting = Waiting(call="a", poll_seq=1, due_at=datetime.now(UTC))
    filmed = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    topics = ("ugcgen-storyboard", "ugcgen-video-generation")
    assert [published(topic) for topic in topics] == [[], []]
    for unit in (drawn, rendered, filmed):
        wake(unit)
    wake(filmed, early=True)
    until(lambda: all(published(topic) for topic in topics), 20)
    assert woken(published("ugcgen-storyboard")) == [wake_of(drawn)]
    assert woken(published("ugcgen-video-generation")) == [wake_of(filmed, early=True)]
    until(lambda: services.at("/units") and services.at(f"/{POLL_QUEUE}"), 20)
    assert bodies(services, "/units") == [wake_of(rendered).model_dump()]
    assert bodies(services, f"/{POLL_QUEUE}") == [{"data": wake_of(filmed).model_dump()}]
    assert stored_unit(job, filmed.id) == filmed, "waking writes nothing"
