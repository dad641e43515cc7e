"""The life of a paid call's record, as pure functions.

    reserved --> sending --> succeeded | failed | refused
        ^           |  \\--> submitted --> succeeded | failed | refused | cancelled
        |___________|   \\--> unconfirmed --> submitted, succeeded   (found after all)
      refused to start,
      or text whose answer was lost

A record is created in ``sending`` when nothing holds the call back: that one conditional write is reservation and
compare-and-set together. ``reserved`` is where a definite refusal to start puts it, with the time of the next try.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.money import Micros
from ugcgen.ledger import retry

SENDING_DEADLINE = timedelta(minutes=10)
"""After this a call that another job is sending counts as lost: longer than any synchronous call's timeout."""


@dataclass(frozen=True)
class Question:
    """A call about to be made. ``dear`` work is never sent again under any key without a person's word.
    ``credential`` is the id of the API key that it would be sent with, where the provider wants one."""

    key: str
    model: str
    kind: str
    price: Micros
    dear: bool
    fixed: Micros = 0
    credential: str | None = None


@dataclass(frozen=True)
class Holder:
    """Who asks: a unit of a job under one claim's fence, or one request of a user outside any job (its id in
    ``request``)."""

    user_id: str
    job_id: str | None = None
    unit_id: str | None = None
    fence: int = 0
    request: str = ""

    @property
    def name(self) -> str:
        return f"{self.job_id}/{self.unit_id}" if self.job_id else f"user {self.user_id}/{self.request}"


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
        return Send(_sending(fresh, question, holder, now))
    match record.state:
        case CallState.RESERVED:
            # The provider asked this key to wait, not another one.
            waits = record.retry_at is not None and record.retry_at > now and record.credential == question.credential
            if waits and record.retry_at:
                return Later(record, record.retry_at)
            return Send(_sending(record, question, holder, now))
        case CallState.SENDING:
            return _sent_before(record, question, holder, now)
        case CallState.UNCONFIRMED:
            return Lost(record)
        case CallState.CANCELLED | CallState.FAILED | CallState.DELETED:
            return Send(_sending(record, question, holder, now))
        case _:
            return Known(used(record, holder))


def used(record: CallRecord, holder: Holder) -> CallRecord:
    """The record, which knows that this holder uses it too."""
    sender = f"{record.job_id}/{record.unit_id}"
    if holder.job_id is None or holder.name == sender or holder.name in record.used_by:
        return record
    return record.model_copy(update={"used_by": [*record.used_by, holder.name]})


def left_to(record: CallRecord, heir: str) -> CallRecord:
    """The record in the hands of another unit that uses it."""
    job_id, _, unit_id = heir.partition("/")
    others = [user for user in record.used_by if user != heir]
    return record.model_copy(update={"job_id": job_id, "unit_id": unit_id, "used_by": others})


def deleted(record: CallRecord, job_id: str, is_alive: Callable[[str], bool], now: datetime) -> CallRecord:
    """The record without a job that was deleted; where no living job uses it any more, its result is gone as well.

    It is the tombstone of its artifacts, which are still named: their objects may be removed once this is stored.
    """
    users = [user for user in record.used_by if not user.startswith(f"{job_id}/")]
    jobs = {record.job_id, *(user.partition("/")[0] for user in users)} - {job_id, None}
    left = record.model_copy(update={"used_by": users})
    if any(is_alive(job) for job in jobs if job) or record.state not in _REMOVABLE:
        return left
    # An operation that nobody will look at any more has been paid for all the same.
    cost = record.cost if record.state.is_final else record.price
    gone = {"state": CallState.DELETED, "answer": {}, "cost": cost, "settled_at": record.settled_at or now}
    return left.model_copy(update=gone)


_REMOVABLE = {CallState.SUCCEEDED, CallState.SUBMITTED, CallState.DELETED}
"""What has a result, or will have one. The other states keep nothing that could be removed."""


def _sent_before(record: CallRecord, question: Question, holder: Holder, now: datetime) -> Permission:
    ours = record.holder == holder.name
    if not ours and record.sent_at and now - record.sent_at < SENDING_DEADLINE:
        return Later(record, now + timedelta(seconds=2))
    found = lost(record, "whoever sent it has died", now)
    if found.state is CallState.RESERVED:
        return Send(_sending(found, question, holder, now))
    return Lost(found) if found.state is CallState.UNCONFIRMED else Known(found)


def _sending(record: CallRecord, question: Question, holder: Holder, now: datetime) -> CallRecord:
    return record.model_copy(
        update={
            "state": CallState.SENDING,
            "holder": holder.name,
            "job_id": holder.job_id,
            "unit_id": holder.unit_id,
            "fence": holder.fence,
            "credential": question.credential,
            "sends": record.sends + 1,
            "sent_at": now,
            "retry_at": None,
            "settled_at": None,
            "cost": 0,
            "price": question.price,
            "fixed": question.fixed,
        }
    )


def submitted(record: CallRecord, operation: str) -> CallRecord:
    """The provider took the work under this operation id. Also heals a record whose answer was lost.

    The operation that the record names already is an earlier send's, which ended: late news of it says nothing.
    """
    if record.state not in {CallState.SENDING, CallState.UNCONFIRMED} or record.operation == operation:
        return record
    return _known(record).model_copy(update={"state": CallState.SUBMITTED, "operation": operation, "refusals": 0})


def held_back(record: CallRecord, retry_at: datetime, reason: str) -> CallRecord:
    """The provider definitely did not start: nothing is owed, try again later."""
    if record.state is not CallState.SENDING:
        return record
    change = {"state": CallState.RESERVED, "retry_at": retry_at, "reason": reason, "refusals": record.refusals + 1}
    return record.model_copy(update=change)


def lost(record: CallRecord, reason: str, now: datetime) -> CallRecord:
    """What was sent, or what it would have brought, is lost: it may have been charged. Text is tried again, a few
    times."""
    if record.state not in {CallState.SENDING, CallState.SUBMITTED}:
        return record
    change: dict[str, Any] = {"at_risk": record.at_risk + record.price, "reason": reason}
    if record.kind != "text":
        change["state"] = CallState.UNCONFIRMED
    elif record.sends < retry.RESENDS:
        change |= {"state": CallState.RESERVED, "retry_at": now + retry.wait(record.sends)}
    else:
        change |= {"state": CallState.FAILED, "settled_at": now, "reason": f"{reason}, {record.sends} times in a row"}
    return record.model_copy(update=change)


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
    return _known(record).model_copy(
        update={
            "state": state,
            "cost": cost,
            "artifacts": artifacts or [],
            "answer": answer or {},
            "reason": reason,
            "refusals": 0,
            "settled_at": now,
        }
    )


def told(record: CallRecord, now: datetime, cost: Micros, ended: bool) -> CallRecord:
    """Closed after an answer that was listened to as it came.

    Of one that was stopped or broke off before it ``ended``, the provider may have charged more than it had reported:
    all that was held is still owed.
    """
    if record.state.is_final:
        return record
    closed = settled(record, CallState.SUCCEEDED, now, cost)
    if ended:
        return closed
    risk = max(0, record.price - cost)
    return closed.model_copy(update={"at_risk": closed.at_risk + risk, "reason": "the answer was not heard to its end"})


def _known(record: CallRecord) -> CallRecord:
    """The record without the risk of the send that has turned up after all."""
    if record.state is not CallState.UNCONFIRMED:
        return record
    return record.model_copy(update={"at_risk": record.at_risk - record.price})
