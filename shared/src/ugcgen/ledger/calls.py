"""The records where they are kept, ``calls/{key}``: read one, change one, find those of a job and those left open."""

from collections.abc import Callable, Iterable
from datetime import datetime

from google.cloud.firestore import DocumentReference, FieldFilter

from ugcgen.cloud import firestore
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.cloud.logs import log
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.ledger import record as life

Also = Callable[[Atomic, CallRecord, CallRecord], None]
"""What is written with a change of a record, given the record before and after."""


MOST_VALUES = 30
"""How many values Firestore compares an array with in one query."""


def reference(key: str) -> DocumentReference:
    return firestore.client().collection("calls").document(key)


def read(key: str) -> CallRecord | None:
    return firestore.from_snapshot(CallRecord, reference(key).get(timeout=READ_TIMEOUT))


def change(key: str, to: Callable[[CallRecord], CallRecord], also: Also | None = None) -> CallRecord:
    """Replace a record by a pure function of itself, atomically. Raises LookupError where there is none."""

    def attempt(atomic: Atomic) -> CallRecord:
        stored, seen = atomic.read(CallRecord, reference(key))
        if stored is None:
            raise LookupError(f"call {key} has no record; it must be asked for before it is changed")
        changed = to(stored)
        if changed != stored:
            atomic.replace(seen, changed)
            if also is not None:
                also(atomic, stored, changed)
        return changed

    return firestore.atomically(attempt)


def of_job(job_id: str) -> list[CallRecord]:
    """Every call that a unit of this job sent."""
    query = firestore.client().collection("calls").where(filter=FieldFilter("job_id", "==", job_id))
    return [CallRecord.model_validate(snapshot.to_dict()) for snapshot in query.stream(timeout=READ_TIMEOUT)]


def used_by(job_id: str, unit_ids: Iterable[str]) -> list[CallRecord]:
    """Every call of another job whose result these units of a job use."""
    users = [f"{job_id}/{unit_id}" for unit_id in unit_ids]
    found: dict[str, CallRecord] = {}
    for start in range(0, len(users), MOST_VALUES):
        some = FieldFilter("used_by", "array_contains_any", users[start : start + MOST_VALUES])
        for snapshot in firestore.client().collection("calls").where(filter=some).stream(timeout=READ_TIMEOUT):
            found[snapshot.id] = CallRecord.model_validate(snapshot.to_dict())
    return list(found.values())


def left_open(before: datetime, limit: int) -> list[CallRecord]:
    """Calls that were sent before a time and have no result yet, whoever waits for them."""
    query = (
        firestore.client()
        .collection("calls")
        .where(filter=FieldFilter("state", "in", [CallState.SENDING.value, CallState.SUBMITTED.value]))
        .where(filter=FieldFilter("sent_at", "<=", before))
        .limit(limit)
    )
    return [CallRecord.model_validate(snapshot.to_dict()) for snapshot in query.stream(timeout=READ_TIMEOUT)]


def found_after_all(key: str, operation: str) -> CallRecord | None:
    """A provider's webhook named this key and operation: remember it, if our submit's answer was lost."""
    if read(key) is None:
        return None
    healed = change(key, lambda record: life.submitted(record, operation))
    log.info("call %s is operation %s", key[:12], operation)
    return healed
