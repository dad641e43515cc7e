"""docs/webhooks.md: its lines check a real signature, and its events, figures and policies are the code's."""

import json
import re
import time
from datetime import timedelta
from typing import Any

from pytest import CaptureFixture, fixture

import main
from api import deliveries, signature, webhooks
from infra.local.parts import REPO
from tests.unit.markdown import table
from ugcgen.cloud import safe_http
from ugcgen.domain.enums import Milestone
from ugcgen.engine import events

GUIDE = REPO / "docs" / "webhooks.md"
TEXT = GUIDE.read_text(encoding="utf-8")
POLICIES = json.loads((REPO / "infra" / "firestore.indexes.json").read_text())["fieldOverrides"]


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


@fixture(scope="module")
def receive() -> Any:
    lines: dict[str, Any] = {}
    exec(compile(block("python"), str(GUIDE), "exec"), lines)
    return lines["receive"]


def test_the_lines_take_what_is_signed_and_deal_with_it_once(receive: Any, capsys: CaptureFixture[str]) -> None:
    secret, body, stamp = signature.new_secret(), json.dumps(json.loads(block("json"))).encode(), int(time.time())
    headers = {
        "webhook-id": "e1",
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature.signed(secret, "e1", stamp, body),
    }
    seen: set[str] = set()
    assert [receive(secret.get_secret_value(), body, headers, seen) for _ in range(2)] == [204, 204]
    assert capsys.readouterr().out == "job.completed f3b1c0\n"
    old = stamp - 3600
    late = headers | {
        "webhook-timestamp": str(old),
        "webhook-signature": signature.signed(secret, "e1", old, body),
    }
    another = signature.new_secret().get_secret_value()
    assert receive(secret.get_secret_value(), body + b" ", headers, seen) == 400
    assert receive(secret.get_secret_value(), body, late, seen) == 400
    assert receive(another, body, headers, seen) == 400
    assert seen == {"e1"}


def test_every_event_is_named() -> None:
    assert [row[0].strip("`") for row in table(GUIDE, "Events")] == list(Milestone)


def test_the_figures_are_the_code_s() -> None:
    retry = main.deliverWebhook.__firebase_endpoint__.taskQueueTrigger["retryConfig"]
    least, most, tries = (retry[name] for name in ("minBackoffSeconds", "maxBackoffSeconds", "maxAttempts"))
    pauses = [min(most, least * 2**n) for n in range(tries - 1)]
    assert (pauses[:3], pauses[-1], tries) == ([5, 10, 20], 3600, deliveries.MOST_TRIES)
    assert 6 < sum(pauses) / 3600 < 7
    said = " ".join(TEXT.split())
    assert f"after 5, 10, 20 ... seconds, in the end every hour, {tries} times in over six hours" in said
    assert f"no answer within {deliveries.LONGEST_SECONDS:g} s" in said
    assert f"the last {deliveries.MOST_KEPT} events, for {deliveries.KEPT.days} days" in said
    assert f"at most {webhooks.MOST_ENDPOINTS} webhooks" in said
    assert f"at most {deliveries.MOST_BYTES // 1024} KiB are read" in said
    assert "on ports {} and {}".format(*safe_http.PORTS.values()) in said


def test_what_expires_is_removed_by_a_policy() -> None:
    assert events.KEPT == deliveries.KEPT == timedelta(days=30)
    expiring = {policy["collectionGroup"]: policy["fieldPath"] for policy in POLICIES if policy.get("ttl")}
    assert expiring == {"events": "expires_at", "deliveries": "expires_at"}
    for model in (events.JobEvent, deliveries.Delivery):
        assert "expires_at" in model.model_fields
    across_users = {policy["collectionGroup"] for policy in POLICIES for index in policy["indexes"] if _is_group(index)}
    assert across_users == {"units", "deliveries"}, "the sweeper looks through all of them"


def _is_group(index: dict[str, str]) -> bool:
    return index["queryScope"] == "COLLECTION_GROUP"
