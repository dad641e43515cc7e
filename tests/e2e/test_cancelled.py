"""A job cancelled: nothing stays open, nothing new is paid."""

import pytest

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import small, tiny
from tests.e2e.person import Person, Refused
from ugcgen.domain.enums import CallState, JobStatus, PipelineStep, UnitState


def test_cancelled_while_clips_are_filmed(stage: Backstage, person: Person) -> None:
    stage.studio.latency(video=20)
    job_id = person.start(small())
    filming = [f"{PipelineStep.VIDEO_GENERATION}-{scene:02d}" for scene in (1, 2)]
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: all(seen.state(unit) is UnitState.WAITING for unit in filming), 90)
        voices = [f"{PipelineStep.AUDIO_GENERATION}-{scene:02d}" for scene in (1, 2, 3)]
        seen.until(lambda seen: all(seen.state(unit) is UnitState.DONE for unit in voices), 60)
        mark = stage.studio.mark()
        person.call("cancelJob", job_id=job_id)
        seen.until(lambda seen: seen.job and seen.job.status is JobStatus.CANCELLED, 30)
    units = stage.units(job_id)
    assert not [unit.id for unit in units.values() if unit.state.is_open]
    assert {units[unit].state for unit in filming} == {UnitState.CANCELLED}

    ordered = [call for call in stage.calls(job_id) if call.kind == "video"]
    assert len(ordered) == 2
    for call in ordered:
        assert (call.state, call.cost) == (CallState.CANCELLED, 0)
        assert stage.studio.interaction(str(call.operation))["status"] == "cancelled"
    job = stage.job(job_id)
    assert job.money.spent == sum(call.cost for call in stage.calls(job_id))

    stage.sweep()
    person.call("cancelJob", job_id=job_id)  # again changes nothing
    with pytest.raises(Refused, match="is cancelled; start a new one"):
        person.call("resumeJob", job_id=job_id)
    assert stage.studio.calls(mark) == []
    assert stage.units(job_id) == units
    assert stage.job(job_id).status is JobStatus.CANCELLED


def test_cancelled_while_the_storyboard_waits_for_approval(stage: Backstage, person: Person) -> None:
    job_id = person.start(tiny(), auto_approve=False)
    assert stage.rest(job_id).status is JobStatus.PAUSED
    mark = stage.studio.mark()
    person.call("cancelJob", job_id=job_id)
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.status is JobStatus.CANCELLED, 30)
    assert not [unit.id for unit in stage.units(job_id).values() if unit.state.is_open]
    with pytest.raises(Refused, match="not waiting for a decision"):
        person.call("decideStoryboard", job_id=job_id, decision="approve")
    assert stage.studio.calls(mark) == []


def test_a_finished_job_cannot_be_cancelled(stage: Backstage, person: Person) -> None:
    job_id = person.start(tiny())
    assert stage.rest(job_id).status is JobStatus.COMPLETED
    with pytest.raises(Refused, match="is completed; there is nothing left to cancel") as refused:
        person.call("cancelJob", job_id=job_id)
    assert refused.value.status == "FAILED_PRECONDITION"
