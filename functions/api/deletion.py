"""Deleting a job: hidden at once, and gone for good with all of what it made that nothing else of its owner uses.

In between it can be restored. The order of going for good makes it safe to die anywhere and be called again: the
job is closed first, every record is a tombstone before its object is removed, and what names the objects goes last.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from google.cloud.firestore import DocumentReference, FieldFilter
from google.cloud.firestore_v1.base_document import DocumentSnapshot

from api import small
from api.caller import Caller
from api.explore import withdraw
from api.jobs import Accepted, JobRequest
from api.operation import operation
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.cloud.logs import about, log
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
_WITH_MEDIA = {"jobs": "units", "chats": "messages", "avatars": None, "products": None, "edits": None}
"""Collections of people's documents that may name objects, and the documents below one that may too."""

BATCH = 400


RESTORABLE = timedelta(days=30)
"""How long a deleted job can be restored."""

MOST_AT_ONCE = 50


class DeleteJob(JobRequest):
    """``for_good`` leaves no time to restore it."""

    for_good: bool = False


class Deleted(Document):
    """A job that can be restored until ``purge_at``. Where that is now, ``removed`` objects are gone; ``kept`` ones are
    used by others."""

    job_id: str
    purge_at: datetime
    removed: int = 0
    kept: int = 0


@operation("DELETE", "/jobs/{job_id}", "/library/{job_id}")
def delete_job(caller: Caller, request: DeleteJob) -> Deleted:
    """Delete a job that is over or paused; for thirty days it can be restored. Raises WrongState for one at work,
    NotFound for one that is gone.

    Called again after it was interrupted, it goes on.
    """
    moment = now()
    purge_at = _hidden(caller.uid, request.job_id, moment if request.for_good else moment + RESTORABLE)
    withdraw(request.job_id)
    return purge(request.job_id) if purge_at <= moment else Deleted(job_id=request.job_id, purge_at=purge_at)


@operation("POST", "/jobs/{job_id}/restore", "/library/{job_id}/restore")
def restore_job(caller: Caller, request: JobRequest) -> Accepted:
    """Take a deleted job back. Raises WrongState for one that is not deleted, NotFound for one that is gone."""

    def attempt(atomic: Atomic) -> JobStatus:
        job, seen = atomic.read(Job, job_ref(request.job_id))
        if job is None or job.user_id != caller.uid or not _is_there(job):
            raise NotFound(f"there is no job {request.job_id}")
        if job.deleted_at is None:
            raise WrongState(f"job {job.id} is not deleted; there is nothing to restore")
        atomic.update(seen, {"deleted_at": None, "purge_at": None, "updated_at": now()})
        return job.status

    return Accepted(job_id=request.job_id, status=firestore.atomically(attempt))


def purge_due() -> int:
    """Remove the jobs that cannot be restored any more; returns how many."""
    due = FieldFilter("purge_at", "<=", now())
    snapshots = firestore.client().collection("jobs").where(filter=due).limit(MOST_AT_ONCE).stream(timeout=READ_TIMEOUT)
    purged = 0
    for snapshot in list(snapshots):
        with about(job=snapshot.id):
            try:
                purge(snapshot.id)
                purged += 1
            except Exception:
                log.exception("one broken job must not keep the others; it is tried again")
    return purged


def purge(job_id: str) -> Deleted:
    """Remove a deleted job for good. Interrupted, it goes on when it is called again. Raises NotFound."""
    job = read_job(job_id)
    job_ref(job.id).update({"status": str(JobStatus.CANCELLED)}, timeout=WRITE_TIMEOUT)
    edits = _edits_of(job)
    own = set(_names_in(job.user_id, [*_documents(job), *(edit.to_dict() for edit in edits)]))
    kept = set(named_elsewhere(job.user_id, job_ref(job.id), *(edit.reference for edit in edits)))
    removed: set[str] = set()
    for record in [*calls.of_job(job.id), *calls.used_by(job.id, plan_of(job))]:
        left = calls.change(record.key, _without(job.id))
        names = {artifact.name for artifact in left.artifacts}
        own |= names
        if left.state is CallState.DELETED:
            # At once: whoever asks the same now makes it anew under the same name.
            removed |= remove_objects(names - kept)
        else:
            kept |= names
    removed |= remove_objects(own - kept - removed)
    for edit in edits:
        edit.reference.delete(timeout=WRITE_TIMEOUT)
    remove_documents(job_ref(job.id), "units", "scenes")
    return Deleted(job_id=job.id, purge_at=job.purge_at or now(), removed=len(removed), kept=len(own & kept))


