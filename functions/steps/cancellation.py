"""Closing a unit of a cancelled job: stop what can be stopped at the provider, and close its record.

What another job waits for too is left to that job.
"""

from steps.context import StepContext
from ugcgen.cloud.logs import log
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, JobStatus
from ugcgen.domain.errors import NotFound, TransientModelError
from ugcgen.engine.refs import read_job
from ugcgen.ledger import calls
from ugcgen.ledger import record as life
from ugcgen.models import video
from ugcgen.models.catalog import catalog
from ugcgen.pipeline.transitions import Cancelled, Outcome

_OVER = {JobStatus.COMPLETED, JobStatus.CANCELLED, JobStatus.CANCELLING}


def close(step: StepContext) -> Outcome:
    """The unit cancelled; a video operation that it waited for is stopped where the provider lets us.

    An operation that cannot be stopped stays open and counted at its price: the collector fetches its result.
    """
    waiting = step.unit.waiting
    record = calls.read(waiting.call) if waiting else None
    if record is None or record.state is not CallState.SUBMITTED or record.job_id != step.job.id:
        return Cancelled()  # nothing is open, or another job ordered it and still wants it
    heir = next((unit for unit in record.used_by if _is_alive(unit)), None)
    if heir is not None:
        calls.change(record.key, lambda stored: life.left_to(stored, heir))
        step.account.paid[record.key] = 0
        log.info("operation %s is left to %s, which waits for it too", record.operation, heir)
    elif _stopped(record):
        step.account.close(record.key, CallState.CANCELLED, "the job was cancelled")
    else:
        step.account.counted(record)
    return Cancelled()


def _stopped(record: CallRecord) -> bool:
    try:
        return video.cancel(catalog().models[record.model], record)
    except TransientModelError as trouble:
        log.warning("%s could not be stopped: %s", record.operation, trouble)
        return False


def _is_alive(unit: str) -> bool:
    job_id, _, _ = unit.partition("/")
    try:
        return read_job(job_id).status not in _OVER
    except NotFound:
        return False
