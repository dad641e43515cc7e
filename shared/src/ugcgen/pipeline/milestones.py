"""What a job tells in its chat: the few moments at which a person wants to look, in a sentence each."""

from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.model import Value
from ugcgen.domain.money import show
from ugcgen.pipeline.projection import Projection

_STEPS = {
    PipelineStep.SCRIPT_GENERATION: "The script is written.",
    PipelineStep.STORYBOARD: "The storyboard is drawn.",
    PipelineStep.VIDEO_GENERATION: "The clips are filmed.",
    PipelineStep.AUDIO_GENERATION: "The voice is spoken.",
}


class Milestone(Value):
    """``name`` is the same whenever the same thing has happened to the same version of the job."""

    name: str
    sentence: str


def milestone(job: Job, shown: Projection) -> Milestone | None:
    """What has just happened: ``job`` is as it was seen before, ``shown`` as it is to be seen now."""
    if shown.status is not job.status or shown.paused_for != job.paused_for:
        told = _of_status(shown)
        if told is not None:
            return Milestone(name=f"{job.version}-{told[0]}", sentence=told[1])
    step = shown.last_completed_step
    if step is not job.last_completed_step and step in _STEPS:
        return Milestone(name=f"{job.version}-{step}", sentence=_STEPS[step])
    return None


def _of_status(shown: Projection) -> tuple[str, str] | None:
    match shown.status:
        case JobStatus.COMPLETED:
            return "completed", f"The video is finished. It cost {show(shown.spent)}."
        case JobStatus.FAILED:
            return "failed", f"The video could not be finished: {shown.error_message}."
        case JobStatus.CANCELLED:
            return "cancelled", f"The video was cancelled. {show(shown.spent)} had been spent."
        case JobStatus.PAUSED:
            reasons = " ".join(dict.fromkeys(pause.message for pause in shown.paused_for))
            waiting = "-".join(f"{pause.unit}-{pause.reason}" for pause in shown.paused_for)
            return f"paused-{waiting}", f"The video waits for you: {reasons}"
        case _:
            return None
