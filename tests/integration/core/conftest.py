"""The engine's and the ledger's surroundings: emulators, the adapters' clients, and a record of every wake-up."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest
import requests

from infra.local import provision
from infra.local.cloud import PROJECT, LocalCloud
from tests.integration.core.stage import Sent, Stage, Wake
from tests.integration.local.target import Target, target
from ugcgen.cloud import firestore, pubsub, storage, tasks
from ugcgen.cloud.settings import settings
from ugcgen.domain.unit import WakeUp
from ugcgen.engine import events
from ugcgen.engine.refs import job_ref
from ugcgen.engine.wake import POLL_QUEUE
from ugcgen.pipeline.steps import STEPS, Service


def forget() -> None:
    """Close and drop what the adapters keep for a process."""
    for adapter in (pubsub, tasks):
        if adapter.client.cache_info().currsize:
            adapter.client().transport.close()
        adapter.client.cache_clear()
    for cached in (firestore.client, storage.bucket):
        if cached.cache_info().currsize:
            kept = cached()
            getattr(kept, "client", kept).close()
        cached.cache_clear()
    storage.signer.cache_clear()
    settings.cache_clear()


@pytest.fixture(scope="module")
def services() -> Iterator[Target]:
    """Where tasks arrive."""
    with target() as here:
        yield here


@pytest.fixture(scope="module", autouse=True)
def surroundings(cloud_parts: LocalCloud, services: Target) -> Iterator[None]:
    """This process set up as a product process of the local cloud, with topics and queues."""
    with pytest.MonkeyPatch.context() as patch:
        here = {"FUNCTIONS_URL": services.url, "POSTPROD_URL": services.url}
        for name, value in (cloud_parts.env | here).items():
            patch.setenv(name, value)
        forget()
        # The sweeper looks at all there is: what other modules left behind must not be among it.
        documents = f"projects/{PROJECT}/databases/(default)/documents"
        requests.delete(f"{cloud_parts.urls['firestore']}/emulator/v1/{documents}", timeout=20).raise_for_status()
        pubsub_api = f"{cloud_parts.urls['pubsub']}/v1/projects/{PROJECT}"
        for step in STEPS.values():
            there = requests.put(f"{pubsub_api}/topics/{step.topic}", json={}, timeout=20)
            assert there.status_code in {200, 409}
        queue = {"trigger": "task", "queue": POLL_QUEUE, "rateLimits": {}, "retryConfig": {}}
        provision.create_queues(cloud_parts.env["CLOUD_TASKS_EMULATOR_HOST"], PROJECT, [queue])
        yield
        forget()


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Set variables of the environment for one test: ``set_to(LEASE_SECONDS=1)``."""

    def change(**variables: float) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What this process sends. Everything still goes to Pub/Sub and Cloud Tasks."""
    kept = Sent()
    publish, enqueue = pubsub.publish, tasks.enqueue

    def publishing(topic: str, data: bytes, attributes: Mapping[str, str] | None = None) -> str:
        kept.try_one()
        message_id = publish(topic, data, attributes)
        kept.wakes.append(Wake(WakeUp.model_validate_json(data), Service.FUNCTIONS))
        return message_id

    def enqueueing(queue: str, url: str, body: Mapping[str, Any], name: str, at: datetime | None = None) -> bool:
        if queue == events.QUEUE:
            return True  # what others are told of moves nothing here
        kept.try_one()
        accepted = enqueue(queue, url, body, name, at)
        if accepted and queue == POLL_QUEUE:
            kept.wakes.append(Wake(WakeUp.model_validate(body["data"]), Service.FUNCTIONS, at))
        elif accepted:
            kept.wakes.append(Wake(WakeUp.model_validate(body), Service.POSTPROD, at))
        return accepted

    monkeypatch.setattr(pubsub, "publish", publishing)
    monkeypatch.setattr(tasks, "enqueue", enqueueing)
    return kept


@pytest.fixture
def stage(sent: Sent) -> Iterator[Stage]:
    """Jobs in Firestore, gone after the test."""
    made = Stage(sent)
    yield made
    for job_id in made.ids:
        firestore.client().recursive_delete(job_ref(job_id))
