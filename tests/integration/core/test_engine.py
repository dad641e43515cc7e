"""The engine against the emulators: every interleaving that its protocol was made for."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.jobs import DecideStoryboard, JobRequest, ResumeJob, cancel_job, decide_storyboard, resume_job
from tests.integration.core.stage import (
    Crash,
    Sent,
    Stage,
    at_once,
    before,
    deliver,
    stored_job,
    stored_unit,
    wake_of,
)
from tests.unit.core.jobs import PRICE, brief
from tests.unit.core.work import COST
from ugcgen.cloud.firestore import Atomic
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import BlockReason, JobStatus, SpeechMode, UnitState
from ugcgen.domain.errors import LeaseHeld, LostUnit, NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.money import dollars
from ugcgen.domain.unit import Blocked, Unit, Waiting, WakeUp
from ugcgen.engine import allotment, claims
from ugcgen.engine.advance import advance
from ugcgen.engine.handle import Task, TryAgain, handle
from ugcgen.engine.refs import job_ref, read_units, unit_ref
from ugcgen.engine.sweep import sweep
from ugcgen.pipeline.plan import plan
from ugcgen.pipeline.steps import MAX_STEP_RETRIES, Service
from ugcgen.pipeline.transitions import Block, Done, Outcome, Wait, restart

SetTo = Callable[..., None]
Meanwhile = Callable[[Callable[[], object]], None]
TWO = brief(4, 4)
ONE = brief(4, speech=SpeechMode.NATIVE)
SCRIPTED = ("script_generation", "scene_prompts-01", "scene_prompts-02")
PATIENCE = 20


def approve(job: Job) -> None:
    decide_storyboard("u1", DecideStoryboard(job_id=job.id, decision="approve"))


def begin(job: Job) -> None:
    advance(job.id)


def cancel(job: Job) -> None:
    cancel_job("u1", JobRequest(job_id=job.id))


def in_future(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def outcome_of(future: "Future[None]") -> str:
    """The name of what a worker raised, or ``ok``."""
    error = future.exception(timeout=PATIENCE)
    return "ok" if error is None else type(error).__name__


# A normal day


def test_a_job_goes_from_its_first_unit_to_completed(stage: Stage) -> None:
    job = stage.job(brief(4, 12, transition=TransitionKind.CROSSFADE))
    advance(job.id)
    stage.drive(job)
    paused = stored_job(job.id)
    assert paused.status is JobStatus.PAUSED
    assert [(reason.unit, reason.reason) for reason in paused.paused_for] == [
        ("storyboard_review", BlockReason.STORYBOARD_REVIEW)
    ]
    approve(job)
    stage.drive(job)
    ended, units = stored_job(job.id), read_units(job.id)
    assert (ended.status, ended.progress, ended.paused_for) == (JobStatus.COMPLETED, 100, [])
    assert units.keys() == plan(job.outline, job.brief.speech).keys()
    assert {unit.state for unit in units.values()} == {UnitState.DONE}
    assert ended.money.spent == COST * len(job.quote.lines) == sum(unit.spent for unit in units.values())
    assert ended.money.allotted == job.quote.total
    assert ended.title == "Dew in the morning" and ended.script is not None and len(ended.video_scenes) == 2
    assert ended.completed_at is not None and ended.final_video_url


def test_the_scene_that_people_see_is_written_with_the_outcome(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED)
    unit = stage.unit(job, "storyboard-02")
    deliver(unit, lambda task: Done(at_once(task).result, view={"storyboard": "x.png"}))  # type: ignore[union-attr]
    seen = job_ref(job.id).collection("scenes").document("02").get().to_dict()
    assert seen and seen["storyboard"] == "x.png" and seen["updated_at"]


def test_a_message_for_a_deleted_job_is_acknowledged(stage: Stage, sent: Sent) -> None:
    handle(WakeUp(job="core-gone", unit="complete", run=1), at_once, at_once, Service.FUNCTIONS)
    assert not sent.wakes


def test_a_late_message_for_a_phase_of_the_other_service_is_left_to_it(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = stage.unit(job, "video_generation-01", phase="frames")
    handle(wake_of(unit), at_once, at_once, Service.FUNCTIONS)
    assert stored_unit(job, unit.id) == unit


# Two at once


def test_the_last_two_scenes_settling_at_once_make_their_successor_once(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED)
    scenes = [stage.unit(job, "storyboard-01"), stage.unit(job, "storyboard-02")]
    together = threading.Barrier(2, timeout=PATIENCE)
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(deliver, scene, before(together.wait)) for scene in scenes]
        assert [outcome_of(each) for each in both] == ["ok", "ok"]
    assert stored_unit(job, "storyboard_review").state is UnitState.READY
    assert len(sent.to("storyboard_review")) == 1
    assert stored_job(job.id).money.spent == 3 * COST


def test_many_workers_of_one_job_do_not_lose_each_others_money(stage: Stage, sent: Sent) -> None:
    job = stage.job(brief(4, 4, 4, 4, 4, 4))
    stage.done(job, "script_generation", *[f"scene_prompts-0{n}" for n in range(1, 7)])
    scenes = [stage.unit(job, f"storyboard-0{n}") for n in range(1, 7)]
    together = threading.Barrier(6, timeout=PATIENCE)
    with ThreadPoolExecutor() as pool:
        all_six = [pool.submit(deliver, scene, before(together.wait)) for scene in scenes]
        assert [outcome_of(each) for each in all_six] == ["ok"] * 6
    advance(job.id)
    assert len(sent.to("storyboard_review")) == 1
    assert stored_job(job.id).money.spent == 7 * COST


def test_two_poll_tasks_at_once_look_once(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, "storyboard_review")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(-1))
    unit = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    looked: list[int] = []
    second: list[str] = []

    def look(task: Task) -> Outcome:
        looked.append(task.unit.fence)
        with pytest.raises(LeaseHeld):
            deliver(unit, look)
        second.append("held")
        return at_once(task)

    deliver(unit, look)
    assert (looked, second) == ([1], ["held"])
    deliver(unit, look)  # delivered again: the unit is in its next phase by now
    assert looked == [1]
    assert stored_unit(job, unit.id).phase == "frames"


def test_a_poll_that_comes_with_another_is_taken_by_one_of_them(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, "storyboard_review")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(-1))
    unit = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    looked: list[int] = []
    together = threading.Barrier(2, timeout=PATIENCE)

    def poll() -> None:
        together.wait()
        deliver(unit, before(lambda: looked.append(1)))

    with ThreadPoolExecutor() as pool:
        ends = sorted(outcome_of(each) for each in [pool.submit(poll), pool.submit(poll)])
    assert looked == [1]
    assert ends in (["LeaseHeld", "ok"], ["ok", "ok"])  # the second comes while the first works, or after it


def test_eight_writers_of_one_document_all_land(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = stage.unit(job, "storyboard-01")
    together = threading.Barrier(8, timeout=PATIENCE)

    def add(number: int) -> None:
        together.wait()
        claims.change(job.id, unit.id, lambda u: u.model_copy(update={"memo": u.memo | {f"n{number}": number}}))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    assert stored_unit(job, unit.id).memo == {f"n{n}": n for n in range(8)}


# Crashes between a commit and its message


def count_of_messages(stage: Stage, sent: Sent) -> int:
    job = stage.job(ONE)
    advance(job.id)
    stage.drive(job)
    approve(job)
    stage.drive(job)
    assert stored_job(job.id).status is JobStatus.COMPLETED
    return sent.tries


def test_a_crash_before_any_message_costs_a_sweep_and_never_the_job(stage: Stage, sent: Sent, set_to: SetTo) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    for crash_at in range(1, count_of_messages(stage, sent) + 1):
        sent.tries, sent.crash_at = 0, crash_at
        job = stage.job(ONE)
        for act in (begin, approve):
            with contextlib.suppress(Crash):
                act(job)
            stage.drive(job)
            sweep()
            stage.drive(job)
        ended, units = stored_job(job.id), read_units(job.id)
        assert ended.status is JobStatus.COMPLETED, f"crash before message {crash_at}"
        assert sent.tries > crash_at
        assert ended.money.spent == COST * len(job.quote.lines)
        assert {unit.fence for unit_id, unit in units.items() if unit_id.startswith("post")} == {1}


def test_a_crash_after_the_last_settle_is_found_by_the_sweeper(
    stage: Stage, sent: Sent, set_to: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    unit = stage.unit(job, "storyboard-02")

    def crash(job_id: str) -> None:
        raise Crash

    with monkeypatch.context() as patch, pytest.raises(Crash):
        patch.setattr("ugcgen.engine.handle.advance", crash)
        deliver(unit)
    assert stored_unit(job, unit.id).state is UnitState.DONE
    assert "storyboard_review" not in read_units(job.id)
    sweep()
    assert len(sent.to("storyboard_review")) == 1


def test_a_redelivered_message_of_a_finished_unit_advances_from_what_is_there(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01", "storyboard-02")
    deliver(stored_unit(job, "storyboard-01"))
    deliver(stored_unit(job, "storyboard-02"))
    assert len(sent.to("storyboard_review")) == 1


def test_the_sweeper_passes_by_what_it_cannot_read(stage: Stage, sent: Sent, set_to: SetTo) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    broken, job = stage.job(TWO), stage.job(TWO)
    stage.unit(broken, "script_generation")
    unit_ref(broken.id, "script_generation").update({"state": "asleep", "wake_by": in_future(-3600)})
    stage.unit(job, "script_generation")
    sweep()
    assert len(sent.to("script_generation")) == 1
    assert sent.to("script_generation")[0].message.job == job.id


def test_the_sweeper_leaves_what_moved_a_moment_ago(stage: Stage, sent: Sent) -> None:
    stage.unit(stage.job(TWO), "script_generation")
    sweep()
    assert not sent.wakes


# Slow and lost workers


def test_a_worker_that_outlives_its_lease_writes_nothing(
    stage: Stage, sent: Sent, set_to: SetTo, monkeypatch: pytest.MonkeyPatch, until: Callable[..., None]
) -> None:
    set_to(LEASE_SECONDS=0.3, SWEEP_AFTER_SECONDS=0)
    job = stage.job(TWO)
    unit = stage.unit(job, "script_generation")
    frozen, thawed = threading.Event(), threading.Event()

    def freeze(task: Task) -> Outcome:
        frozen.set()
        assert thawed.wait(PATIENCE)
        return Done({"of": "the slow worker"})

    with monkeypatch.context() as patch, ThreadPoolExecutor() as pool:
        patch.setattr(claims, "renew", lambda unit: None)  # a frozen process gives no sign of life
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
    unit = stage.unit(job, "script_generation")
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
    stage.done(job, *SCRIPTED)
    unit = stage.unit(job, "storyboard-01")

    def restarted(task: Task) -> Outcome:
        claims.change(job.id, unit.id, lambda stored: restart(stored, {"note": "brighter"}, datetime.now(UTC)))
        return at_once(task)

    deliver(unit, restarted)
    deliver(unit)  # the message of the first run, once more
    again = stored_unit(job, unit.id)
    assert (again.state, again.run, again.result) == (UnitState.READY, 2, {})
    assert not sent.wakes
    deliver(again)
    assert stored_unit(job, unit.id).state is UnitState.DONE


def test_work_that_finds_itself_overtaken_counts_as_no_failure(stage: Stage, set_to: SetTo, sent: Sent) -> None:
    set_to(LEASE_SECONDS=0.2, SWEEP_AFTER_SECONDS=0)
    job = stage.job(TWO)
    unit = stage.unit(job, "scene_prompts-01")  # whose script is not there
    deliver(unit)
    left = stored_unit(job, unit.id)
    assert (left.state, left.failures) == (UnitState.RUNNING, 0)


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
    stage.unit(job, "storyboard-02", state=UnitState.FAILED, failures=3, error="gone", paid={"call-a": COST})
    advance(job.id)
    assert stored_job(job.id).status is JobStatus.FAILED
    resume_job("u1", ResumeJob(job_id=job.id))
    stage.drive(job)
    assert stored_unit(job, "storyboard-02").run == 2
    assert stored_job(job.id).paused_for[0].unit == "storyboard_review"


# Waiting


def test_a_webhook_ends_a_wait_early_and_the_due_poll_finds_it_done(stage: Stage, sent: Sent) -> None:
    job = stage.job(ONE)
    stage.done(job, "storyboard_review")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(3600))
    unit = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    deliver(unit)
    assert stored_unit(job, unit.id) == unit, "a poll before its time does nothing"
    deliver(unit, lambda task: Done({"scene_number": 1, "clip": "a.mp4", "of": "a"}), early=True)
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


# Cancelling


def test_cancelling_while_a_worker_settles_makes_nothing_new(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    unit = stage.unit(job, "storyboard-02")
    deliver(unit, before(lambda: cancel(job)))
    assert stored_unit(job, unit.id).state is UnitState.DONE
    assert "storyboard_review" not in read_units(job.id)
    assert stored_job(job.id).status is JobStatus.CANCELLED


def test_cancelling_and_settling_at_once(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    unit = stage.unit(job, "storyboard-02")
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
        read_all = Atomic.read_all

        def reading(self: Atomic, *where: Any) -> Any:
            found = read_all(self, *where)
            monkeypatch.setattr(Atomic, "read_all", read_all)
            happens()
            return found

        monkeypatch.setattr(Atomic, "read_all", reading)

    return once


@pytest.mark.parametrize("next_unit", ["storyboard_review", "post_production-body-01"])
def test_an_advance_that_read_before_the_cancel_makes_nothing(
    stage: Stage, sent: Sent, meanwhile: Meanwhile, next_unit: str
) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01", "storyboard-02")
    if next_unit == "post_production-body-01":  # which costs nothing and leaves the job at its step
        stage.done(job, "storyboard_review", "audio_generation-01", "audio_generation-02")
        stage.unit(job, "video_generation-01")
        stage.unit(job, "video_generation-02")
        advance(job.id)
        stage.done(job, "video_generation-01")
    meanwhile(lambda: cancel(job))
    advance(job.id)
    assert next_unit not in read_units(job.id)
    assert not sent.to(next_unit)
    stage.drive(job)
    assert stored_job(job.id).status is JobStatus.CANCELLED


def test_an_advance_that_read_before_the_end_takes_nothing_back(stage: Stage, meanwhile: Meanwhile) -> None:
    job = stage.job(ONE)
    names = list(plan(job.outline, job.brief.speech))
    stage.done(job, *names[:-2])
    completed: list[Job] = []

    def finish() -> None:
        stage.done(job, *names[-2:])
        advance(job.id)
        completed.append(stored_job(job.id))

    meanwhile(finish)
    advance(job.id)
    assert completed[0].status is JobStatus.COMPLETED
    assert stored_job(job.id) == completed[0]


# Money


def test_a_budget_too_small_pauses_the_job_and_a_larger_one_lets_it_go_on(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO, cap=2 * PRICE)
    stage.done(job, *SCRIPTED)
    advance(job.id)
    first, second = (stored_unit(job, f"storyboard-0{n}") for n in (1, 2))
    assert (first.state, first.allotted) == (UnitState.READY, PRICE)
    assert (second.state, second.allotted) == (UnitState.BLOCKED, 0)
    assert not sent.to(second.id)
    stage.drive(job)
    paused = stored_job(job.id)
    assert paused.status is JobStatus.PAUSED
    # The script and the first frame gave a fifth of their price back.
    assert paused.paused_for[0].message == (
        "storyboard-02 costs $0.10 but only $0.020 of the budget of $0.20 is free; raise the budget by $0.080 to go on"
    )
    job_ref(job.id).update({"money.cap": 3 * PRICE})
    advance(job.id)
    helped = stored_unit(job, second.id)
    assert (helped.state, helped.allotted, helped.blocked) == (UnitState.READY, PRICE, None)
    assert len(sent.to(second.id)) == 1
    assert stored_job(job.id).status is JobStatus.RUNNING


def test_raising_the_cap_by_the_callable_resumes_the_job(stage: Stage) -> None:
    job = stage.job(ONE, cap=PRICE)
    stage.done(job, "script_generation", "scene_prompts-01")
    advance(job.id)
    assert stored_job(job.id).status is JobStatus.PAUSED
    resume_job("u1", ResumeJob(job_id=job.id, budget_usd=dollars(job.quote.total)))
    stage.drive(job)
    assert stored_job(job.id).paused_for[0].unit == "storyboard_review"


def test_what_finished_units_left_over_pays_for_others(stage: Stage) -> None:
    job = stage.job(brief(4, 4, 4, 4, 4), cap=5 * PRICE)
    stage.done(job, "script_generation", *[f"storyboard-0{n}" for n in (1, 2, 3, 4)], "scene_prompts-05")
    advance(job.id)
    assert stored_unit(job, "storyboard-05").state is UnitState.READY
    held = sum(u.spent if u.state is UnitState.DONE else u.allotted for u in read_units(job.id).values())
    assert held == job.money.cap


def claimed(unit: Unit) -> Unit:
    """The unit as a worker that claimed it has it."""
    held: list[Unit] = []

    def keep(task: Task) -> Outcome:
        held.append(task.unit)
        raise LostUnit("the worker is gone without a word")

    deliver(unit, keep)
    return held[0]


def test_a_retake_draws_from_the_job_up_to_its_cap(stage: Stage) -> None:
    job = stage.job(TWO, cap=3 * PRICE)
    stage.done(job, *SCRIPTED)
    unit = claimed(stage.unit(job, "storyboard-01"))
    larger = allotment.draw(unit, PRICE)
    assert larger is not None and larger.allotted == 2 * PRICE
    assert stored_unit(job, unit.id) == larger
    assert stored_job(job.id).money.allotted == 3 * PRICE
    assert allotment.draw(larger, PRICE - COST + 1) is None
    assert stored_job(job.id).money.allotted == 3 * PRICE
    assert allotment.draw(larger, PRICE - COST) is not None, "what the script left over"


def test_who_lost_the_unit_draws_nothing(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = claimed(stage.unit(job, "storyboard-01"))
    claims.settle(unit, Block(Blocked(reason=BlockReason.UNCONFIRMED, message="lost")))
    with pytest.raises(LostUnit):
        allotment.draw(unit, PRICE)
    assert stored_job(job.id).money.allotted == PRICE


def test_a_frame_drawn_again_does_not_use_money_that_was_given_away(stage: Stage) -> None:
    job = stage.job(TWO, cap=3 * PRICE)
    stage.done(job, *SCRIPTED, "storyboard-01", "storyboard-02")
    stage.unit(job, "storyboard_review", state=UnitState.BLOCKED, wake_by=None)
    decide_storyboard("u1", DecideStoryboard(job_id=job.id, decision="retake", scenes=[1], note="brighter"))
    stage.drive(job)
    units = read_units(job.id)
    assert units["storyboard-01"].state is UnitState.BLOCKED, "there is no money for another frame"
    assert "storyboard_review" not in units
    held = sum(u.spent if u.state is UnitState.DONE else u.allotted for u in units.values())
    assert held <= job.money.cap


def test_changing_a_unit_that_is_not_there_is_told(stage: Stage) -> None:
    job = stage.job(TWO)
    with pytest.raises(NotFound, match=f"there is no unit complete of job {job.id}"):
        claims.change(job.id, "complete", lambda unit: unit)
    with pytest.raises(NotFound, match="there is no job nothing"):
        advance("nothing")
