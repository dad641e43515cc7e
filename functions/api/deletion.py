"""Deleting a job, and of what it made all that no other job of its owner uses.

The order is what makes it safe to die anywhere and be called again: the job is closed and hidden first, every record
is a tombstone before its object is removed, and what names the objects goes last.
"""

from collections.abc import Callable, Iterator
from typing import Any

from google.cloud.firestore import DocumentReference, FieldFilter
from google.cloud.firestore_v1.base_document import DocumentSnapshot

from api.caller import Caller
from api.jobs import JobRequest
from api.operation import operation
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, JobStatus
from ugcgen.domain.errors import NotFound, WrongState
from ugcgen.domain.job import Job
from ugcgen.domain.model import Document
from ugcgen.engine.refs import job_ref, read_job
from ugcgen.ledger import calls
from ugcgen.ledger import record as life
from ugcgen.pipeline.plan import plan_of

_AT_WORK = {JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING}
_WITH_MEDIA = ("jobs", "avatars", "products", "edits")
"""Collections of people's documents that may name objects."""

BATCH = 400


class Deleted(Document):
    """``removed`` objects are gone; ``kept`` ones are used by others."""

    job_id: str
    removed: int
    kept: int


@operation("DELETE", "/jobs/{job_id}", "/library/{job_id}")
def delete_job(caller: Caller, request: JobRequest) -> Deleted:
    """Delete a job that is over or paused. Raises WrongState for one at work, NotFound for one that is gone.

    Called again after it was interrupted, it goes on.
    """
    job = _closed(caller.uid, request.job_id)
    own = set(_names_in(caller.uid, _documents(job)))
    kept = set(_named_elsewhere(caller.uid, job.id))
    removed: set[str] = set()
    for record in [*calls.of_job(job.id), *calls.used_by(job.id, plan_of(job))]:
        left = calls.change(record.key, _without(job.id))
        names = {artifact.name for artifact in left.artifacts}
        own |= names
        if left.state is CallState.DELETED:
            # At once: whoever asks the same now makes it anew under the same name.
            removed |= _removed(names - kept)
        else:
            kept |= names
    removed |= _removed(own - kept - removed)
    _remove_documents(job)
    return Deleted(job_id=job.id, removed=len(removed), kept=len(own & kept))


def remove_objects_of(user_id: str, value: Any) -> None:
    """Remove every object of the user that is named in a value, once no document of theirs names it any more."""
    own = set(_names_in(user_id, value))
    if own:
        _removed(own - set(_named_elsewhere(user_id)))


def _closed(user_id: str, job_id: str) -> Job:
    """The job, which nobody sees or wakes from now on."""

    def attempt(atomic: Atomic) -> Job:
        job, seen = atomic.read(Job, job_ref(job_id))
        if job is None or job.user_id != user_id:
            raise NotFound(f"there is no job {job_id}")
        if job.deleted_at is None and job.status in _AT_WORK:
            raise WrongState(f"job {job_id} is {job.status}; cancel it before you delete it")
        atomic.update(seen, {"deleted_at": now(), "status": str(JobStatus.CANCELLED), "updated_at": now()})
        return job

    return firestore.atomically(attempt)


def _without(job_id: str) -> Callable[[CallRecord], CallRecord]:
    return lambda stored: life.deleted(stored, job_id, _is_alive, now())


def _is_alive(job_id: str) -> bool:
    try:
        return read_job(job_id).deleted_at is None
    except NotFound:
        return False


def _documents(job: Job) -> list[dict[str, Any]]:
    """All that is stored of a job."""
    below = [snapshot.to_dict() or {} for name in ("units", "scenes") for snapshot in _below(job_ref(job.id), name)]
    return [firestore.to_document(job), *below]


def _named_elsewhere(user_id: str, job_id: str | None = None) -> Iterator[str]:
    """Every object of the user that something else of theirs names: other jobs with their units, people, products."""
    mine = FieldFilter("user_id", "==", user_id)
    for name in _WITH_MEDIA:
        for snapshot in firestore.client().collection(name).where(filter=mine).stream(timeout=READ_TIMEOUT):
            if name == "jobs" and snapshot.id == job_id:
                continue
            yield from _names_in(user_id, snapshot.to_dict())
            if name == "jobs":
                for unit in _below(snapshot.reference, "units"):
                    yield from _names_in(user_id, unit.to_dict())


def _below(parent: DocumentReference, name: str) -> list[DocumentSnapshot[Any]]:
    return list(parent.collection(name).stream(timeout=READ_TIMEOUT))


def _names_in(user_id: str, value: Any) -> Iterator[str]:
    """Every object name of the user in a document."""
    match value:
        case dict():
            for inner in value.values():
                yield from _names_in(user_id, inner)
        case list():
            for inner in value:
                yield from _names_in(user_id, inner)
        case str() if value.startswith(f"users/{user_id}/"):
            yield value


def _removed(names: set[str]) -> set[str]:
    for name in sorted(names):
        storage.delete(name)
    return names


def _remove_documents(job: Job) -> None:
    """The job's documents, itself last."""
    below = [snapshot.reference for name in ("units", "scenes") for snapshot in _below(job_ref(job.id), name)]
    for start in range(0, len(below), BATCH):
        batch = firestore.client().batch()
        for reference in below[start : start + BATCH]:
            batch.delete(reference)
        batch.commit(timeout=WRITE_TIMEOUT)
    job_ref(job.id).delete(timeout=WRITE_TIMEOUT)
