"""The model provider's webhook: wakes what waits for an operation, and finds those whose answer was lost."""

import base64
import hmac
import json
from collections.abc import Mapping

from api.signature import digest
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import BlockReason
from ugcgen.domain.errors import NotSignedIn
from ugcgen.domain.unit import Unit
from ugcgen.engine import claims
from ugcgen.engine.refs import unit_ref
from ugcgen.engine.wake import wake
from ugcgen.ledger.calls import found_after_all
from ugcgen.pipeline.transitions import unblock

TOLERANCE_SECONDS = 300


def receive(headers: Mapping[str, str], body: bytes) -> bool:
    """Handle one event; whether it concerned a call of ours. Raises NotSignedIn for a wrong signature."""
    verify(headers, body)
    event = json.loads(body)
    data = event.get("data") or event
    key = (data.get("user_metadata") or event.get("user_metadata") or {}).get("key")
    operation = data.get("id")
    if not key or not operation:
        return False
    record = found_after_all(key, operation)
    if record is None or record.job_id is None or record.unit_id is None:
        return False
    unit = firestore.from_snapshot(Unit, unit_ref(record.job_id, record.unit_id).get(timeout=READ_TIMEOUT))
    if unit is None:
        return False
    if unit.blocked and unit.blocked.reason is BlockReason.UNCONFIRMED and unit.blocked.call == key:
        unit = claims.change(unit.job_id, unit.id, _confirmed)
    log.info("operation %s of %s/%s has ended", operation, unit.job_id, unit.id)
    wake(unit, early=True)
    return True


def _confirmed(unit: Unit) -> Unit:
    return unblock(unit, {}, now()) if unit.blocked else unit


def verify(headers: Mapping[str, str], body: bytes) -> None:
    """Raises NotSignedIn unless the event is signed with our secret and fresh."""
    secret = settings().webhook_secret
    sent = {name.lower(): value for name, value in headers.items()}
    given = sent.get("webhook-signature", "")
    stamp = sent.get("webhook-timestamp", "")
    if secret is None or not stamp.isdecimal() or abs(now().timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        raise NotSignedIn("the webhook has no valid timestamp or none is expected here")
    expected = digest(secret, sent.get("webhook-id", ""), stamp, body)
    candidates = [part.removeprefix("v1,") for part in given.split() if part.startswith("v1,")]
    if not any(hmac.compare_digest(expected, _decoded(candidate)) for candidate in candidates):
        raise NotSignedIn("the webhook's signature is not ours")


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except ValueError:
        return b""
