"""Whatever happens to messages and workers, a job ends in the same state.

The engine runs as it is, over a store in memory; hypothesis decides who goes on, crashes, sleeps or is heard twice.
"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unit.core.jobs import brief, job
from tests.unit.core.work import made
from tests.unit.core.world import LEASE, Killed, Message, Worker, World
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import JobStatus, SceneJoin, UnitState
from ugcgen.pipeline.freshness import made_from, reads
from ugcgen.pipeline.steps import STEPS

ACTS = [
    *["step"] * 4,  # a worker goes on to its next request
    *["commit"] * 6,  # ... until it stands ahead of a commit
    *["run"] * 3,  # ... to its end
    *["deliver"] * 6,
    *["twice", "lose", "crash", "fail", "flow", "sweep", "sleep"],
    *["outlive"] * 2,  # every lease ends while its worker still works, and the sweeper comes by
]
PEOPLE = ["approve", "approve", "retake", "resume"]
EDITS: list[dict[str, Any]] = [
    {"scenes": {1: {"dialogue": "Hear me."}}},
    {"scenes": {1: {"camera": {"movement": "static"}}}},
    {"bible": {"lighting": {"type": "candle light"}}},
    {"voice": "Puck"},
    {"music": "calm"},
    {"scenes": None, "bible": None, "voice": None, "music": None},
]
"""The last one takes every edit back."""
Choice = tuple[str, int]


QUIET = st.lists(st.sampled_from([("flow", 3), ("approve", 1), ("sleep", 10)]), max_size=16)
WILD = st.lists(st.tuples(st.sampled_from([*ACTS, *PEOPLE]), st.integers(0, 7)), max_size=60)
SCHEDULES = st.builds(lambda quiet, wild: [*quiet, *wild], QUIET, WILD)
"""A quiet beginning of any length, then anything."""
CANCELLED = st.builds(
    lambda before, at_once, after: [*before, ("cancel", int(at_once)), *after], SCHEDULES, st.booleans(), WILD
)

EDITED = st.builds(
    lambda before, edited: [*before, *(choice for pair in edited for choice in pair)],
    QUIET,
    st.lists(
        st.tuples(
            st.tuples(st.just("edit"), st.integers(0, 2 * len(EDITS) - 1)),
            st.one_of(
                st.tuples(st.just("flow"), st.integers(0, 30)), st.tuples(st.sampled_from(ACTS), st.integers(0, 7))
            ),
        ),
        min_size=1,
        max_size=12,
    ),
)
"""Edits at any moment, also of a job that was completed, with anything between them."""

JOBS = st.sampled_from([brief(4, 12), brief(12, 4, join=SceneJoin.CHAIN), brief(4)])
BOUNDED = settings(
    max_examples=30,
    deadline=None,
    phases=set(Phase) - {Phase.shrink, Phase.explain},  # making a schedule smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def play(world: World, schedule: list[Choice]) -> None:
    begun: Worker = world.begin()
    for act, number in schedule:
        if world.workers:
            move(world, act, world.workers[number % len(world.workers)])
        if world.due:
            pass_on(world, act, world.due[number % len(world.due)])
        match act:
            case "flow":
                world.flow(number)
            case "sleep":
                world.clock += timedelta(seconds=number)
            case "outlive":
                world.clock += 2 * LEASE
                world.run_out(world.sweep())
            case "edit":
                begun = world.edit(**EDITS[number // 2])
                if number % 2:
                    world.run_out(begun)
            case "sweep" | "approve" | "retake" | "resume" | "cancel":
                begun = getattr(world, act)()
                if number % 2:
                    world.run_out(begun)
    world.finish()
    assert not world.errors, world.errors


def move(world: World, act: str, worker: Worker) -> None:
    match act:
        case "step":
            worker.step()
        case "commit":
            world.run_out(worker, until="commit")
        case "run":
            world.run_out(worker)
        case "crash":
            worker.step(Killed())
        case "fail" if worker.at == "work":
            worker.step(RuntimeError("the network is gone"))


def pass_on(world: World, act: str, message: Message) -> None:
    match act:
        case "deliver" | "twice":
            world.deliver(message, again=act == "twice")
        case "lose":
            world.lose(message)


def assert_completed(world: World) -> None:
    units, ended = world.units, world.job
    assert ended.status is JobStatus.COMPLETED
    assert (ended.progress, ended.current_step, ended.last_completed_step) == (100, "complete", "complete")
    assert units.keys() == world.planned.keys()
    assert ended.money.spent == sum(unit.spent for unit in units.values())
    results = {unit_id: unit.result for unit_id, unit in units.items()}
    for unit in units.values():
        assert unit.state is UnitState.DONE
        assert unit.made_from == made_from(reads(unit.key, ended), results), "made from what is there now"
        assert without_maker(unit.result) == made(unit, ended, results), "as if it had been so from the start"


def without_maker(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "by"}


@BOUNDED
@given(JOBS, SCHEDULES)
def test_every_job_is_finished_with_the_same_results(
    monkeypatch: pytest.MonkeyPatch, wanted: Brief, schedule: list[Choice]
) -> None:
    with monkeypatch.context() as patch:
        world = World(job(wanted), patch)
        play(world, schedule)
        assert_completed(world)


@BOUNDED
@given(JOBS, st.one_of(EDITED, st.builds(lambda edited, wild: [*edited, *wild], EDITED, WILD)))
def test_a_job_edited_at_any_moment_ends_as_if_it_had_been_so_from_the_start(
    monkeypatch: pytest.MonkeyPatch, wanted: Brief, schedule: list[Choice]
) -> None:
    with monkeypatch.context() as patch:
        world = World(job(wanted), patch)
        play(world, schedule)
        assert_completed(world)


@BOUNDED
@given(JOBS, SCHEDULES, st.floats(0.1, 0.9))
def test_a_cap_holds_and_a_job_that_ran_into_it_is_finished_after_it_is_raised(
    monkeypatch: pytest.MonkeyPatch, wanted: Brief, schedule: list[Choice], share: float
) -> None:
    with monkeypatch.context() as patch:
        world = World(job(wanted, cap=int(job(wanted).quote.total * share)), patch)
        play(world, schedule)
        assert_completed(world)


@BOUNDED
@given(JOBS, CANCELLED)
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
    phases = sum(len(STEPS[unit.key.step].phases) for unit in world.planned.values())
    clips = sum(unit.startswith("video_") for unit in world.planned)  # their order and their result are two messages
    assert deliveries == phases + clips + 1, "one message for each phase, one more for the review's decision"
