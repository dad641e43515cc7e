"""The longest chain of a job's own work: the time it would have taken if nothing stood between its units."""

from collections.abc import Mapping

from ugcgen.domain.unit import Unit
from ugcgen.pipeline.plan import Plan


def longest_chain(planned: Plan, seconds: Mapping[str, float]) -> tuple[float, list[str]]:
    """The length in seconds of the heaviest path through the plan, and the units on it from first to last."""
    until: dict[str, float] = {}
    before: dict[str, str | None] = {}
    for unit_id, unit in planned.items():  # a plan lists each unit after what it needs
        last = max(sorted(unit.needs), key=lambda need: until[need], default=None)
        before[unit_id] = last
        until[unit_id] = seconds[unit_id] + (until[last] if last else 0)
    path: list[str] = []
    at: str | None = max(until, key=lambda unit_id: until[unit_id])
    length = until[at] if at else 0
    while at:
        path.insert(0, at)
        at = before[at]
    return length, path


def own_seconds(unit: Unit, orders: int, provider_delay: float) -> float:
    """What the unit cannot be quicker than. ``orders`` are the operations that it had a provider make and waited for,
    each of ``provider_delay`` seconds; a unit without any is as long as it worked.

    Raises ValueError for a unit that is not finished.
    """
    if unit.started_at is None or unit.finished_at is None:
        raise ValueError(f"{unit.id} is {unit.state}; only a finished job has a critical path")
    if orders:
        return orders * provider_delay
    return (unit.finished_at - unit.started_at).total_seconds()
