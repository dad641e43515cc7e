"""The life of a paid call's record, as pure functions.

    reserved --> sending --> succeeded | failed | refused
        ^           |  \\--> submitted --> succeeded | failed | refused | cancelled
        |___________|   \\--> unconfirmed --> submitted        (found after all: a webhook that carries the key)
      refused to start

A record is created in ``sending`` when nothing holds the call back: that one conditional write is reservation and
compare-and-set together. ``reserved`` is where a definite refusal to start puts it, with the time of the next try.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.money import Micros

SENDING_DEADLINE = timedelta(minutes=10)
"""After this a call that another job is sending counts as lost: longer than any synchronous call's timeout."""


@dataclass(frozen=True)
class Question:
    """A call about to be made. ``dear`` work is never sent again under any key without a person's word."""

    key: str
    model: str
    kind: str
    price: Micros
    dear: bool


@dataclass(frozen=True)
class Holder:
    """Who asks: a unit of a job under one claim's fence."""

    user_id: str
    job_id: str
    unit_id: str
    fence: int

    @property
    def name(self) -> str:
        return f"{self.job_id}/{self.unit_id}"


# What a worker that asks for a call is told.


@dataclass(frozen=True)
class Send:
    """The record says ``sending`` for this worker: send one POST."""

    record: CallRecord


@dataclass(frozen=True)
class Known:
    """There is a result, or an operation to look at: send nothing."""

    record: CallRecord


@dataclass(frozen=True)
class Later:
    """Come back at ``due_at``: the provider asked for it, or another job is making the same thing."""

    record: CallRecord
    due_at: datetime


@dataclass(frozen=True)
class Lost:
    """The call was sent and its answer never seen: it may have been charged."""

    record: CallRecord


Permission = Send | Known | Later | Lost


def ask(record: CallRecord | None, question: Question, holder: Holder, now: datetime) -> Permission:
    """What the holder may do, and the record as it must be stored before that."""
    if record is None:
        fresh = CallRecord(
            key=question.key,
            user_id=holder.user_id,
            job_id=holder.job_id,
            unit_id=holder.unit_id,
            model=question.model,
            kind=question.kind,
            state=CallState.RESERVED,
            price=question.price,
            created_at=now,
        )
        return Send(_sending(fresh, holder, now))
    match record.state:
        case CallState.RESERVED:
            if record.retry_at and record.retry_at > now:
                return Later(record, record.retry_at)
            return Send(_sending(record, holder, now))
        case CallState.SENDING:
            return _sent_before(record, question, holder, now)
        case CallState.UNCONFIRMED:
            return Lost(record)
        case CallState.CANCELLED | CallState.FAILED:
            return Send(_sending(record, holder, now))
        case _:
            return Known(record)


def _sent_before(record: CallRecord, question: Question, holder: Holder, now: datetime) -> Permission:
    ours = record.holder == holder.name
    if not ours and record.sent_at and now - record.sent_at < SENDING_DEADLINE:
        return Later(record, now + timedelta(seconds=2))
    if question.kind == "text":
        return Send(_sending(record, holder, now))
    return Lost(record.model_copy(update={"state": CallState.UNCONFIRMED}))


def _sending(record: CallRecord, holder: Holder, now: datetime) -> CallRecord:
    return record.model_copy(
        update={
            "state": CallState.SENDING,
            "holder": holder.name,
            "job_id": holder.job_id,
            "unit_id": holder.unit_id,
            "fence": holder.fence,
            "sends": record.sends + 1,
            "sent_at": now,
            "retry_at": None,
            "settled_at": None,
        }
    )


def submitted(record: CallRecord, operation: str) -> CallRecord:
    """The provider took the work under this operation id. Also heals a record whose answer was lost.

    The operation that the record names already is an earlier send's, which ended: late news of it says nothing.
    """
    if record.state not in {CallState.SENDING, CallState.UNCONFIRMED} or record.operation == operation:
        return record
    return record.model_copy(update={"state": CallState.SUBMITTED, "operation": operation})


def held_back(record: CallRecord, retry_at: datetime, reason: str) -> CallRecord:
    """The provider definitely did not start: nothing is owed, try again later."""
    if record.state is not CallState.SENDING:
        return record
    return record.model_copy(update={"state": CallState.RESERVED, "retry_at": retry_at, "reason": reason})


def unconfirmed(record: CallRecord, reason: str) -> CallRecord:
    if record.state is not CallState.SENDING:
        return record
    return record.model_copy(update={"state": CallState.UNCONFIRMED, "reason": reason})


def settled(
    record: CallRecord,
    state: CallState,
    now: datetime,
    cost: Micros = 0,
    artifacts: list[Artifact] | None = None,
    answer: dict[str, Any] | None = None,
    reason: str | None = None,
) -> CallRecord:
    """Closed, once: a record that is closed already stays as it is."""
    if record.state.is_final:
        return record
    return record.model_copy(
        update={
            "state": state,
            "cost": cost,
            "artifacts": artifacts or [],
            "answer": answer or {},
            "reason": reason,
            "settled_at": now,
        }
    )
