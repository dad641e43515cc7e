"""An API key as its owner sees it; the key itself is sealed elsewhere."""

from datetime import datetime

from pydantic import SecretStr

from ugcgen.domain.enums import ApiKeyStatus, PoolType
from ugcgen.domain.model import Document

RESTS = {ApiKeyStatus.RATE_LIMITED, ApiKeyStatus.EXHAUSTED}


class ApiKey(Document):
    """A key of a user, or of the pool where ``user_id`` is None. There is no secret in it.

    ``hint`` is the key's last four characters. ``until`` ends a rest (``rate_limited``, ``exhausted``), which
    ``no_credit`` says is for want of money, not of quota. ``error_count`` counts the provider's refusals of the key
    since it last worked, ``reason`` is the last of them. ``last_used_at`` is true to the minute.
    """

    id: str
    user_id: str | None = None
    label: str
    service: PoolType = PoolType.GOOGLE_AI
    hint: str
    status: ApiKeyStatus = ApiKeyStatus.ACTIVE
    until: datetime | None = None
    no_credit: bool = False
    error_count: int = 0
    reason: str | None = None
    last_used_at: datetime | None = None
    created_at: datetime

    def status_at(self, now: datetime) -> ApiKeyStatus:
        """The status, where a rest that has passed is ``active`` though nobody has written so yet."""
        passed = self.status in RESTS and (self.until is None or self.until <= now)
        return ApiKeyStatus.ACTIVE if passed else self.status


def hint_of(secret: SecretStr) -> str:
    return secret.get_secret_value()[-4:]


def without_key(text: str, secret: SecretStr) -> str:
    """The text with the key cut down to its hint. Providers repeat keys: "api_key:... has been suspended"."""
    return text.replace(secret.get_secret_value(), f"...{hint_of(secret)}")
