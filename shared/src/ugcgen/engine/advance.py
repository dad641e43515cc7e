"""Advance: read what is there, create what it makes ready, show people where the job is.

No lock is held. Two workers may advance a job at once: a unit is created only where none is, so both come to the same,
and the last one to settle always sees all.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.cloud.logs import log
from ugcgen.domain.enums import BlockReason, JobStatus, UnitState
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.money import Micros, dollars, show
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine.allotment import free, given_back
from ugcgen.engine.refs import job_ref, unit_ref
from ugcgen.engine.wake import wake
from ugcgen.pipeline.artifacts import artifacts
from ugcgen.pipeline.plan import PlannedUnit, plan_of, ready
from ugcgen.pipeline.projection import Projection, project
from ugcgen.pipeline.transitions import new_unit, unblock

STOPPED = {JobStatus.CANCELLING, JobStatus.CANCELLED}
ENDED = {JobStatus.COMPLETED, JobStatus.CANCELLED}

QUIET = timedelta(seconds=5)
"""How often a running job's progress is written at most, when nothing else about it changes."""


def advance(job: Job) -> None:
    """Create and wake the units that are ready now, and bring the job document up to date. Raises NotFound.

    ``job`` may have been read long ago: only its plan is taken from it, which says what to read.
    """
    ready_now, to_close = firestore.atomically(lambda atomic: _step(atomic, job))
    for unit in to_close:
        wake(unit, early=True)
    for unit in ready_now:
        wake(unit)


def opening(job: Job) -> tuple[Job, list[Unit]]:
    """A new job and its first units as they are written together. The units are to be woken after the commit."""
    units = _made_ready(job, {})
    shown = project(plan_of(job), units, job.status)
    money = job.money.model_copy(update={"allotted": sum(unit.allotted for unit in units.values())})
    begun = {"status": shown.status, "message": shown.message, "paused_for": shown.paused_for, "money": money}
    return job.model_copy(update=begun), list(units.values())


def _step(atomic: Atomic, known: Job) -> tuple[list[Unit], list[Unit]]:
    """The units to wake: those made ready, and those that a cancelled job has to close."""
    planned = plan_of(known)
    job_seen, *units_seen = atomic.get(job_ref(known.id), *(unit_ref(known.id, unit_id) for unit_id in planned))
    job = firestore.from_snapshot(Job, job_seen)
    if job is None:
        raise NotFound(f"there is no job {known.id}")
    found = {seen.id: seen for seen in units_seen if seen.exists}
    units = {unit_id: Unit.model_validate(seen._data) for unit_id, seen in found.items()}
    if job.status in STOPPED:
        to_close = [unit for unit in units.values() if unit.state.is_open and unit.state is not UnitState.RUNNING]
        changed: dict[str, Unit] = {}
    else:
        to_close = []
        changed = _made_ready(job, units)
    for unit_id, unit in changed.items():
        if unit_id in found:
            atomic.replace(found[unit_id], unit)
        else:
            atomic.create(unit_ref(job.id, unit_id), unit)
    allotted = sum(unit.allotted for unit in changed.values())
    shown = project(planned, units | changed, job.status)
    # Where money moves the job is written too, if it still is as read: two who allot at once cannot pass the cap.
    if job.status not in ENDED and (allotted or _worth_writing(job, shown)):
        atomic.update(job_seen, _projected(job, shown, units | changed, job.money.allotted + allotted))
    return [unit for unit in changed.values() if unit.state is UnitState.READY], to_close


def _made_ready(job: Job, units: dict[str, Unit]) -> dict[str, Unit]:
    """Units to create, and units that waited for money and can have it now."""
    left = free(job.money, given_back(units.values()))
    created = _create(job, ready(plan_of(job), units), left)
    left -= sum(unit.allotted for unit in created)
    helped = _help([unit for unit in units.values() if _waits_for_money(unit)], left)
    return {unit.id: unit for unit in [*created, *helped]}


def _create(job: Job, fresh: Iterable[PlannedUnit], left: Micros) -> list[Unit]:
    created = []
    for planned in fresh:
        price = job.quote.of(planned.id)
        unit = new_unit(job.id, job.user_id, planned, price, now())
        if price > left:
            unit = unit.model_copy(update=_blocked_for_money(job, unit.id, price, left))
        left -= unit.allotted
        created.append(unit)
    return created


def _help(poor: Iterable[Unit], left: Micros) -> list[Unit]:
    """Units that waited for money and can be paid for now, each with its whole price allotted."""
    helped = []
    for unit in poor:
        price = unit.blocked.needed if unit.blocked else 0
        if _waits_for_money(unit) and unit.allotted == 0 and price <= left:
            left -= price
            helped.append(unblock(unit, {}, now(), allotted=price))
    return helped


def _waits_for_money(unit: Unit) -> bool:
    return unit.state is UnitState.BLOCKED and unit.blocked is not None and unit.blocked.reason is BlockReason.BUDGET


def _blocked_for_money(job: Job, unit_id: str, price: Micros, left: Micros) -> dict[str, Any]:
    message = (
        f"{unit_id} costs {show(price)} but only {show(max(0, left))} of the budget of {show(job.money.cap)} is free; "
        f"raise the budget by {show(price - left)} to go on"
    )
    blocked = Blocked(reason=BlockReason.BUDGET, message=message, needed=price)
    return {"state": UnitState.BLOCKED, "allotted": 0, "blocked": blocked, "wake_by": None}


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


def _projected(job: Job, shown: Projection, units: dict[str, Unit], allotted: Micros) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "status": str(shown.status),
        "current_step": str(shown.current_step),
        "last_completed_step": shown.last_completed_step and str(shown.last_completed_step),
        "progress": max(job.progress, shown.progress),
        "message": shown.message,
        "error_message": shown.error_message,
        "paused_for": [reason.model_dump() for reason in shown.paused_for],
        "money.allotted": allotted,
        "money.spent": shown.spent,
        "updated_at": now(),
    }
    if shown.last_completed_step is not job.last_completed_step:
        fields |= artifacts(units)
    if shown.status is JobStatus.COMPLETED and job.status is not JobStatus.COMPLETED:
        fields["completed_at"] = now()
        log.info("job completed for %.2f USD", dollars(shown.spent))
    return fields
