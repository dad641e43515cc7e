"""Whatever happens to messages and workers, a job ends in the same state.

The engine runs as it is, over a store in memory; hypothesis decides who goes on, crashes, sleeps or is heard twice.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.core.jobs import brief, job
from tests.unit.core.world import LEASE, Killed, World, made_of
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import JobStatus, SceneJoin, UnitState
from ugcgen.domain.unit import Unit

ACTS = ["step"] * 8 + ["run"] * 4 + ["deliver"] * 6 + ["twice", "lose", "crash", "fail", "sweep", "sleep", "sleep long"]
PEOPLE = ["approve", "approve", "retake", "resume"]
Choice = tuple[str, int]


def choices(*more: str) -> st.SearchStrategy[list[Choice]]:
    return st.lists(st.tuples(st.sampled_from([*ACTS, *PEOPLE, *more]), st.integers(0, 7)), max_size=120)


JOBS = st.sampled_from([brief(4, 12), brief(12, 4, join=SceneJoin.CHAIN), brief(4)])
BOUNDED = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def play(world: World, schedule: list[Choice]) -> None:
    world.begin()
    for act, number in schedule:
        workers, due = world.workers, world.due
        worker = workers[number % len(workers)] if workers else None
        message = due[number % len(due)] if due else None
        if act == "step" and worker:
            worker.step()
        elif act == "run" and worker:
            for _ in range(4 * number + 4):
                if worker.at is not None:
                    worker.step()
        elif act == "deliver" and message:
            world.deliver(message)
        elif act == "twice" and message:
            world.deliver(message, again=True)
        elif act == "lose" and message:
            world.lose(message)
        elif act == "crash" and worker:
            worker.step(Killed())
        elif act == "fail" and worker and worker.at == "work":
            worker.step(RuntimeError("the network is gone"))
        elif act == "sweep":
            world.sweep()
        elif act == "sleep":
            world.clock += timedelta(seconds=number)
        elif act == "sleep long":
            world.clock += LEASE * number / 3
        elif act == "approve":
            world.approve()
        elif act == "retake":
            world.retake(1)
        elif act == "resume":
            world.resume()
        elif act == "cancel":
            world.cancel()
    world.finish()
    assert not world.errors, world.errors


def assert_completed(world: World) -> None:
    units, ended = world.units, world.job
    assert ended.status is JobStatus.COMPLETED
    assert ended.progress == 100
    assert units.keys() == world.planned.keys()
    assert ended.money.spent == sum(unit.spent for unit in units.values())
    for unit in units.values():
        assert unit.state is UnitState.DONE
        needs = {need: units[need].result for need in world.planned[unit.id].needs}
        assert unit.result["of"] == made_of(unit, needs), "made from what is there now"
    assert_once(world, units)


def assert_once(world: World, units: dict[str, Unit]) -> None:
    # A review that was drawn again is a new unit of the same name.
    counted = [entry for entry in world.finished if entry[0] != "storyboard_review"]
    assert len(counted) == len(set(counted)), "each run of a unit is done once"


@BOUNDED
@given(JOBS, choices())
def test_every_job_is_finished_once_with_the_same_results(
    monkeypatch: pytest.MonkeyPatch, wanted: Brief, schedule: list[Choice]
) -> None:
    with monkeypatch.context() as patch:
        world = World(job(wanted), patch)
        play(world, schedule)
        assert_completed(world)


@BOUNDED
@given(JOBS, choices(), st.floats(0.1, 0.9))
def test_a_cap_holds_and_a_job_that_ran_into_it_is_finished_after_it_is_raised(
    monkeypatch: pytest.MonkeyPatch, wanted: Brief, schedule: list[Choice], share: float
) -> None:
    with monkeypatch.context() as patch:
        world = World(job(wanted, cap=int(job(wanted).quote.total * share)), patch)
        play(world, schedule)
        assert_completed(world)


@BOUNDED
@given(JOBS, choices("cancel", "cancel"))
def test_a_job_cancelled_at_any_moment_ends_cancelled_with_nothing_open(
    monkeypatch: pytest.MonkeyPatch, wanted: Brief, schedule: list[Choice]
) -> None:
    with monkeypatch.context() as patch:
        world = World(job(wanted), patch)
        play(world, schedule)
        units = world.units
        if world.job.status is JobStatus.COMPLETED:
            assert_completed(world)
        else:
            assert world.job.status is JobStatus.CANCELLED
            assert not [unit.id for unit in units.values() if unit.state.is_open]
            assert_once(world, units)


def test_an_undisturbed_job_needs_no_sweeper(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(job(brief(4, 12)), monkeypatch)
    world.run_out(world.begin())
    deliveries = 0
    while world.messages or world.job.status is JobStatus.PAUSED:
        if not world.messages:
            world.run_out(world.approve())
        world.clock = max(world.clock, min(message.due for message in world.messages))
        world.run_out(world.deliver(world.due[0]))
        deliveries += 1
    assert_completed(world)
    phases = sum(3 if unit.startswith("video") else 2 if unit.startswith("quality") else 1 for unit in world.planned)
    assert deliveries == phases + 1, "one message for each phase, one more for the review's decision"
