"""Packing: strikes that do not explain each other share a job, so that every boundary is struck in a bearable time.

Whatever a strike may cut off between the ledger and a provider explains another call. So a strike is alone where, in
the run without faults, a worker that comes to its boundary has a send under way; and a kill is in company only in units
beside which nobody has, as it takes along what else its process does. Post-production sends nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tests.chaos.checks import Expected, Place
from tests.chaos.matrix import Lead, Run
from tests.chaos.plan import AT_THE_PROVIDER, Fault, Strike
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.unit import UnitKey

AT_MOST = 6
_ALONE = AT_THE_PROVIDER | {Fault.RESTART}


def packed(runs: Sequence[Run], expected: Mapping[str, Expected]) -> list[Run]:
    """The same strikes in fewer runs: up to six of one side and fault share a job, each in a step of its own, since a
    unit bears so many failures and no more."""
    alone: list[Run] = []
    packs: list[Run] = []
    for run in runs:
        units = _shared_units(run, expected[run.scenario.name])
        if not units:
            alone.append(run)
            continue
        for number, pack in enumerate(packs):
            unit = _free(pack, run, units)
            if unit is not None:
                packs[number] = _joined(pack, run, unit)
                break
        else:
            packs.append(_joined(replace(run, strikes=()), run, units[0]))
    return [*alone, *(pack if len(pack.packed) > 1 else pack.packed[0] for pack in packs)]


def _shared_units(run: Run, expected: Expected) -> list[str]:
    """The units in which the run's strike may share a job, "" where no unit passes its boundary. None: it is alone."""
    if run.lead != Lead() or run.fault in _ALONE:
        return []
    [strike] = run.strikes
    units = [unit for unit in dict.fromkeys(expected.passed[strike.boundary]) if unit.startswith(strike.unit)]
    if any(_is_at(expected.sending, strike, unit) for unit in units):
        return []
    if strike.fault is Fault.KILL and not strike.boundary.startswith("postprod."):
        quiet = [unit for unit in units if not _is_at(expected.beside, strike, unit)]
        return sorted(quiet, key=lambda unit: _has_sending_siblings(unit, expected))
    return units


def _has_sending_siblings(unit: str, expected: Expected) -> bool:
    """Whether another unit of its step sends, which in another run may be just then."""
    return any(other != unit and _step(other) is _step(unit) for _, _, other in expected.sending if other)


def _is_at(places: Collection[Place], strike: Strike, unit: str) -> bool:
    # One that conflicts is told so of its own commit, and has gone through.
    sides = {"before", "after"} if strike.fault is Fault.CONFLICT else {strike.side}
    return any((strike.boundary, side, unit) in places for side in sides)


def _free(pack: Run, run: Run, units: Sequence[str]) -> str | None:
    """The unit in which the run's strike can join the pack; None where there is no such unit, or no room."""
    if _sort(pack) != _sort(run) or len(pack.strikes) == AT_MOST:
        return None
    # A request that fails is sent again, and counts against no unit.
    taken = {_step(strike.unit) for strike in pack.strikes if strike.unit}
    return next((unit for unit in units if _step(unit) not in taken), None)


def _joined(pack: Run, run: Run, unit: str) -> Run:
    return replace(pack, strikes=(*pack.strikes, replace(run.strikes[0], unit=unit)), packed=(*pack.packed, run))


def _step(unit: str) -> PipelineStep | None:
    return UnitKey.parse(unit).step if unit else None


def _sort(run: Run) -> tuple[str, str, Fault]:
    return run.scenario.name, run.side, run.fault