def remove_objects_of(user_id: str, value: Any) -> None:
    """Remove every object of the user that is named in a value and in no document of theirs any more."""
    own = set(_names_in(user_id, value))
    if own:
        remove_objects(own - set(named_elsewhere(user_id)))


def _hidden(user_id: str, job_id: str, purge_at: datetime) -> datetime:
    """When the job, which nobody sees or wakes from now on, goes for good."""

    def attempt(atomic: Atomic) -> datetime:
        job, seen = atomic.read(Job, job_ref(job_id))
        if job is None or job.user_id != user_id:
            raise NotFound(f"there is no job {job_id}")
        if job.deleted_at is None and job.status in _AT_WORK:
            raise WrongState(f"job {job_id} is {job.status}; cancel it before you delete it")
        due = min(job.purge_at or purge_at, purge_at)
        atomic.update(seen, {"deleted_at": job.deleted_at or now(), "purge_at": due, "updated_at": now()})
        return due

    return firestore.atomically(attempt)


def _is_there(job: Job) -> bool:
    """Whether the job is in use, or may be again."""
    return job.purge_at is None or job.purge_at > now()


def _without(job_id: str) -> Callable[[CallRecord], CallRecord]:
    return lambda stored: life.deleted(stored, job_id, _is_alive, now())


def _is_alive(job_id: str) -> bool:
    try:
        return _is_there(read_job(job_id))
    except NotFound:
        return False


def _documents(job: Job) -> list[dict[str, Any]]:
    """All that is stored of a job."""
    below = [snapshot.to_dict() or {} for name in ("units", "scenes") for snapshot in _below(job_ref(job.id), name)]
    return [firestore.to_document(job), *below]


def _edits_of(job: Job) -> list[DocumentSnapshot[Any]]:
    """The editor documents of a job, which are of no use without it."""
    mine = firestore.client().collection("edits").where(filter=FieldFilter("user_id", "==", job.user_id))
    return list(mine.where(filter=FieldFilter("job_id", "==", job.id)).stream(timeout=READ_TIMEOUT))


def named_elsewhere(user_id: str, *besides: DocumentReference) -> Iterator[str]:
    """Every object of the user that something else of theirs names: jobs, chats, people, products, editor documents."""
    mine, passed_over = FieldFilter("user_id", "==", user_id), {reference.path for reference in besides}
    for name, below in _WITH_MEDIA.items():
        for snapshot in firestore.client().collection(name).where(filter=mine).stream(timeout=READ_TIMEOUT):
            if snapshot.reference.path in passed_over:
                continue
            yield from _names_in(user_id, snapshot.to_dict())
            for inner in _below(snapshot.reference, below) if below else ():
                yield from _names_in(user_id, inner.to_dict())


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


def remove_objects(names: set[str]) -> set[str]:
    """Remove the objects of these names, which nothing names any more, with their small copies; returns the names."""
    for name in sorted(names):
        storage.delete(name)
        small.forget(name)
    return names


def remove_documents(parent: DocumentReference, *collections: str) -> None:
    """A document with the collections below it, itself last."""
    below = [snapshot.reference for name in collections for snapshot in _below(parent, name)]
    for start in range(0, len(below), BATCH):
        batch = firestore.client().batch()
        for reference in below[start : start + BATCH]:
            batch.delete(reference)
        batch.commit(timeout=WRITE_TIMEOUT)
    parent.delete(timeout=WRITE_TIMEOUT)
