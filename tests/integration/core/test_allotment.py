"""Money inside a job: the cap holds, a larger one lets the job go on, a retake draws what is free."""

import pytest

from api.caller import Caller
from api.jobs import DecideStoryboard, ResumeJob, decide_storyboard, resume_job
from tests.integration.core.stage import (
    ONE,
    SCRIPTED,
    TWO,
    Sent,
    Stage,
    approve,
    deliver,
    stored_job,
    stored_unit,
)
from tests.unit.core.jobs import PRICE, brief, result
from tests.unit.core.work import COST
from ugcgen.domain.enums import BlockReason, JobStatus, UnitState
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.money import dollars
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine import allotment, claims
from ugcgen.engine.advance import advance
from ugcgen.engine.claims import Hold
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import job_ref, read_units
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS
from ugcgen.pipeline.transitions import Block, Done, Outcome


def test_a_budget_too_small_pauses_the_job_and_a_larger_one_lets_it_go_on(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO, cap=2 * PRICE)
    stage.done(job, *SCRIPTED)
    advance(job)
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
    advance(job)
    helped = stored_unit(job, second.id)
    assert (helped.state, helped.allotted, helped.blocked) == (UnitState.READY, PRICE, None)
    assert len(sent.to(second.id)) == 1
    assert stored_job(job.id).status is JobStatus.RUNNING


def test_raising_the_cap_by_the_callable_resumes_the_job(stage: Stage) -> None:
    job = stage.job(ONE, cap=PRICE)
    stage.done(job, "script_generation", "scene_prompts-01")
    advance(job)
    assert stored_job(job.id).status is JobStatus.PAUSED
    resume_job(Caller(uid="u1"), ResumeJob(job_id=job.id, budget_usd=dollars(job.quote.total)))
    stage.drive(job)
    assert stored_job(job.id).paused_for[0].unit == "storyboard_review"


def test_what_finished_units_left_over_pays_for_others(stage: Stage) -> None:
    job = stage.job(brief(4, 4, 4, 4, 4), cap=5 * PRICE)
    stage.done(job, "script_generation", *[f"storyboard-0{n}" for n in (1, 2, 3, 4)], "scene_prompts-05")
    advance(job)
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


def test_a_retake_draws_what_no_other_unit_was_quoted(stage: Stage) -> None:
    job = stage.job(TWO, cap=8 * PRICE)  # seven units are quoted, so one retake is to spare
    stage.done(job, *SCRIPTED)
    unit = claimed(stage.unit(job, "storyboard-01"))
    larger = allotment.draw(unit, PRICE)
    assert larger is not None and larger.allotted == 2 * PRICE
    assert stored_unit(job, unit.id) == larger
    assert stored_job(job.id).money.allotted == 3 * PRICE
    assert allotment.draw(larger, PRICE - COST + 1) is None
    assert stored_job(job.id).money.allotted == 3 * PRICE
    assert allotment.draw(larger, PRICE - COST) is not None, "what the script left over"


def test_under_the_high_end_every_frame_is_retaken_as_often_as_it_may_and_every_clip_is_filmed(stage: Stage) -> None:
    job = stage.job(TWO)
    assert job.money.cap == job.quote.high
    stage.done(job, *SCRIPTED)
    for number in (1, 2):
        frame = claimed(stage.unit(job, f"storyboard-0{number}"))
        spent = {"the first": PRICE}
        for retake in range(MAX_REGEN_ATTEMPTS):
            larger = allotment.draw(frame, PRICE)
            assert larger is not None
            frame, spent = larger, spent | {f"retake {retake}": PRICE}
        claims.settle(Hold(frame), Done(result=result(frame.key, of=frame.id), paid=spent))
    advance(job)
    deliver(stored_unit(job, "storyboard_review"))
    approve(job)
    stage.drive(job)
    ended = stored_job(job.id)
    assert (ended.status, ended.paused_for) == (JobStatus.COMPLETED, [])
    assert ended.quote.total < ended.money.spent <= ended.money.cap


def test_who_lost_the_unit_draws_nothing(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = claimed(stage.unit(job, "storyboard-01"))
    claims.settle(Hold(unit), Block(Blocked(reason=BlockReason.UNCONFIRMED, message="lost")))
    with pytest.raises(LostUnit):
        allotment.draw(unit, PRICE)
    assert stored_job(job.id).money.allotted == PRICE


def test_a_frame_drawn_again_does_not_use_money_that_was_given_away(stage: Stage) -> None:
    job = stage.job(TWO, cap=3 * PRICE)
    stage.done(job, *SCRIPTED, "storyboard-01", "storyboard-02")
    asks = Blocked(reason=BlockReason.STORYBOARD_REVIEW, message="look at it")
    stage.unit(job, "storyboard_review", state=UnitState.BLOCKED, blocked=asks, wake_by=None)
    decide_storyboard(Caller(uid="u1"), DecideStoryboard(job_id=job.id, decision="retake", scenes=[1], note="brighter"))
    stage.drive(job)
    units = read_units(job.id)
    assert units["storyboard-01"].state is UnitState.BLOCKED, "there is no money for another frame"
    assert units["storyboard_review"].rests, "there is nothing to decide on"
    held = sum(u.spent if u.state is UnitState.DONE else u.allotted for u in units.values())
    assert held <= job.money.cap
