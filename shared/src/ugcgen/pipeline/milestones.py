"""What of a job's progress is worth telling others, by how its projection changes."""

from ugcgen.domain.enums import BlockReason, JobStatus, Milestone
from ugcgen.domain.job import Job
from ugcgen.pipeline.projection import Projection

_BY_STATUS = {
    JobStatus.COMPLETED: Milestone.JOB_COMPLETED,
    JobStatus.FAILED: Milestone.JOB_FAILED,
    JobStatus.CANCELLED: Milestone.JOB_CANCELLED,
}


def milestones(job: Job, shown: Projection) -> list[Milestone]:
    """The milestones between the job as it is stored and as it will be shown.

    A storyboard may wait for its review while other work goes on, so it is no pause.
    """
    known = {reason.unit for reason in job.paused_for}
    reached = []
    if any(new.reason == BlockReason.STORYBOARD_REVIEW and new.unit not in known for new in shown.paused_for):
        reached.append(Milestone.STORYBOARD_READY)
    if shown.status is not job.status:
        if shown.status is JobStatus.PAUSED and any(
            reason.reason != BlockReason.STORYBOARD_REVIEW for reason in shown.paused_for
        ):
            reached.append(Milestone.JOB_PAUSED)
        elif shown.status in _BY_STATUS:
            reached.append(_BY_STATUS[shown.status])
    return reached
