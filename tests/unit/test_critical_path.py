"""The bench's yardstick: the heaviest chain of a job, and what a unit weighs on it."""

from datetime import UTC, datetime, timedelta

from pytest import approx, raises

from tests.bench.critical_path import longest_chain, own_seconds
from ugcgen.domain.enums import PipelineStep, UnitState
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.pipeline.plan import PlannedUnit

BEGAN = datetime(2026, 11, 22, tzinfo=UTC)


def planned(number: int, *needs: int) -> tuple[str, PlannedUnit]:
    names = {n: UnitKey(step=PipelineStep.STORYBOARD, scene=n) for n in (number, *needs)}
    return names[number].id, PlannedUnit(names[number], frozenset(names[n].id for n in needs))


def test_the_heaviest_chain_counts_not_the_longest_in_units() -> None:
    plan = dict([planned(1), planned(2, 1), planned(3, 1), planned(4, 2), planned(5, 3, 4)])
    seconds = dict(zip(plan, [1.0, 2.0, 60.0, 2.0, 1.0], strict=True))
    length, path = longest_chain(plan, seconds)
    assert length == 62
    assert [unit_id[-1] for unit_id in path] == ["1", "3", "5"]


def test_a_unit_weighs_its_work_or_the_operations_it_waited_for() -> None:
    key = UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1)
    unit = Unit(
        job_id="j",
        user_id="u",
        step=key.step,
        scene=key.scene,
        state=UnitState.DONE,
        phase="film",
        created_at=BEGAN,
        started_at=BEGAN + timedelta(seconds=5),
        finished_at=BEGAN + timedelta(seconds=69.5),
    )
    assert own_seconds(unit, orders=0, provider_delay=60) == approx(64.5)
    assert own_seconds(unit, orders=1, provider_delay=60) == 60
    with raises(ValueError, match="only a finished job"):
        own_seconds(unit.model_copy(update={"finished_at": None}), orders=0, provider_delay=60)
