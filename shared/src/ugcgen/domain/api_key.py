"""An API key as its owner sees it; the key itself is sealed elsewhere."""

from datetime import datetime

from ugcgen.domain.enums import ApiKeyStatus, PoolType
from ugcgen.domain.model import Document


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
