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
from ugcgen.domain.job import Job
from ugcgen.domain.money import Micros, dollars, show
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine.allotment import free, given_back
from ugcgen.engine.refs import job_ref, read_job, read_units, unit_ref
from ugcgen.engine.wake import wake
from ugcgen.pipeline.artifacts import artifacts
from ugcgen.pipeline.plan import Plan, PlannedUnit, plan, ready
from ugcgen.pipeline.projection import Projection, project
from ugcgen.pipeline.transitions import new_unit, unblock

STOPPED = {JobStatus.CANCELLING, JobStatus.CANCELLED}
ENDED = {JobStatus.COMPLETED, JobStatus.CANCELLED}

QUIET = timedelta(seconds=2)
"""How often a running job's progress is written at most, when nothing else about it changes."""


def advance(job_id: str) -> None:
    """Create and wake the units that are ready now, and bring the job document up to date. Raises NotFound."""
    job = read_job(job_id)
    units = read_units(job_id)
    if job.status is JobStatus.CANCELLING:
        for unit in units.values():
            if unit.state.is_open and unit.state is not UnitState.RUNNING:
                wake(unit, early=True)
    planned = plan(job.outline, job.brief.speech)
    for unit in _write(job, planned, units):
        wake(unit)


def _write(job: Job, planned: Plan, units: dict[str, Unit]) -> list[Unit]:
    """Create units and update the projection in one commit; returns the units to wake."""
    fresh = [] if job.status in STOPPED else ready(planned, units)
    poor = [] if job.status in STOPPED else [unit for unit in units.values() if _waits_for_money(unit)]
    if not fresh and not poor and not _worth_writing(job, project(planned, units, job.status)):
        return []
    returned = given_back(units.values())
    wanted = [*(unit.id for unit in fresh), *(unit.id for unit in poor)]

    def attempt(atomic: Atomic) -> list[Unit]:
        [(current, seen)] = atomic.read(Job, job_ref(job.id))
        if current is None or (current.status in STOPPED and job.status not in STOPPED):
            return []  # cancelled a moment ago: whoever did that advances the job too
        stored = atomic.read(Unit, *[unit_ref(job.id, unit_id) for unit_id in wanted]) if wanted else []
        there = {unit.id: (unit, snapshot) for unit, snapshot in stored if unit is not None}
        left = free(current.money, returned)
        created = _create(current, [unit for unit in fresh if unit.id not in there], left)
        left -= sum(unit.allotted for unit in created)
        helped = _help([there[unit.id][0] for unit in poor if unit.id in there], left)
        for unit in created:
            atomic.create(unit_ref(job.id, unit.id), unit)
        for unit in helped:
            atomic.replace(there[unit.id][1], unit)
        changed = {unit.id: unit for unit in [*created, *helped]}
        now_there = units | {unit_id: unit for unit_id, (unit, _) in there.items()} | changed
        allotted = current.money.allotted + sum(unit.allotted for unit in changed.values())
        atomic.update(seen, _projected(current, planned, now_there, allotted))
        return [unit for unit in changed.values() if unit.state is UnitState.READY]

    return firestore.atomically(attempt)


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


def _projected(job: Job, planned: Plan, units: dict[str, Unit], allotted: Micros) -> dict[str, Any]:
    shown = project(planned, units, job.status)
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
