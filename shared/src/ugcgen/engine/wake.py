"""Waking units: a message on the step's topic, a task for post-production, or a task at the end of a wait.

A wake-up carries no state. Losing one costs a minute, until the sweeper; a second one is acknowledged and forgotten.
"""

from datetime import datetime

from ugcgen.cloud import pubsub, tasks
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import UnitState
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.pipeline.steps import STEPS, Service, service_of

POLL_QUEUE = "pollUnit"
POSTPROD_QUEUE = "postprod"


def wake(unit: Unit, early: bool = False) -> None:
    """Have someone claim the unit: now where it is ready, at the end of its wait or block where it has one.

    ``early`` ends a wait at once: what it waits for is known to be there, or the job was cancelled.
    """
    message = WakeUp(job=unit.job_id, unit=unit.id, run=unit.run, early=early)
    due = _due(unit)
    if due is not None and not early:
        tasks.enqueue(
            POLL_QUEUE,
            f"{settings().functions_url}/{POLL_QUEUE}",
            {"data": message.model_dump()},
            # A new call begins its poll numbers again, so the claim that ordered the wait belongs to the name.
            name=f"{unit.job_id}-{unit.id}-{unit.run}-poll-{unit.fence}-{_number(unit)}",
            at=due,
        )
    elif service_of(unit.step, unit.phase) is Service.POSTPROD:
        # The fence rises at every claim and the time at every sweep, so a task's name is used once.
        moment = int(unit.wake_by.timestamp()) if unit.wake_by else 0
        tasks.enqueue(
            POSTPROD_QUEUE,
            f"{settings().postprod_url}/units",
            message.model_dump(),
            name=f"{unit.job_id}-{unit.id}-{unit.run}-{unit.phase}-{unit.fence}-{moment}{'-early' if early else ''}",
        )
    else:
        pubsub.publish(STEPS[unit.step].topic, message.model_dump_json().encode(), {"job": unit.job_id})


def _due(unit: Unit) -> datetime | None:
    """When the unit goes on by itself; None where it may at once."""
    if unit.state is UnitState.WAITING and unit.waiting:
        return unit.waiting.due_at
    return unit.blocked.until if unit.state is UnitState.BLOCKED and unit.blocked else None


def _number(unit: Unit) -> int:
    """What tells this wait from others under the same claim: the sweeper makes a new one."""
    if unit.waiting:
        return unit.waiting.poll_seq
    return int(unit.wake_by.timestamp()) if unit.wake_by else 0
