"""Advance: read what is there, begin what it makes ready or has made out of date, show people where the job is.

No lock is held. Two workers may advance a job at once: a unit is created only where none is and begun again only as it
was seen, so both come to the same, and the last one to settle always sees all.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.cloud.logs import log
from ugcgen.domain.chat import Message, message_id
from ugcgen.domain.enums import BlockReason, JobStatus, Speaker, UnitState
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.money import Micros, dollars, show
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine import events
from ugcgen.engine.allotment import free
from ugcgen.engine.refs import job_ref, message_ref, unit_ref
from ugcgen.engine.wake import wake
from ugcgen.pipeline.artifacts import animatic, artifacts
from ugcgen.pipeline.chat_lines import chat_lines
from ugcgen.pipeline.freshness import due
from ugcgen.pipeline.plan import PlannedUnit, plan_of
from ugcgen.pipeline.projection import Projection, project
from ugcgen.pipeline.transitions import (
    begin_again,
    held,
    new_unit,
    waits_for_its_price,
    with_money,
    withdrawn,
    without_money,
)

STOPPED = {JobStatus.CANCELLING, JobStatus.CANCELLED}

QUIET = timedelta(seconds=5)
"""How often a running job's progress is written at most, when nothing else about it changes."""

Units = dict[str, Unit]
Decision = Callable[[Job, Mapping[str, Unit]], tuple[Job, Units]]
"""What a person decided: the job as it is to be, and the units that change with it. It may raise, and be repeated."""


def advance(job: Job) -> None:
    """Begin and wake the units that are due now, and bring the job document up to date. Raises NotFound.

    ``job`` may have been read long ago: only its plan is taken from it, which says what to read.
    """
    decide(job, lambda stored, units: (stored, {}))


def decide(job: Job, decision: Decision) -> Job:
    """Apply a decision to a job's edits and units, and advance from there, all in one commit. Returns the job.

    Raises NotFound and what the decision raises.
    """
    decided, begun, to_close, reached = firestore.atomically(lambda atomic: _step(atomic, job, decision))
    for unit in to_close:
        wake(unit, early=True)
    for unit in begun:
        wake(unit)
    for event in reached:
        events.announce(event)
    return decided


def opening(job: Job) -> tuple[Job, list[Unit]]:
    """A new job and its first units as they are written together. The units are to be woken after the commit."""
    units = _begun(job, {})
    shown = project(plan_of(job), units, job.status)
    money = job.money.model_copy(update={"allotted": sum(unit.allotted for unit in units.values())})
    begun = {"status": shown.status, "message": shown.message, "paused_for": shown.paused_for, "money": money}
    return job.model_copy(update=begun), list(units.values())


def _step(atomic: Atomic, known: Job, decision: Decision) -> tuple[Job, list[Unit], list[Unit], list[events.JobEvent]]:
    """The job as decided, the units to wake (those begun, and those that a cancelled job has to close), and the
    milestones that it reached."""
    looked_for = plan_of(known)
    job_seen, *units_seen = atomic.get(job_ref(known.id), *(unit_ref(known.id, unit_id) for unit_id in looked_for))
    stored = firestore.from_snapshot(Job, job_seen)
    if stored is None:
        raise NotFound(f"there is no job {known.id}")
    found = {seen.id: seen for seen in units_seen if seen.exists}
    units = {unit_id: Unit.model_validate(seen._data) for unit_id, seen in found.items()}
    job, changed = decision(stored, units)
    planned = plan_of(job)
    if more := planned.keys() - looked_for.keys():
        # The cut was changed, now or since the job was last read, and asks for other parts of the film.
        for seen in atomic.get(*(unit_ref(job.id, unit_id) for unit_id in sorted(more))):
            if seen.exists:
                found[seen.id], units[seen.id] = seen, Unit.model_validate(seen._data)
    units = {unit_id: unit for unit_id, unit in units.items() if unit_id in planned}
    if job.status in STOPPED:
        to_close = [unit for unit in units.values() if unit.state.is_open and unit.state is not UnitState.RUNNING]
    else:
        to_close = []
        changed = changed | _begun(job, units | changed)
    for unit_id, unit in changed.items():
        if unit_id in found:
            atomic.replace(found[unit_id], unit)
        else:
            atomic.create(unit_ref(job.id, unit_id), unit)
    reached: list[events.JobEvent] = []
    now_there = units | changed
    shown = project(planned, now_there, job.status)
    # Where money moves the job is written too, if it still is as read: two who allot at once cannot pass the cap.
    moves_money = any(
        unit.allotted or (unit_id in units and units[unit_id].allotted) for unit_id, unit in changed.items()
    )
    if job.status is not JobStatus.CANCELLED and (job != stored or moves_money or _worth_writing(job, shown)):
        atomic.update(job_seen, _decided(stored, job) | _projected(job, shown, now_there))
        _tell(atomic, job, shown)
        reached = events.record(atomic, job_seen, job, shown)
    return job, [unit for unit in changed.values() if unit.wake_by is not None], to_close, reached


