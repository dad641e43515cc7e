"""The master keys, which seal the API keys that are stored: from the environment, from Secret Manager, or both."""

import hashlib
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from google.cloud.secretmanager_v1 import SecretManagerServiceClient

KEY_BYTES = 32
REMEMBERED_SECONDS = 300
"""How long versions of Secret Manager are remembered: a process may seal with an older one for that long."""
TIMEOUT = 15.0


@dataclass(frozen=True)
class MasterKey:
    """32 bytes. ``id`` is a fingerprint that tells master keys apart and nothing about them."""

    id: str
    key: bytes = field(repr=False)


def master_keys(read_again: bool = False) -> tuple[MasterKey, ...]:
    """Every master key that is set. The first one seals, all of them open; Secret Manager's come first.

    ``read_again`` asks Secret Manager even if its versions are remembered. Raises ConfigurationError where there is
    none, or one is no key.
    """
    here = settings()
    found: list[MasterKey] = []
    if here.api_key_encryption_secret_name:
        if read_again:
            _remembered.cache_clear()
        found += _remembered(here.api_key_encryption_secret_name, int(time.monotonic() // REMEMBERED_SECONDS))
    if here.api_key_encryption_secret:
        parts = here.api_key_encryption_secret.get_secret_value().split(",")
        found += [
            master_key(part, f"entry {number} of API_KEY_ENCRYPTION_SECRET") for number, part in enumerate(parts, 1)
        ]
    if not found:
        raise ConfigurationError(
            "there is no master key, without which no API key is stored or opened; set API_KEY_ENCRYPTION_SECRET to "
            "32 random bytes as hex, or API_KEY_ENCRYPTION_SECRET_NAME to a secret of Secret Manager"
        )
    return tuple(found)


def master_key(text: str, where: str) -> MasterKey:
    """The key that 64 hex digits spell. Raises ConfigurationError, naming ``where`` and never the text."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigurationError(f"{where} is not 32 bytes as hex; make one with: openssl rand -hex 32")
    return MasterKey(id=hashlib.sha256(b"master key of UGCGen" + key).hexdigest()[:16], key=key)


def from_secret_manager(client: "SecretManagerServiceClient", secret: str) -> tuple[MasterKey, ...]:
    """The enabled versions of a secret, ``projects/P/secrets/S``, the newest first.

    Raises ConfigurationError where there is none, they may not be read, or one is no key.
    """
    from google.api_core.exceptions import ClientError  # noqa: PLC0415

    try:
        listed = client.list_secret_versions(request={"parent": secret, "filter": "state:ENABLED"}, timeout=TIMEOUT)
        names = sorted((version.name for version in listed), key=_number, reverse=True)
        answers = [client.access_secret_version(request={"name": name}, timeout=TIMEOUT) for name in names]
    except ClientError as refused:
        raise ConfigurationError(
            f"the master keys in {secret} cannot be read ({refused.message}); name a secret that is there, and give "
            "this service's account the roles secretmanager.secretAccessor and secretmanager.viewer on it"
        ) from refused
    if not answers:
        raise ConfigurationError(f"{secret} has no enabled version; add one: openssl rand -hex 32")
    return tuple(master_key(answer.payload.data.decode("utf-8", "replace"), answer.name) for answer in answers)


def _number(version: str) -> int:
    return int(version.rsplit("/", 1)[1])


@lru_cache(maxsize=1)
def _remembered(secret: str, period: int) -> tuple[MasterKey, ...]:
    # Few services keep their master keys there, and the others must not pay for the import.
    from google.cloud.secretmanager_v1 import SecretManagerServiceClient  # noqa: PLC0415

    with SecretManagerServiceClient() as client:
        return from_secret_manager(client, secret)
