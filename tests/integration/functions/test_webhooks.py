"""Webhooks from end to end: a milestone of a job, Cloud Tasks, a receiver of our own that checks what it gets."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from api.deliveries import MOST_KEPT, announced, line_up_forgotten
from api.webhook_store import endpoint_ref
from infra.local import provision
from infra.local.cloud import PROJECT, LocalCloud
from infra.local.parts import REPO
from tests.integration.functions.doors import Doors
from tests.integration.functions.served_pages import Served, serving
from ugcgen.cloud import firestore
from ugcgen.domain.enums import BlockReason, UnitState
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine import claims
from ugcgen.engine.advance import advance
from ugcgen.engine.events import announce_forgotten, event_ref
from ugcgen.engine.refs import read_job

Until = Callable[[Callable[[], object], float], None]


@pytest.fixture
def receiver(
    open_doors: Doors, cloud_parts: LocalCloud, product: Callable[..., None], topics: None
) -> Iterator[Served]:
    """Where webhooks arrive, and queues that try again at once."""
    product(FUNCTIONS_URL=open_doors.url)
    functions = provision.functions_at(open_doors.url)
    for function in functions:
        if function["trigger"] == "task":
            function["retryConfig"] |= {"minBackoffSeconds": 0.05, "maxBackoffSeconds": 0.05}
    provision.create_queues(cloud_parts.env["CLOUD_TASKS_EMULATOR_HOST"], PROJECT, functions)
    with serving(open_doors.private_port) as served:
        yield served


def paused(doors: Doors, token: str) -> str:
    """A job that has no key to go on with."""
    job_id = doors.job(token, doors.photo(token))
    stand_still(job_id)
    return job_id


def stand_still(job_id: str) -> None:
    blocked = Blocked(reason=BlockReason.NO_KEY, message="no key is left")

    def stands(unit: Unit) -> Unit:
        return unit.model_copy(update={"state": UnitState.BLOCKED, "blocked": blocked, "wake_by": None})

    claims.change(job_id, "script_generation", stands)
    advance(read_job(job_id))


def test_a_milestone_arrives_signed_once_and_again_on_request(
    open_doors: Doors, receiver: Served, until: Until
) -> None:
    uid, token = open_doors.user()
    receiver.answers = [500, 302, 200]

    def ask(name: str, **data: Any) -> Any:
        reply = open_doors.call(name, token, data)
        return reply.answer if not reply.code else reply

    added = ask("addWebhook", url=f"{receiver.url}/hook?q=1", events=["job.paused"])
    webhook, secret = added["webhook"], added["secret"]
    deaf = ask("addWebhook", url=f"{receiver.url}/other", events=["job.completed"])["webhook"]
    job_id = paused(open_doors, token)
    until(lambda: len(receiver.received) == 3, 20)

    def delivery() -> Any:
        [only] = ask("listDeliveries", webhook_id=webhook["id"])["deliveries"]
        return only

    until(lambda: delivery()["state"] == "delivered", 10)
    assert [attempt["status"] for attempt in delivery()["attempts"]] == [500, 302, 200]
    assert ask("listDeliveries", webhook_id=deaf["id"])["deliveries"] == []

    headers, body = receiver.received[-1]
    told = json.loads(body)
    assert (told["type"], told["data"]["job_id"], told["data"]["status"]) == ("job.paused", job_id, "paused")
    assert Webhook(secret).verify(body, headers) == told
    guide = (REPO / "docs" / "webhooks.md").read_text()
    shown = json.loads(guide.partition("```json\n")[2].partition("```")[0])
    assert (told.keys(), told["data"].keys()) == (shown.keys(), shown["data"].keys())
    assert {sent["webhook-id"] for sent, _ in receiver.received} == {delivery()["id"]}

    announced(delivery()["id"])
    event_ref(delivery()["id"]).update({"announced": False})
    announced(delivery()["id"])  # as after a crash in the middle
    rotated = ask("rotateWebhookSecret", webhook_id=webhook["id"])["secret"]
    assert rotated != secret
    ask("replayDelivery", webhook_id=webhook["id"], event_id=delivery()["id"])
    until(lambda: delivery()["state"] == "delivered", 10)
    assert len(receiver.received) == 4, "announced again it is not sent again"
    again, same = receiver.received[-1]
    assert (again["webhook-id"], same) == (headers["webhook-id"], body)
    assert Webhook(rotated).verify(same, again) == told

    receiver.answers = [410]
    ask("replayDelivery", webhook_id=webhook["id"], event_id=delivery()["id"])
    until(lambda: delivery()["state"] == "failed", 10)
    listed = {one["id"]: one for one in ask("listWebhooks")["webhooks"]}
    assert (listed[webhook["id"]]["enabled"], listed[webhook["id"]]["reason"]) == (
        False,
        "the address answered that it is gone",
    )
    assert secret not in json.dumps(listed) and rotated not in json.dumps(listed)
    assert ask("updateWebhook", webhook_id=webhook["id"], enabled=True)["reason"] is None
    ask("removeWebhook", webhook_id=webhook["id"])
    assert [one["id"] for one in ask("listWebhooks")["webhooks"]] == [deaf["id"]]
    assert firestore.client().collection("secrets").document(webhook["id"]).get().exists is False
    assert not list(endpoint_ref(uid, webhook["id"]).collection("deliveries").stream())


def test_an_event_that_was_never_announced_is_found_and_the_log_is_bounded(
    open_doors: Doors, cloud_parts: LocalCloud, receiver: Served, product: Callable[..., None], until: Until
) -> None:
    uid, token = open_doors.user()
    webhook = open_doors.call("addWebhook", token, {"url": receiver.url}).answer["webhook"]
    deliveries = endpoint_ref(uid, webhook["id"]).collection("deliveries")
    product(CLOUD_TASKS_EMULATOR_HOST="127.0.0.1:1")  # nobody can be told now, and the job goes on all the same
    job_id = paused(open_doors, token)
    assert (read_job(job_id).status, receiver.received) == ("paused", [])

    product(CLOUD_TASKS_EMULATOR_HOST=cloud_parts.env["CLOUD_TASKS_EMULATOR_HOST"], SWEEP_AFTER_SECONDS="0")
    batch, long_ago = firestore.client().batch(), datetime(2020, 1, 1, tzinfo=UTC)
    for n in range(MOST_KEPT):
        batch.set(deliveries.document(f"old{n}"), {"created_at": long_ago + timedelta(days=n)})
    batch.commit()
    announce_forgotten()
    until(lambda: len(receiver.received) == 1, 20)
    headers, _ = receiver.received[0]
    until(lambda: deliveries.document(headers["webhook-id"]).get().get("state") == "delivered", 10)
    assert line_up_forgotten() == 0
    never_tried = {"state": "pending", "tries": 0, "wake_by": long_ago}
    deliveries.document(headers["webhook-id"]).update(never_tried)  # as if its task had been lost
    assert line_up_forgotten() == 1
    until(lambda: len(receiver.received) == 2, 20)
    assert receiver.received[1][0]["webhook-id"] == headers["webhook-id"]
    until(lambda: len(list(deliveries.stream())) == MOST_KEPT, 10)
    assert not deliveries.document("old0").get().exists
    until(lambda: deliveries.document(headers["webhook-id"]).get().get("state") == "delivered", 10)
    deliveries.document(headers["webhook-id"]).update(never_tried)
    endpoint_ref(uid, webhook["id"]).delete()
    assert line_up_forgotten() == 1
    assert not deliveries.document(headers["webhook-id"]).get().exists, "nobody is there to be told"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.7/hook",
        "http://169.254.169.254/computeMetadata/v1/",
        "http://2130706433/",
        "http://[::ffff:10.0.0.1]/",
        "https://93.184.215.14:8443/",
        "ftp://93.184.215.14/",
        "https://user@93.184.215.14/",
        "no address",
    ],
)
def test_no_address_of_our_own_network_is_taken(open_doors: Doors, url: str) -> None:
    _, token = open_doors.user()
    refused = open_doors.call("addWebhook", token, {"url": url})
    assert (refused.code, refused.field) == ("invalid_argument", "url")
    assert open_doors.call("listWebhooks", token, {}).answer == {"webhooks": []}
