"""Firestore: the client, and pydantic models in and out of documents."""

import random
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from google.api_core.exceptions import Aborted, Conflict, FailedPrecondition
from google.cloud import firestore
from google.cloud.firestore import CollectionReference, DocumentReference
from google.cloud.firestore_v1.base_document import DocumentSnapshot
from pydantic import BaseModel

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import Contended

READ_TIMEOUT = 15.0
WRITE_TIMEOUT = 15.0
ATTEMPTS = 12
"""Tries of an atomic change: more than the workers that may ever want one document at once."""

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")


@cache
def client() -> firestore.Client:
    return firestore.Client(project=settings().google_cloud_project)


def to_document(model: BaseModel) -> dict[str, Any]:
    """The fields as Firestore stores them: times stay times, enums become their words."""
    return {name: _plain(value) for name, value in model.model_dump(mode="python").items()}


def from_snapshot(kind: type[M], snapshot: DocumentSnapshot[Any]) -> M | None:
    # Not to_dict: it makes a deep copy, and validation makes another.
    return kind.model_validate(snapshot._data) if snapshot.exists else None


class Atomic:
    """One attempt at a change: documents are read, writes are collected, and all of them land or none.

    No lock is held between reading and writing. A document that was read may only be replaced as it was seen, and one
    that was not there may only be created, so a writer who was first makes the attempt fail and be repeated. Locks
    would do the same at a price: two transactions that both read a document and then write it wait for each other.
    """

    def __init__(self) -> None:
        self._batch = client().batch()
        self._writes = 0

    def get(self, *references: DocumentReference) -> list[DocumentSnapshot[Any]]:
        """Snapshots of the documents as they are now, in the order asked for, in one request."""
        found = {s.reference.path: s for s in client().get_all(list(references), timeout=READ_TIMEOUT)}
        return [found[reference.path] for reference in references]

    def read(self, kind: type[M], reference: DocumentReference) -> tuple[M | None, DocumentSnapshot[Any]]:
        """One document as it is now, with its snapshot."""
        [seen] = self.get(reference)
        return from_snapshot(kind, seen), seen

    def read_all(self, kind: type[M], collection: CollectionReference) -> list[tuple[M, DocumentSnapshot[Any]]]:
        """Every document of a collection, with its snapshot."""
        snapshots = collection.stream(timeout=READ_TIMEOUT)
        return [(kind.model_validate(snapshot._data), snapshot) for snapshot in snapshots]

    def create(self, reference: DocumentReference, model: BaseModel) -> None:
        self._batch.create(reference, to_document(model))
        self._writes += 1

    def replace(self, seen: DocumentSnapshot[Any], model: BaseModel) -> None:
        """The whole document, if it still is what was seen."""
        self.update(seen, to_document(model))

    def update(self, seen: DocumentSnapshot[Any], fields: dict[str, Any]) -> None:
        """Some fields, if the document still is what was seen."""
        unchanged = client().write_option(last_update_time=seen.update_time)
        self._batch.update(seen.reference, fields, option=unchanged)
        self._writes += 1

    def merge(self, reference: DocumentReference, fields: dict[str, Any]) -> None:
        """Some fields, whatever the document is: for what only people read."""
        self._batch.set(reference, {name: _plain(value) for name, value in fields.items()}, merge=True)
        self._writes += 1

    def commit(self) -> None:
        if self._writes:
            self._batch.commit(timeout=WRITE_TIMEOUT)


def atomically(attempt: Callable[[Atomic], R]) -> R:
    """Run an attempt and commit it, again from the reading on where another writer was first.

    Raises Contended after many tries.
    """
    for tried in range(ATTEMPTS):
        atomic = Atomic()
        result = attempt(atomic)
        try:
            atomic.commit()
        except (FailedPrecondition, Conflict, Aborted):
            time.sleep(random.uniform(0, min(0.5, 0.01 * 2**tried)))  # noqa: S311 - spreads writers, hides nothing
        else:
            return result
    raise Contended("a document changed under every try to write it; the message will be delivered again")


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case str():
            return str(value)
        case _:
            return value
