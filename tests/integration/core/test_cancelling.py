"""Cancelling against settling and advancing, and advancing too late."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.integration.core.stage import (
    ONE,
    PATIENCE,
    SCRIPTED,
    TWO,
    Sent,
    Stage,
    before,
    cancel,
    deliver,
    in_future,
    outcome_of,
    stored_job,
    stored_unit,
)
from tests.unit.core.jobs import brief
from ugcgen.cloud.firestore import Atomic
from ugcgen.domain.enums import BlockReason, JobStatus, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Blocked, Waiting
from ugcgen.engine.advance import advance
from ugcgen.engine.refs import read_units
from ugcgen.pipeline.plan import plan_of

Meanwhile = Callable[[Callable[[], object]], None]


def test_cancelling_while_a_worker_settles_makes_nothing_new(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    unit = stage.unit(job, "storyboard-02", phase="compare")
    deliver(unit, before(lambda: cancel(job)))
    assert stored_unit(job, unit.id).state is UnitState.DONE
    assert "storyboard_review" not in read_units(job.id)
    assert stored_job(job.id).status is JobStatus.CANCELLED


def test_cancelling_and_settling_at_once(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    unit = stage.unit(job, "storyboard-02", phase="compare")
    together = threading.Barrier(2, timeout=PATIENCE)

    def cancelling() -> None:
        together.wait()
        cancel(job)

    with ThreadPoolExecutor() as pool:
        both = [pool.submit(deliver, unit, before(together.wait)), pool.submit(cancelling)]
        assert [outcome_of(each) for each in both] == ["ok", "ok"]
    stage.drive(job)
    assert stored_job(job.id).status is JobStatus.CANCELLED
    assert not [each.id for each in read_units(job.id).values() if each.state.is_open]


def test_cancelling_closes_what_is_ready_waiting_and_blocked(stage: Stage) -> None:
    job = stage.job(brief(4, 4, 4))
    stage.done(job, "storyboard_review")
    stage.unit(job, "video_generation-01")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(3600))
    stage.unit(job, "video_generation-02", state=UnitState.WAITING, waiting=waiting, wake_by=waiting.due_at)
    blocked = Blocked(reason=BlockReason.UNCONFIRMED, message="lost")
    stage.unit(job, "video_generation-03", state=UnitState.BLOCKED, blocked=blocked, wake_by=None)
    cancel(job)
    assert stored_job(job.id).status is JobStatus.CANCELLING
    stage.drive(job)
    assert stored_job(job.id).status is JobStatus.CANCELLED
    states = {unit.id: unit.state for unit in read_units(job.id).values()}
    assert {states[f"video_generation-0{n}"] for n in (1, 2, 3)} == {UnitState.CANCELLED}
    cancel(job)
    assert stored_job(job.id).status is JobStatus.CANCELLED


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """``meanwhile(happens)``: something happens once, between an advance's reading and its commit."""

    def once(happens: Callable[[], object]) -> None:
        get = Atomic.get

        def reading(self: Atomic, *where: Any) -> Any:
            found = get(self, *where)
            monkeypatch.setattr(Atomic, "get", get)
            happens()
            return found

        monkeypatch.setattr(Atomic, "get", reading)

    return once


@pytest.mark.parametrize("next_unit", ["storyboard_review", "post_production-body-01"])
def test_what_an_advance_makes_that_read_before_the_cancel_is_not_worked_on(
    stage: Stage, meanwhile: Meanwhile, next_unit: str
) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01", "storyboard-02")
    if next_unit == "post_production-body-01":  # which costs nothing and leaves the job at its step
        stage.done(job, "storyboard_review", "audio_generation-01", "audio_generation-02")
        stage.unit(job, "video_generation-01")
        stage.unit(job, "video_generation-02")
        advance(job)
        stage.done(job, "video_generation-01")
    meanwhile(lambda: cancel(job))
    advance(job)
    stage.drive(job)
    assert stored_job(job.id).status is JobStatus.CANCELLED
    made = read_units(job.id).get(next_unit)
    assert made is None or made.state is UnitState.CANCELLED


def test_an_advance_that_read_before_the_end_takes_nothing_back(stage: Stage, meanwhile: Meanwhile) -> None:
    job = stage.job(ONE)
    names = list(plan_of(job))
    stage.done(job, *names[:-2])
    completed: list[Job] = []

    def finish() -> None:
        stage.done(job, *names[-2:])
        advance(job)
        completed.append(stored_job(job.id))

    meanwhile(finish)
    advance(job)
    assert completed[0].status is JobStatus.COMPLETED
    assert stored_job(job.id) == completed[0]
