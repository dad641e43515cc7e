"""Telling callers that their work is done: events signed the Standard Webhooks way and sent until taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Sequence
from typing import Any

log = logging.getLogger(__name__)

_TRIES = 8
_FIRST_PAUSE = 0.5  # seconds, doubled after every try
_TIMEOUT = 10.0


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """The value of the `webhook-signature` header for a secret written "whsec_" and base64, or as plain text."""
    key = base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def send(uris: Sequence[str], event: dict[str, Any], secret: str | None) -> None:
    """Deliver an event to each address in the background, at least once, under one `webhook-id`."""
    message_id = f"msg_{uuid.uuid4().hex}"
    body = json.dumps(event).encode()
    for uri in uris:
        threading.Thread(target=_deliver, args=(uri, message_id, body, secret), daemon=True).start()


def _deliver(uri: str, message_id: str, body: bytes, secret: str | None) -> None:
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
        timestamp = str(int(time.time()))
        headers = {"Content-Type": "application/json", "webhook-id": message_id, "webhook-timestamp": timestamp}
        if secret:
            headers["webhook-signature"] = signature(secret, message_id, timestamp, body)
        request = urllib.request.Request(uri, body, headers, method="POST")  # noqa: S310  the caller's own address
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310
                return
        except (urllib.error.URLError, OSError, TimeoutError) as error:
            log.warning("webhook %s to %s, try %d: %s", message_id, uri, attempt + 1, error)
