"""What a job tells in its chat, and when it is silent."""

from typing import Any

from tests.unit.core.jobs import brief, job
from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import Job, PauseReason
from ugcgen.pipeline.chat_lines import chat_lines
from ugcgen.pipeline.projection import Projection

WAITS = PauseReason(unit="storyboard_review", reason="storyboard_review", message="look at the storyboard")


def seen(**facts: Any) -> Projection:
    usual: dict[str, Any] = {
        "status": JobStatus.RUNNING,
        "current_step": PipelineStep.STORYBOARD,
        "last_completed_step": None,
        "progress": 1,
        "spent": 1_500_000,
        "paused_for": [],
        "message": "",
        "error_message": None,
    }
    return Projection(**usual | facts)


def told(shown: Projection, **before: Any) -> list[str]:
    running: Job = job(brief(4, 4)).model_copy(update={"status": JobStatus.RUNNING} | before)
    return [each.sentence for each in chat_lines(running, shown)]


def test_a_job_tells_of_its_milestones_alone() -> None:
    assert told(seen()) == []
    assert told(seen(progress=40, spent=2_000_000)) == []
    assert told(seen(last_completed_step=PipelineStep.SCRIPT_GENERATION)) == ["The script is written."]
    assert told(seen(last_completed_step=PipelineStep.SCENE_PROMPTS)) == ["The script is written."]
    assert told(seen(status=JobStatus.COMPLETED)) == ["The video is finished. It cost $1.50."]
    assert told(seen(status=JobStatus.COMPLETED), status=JobStatus.COMPLETED) == []
    assert told(seen(status=JobStatus.FAILED, error_message="it broke")) == [
        "The video could not be finished: it broke."
    ]
    assert told(seen(status=JobStatus.CANCELLED)) == ["The video was cancelled. $1.50 had been spent."]


def test_a_pause_says_for_what() -> None:
    paused = seen(status=JobStatus.PAUSED, paused_for=[WAITS])
    assert told(paused) == ["The video waits for you: look at the storyboard"]
    assert told(paused, status=JobStatus.PAUSED, paused_for=[WAITS]) == []
    [first] = chat_lines(job(brief(4)), paused)
    [again] = chat_lines(job(brief(4)).model_copy(update={"version": 2}), paused)
    assert first.name != again.name


def test_steps_that_ended_together_are_told_in_order() -> None:
    spoken = seen(last_completed_step=PipelineStep.AUDIO_GENERATION)
    before = {"last_completed_step": PipelineStep.STORYBOARD_REVIEW}
    assert told(spoken, **before) == ["The clips are filmed.", "The voice is spoken."]
    edited = seen(last_completed_step=PipelineStep.SCRIPT_GENERATION)
    assert told(edited, last_completed_step=PipelineStep.COMPLETE) == []
