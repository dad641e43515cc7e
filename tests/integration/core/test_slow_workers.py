"""Workers that are slow, frozen, overtaken or out of luck, and waits."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from api.caller import Caller
from api.jobs import ResumeJob, resume_job
from tests.integration.core.stage import (
    ONE,
    PATIENCE,
    SCRIPTED,
    TWO,
    Sent,
    SetTo,
    Stage,
    at_once,
    before,
    deliver,
    in_future,
    outcome_of,
    stored_job,
    stored_unit,
)
from ugcgen.domain.enums import JobStatus, UnitState
from ugcgen.domain.errors import LeaseHeld
from ugcgen.domain.unit import Waiting
from ugcgen.engine import claims
from ugcgen.engine.advance import advance
from ugcgen.engine.handle import Task, TryAgain
from ugcgen.engine.sweep import sweep
from ugcgen.pipeline.steps import MAX_STEP_RETRIES
from ugcgen.pipeline.transitions import Done, Outcome, Wait, restart


def test_a_worker_that_outlives_its_lease_writes_nothing(
    stage: Stage, sent: Sent, set_to: SetTo, monkeypatch: pytest.MonkeyPatch, until: Callable[..., None]
) -> None:
    set_to(LEASE_SECONDS=0.3, SWEEP_AFTER_SECONDS=0)
    job = stage.job(TWO)
    stage.done(job, "script_generation")
    unit = stage.unit(job, "scene_prompts-01")
    frozen, thawed = threading.Event(), threading.Event()

    def freeze(task: Task) -> Outcome:
        frozen.set()
        assert thawed.wait(PATIENCE)
        return Done({"of": "the slow worker"})

    with monkeypatch.context() as patch, ThreadPoolExecutor() as pool:
        patch.setattr(claims, "keep", lambda hold: None)  # a frozen process gives no sign of life
        slow = pool.submit(deliver, unit, freeze)
        assert frozen.wait(PATIENCE)
        until(lambda: datetime.now(UTC) > (stored_unit(job, unit.id).lease_until or in_future(0)), PATIENCE)
        sweep()
        assert len(sent.to(unit.id)) == 1
        deliver(unit)
        quick = stored_unit(job, unit.id)
        thawed.set()
        assert outcome_of(slow) == "ok"
    assert (quick.state, quick.fence) == (UnitState.DONE, 2)
    assert stored_unit(job, unit.id) == quick


def test_a_worker_that_works_long_keeps_its_unit(stage: Stage, set_to: SetTo, until: Callable[..., None]) -> None:
    set_to(LEASE_SECONDS=1)
    job = stage.job(TWO)
    stage.done(job, "script_generation")
    unit = stage.unit(job, "scene_prompts-01")
    began = datetime.now(UTC)
    leases = set()

    def work_long() -> None:
        def renewed() -> bool:
            with pytest.raises(LeaseHeld):
                deliver(unit)
            leases.add(stored_unit(job, unit.id).lease_until)
            return datetime.now(UTC) > began + timedelta(seconds=2)

        until(renewed, PATIENCE)

    deliver(unit, before(work_long))
    assert len(leases) >= 3
    ended = stored_unit(job, unit.id)
    assert (ended.state, ended.fence, ended.lease_until) == (UnitState.DONE, 1, None)


def test_a_stale_run_is_neither_claimed_nor_settled(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, "script_generation")
    unit = stage.unit(job, "scene_prompts-01")

    def restarted(task: Task) -> Outcome:
        claims.change(job.id, unit.id, lambda stored: restart(stored, datetime.now(UTC)))
        return at_once(task)

    deliver(unit, restarted)
    deliver(unit)  # the message of the first run, once more
    again = stored_unit(job, unit.id)
    assert (again.state, again.run, again.result) == (UnitState.READY, 2, {})
    assert not sent.wakes
    deliver(again)
    assert stored_unit(job, unit.id).state is UnitState.DONE


def test_a_unit_whose_inputs_are_being_made_again_rests_until_they_are_there(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED)
    unit = stage.unit(job, "storyboard-01")
    claims.change(job.id, "scene_prompts-01", lambda stored: restart(stored, datetime.now(UTC)))
    deliver(unit, before(lambda: pytest.fail("it must not be worked on")))
    rests = stored_unit(job, unit.id)
    assert (rests.rests, rests.run, rests.failures) == (True, 1, 0)
    assert not sent.to(unit.id)
    deliver(stored_unit(job, "scene_prompts-01"))
    again = stored_unit(job, unit.id)
    assert (again.state, again.run, len(sent.to(unit.id))) == (UnitState.READY, 2, 1)
    deliver(again)
    assert stored_unit(job, unit.id).phase == "compare"


def test_a_transient_failure_is_tried_twice_more_and_then_fails_the_job(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = stage.unit(job, "script_generation")

    def fail(task: Task) -> Outcome:
        raise ConnectionError("the network is gone")

    for failures in range(1, MAX_STEP_RETRIES + 1):
        with pytest.raises(TryAgain, match=f"the network is gone .failure {failures}, tried again"):
            deliver(unit, fail)
    deliver(unit, fail)
    assert stored_unit(job, unit.id).state is UnitState.FAILED
    failed = stored_job(job.id)
    assert failed.status is JobStatus.FAILED
    assert failed.error_message == "script_generation: ConnectionError: the network is gone"


def test_a_failed_job_goes_on_where_it_stopped(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    stage.unit(job, "storyboard-02", state=UnitState.FAILED, failures=3, error="gone")
    advance(job)
    assert stored_job(job.id).status is JobStatus.FAILED
    resume_job(Caller(uid="u1"), ResumeJob(job_id=job.id))
    stage.drive(job)
    assert stored_unit(job, "storyboard-02").run == 2
    assert stored_job(job.id).paused_for[0].unit == "storyboard_review"


def test_a_webhook_ends_a_wait_early_and_the_due_poll_finds_it_done(stage: Stage, sent: Sent) -> None:
    job = stage.job(ONE)
    stage.done(job, "script_generation", "scene_prompts-01", "storyboard-01", "storyboard_review")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(3600))
    unit = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    deliver(unit)
    assert stored_unit(job, unit.id) == unit, "a poll before its time does nothing"
    deliver(unit, lambda task: Done({"scene_number": 1, "clip": "a.mp4", "retakes": []}), early=True)
    assert stored_unit(job, unit.id).state is UnitState.DONE
    deliver(unit)
    deliver(unit, early=True)
    assert stored_unit(job, unit.id).fence == 1
    assert len(sent.to("post_production-body-01")) == 1


def test_every_wait_of_a_run_gets_its_own_task(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    unit = stage.unit(job, "storyboard-01")
    for call in ("draw", "judge", "draw again"):
        deliver(unit, lambda task, call=call: Wait(call, in_future(0)))  # type: ignore[misc]
    assert len(sent.to(unit.id)) == 3


def test_an_overdue_wait_is_swept_into_a_new_task(stage: Stage, sent: Sent, set_to: SetTo) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    job = stage.job(TWO)
    unit = stage.unit(job, "video_generation-01")
    deliver(unit, lambda task: Wait("a", in_future(0)))
    sweep()
    assert len(sent.to(unit.id)) == 2
    waiting = stored_unit(job, unit.id).waiting
    assert waiting is not None and waiting.poll_seq == 2
