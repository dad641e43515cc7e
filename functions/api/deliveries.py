"""Telling webhooks of events: one task for each, tried again with growing pauses, and a log of what was sent.

An event is sent under its own id, so that a receiver knows it again: a task may come twice, and an answer be lost.
A delivery that nobody has tried, since its task never came, is found by the sweeper.
"""

import json
import time
from datetime import timedelta

from google.cloud.firestore import DocumentReference, FieldFilter, Query

from api.signature import signed
from api.webhook_store import endpoint_ref, endpoints_of, opened_secret
from ugcgen.cloud import firestore, safe_http, tasks
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import DeliveryState
from ugcgen.domain.errors import UgcgenError
from ugcgen.domain.webhook import Attempt, Delivery, WebhookEndpoint
from ugcgen.engine.events import JobEvent, event_ref

QUEUE = "deliverWebhook"
MOST_TRIES = 16
"""As many as the queue makes."""
MOST_ATTEMPTS_KEPT = 24
MOST_KEPT = 100
BATCH = 200
KEPT = timedelta(days=30)
LONGEST_SECONDS = 15.0
MOST_BYTES = 64 * 1024
"""Of an answer, which nobody reads."""
GONE = 410


class NotDelivered(UgcgenError):
    """The webhook did not take the event. Raised so that the task is tried again."""

    code = "unavailable"


def delivery_ref(user_id: str, webhook_id: str, event_id: str) -> DocumentReference:
    reference: DocumentReference = endpoint_ref(user_id, webhook_id).collection("deliveries").document(event_id)
    return reference


def announced(event_id: str) -> None:
    """Line up a delivery of the event for each endpoint that wants it. May be repeated."""
    event = firestore.from_snapshot(JobEvent, event_ref(event_id).get(timeout=READ_TIMEOUT))
    if event is None or event.announced:
        return
    for endpoint in endpoints_of(event.user_id):
        if endpoint.enabled and event.milestone in endpoint.events:
            line_up(endpoint, _created(endpoint, event))
            _forget_oldest(endpoint)
    firestore.atomically(lambda atomic: atomic.merge(event_ref(event_id), {"announced": True}))


def line_up(endpoint: WebhookEndpoint, delivery: Delivery, again: str = "") -> None:
    """Have this round of the delivery tried; ``again`` tells one task for it from another."""
    body = {"user_id": endpoint.user_id, "webhook_id": endpoint.id, "event_id": delivery.id}
    name = f"{endpoint.id}-{delivery.id}-{delivery.round}{again}"
    tasks.enqueue(QUEUE, f"{settings().functions_url}/{QUEUE}", {"data": body}, name=name)


def line_up_forgotten() -> int:
    """Line up what should have been tried a while ago and was not; returns how many."""
    before = now() - timedelta(seconds=settings().sweep_after_seconds)
    waiting = firestore.client().collection_group("deliveries").where(filter=FieldFilter("wake_by", "<=", before))
    found = list(waiting.limit(BATCH).stream(timeout=READ_TIMEOUT))
    for snapshot in found:
        delivery = Delivery.model_validate(snapshot.to_dict())
        endpoint = firestore.from_snapshot(WebhookEndpoint, snapshot.reference.parent.parent.get(timeout=READ_TIMEOUT))
        if endpoint is None:  # removed while an event was on its way to it
            snapshot.reference.delete(timeout=WRITE_TIMEOUT)
        else:
            line_up(endpoint, delivery, again=f"-{int(now().timestamp())}")
    return len(found)


def deliver(user_id: str, webhook_id: str, event_id: str) -> None:
    """One try. Raises NotDelivered where there shall be another one."""
    reference = delivery_ref(user_id, webhook_id, event_id)
    endpoint = firestore.from_snapshot(WebhookEndpoint, endpoint_ref(user_id, webhook_id).get(timeout=READ_TIMEOUT))
    delivery = firestore.from_snapshot(Delivery, reference.get(timeout=READ_TIMEOUT))
    if endpoint is None or delivery is None or delivery.state is not DeliveryState.PENDING:
        return
    attempt = _attempt(endpoint, delivery) if endpoint.enabled else None
    after = firestore.atomically(lambda atomic: _note(atomic, reference, attempt))
    if attempt is not None and attempt.status == GONE:
        gone = {"enabled": False, "reason": "the address answered that it is gone"}
        endpoint_ref(user_id, webhook_id).update(gone, timeout=WRITE_TIMEOUT)
    if after is DeliveryState.PENDING and attempt is not None:
        raise NotDelivered(f"webhook {webhook_id} did not take {event_id}: {attempt.problem or attempt.status}")


def _created(endpoint: WebhookEndpoint, event: JobEvent) -> Delivery:
    moment = now()
    wanted = Delivery(
        id=event.id,
        webhook_id=endpoint.id,
        milestone=event.milestone,
        body={"type": event.milestone.value, "timestamp": event.at.isoformat(), "data": event.data},
        wake_by=moment,
        created_at=moment,
        expires_at=moment + KEPT,
    )

    def attempt(atomic: Atomic) -> Delivery:
        stored, seen = atomic.read(Delivery, delivery_ref(endpoint.user_id, endpoint.id, event.id))
        if stored is None:
            atomic.create(seen.reference, wanted)
        return stored or wanted

    return firestore.atomically(attempt)


def _attempt(endpoint: WebhookEndpoint, delivery: Delivery) -> Attempt:
    body = json.dumps(delivery.body, separators=(",", ":")).encode()
    moment, began = now(), time.monotonic()
    stamp = int(moment.timestamp())
    status, problem = None, None
    try:
        headers = {
            "Content-Type": "application/json",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signed(opened_secret(endpoint), delivery.id, stamp, body),
        }
        status = safe_http.post(endpoint.url, body, headers, MOST_BYTES, LONGEST_SECONDS).status
    except UgcgenError as wrong:
        problem = str(wrong)
    return Attempt(at=moment, status=status, problem=problem, seconds=round(time.monotonic() - began, 3))


def _note(atomic: Atomic, reference: DocumentReference, attempt: Attempt | None) -> DeliveryState:
    """Write an attempt down, None where the endpoint is disabled; the state of the delivery after it."""
    stored, seen = atomic.read(Delivery, reference)
    if stored is None or stored.state is not DeliveryState.PENDING:
        return stored.state if stored else DeliveryState.FAILED
    tries = stored.tries + (attempt is not None)
    state = DeliveryState.PENDING
    if attempt is None or attempt.status == GONE or tries >= MOST_TRIES:
        state = DeliveryState.FAILED
    if attempt is not None and attempt.status is not None and 200 <= attempt.status < 300:
        state = DeliveryState.DELIVERED
    attempts = [*stored.attempts, *([attempt] if attempt else [])][-MOST_ATTEMPTS_KEPT:]
    known = {"tries": tries, "state": state, "attempts": attempts, "wake_by": None}
    atomic.replace(seen, stored.model_copy(update=known))
    return state


def _forget_oldest(endpoint: WebhookEndpoint) -> None:
    log_of = endpoint_ref(endpoint.user_id, endpoint.id).collection("deliveries")
    newest_first = log_of.order_by("created_at", direction=Query.DESCENDING)
    for snapshot in newest_first.offset(MOST_KEPT).select([]).stream(timeout=READ_TIMEOUT):
        snapshot.reference.delete(timeout=WRITE_TIMEOUT)
        log.info("delivery %s left the log of webhook %s", snapshot.id, endpoint.id)
