"""What a job tells in its chat: the few moments at which a person wants to look, in a sentence each."""

from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.model import Value
from ugcgen.domain.money import show
from ugcgen.pipeline.projection import Projection
from ugcgen.pipeline.steps import ORDER

_STEPS = {
    PipelineStep.SCRIPT_GENERATION: "The script is written.",
    PipelineStep.STORYBOARD: "The storyboard is drawn.",
    PipelineStep.VIDEO_GENERATION: "The clips are filmed.",
    PipelineStep.AUDIO_GENERATION: "The voice is spoken.",
}


class ChatLine(Value):
    """``name`` is the same whenever the same thing has happened to the same version of the job."""

    name: str
    sentence: str


def chat_lines(job: Job, shown: Projection) -> list[ChatLine]:
    """What has just happened, in order: ``job`` is as it was seen before, ``shown`` as it is to be seen now."""
    told = [(str(step), _STEPS[step]) for step in _completed(job, shown) if step in _STEPS]
    if shown.status is not job.status or shown.paused_for != job.paused_for:
        told += _of_status(shown)
    return [ChatLine(name=f"{job.version}-{name}", sentence=sentence) for name, sentence in told]


def _completed(job: Job, shown: Projection) -> list[PipelineStep]:
    """The steps that are over since; several where they were worked on side by side."""
    before, after = (
        ORDER.index(step) + 1 if step else 0 for step in (job.last_completed_step, shown.last_completed_step)
    )
    return list(ORDER[before:after])


def _of_status(shown: Projection) -> list[tuple[str, str]]:
    match shown.status:
        case JobStatus.COMPLETED:
            return [("completed", f"The video is finished. It cost {show(shown.spent)}.")]
        case JobStatus.FAILED:
            return [("failed", f"The video could not be finished: {shown.error_message}.")]
        case JobStatus.CANCELLED:
            return [("cancelled", f"The video was cancelled. {show(shown.spent)} had been spent.")]
        case JobStatus.PAUSED:
            reasons = " ".join(dict.fromkeys(pause.message for pause in shown.paused_for))
            waiting = "-".join(f"{pause.unit}-{pause.reason}" for pause in shown.paused_for)
            return [(f"paused-{waiting}", f"The video waits for you: {reasons}")]
        case _:
            return []
