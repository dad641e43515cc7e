"""Firestore: the client, and pydantic models in and out of documents."""

import random
import time
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, Protocol, TypeVar

from google.api_core.exceptions import Aborted, Conflict, FailedPrecondition
from google.cloud import firestore
from google.cloud.firestore import DocumentReference
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


class Seen(Protocol):
    """A document as it was read or written: where it is, and the time by which a later change is told."""

    @property
    def reference(self) -> DocumentReference: ...
    @property
    def update_time(self) -> Any: ...


class Written(NamedTuple):
    """A document as a commit left it: whoever still sees it so may replace it without reading it again."""

    reference: DocumentReference
    update_time: Any


class Atomic:
    """One attempt at a change: documents are read, writes are collected, and all of them land or none.

    No lock is held between reading and writing. A document that was read may only be replaced as it was seen, and one
    that was not there may only be created, so a writer who was first makes the attempt fail and be repeated. Locks
    would do the same at a price: two transactions that both read a document and then write it wait for each other.
    """

    def __init__(self) -> None:
        self._batch = client().batch()
        self._references: list[DocumentReference] = []
        self._written: dict[str, Written] = {}

    def get(self, *references: DocumentReference) -> list[DocumentSnapshot[Any]]:
        """Snapshots of the documents as they are now, in the order asked for, in one request."""
        found = {s.reference.path: s for s in client().get_all(list(references), timeout=READ_TIMEOUT)}
        return [found[reference.path] for reference in references]

    def read(self, kind: type[M], reference: DocumentReference) -> tuple[M | None, DocumentSnapshot[Any]]:
        """One document as it is now, with its snapshot."""
        [seen] = self.get(reference)
        return from_snapshot(kind, seen), seen

    def create(self, reference: DocumentReference, model: BaseModel) -> None:
        self._batch.create(reference, to_document(model))
        self._references.append(reference)

    def replace(self, seen: Seen, model: BaseModel) -> None:
        """The whole document, if it still is what was seen."""
        self.update(seen, to_document(model))

    def update(self, seen: Seen, fields: dict[str, Any]) -> None:
        """Some fields, if the document still is what was seen."""
        unchanged = client().write_option(last_update_time=seen.update_time)
        self._batch.update(seen.reference, fields, option=unchanged)
        self._references.append(seen.reference)

    def merge(self, reference: DocumentReference, fields: dict[str, Any]) -> None:
        """Some fields, whatever the document is: for what only people read."""
        self._batch.set(reference, {name: _plain(value) for name, value in fields.items()}, merge=True)
        self._references.append(reference)

    def add(self, reference: DocumentReference, field: str, amount: int) -> None:
        """Add to a number in a document, whatever it is now."""
        self._batch.update(reference, {field: firestore.Increment(amount)})
        self._references.append(reference)

    def commit(self) -> None:
        if self._references:
            results = self._batch.commit(timeout=WRITE_TIMEOUT)
            pairs = zip(self._references, results, strict=True)
            self._written = {reference.path: Written(reference, result.update_time) for reference, result in pairs}

    def written(self, reference: DocumentReference) -> Written:
        """A document as the commit left it. Raises KeyError for one that it did not write."""
        return self._written[reference.path]


def atomically(attempt: Callable[[Atomic], R]) -> R:
    """Run an attempt and commit it, again from the reading on where another writer was first.

    Raises Contended after many tries.
    """
    return committed(attempt)[0]


def committed(attempt: Callable[[Atomic], R]) -> tuple[R, Atomic]:
    """As ``atomically``, with the attempt that landed, for what it has ``written``."""
    for tried in range(ATTEMPTS):
        atomic = Atomic()
        result = attempt(atomic)
        try:
            atomic.commit()
        except (FailedPrecondition, Conflict, Aborted):
            time.sleep(random.uniform(0, min(0.5, 0.01 * 2**tried)))  # noqa: S311 - spreads writers, hides nothing
        else:
            return result, atomic
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
