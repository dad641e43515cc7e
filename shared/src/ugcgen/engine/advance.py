"""Advance: read what is there, create what it makes ready, show people where the job is.

No lock is held. Two workers may advance a job at once: a unit is created only where none is, so both come to the same,
and the last one to settle always sees all.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from google.cloud.firestore import Transaction

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT
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
    """Create units and update the projection in one transaction; returns the units to wake."""
    fresh = [] if job.status in STOPPED else ready(planned, units)
    poor = [] if job.status in STOPPED else [unit for unit in units.values() if _waits_for_money(unit)]
    if not fresh and not poor and not _worth_writing(job, project(planned, units, job.status)):
        return []

    def work(transaction: Transaction) -> list[Unit]:
        reference = job_ref(job.id)
        snapshot = reference.get(transaction=transaction, timeout=READ_TIMEOUT)
        current = firestore.from_snapshot(Job, snapshot)
        if current is None or _is_too_late(job.status, current.status):
            return []
        wanted = [unit_ref(job.id, unit_id) for unit_id in [*(f.id for f in fresh), *(p.id for p in poor)]]
        found = transaction.get_all(wanted, timeout=READ_TIMEOUT) if wanted else ()
        stored = {s.id: Unit.model_validate(s.to_dict()) for s in found if s.exists}
        changed = paid_for(current, fresh, stored, given_back(units.values()))
        for unit in changed:
            transaction.set(unit_ref(job.id, unit.id), firestore.to_document(unit))
        now_there = units | stored | {unit.id: unit for unit in changed}
        allotted = current.money.allotted + sum(unit.allotted for unit in changed)
        transaction.update(reference, _projected(current, planned, now_there, allotted))
        return [unit for unit in changed if unit.state is UnitState.READY]

    return firestore.in_transaction(work)


def _is_too_late(read: JobStatus, current: JobStatus) -> bool:
    """Whether the units were read before the job was cancelled or ended: who did that saw as much, and it stands."""
    return current in ENDED or (current in STOPPED and read not in STOPPED)


def paid_for(job: Job, fresh: Iterable[PlannedUnit], stored: Mapping[str, Unit], returned: Micros) -> list[Unit]:
    """What the job's money makes of it: ``fresh`` units that are not ``stored`` yet, and stored ones it can help now.

    Each has its whole price allotted, or is blocked for the lack of it.
    """
    left = free(job.money, returned)
    created = _create(job, fresh, stored, left)
    left -= sum(unit.allotted for unit in created)
    return created + _help(stored.values(), left)


def _create(job: Job, fresh: Iterable[PlannedUnit], stored: Mapping[str, Unit], left: Micros) -> list[Unit]:
    created = []
    for planned in fresh:
        if planned.id in stored:
            continue
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
