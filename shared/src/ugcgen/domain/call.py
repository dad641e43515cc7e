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

    ``price`` is what was held, ``fixed`` the part of it that no usage changes (a clip's seconds), and ``cost`` what the
    provider's reported usage came to. ``at_risk`` is what sends whose
    answers were lost may have cost besides. ``sends`` counts the POSTs that were let go, so that a repeat of a cheap
    call shows; ``refusals`` those in a row that the provider would not begin with. ``used_by`` names the other units
    (``job/unit``) that use the result or wait for it. ``holder`` and ``fence`` name the claim that is sending,
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
    fixed: Micros = 0
    cost: Micros = 0
    at_risk: Micros = 0
    sends: int = 0
    refusals: int = 0
    used_by: list[str] = Field(default_factory=list)
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

    @property
    def owed(self) -> Micros:
        """What the call has cost or, while nobody knows, may have cost: the cap holds in the worst case."""
        if self.state in {CallState.SENDING, CallState.SUBMITTED}:
            return self.price + self.at_risk
        return self.cost + self.at_risk
