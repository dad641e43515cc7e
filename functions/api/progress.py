"""The progress of a job as it happens, for those without a listener on its document."""

import time
from collections.abc import Iterator
from typing import Literal

from api.caller import Caller
from api.jobs import JobRequest
from api.operation import operation
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import PauseReason
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros
from ugcgen.engine.refs import job_ref

POLL_SECONDS = 1.0
LONGEST_SECONDS = 600.0
_OVER = {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}


class JobProgress(Document):
    """How far a job is. ``progress`` is in percent; ``paused_for`` says what waits for a person, and for what."""

    event: Literal["progress"] = "progress"
    job_id: str
    status: JobStatus
    current_step: PipelineStep
    progress: int
    message: str
    version: int
    spent: Micros
    paused_for: list[PauseReason]
    error_message: str | None


_PLAIN = set(JobProgress.model_fields) - {"event", "job_id", "spent"}
_READ = [*_PLAIN, "money.spent", "user_id", "deleted_at"]


@operation("GET", "/jobs/{job_id}/stream")
def stream_job(caller: Caller, request: JobRequest) -> Iterator[JobProgress | None]:
    """The job's progress now, and again with each change of it.

    The stream ends when the job is over, or after ten minutes; call it again to go on.
    """
    ends, told = time.monotonic() + LONGEST_SECONDS, None
    while True:
        progress = _progress(caller, request.job_id)
        if progress != told:
            yield progress
            told = progress
        if progress.status in _OVER or time.monotonic() >= ends:
            return
        yield None
        time.sleep(POLL_SECONDS)


def _progress(caller: Caller, job_id: str) -> JobProgress:
    """Read without the rest of the job, which is many times as long. Raises NotFound for another's job."""
    stored = job_ref(job_id).get(_READ, timeout=READ_TIMEOUT).to_dict() or {}
    if stored.get("user_id") != caller.uid or stored["deleted_at"] is not None:
        raise NotFound(f"there is no job {job_id}")
    plain = {name: stored[name] for name in _PLAIN}
    return JobProgress(job_id=job_id, spent=stored["money"]["spent"], **plain)