def _begun(job: Job, units: Units) -> Units:
    """Units to create or to run again, with their price where it is free, and decisions that are no longer asked for.

    Nothing new is created after a failure: it costs money. What a person's edit has made out of date is made again.
    """
    planned = plan_of(job)
    found = due(planned, job, units)
    failed = any(unit.state is UnitState.FAILED and unit.id not in found.begin for unit in units.values())
    left = free(job.money, units.values())
    changed = {unit_id: withdrawn(units[unit_id]) for unit_id in found.withdrawn}
    for unit_id, made_from in found.begin.items():
        before = units.get(unit_id)
        if before is None and failed:
            continue
        after = _paid_for(job, planned[unit_id], before, made_from, left)
        left -= held(after) - (held(before) if before else 0)
        if after != before:
            changed[unit_id] = after
    return changed


def _paid_for(job: Job, planned: PlannedUnit, before: Unit | None, made_from: str, left: Micros) -> Unit:
    """The unit begun with its price set aside, or blocked until that is free."""
    price = job.quote.of(planned.id)
    if before is not None and waits_for_its_price(before):
        return with_money(before, made_from, now()) if price <= left else before
    if before is None:
        after, needed = new_unit(job.id, job.user_id, planned, made_from, price, now()), price
    else:
        after = begin_again(before, made_from, price, now())
        needed = after.allotted - held(before)
    return after if needed <= left else without_money(after, _for_want_of(job, planned.id, price, needed - left))


def _for_want_of(job: Job, unit_id: str, price: Micros, missing: Micros) -> Blocked:
    message = (
        f"{unit_id} costs {show(price)} but only {show(max(0, price - missing))} of the budget of "
        f"{show(job.money.cap)} is free; raise the budget by {show(missing)} to go on"
    )
    return Blocked(reason=BlockReason.BUDGET, message=message, needed=price)


def _worth_writing(job: Job, shown: Projection) -> bool:
    """Whether people should see the change now: another status or step at once, mere progress not too often."""
    if (job.status, job.current_step, job.last_completed_step, len(job.paused_for)) != (
        shown.status,
        shown.current_step,
        shown.last_completed_step,
        len(shown.paused_for),
    ):
        return True
    changed = shown.progress > job.progress or shown.spent != job.money.spent or shown.message != job.message
    return changed and now() - job.updated_at >= QUIET


def _tell(atomic: Atomic, job: Job, shown: Projection) -> None:
    """Put what has happened into the job's chat: once, as the commit that makes it so does it, under its own name."""
    if job.chat_id is None:
        return
    for place, told in enumerate(chat_lines(job, shown)):
        message = Message(
            id=message_id(job.id, told.name),
            chat_id=job.chat_id,
            role=Speaker.ASSISTANT,
            content=told.sentence,
            job_id=job.id,
            created_at=now() + timedelta(milliseconds=place),
            updated_at=now(),
        )
        atomic.merge(message_ref(job.chat_id, message.id), message.model_dump())


def _decided(stored: Job, job: Job) -> dict[str, Any]:
    """What a decision changed in the job itself."""
    changed: dict[str, Any] = {}
    if job.version != stored.version:
        changed |= {"version": job.version, "edits": firestore.to_document(job.edits)}
    if job.spoken_by != stored.spoken_by:
        changed["spoken_by"] = job.spoken_by
    return changed


def _projected(job: Job, shown: Projection, units: Units) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "status": str(shown.status),
        "current_step": str(shown.current_step),
        "last_completed_step": shown.last_completed_step and str(shown.last_completed_step),
        "progress": max(job.progress, shown.progress),
        "message": shown.message,
        "error_message": shown.error_message,
        "paused_for": [reason.model_dump() for reason in shown.paused_for],
        "money.allotted": sum(unit.allotted for unit in units.values()),
        "money.spent": shown.spent,
        "updated_at": now(),
    }
    if shown.last_completed_step is not job.last_completed_step or animatic(units) != job.animatic_url:
        fields |= artifacts(units)
    if shown.status is not job.status:
        fields["completed_at"] = _completed_at(job, shown)
    return fields


def _completed_at(job: Job, shown: Projection) -> datetime | None:
    if shown.status is not JobStatus.COMPLETED:
        return None
    log.info("version %d of the job completed for %.2f USD", job.version, dollars(shown.spent))
    return now()
