"""What people see of a job, derived from its units: status, current step, progress, reasons for a pause."""

from collections.abc import Mapping
from dataclasses import dataclass

from ugcgen.domain.enums import JobStatus, PipelineStep, UnitState
from ugcgen.domain.job import PauseReason
from ugcgen.domain.money import Micros
from ugcgen.domain.unit import Unit
from ugcgen.pipeline.plan import Plan
from ugcgen.pipeline.steps import ORDER, weight


@dataclass(frozen=True)
class Projection:
    status: JobStatus
    current_step: PipelineStep
    last_completed_step: PipelineStep | None
    progress: int
    spent: Micros
    paused_for: list[PauseReason]
    message: str
    error_message: str | None


def project(planned: Plan, units: Mapping[str, Unit], status: JobStatus) -> Projection:
    """The projection of a job whose stored status is ``status`` (which alone remembers that it was cancelled).

    A completed job is one whose units are all done: one of them begun again, for an edit, and it runs again.
    """
    finished, counted = _count_by_step(planned, units)
    complete = [step for step in ORDER if finished[step] == counted[step]]
    current = next((step for step in ORDER if step not in complete), PipelineStep.COMPLETE)
    last = ORDER[ORDER.index(current) - 1] if ORDER.index(current) else None
    if len(complete) == len(ORDER):
        last = PipelineStep.COMPLETE
    share = sum(weight(step) * (finished[step] / counted[step] if counted[step] else 1.0) for step in ORDER)
    blocked = [unit for unit in units.values() if unit.blocked is not None and unit.state is UnitState.BLOCKED]
    failed = [unit for unit in units.values() if unit.state is UnitState.FAILED]
    derived = _status(planned, units, status)
    return Projection(
        status=derived,
        current_step=current,
        last_completed_step=last,
        progress=100 if derived is JobStatus.COMPLETED else min(99, int(share)),
        spent=sum(unit.spent for unit in units.values()),
        paused_for=[
            PauseReason(unit=unit.id, reason=unit.blocked.reason, message=unit.blocked.message)
            for unit in sorted(blocked, key=lambda unit: unit.id)
            if unit.blocked
        ],
        message=_message(derived, current, finished[current], counted[current]),
        error_message="; ".join(f"{unit.id}: {unit.error}" for unit in failed) or None,
    )


def _count_by_step(planned: Plan, units: Mapping[str, Unit]) -> tuple[dict[PipelineStep, int], dict[PipelineStep, int]]:
    finished = dict.fromkeys(ORDER, 0)
    counted = dict.fromkeys(ORDER, 0)
    for unit_id, unit in planned.items():
        counted[unit.key.step] += 1
        if unit_id in units and units[unit_id].state is UnitState.DONE:
            finished[unit.key.step] += 1
    # A step without units (no scene is extended, the clips speak themselves) is over when the one before it is.
    for position, step in enumerate(ORDER):
        before = ORDER[position - 1]
        if position and counted[step] == 0 and finished[before] < counted[before]:
            counted[step] = 1
    return finished, counted


def _status(planned: Plan, units: Mapping[str, Unit], status: JobStatus) -> JobStatus:
    states = [unit.state for unit in units.values()]
    still_open = [unit for unit in units.values() if unit.state.is_open]
    if status is JobStatus.CANCELLED:
        return status
    if status is JobStatus.CANCELLING:
        return JobStatus.CANCELLING if still_open else JobStatus.CANCELLED
    if all(unit_id in units and units[unit_id].state is UnitState.DONE for unit_id in planned):
        return JobStatus.COMPLETED
    moves = any(unit.state is not UnitState.BLOCKED and not unit.rests for unit in still_open)
    if UnitState.FAILED in states and not moves:
        return JobStatus.FAILED
    if UnitState.BLOCKED in states and not moves:
        return JobStatus.PAUSED
    if all(state is UnitState.READY for state in states) and len(states) <= 1:
        return JobStatus.QUEUED
    return JobStatus.RUNNING


def _message(status: JobStatus, step: PipelineStep, finished: int, counted: int) -> str:
    if status is not JobStatus.RUNNING:
        return status.value
    what = step.replace("_", " ")
    return f"{what}: {finished} of {counted}" if counted > 1 else what
