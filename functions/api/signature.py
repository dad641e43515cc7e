"""Signatures of webhooks as https://www.standardwebhooks.com says: HMAC-SHA256 over id, timestamp and body."""

import base64
import hashlib
import hmac
import os

from pydantic import SecretStr

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> SecretStr:
    return SecretStr(PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode())


def signed(secret: SecretStr, name: str, timestamp: int, body: bytes) -> str:
    """What the header ``webhook-signature`` says."""
    return f"v1,{base64.b64encode(digest(secret, name, str(timestamp), body)).decode()}"


def digest(secret: SecretStr, name: str, timestamp: str, body: bytes) -> bytes:
    text = secret.get_secret_value()
    key = base64.b64decode(text.removeprefix(PREFIX)) if text.startswith(PREFIX) else text.encode()
    return hmac.new(key, f"{name}.{timestamp}.".encode() + body, hashlib.sha256).digest()
