"""The storyboard waits for a person, who approves it or has single frames drawn again."""

import pytest

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import small, tiny
from tests.e2e.person import Person, Refused
from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep
from ugcgen.domain.unit import Unit


def test_nothing_is_filmed_before_the_approval_and_choosing_another_frame_is_free(
    stage: Backstage, person: Person
) -> None:
    mark = stage.studio.mark()
    job_id = person.start(tiny(), auto_approve=False)
    paused = stage.rest(job_id)
    assert paused.status is JobStatus.PAUSED
    assert [reason.reason for reason in paused.paused_for] == [BlockReason.STORYBOARD_REVIEW]
    assert paused.current_step is PipelineStep.STORYBOARD_REVIEW
    assert not {"speech", "video"} & {call["kind"] for call in stage.studio.calls(mark)}

    (frame,) = paused.storyboard_scenes
    assert (len(frame.variants), frame.chosen) == (2, 0)
    with pytest.raises(Refused, match="variants 0 to 1, not 2"):
        person.call("decideStoryboard", job_id=job_id, decision="choose", chosen={1: 2})
    mark = stage.studio.mark()
    # The choice and the job at work again are one commit.
    person.call("decideStoryboard", job_id=job_id, decision="choose", chosen={1: 1})
    chosen = stage.rest(job_id)
    assert chosen.status is JobStatus.PAUSED, "it asks again"
    other = frame.variants[1].image
    assert chosen.storyboard_scenes[0].image == other
    assert stage.units(job_id)[f"{PipelineStep.STORYBOARD}-01"].result["image"]["name"] == other
    assert stage.studio.calls(mark) == []
    with stage.follow(job_id) as seen:
        person.call("decideStoryboard", job_id=job_id, decision="approve")
        seen.until(lambda seen: seen.job and seen.job.completed_at, 90)

    mark = stage.studio.mark()
    person.call("reopenJob", job_id=job_id)
    assert stage.rest(job_id).status is JobStatus.PAUSED, "it asks again"
    with stage.follow(job_id) as seen:
        person.call("decideStoryboard", job_id=job_id, decision="approve")
        seen.until(lambda seen: seen.job and seen.job.status is JobStatus.COMPLETED, 60)
    assert (stage.job(job_id).version, stage.studio.calls(mark)) == (2, [])


def test_a_retake_changes_one_frame_and_nothing_else(stage: Backstage, person: Person) -> None:
    job_id = person.start(small(), auto_approve=False)
    assert stage.rest(job_id).status is JobStatus.PAUSED
    before, frames = stage.units(job_id), stage.artifacts(job_id)
    mark = stage.studio.mark()
    retaken = f"{PipelineStep.STORYBOARD}-02"

    note = "She wears a red woollen hat"
    person.call("decideStoryboard", job_id=job_id, decision="retake", scenes=[2], note=note)
    assert stage.rest(job_id).status is JobStatus.PAUSED
    after = stage.units(job_id)
    assert after.keys() == before.keys()
    assert after[retaken].run == before[retaken].run + 1
    animatic = f"{PipelineStep.POST_PRODUCTION}-animatic"
    untouched = before.keys() - {retaken, animatic, str(PipelineStep.STORYBOARD_REVIEW)}
    assert {unit_id: after[unit_id] for unit_id in untouched} == {unit_id: before[unit_id] for unit_id in untouched}
    changed = {place for place, sha256 in stage.artifacts(job_id).items() if frames.get(place) != sha256}
    assert changed
    assert all(place.startswith((retaken, animatic)) for place in changed)
    assert after[animatic].run == before[animatic].run + 1
    assert stage.job(job_id).animatic_url == after[animatic].result["animatic"]
    calls = stage.studio.calls(mark)
    assert {call["kind"] for call in calls} == {"image", "text"}
    assert all(call.unit_id == retaken for call in stage.calls(job_id) if call.key not in _keys(before))
    assert stage.job(job_id).storyboard_scenes[1].image == after[retaken].result["image"]["name"]


def _keys(units: dict[str, Unit]) -> set[str]:
    return {key for unit in units.values() for key in unit.paid}
