"""A budget that is too small: the job pauses before it would be passed, says why, and goes on when it is raised."""

import pytest

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import tiny
from tests.e2e.person import Person, Refused
from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep
from ugcgen.domain.money import dollars


def test_too_small_a_budget_pauses_and_a_larger_one_resumes(stage: Backstage, person: Person) -> None:
    quote = person.call("quoteGeneration", brief=tiny(), product_images=1, avatar_images=1)["quote"]
    lines = quote["lines"]
    before_clips = (PipelineStep.SCRIPT_GENERATION, PipelineStep.STORYBOARD)
    enough_for_the_storyboard = sum(line["price"] for line in lines if line["unit"].startswith(before_clips))
    clip = sum(line["price"] for line in lines if line["unit"].startswith(PipelineStep.VIDEO_GENERATION))
    # What the script does not use goes back to the job, so the clip must be out of reach even with all of it.
    budget = min(enough_for_the_storyboard, clip - 1)
    assert budget < clip

    job_id = person.start(tiny(), budget_usd=dollars(budget))
    paused = stage.rest(job_id)
    assert paused.status is JobStatus.PAUSED
    assert {reason.reason for reason in paused.paused_for} == {BlockReason.BUDGET}
    assert all("raise the budget by" in reason.message for reason in paused.paused_for)
    assert paused.money.spent <= paused.money.allotted <= paused.money.cap

    mark = stage.studio.mark()
    with pytest.raises(Refused, match="can be raised but not lowered") as refused:
        person.call("resumeJob", job_id=job_id, budget_usd=dollars(budget) / 2)
    assert refused.value.field == "budget_usd"
    assert stage.studio.calls(mark) == []

    with stage.follow(job_id) as seen:
        person.call("resumeJob", job_id=job_id, budget_usd=dollars(paused.quote.high))
        seen.until(lambda seen: seen.job and seen.job.completed_at, 90)
    job = stage.job(job_id)
    assert job.paused_for == []
    assert job.money.spent <= job.quote.high == job.money.cap == quote["high"]
    assert all(call.sends == 1 for call in stage.calls(job_id))
