"""Closing a unit of a cancelled job: stop what can be stopped at the provider, and close its record."""

from steps.context import StepContext
from ugcgen.cloud.logs import log
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import TransientModelError
from ugcgen.ledger.account import read
from ugcgen.models import video
from ugcgen.models.catalog import catalog
from ugcgen.pipeline.transitions import Cancelled, Outcome


def close(step: StepContext) -> Outcome:
    """The unit cancelled; a video operation that it waited for is stopped where the provider lets us."""
    waiting = step.unit.waiting
    record = read(waiting.call) if waiting else None
    if record is None or record.state is not CallState.SUBMITTED or record.operation is None:
        return Cancelled()
    if record.job_id != step.job.id:
        return Cancelled()  # another job ordered it and still wants it
    try:
        stopped = video.cancel(catalog().models[record.model], record.operation)
    except TransientModelError as trouble:
        log.warning("%s could not be stopped: %s", record.operation, trouble)
        stopped = False
    # What could not be stopped will be charged: the record says so rather than hoping.
    cost = 0 if stopped else record.price
    step.account.close(record.key, CallState.CANCELLED, "the job was cancelled", cost=cost)
    return Cancelled()
