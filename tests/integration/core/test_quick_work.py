"""Work that pays nothing: its claim is stored only once it takes a while, and still one outcome is written."""

from collections.abc import Callable

import pytest

from tests.integration.core.stage import (
    PATIENCE,
    SCRIPTED,
    TWO,
    Sent,
    SetTo,
    Stage,
    before,
    cancel,
    deliver,
    stored_job,
    stored_unit,
    wake_of,
)
from ugcgen.domain.enums import JobStatus, UnitState
from ugcgen.domain.errors import LeaseHeld, LostUnit
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit
from ugcgen.engine import claims
from ugcgen.engine.claims import Hold
from ugcgen.engine.handle import TryAgain
from ugcgen.engine.sweep import sweep
from ugcgen.pipeline.steps import Service
from ugcgen.pipeline.transitions import Done


@pytest.fixture
def job(stage: Stage) -> Job:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED)
    return job


@pytest.fixture
def frame(stage: Stage, job: Job) -> Unit:
    """A unit in a phase of post-production."""
    return stage.unit(job, "storyboard-01", phase="compare")


def taken(unit: Unit) -> Hold:
    _, _, hold = claims.claim(wake_of(unit), Service.POSTPROD)
    assert hold is not None
    return hold


def test_quick_work_leaves_its_unit_as_it_was_until_it_settles(job: Job, frame: Unit) -> None:
    seen: list[Unit] = []
    deliver(frame, before(lambda: seen.append(stored_unit(job, frame.id))))
    ended = stored_unit(job, frame.id)
    assert seen == [frame]
    assert (ended.state, ended.fence, ended.lease_until) == (UnitState.DONE, 1, None)
    assert ended.started_at and ended.finished_at and ended.started_at < ended.finished_at


def test_of_two_who_work_at_once_one_outcome_is_written(job: Job, frame: Unit) -> None:
    quick, slow = taken(frame), taken(frame)
    written = claims.settle(quick, Done({"by": "the quick one"}))
    assert claims.settle(slow, Done({"by": "the slow one"})) == written == stored_unit(job, frame.id)
    assert (written.state, written.fence, written.result) == (UnitState.DONE, 1, {"by": "the quick one"})


def test_a_stored_claim_wins_over_one_that_is_not(job: Job, frame: Unit) -> None:
    quick, slow = taken(frame), taken(frame)
    claims.keep(slow)
    claimed = stored_unit(job, frame.id)
    for late in (
        lambda: claims.keep(quick),
        lambda: claims.settle(quick, Done()),
        lambda: claims.settle_transient(quick, ""),
    ):
        with pytest.raises(LostUnit):
            late()
    assert stored_unit(job, frame.id) == claimed
    claims.keep(slow)
    assert claims.settle(slow, Done({"by": "the slow one"})).result == {"by": "the slow one"}


def test_work_that_takes_a_while_is_claimed(job: Job, frame: Unit, set_to: SetTo, until: Callable[..., None]) -> None:
    set_to(LEASE_SECONDS=3)

    def take_long() -> None:
        until(lambda: stored_unit(job, frame.id).state is UnitState.RUNNING, PATIENCE)
        with pytest.raises(LeaseHeld):
            deliver(frame)

    deliver(frame, before(take_long))
    ended = stored_unit(job, frame.id)
    assert (ended.state, ended.fence) == (UnitState.DONE, 1)


def test_what_was_changed_in_the_unit_meanwhile_stays(job: Job, frame: Unit, sent: Sent, set_to: SetTo) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)

    def change() -> None:
        claims.change(job.id, frame.id, lambda unit: unit.model_copy(update={"paid": {"late": 7}}))
        sweep()

    deliver(frame, before(change))
    unit = stored_unit(job, frame.id)
    assert (unit.state, unit.paid["late"]) == (UnitState.DONE, 7)


def test_a_failure_that_may_pass_is_counted(job: Job, frame: Unit) -> None:
    def fail() -> None:
        raise ConnectionError("the network is gone")

    with pytest.raises(TryAgain):
        deliver(frame, before(fail))
    unit = stored_unit(job, frame.id)
    assert (unit.state, unit.fence, unit.failures) == (UnitState.READY, 1, 1)


def test_a_job_that_is_cancelled_closes_the_unit_at_once(job: Job, frame: Unit, sent: Sent) -> None:
    def stop() -> None:
        cancel(job)
        deliver(frame, early=True)

    deliver(frame, before(stop))
    assert stored_unit(job, frame.id).state is UnitState.CANCELLED
    assert stored_job(job.id).status is JobStatus.CANCELLED
