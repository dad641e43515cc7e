"""How jobs, money and times are put in words, the same on a terminal and in a log."""

from datetime import datetime

from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.money import show


def words(name: PipelineStep | BlockReason | str) -> str:
    """``video_generation`` as people read it."""
    return str(name).replace("_", " ")


def counted(number: int, what: str) -> str:
    """``1 scene``, ``5 scenes``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def scene_name(number: int | None) -> str:
    """``scene 1``; None is work on the whole ad."""
    return "whole ad" if number is None else f"scene {number}"


def clock(seconds: float) -> str:
    """``1:05``; with hours where there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def elapsed(job: Job, now: datetime) -> str:
    return clock(max(0.0, ((job.completed_at or now) - job.created_at).total_seconds()))


def money(job: Job) -> str:
    """What was spent of what was quoted; the cap where it is another amount; whether it is play money."""
    cap = f", at most {show(job.money.cap)}" if job.money.cap != job.quote.total else ""
    simulated = ", simulated" if job.money.simulated else ""
    return f"{show(job.money.spent)} of {show(job.quote.total)} quoted{cap}{simulated}"


def start_of(dialogue: str, length: int = 48) -> str:
    """The first words, as many as fit."""
    line = " ".join(dialogue.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0].rstrip('.,;:')}…"


def points(score: float) -> str:
    """A score as people read it: 0 to 100."""
    return f"{100 * score:.0f}"


def advice(job: Job) -> list[str]:
    """Why a job, or a part of it, stands still and which command lets it go on; nothing for one that needs nobody."""
    match job.status:
        case JobStatus.PAUSED | JobStatus.RUNNING:
            reasons = {pause.reason: None for pause in job.paused_for}
            return [pause.message for pause in job.paused_for] + [_way_on(job.id, reason) for reason in reasons]
        case JobStatus.FAILED:
            return [f"failed: {job.error_message}", f"try again what failed: ugcgen resume {job.id}"]
        case JobStatus.CANCELLED | JobStatus.CANCELLING:
            return [f"job {job.id} is {job.status}"]
        case _:
            return []


def _way_on(job_id: str, reason: str) -> str:
    match reason:
        case BlockReason.STORYBOARD_REVIEW:
            return (
                f"approve it: ugcgen approve {job_id} · draw frames again: ugcgen retake {job_id} --scene N --note ..."
                f" · take another variant: ugcgen choose {job_id} --scene N --variant M"
            )
        case BlockReason.BUDGET:
            return f"raise the budget: ugcgen resume {job_id} --budget USD"
        case BlockReason.UNCONFIRMED:
            return f"make it again, which may charge it twice: ugcgen resume {job_id}"
        case _:
            return f"go on: ugcgen resume {job_id}"
