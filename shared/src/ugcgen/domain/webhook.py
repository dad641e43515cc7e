"""An address of a user that is told of milestones, and the log of what was sent there. There is no secret in them."""

from datetime import datetime
from typing import Any

from pydantic import Field

from ugcgen.domain.enums import DeliveryState, Milestone
from ugcgen.domain.model import Document, Value


class WebhookEndpoint(Document):
    """``reason`` says why an endpoint was disabled, where that was not its owner's wish."""

    id: str
    user_id: str
    url: str
    description: str = ""
    events: list[Milestone]
    enabled: bool = True
    reason: str | None = None
    created_at: datetime


class Attempt(Value):
    """``status`` is the HTTP status answered, None where there was no answer, of which ``problem`` says why."""

    at: datetime
    status: int | None = None
    problem: str | None = None
    seconds: float


class Delivery(Document):
    """One event for one endpoint. ``id`` is the event's, which is sent as ``webhook-id``; ``body`` is what is sent.

    ``round`` counts how often it was asked for, the first time included; ``tries`` those of this round. ``wake_by`` is
    when the round was asked for, until it has been tried.
    """

    id: str
    webhook_id: str
    milestone: Milestone
    body: dict[str, Any]
    state: DeliveryState = DeliveryState.PENDING
    round: int = 1
    tries: int = 0
    attempts: list[Attempt] = Field(default_factory=list)
    wake_by: datetime | None = None
    created_at: datetime
    expires_at: datetime
