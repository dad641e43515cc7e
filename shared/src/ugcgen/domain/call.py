"""The record of a paid call, ``calls/{key}``."""

from datetime import datetime
from typing import Any

from pydantic import Field

from ugcgen.domain.enums import CallState
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros


class Artifact(Document):
    """An object in Storage: its name in the bucket, media type and size in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


class CallRecord(Document):
    """One paid call from the moment money is held for it until it is settled.

    ``price`` is what was held and ``cost`` what the provider's reported usage came to. ``sends`` counts the POSTs
    that were let go, so that a repeat of a cheap call shows. ``holder`` and ``fence`` name the claim that is sending,
    ``credential`` the API key that it was sent with: an operation can only be looked at with the same.
    """

    key: str
    user_id: str
    job_id: str | None
    unit_id: str | None
    model: str
    kind: str
    state: CallState
    price: Micros
    cost: Micros = 0
    sends: int = 0
    holder: str | None = None
    fence: int = 0
    credential: str | None = None
    operation: str | None = None
    artifacts: list[Artifact] = Field(default_factory=list)
    answer: dict[str, Any] = Field(default_factory=dict)
    reason: str | None = None
    retry_at: datetime | None = None
    created_at: datetime
    sent_at: datetime | None = None
    settled_at: datetime | None = None
