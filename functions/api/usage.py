"""Usage: what the caller's paid calls cost, by day, job and model."""

from datetime import UTC, date, datetime, time, timedelta

from pydantic import Field, model_validator

from api.caller import Caller
from api.operation import operation
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import is_simulated
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros
from ugcgen.ledger.allowance import owed_today
from ugcgen.ledger.usage import Usage, spent_by, usage_of

LONGEST = 92
"""Days that are added up at once."""


class GetUsage(Document):
    """Days by UTC, ``first`` and ``last`` among them; without them the thirty days up to today."""

    first: date = Field(default_factory=lambda: now().astimezone(UTC).date() - timedelta(days=29))
    last: date = Field(default_factory=lambda: now().astimezone(UTC).date())

    @model_validator(mode="after")
    def _is_a_span(self) -> "GetUsage":
        if not 0 <= (self.last - self.first).days < LONGEST:
            raise ValueError(f"first and last are {LONGEST} days at most, in this order; ask for fewer")
        return self


class UsageAnswer(Document):
    """``allowance_owed`` is what today's work outside of jobs takes from the day's allowance. Money is in millionths of
    a US dollar, and not real where it is ``simulated``."""

    first: date
    last: date
    usage: Usage
    allowance_owed: Micros
    simulated: bool


@operation("GET", "/usage")
def get_usage(caller: Caller, request: GetUsage) -> UsageAnswer:
    """What was paid for, by day, by job and by model. What another job had paid for already costs nothing again."""
    start = datetime.combine(request.first, time(), UTC)
    end = datetime.combine(request.last + timedelta(days=1), time(), UTC)
    return UsageAnswer(
        first=request.first,
        last=request.last,
        usage=usage_of(spent_by(caller.uid, start, end)),
        allowance_owed=owed_today(caller.uid),
        simulated=is_simulated(),
    )
