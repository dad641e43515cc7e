"""The provider's bad days, seen from the whole product."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.e2e.backstage import ENDED, Backstage
from tests.e2e.briefs import tiny
from tests.e2e.person import Person
from ugcgen.domain.enums import CallState, JobStatus, PipelineStep
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS

IMAGES = "gemini-nano-banana-2.1"
CLIPS = "gemini-omni-1.2-flash"


@pytest.mark.parametrize("seconds", [0, 2], ids=["announced at once", "announced later"])
def test_a_clip_whose_reply_was_lost_is_found_again(stage: Backstage, person: Person, seconds: float) -> None:
    mark = stage.studio.mark()
    stage.studio.latency(video=seconds)
    stage.studio.fault("lost_reply", model=CLIPS)
    job_id = person.start(tiny())
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.status in ENDED, 90)
    assert stage.job(job_id).status is JobStatus.COMPLETED
    (taken,) = (call for call in stage.studio.calls(mark) if call["kind"] == "video")
    (clip,) = (call for call in stage.calls(job_id) if call.kind == "video")
    assert taken["fault"] == "lost_reply"
    assert (clip.operation, clip.sends, clip.state) == (taken["id"], 1, CallState.SUCCEEDED)
    assert stage.bill(job_id) == stage.studio.bill(mark)


def test_a_cheap_clip_that_nobody_heard_of_again_is_another_take(stage: Backstage, person: Person) -> None:
    mark = stage.studio.mark()
    stage.studio.fault("error", model=CLIPS, code=500)
    job_id = person.start(tiny())
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.status in ENDED, 120)
    job = stage.job(job_id)
    assert job.status is JobStatus.COMPLETED
    lost, clip = sorted((call for call in stage.calls(job_id) if call.kind == "video"), key=lambda c: c.created_at)
    assert (lost.state, lost.sends) == (CallState.UNCONFIRMED, 1)
    assert (clip.state, clip.sends) == (CallState.SUCCEEDED, 1)
    assert clip.created_at - lost.created_at >= timedelta(seconds=float(stage.cloud.env["LOST_AFTER_SECONDS"]))
    assert [call["accepted"] for call in stage.studio.calls(mark) if call["kind"] == "video"] == [False, True]
    # Nobody knows that it was not charged, so the cap counts it.
    assert job.money.spent == lost.price + sum(call.cost for call in stage.calls(job_id)) <= job.money.cap


def test_a_rate_limit_is_waited_out(stage: Backstage, person: Person) -> None:
    mark = stage.studio.mark()
    stage.studio.fault("rate_limit", model=IMAGES, seconds=2, times=2)
    job_id = person.start(tiny())
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.status in ENDED, 90)
    assert stage.job(job_id).status is JobStatus.COMPLETED
    asked = [call for call in stage.studio.calls(mark) if call["model"] == IMAGES]
    assert [call["accepted"] for call in asked] == [False, False, True, True]
    times = [datetime.fromisoformat(call["at"]) for call in asked[:3]]
    assert all(after - before >= timedelta(seconds=2) for before, after in pairwise(times))
    frames = [call for call in stage.calls(job_id) if call.kind == "image"]
    assert sorted(frame.sends for frame in frames) == [1, 3]
    assert stage.units(job_id)[f"{PipelineStep.STORYBOARD}-01"].failures == 0


def test_a_withheld_picture_is_drawn_in_another_take(stage: Backstage, person: Person) -> None:
    stage.studio.fault("block_output", model=IMAGES)
    job_id = person.start(tiny())
    job = stage.rest(job_id)
    assert job.status is JobStatus.COMPLETED
    withheld, *drawn = sorted(
        (call for call in stage.calls(job_id) if call.kind == "image"), key=lambda c: c.created_at
    )
    assert withheld.state is CallState.REFUSED
    assert 0 < withheld.cost < drawn[0].cost, "the prompt was read all the same"
    assert [frame.state for frame in drawn] == [CallState.SUCCEEDED] * 2
    assert {variant.take for variant in job.storyboard_scenes[0].variants} == {1, 2}


def test_pictures_withheld_again_and_again_fail_the_job_with_the_reason(stage: Backstage, person: Person) -> None:
    mark = stage.studio.mark()
    stage.studio.fault("block_output", model=IMAGES, times=None)
    job_id = person.start(tiny())
    failed = stage.rest(job_id)
    assert failed.status is JobStatus.FAILED
    assert failed.error_message is not None
    assert "storyboard-01" in failed.error_message
    assert "IMAGE_SAFETY" in failed.error_message
    asked = [call for call in stage.studio.calls(mark) if call["model"] == IMAGES]
    assert len(asked) == 1 + MAX_REGEN_ATTEMPTS
    assert not [call for call in stage.studio.calls(mark) if call["kind"] in {"speech", "video"}]

    stage.studio.good_day()
    with stage.follow(job_id) as seen:
        person.call("resumeJob", job_id=job_id)
        seen.until(lambda seen: seen.job and seen.job.completed_at, 60)


def test_a_clip_that_shows_nothing_is_filmed_again_by_itself(stage: Backstage, person: Person) -> None:
    stage.studio.fault("black", model=CLIPS)
    job_id = person.start(tiny())
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.status in ENDED, 120)
    job = stage.job(job_id)
    assert job.status is JobStatus.COMPLETED, job.error_message
    clips = [call for call in stage.calls(job_id) if call.kind == "video"]
    assert [call.state for call in clips] == [CallState.SUCCEEDED] * 2
    assert job.money.spent == sum(call.cost for call in stage.calls(job_id)) <= job.money.cap


def test_a_clip_that_shows_nothing_twice_is_for_a_person(stage: Backstage, person: Person) -> None:
    stage.studio.fault("black", model=CLIPS, times=None)
    job_id = person.start(tiny())
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.status in ENDED, 120)
    job = stage.job(job_id)
    assert job.status is JobStatus.FAILED
    assert "black" in (job.error_message or "")
    clips = [call for call in stage.calls(job_id) if call.kind == "video"]
    assert len(clips) >= 2
    assert job.money.spent == sum(call.cost for call in stage.calls(job_id)) <= job.money.cap
