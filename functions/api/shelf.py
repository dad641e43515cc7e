"""A shelf: documents of one kind that people keep, each its owner's alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from google.cloud.firestore import DocumentReference, FieldFilter, Query
from pydantic import BaseModel

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.domain.errors import NotFound

ID = r"^[A-Za-z0-9_-]{1,64}$"
"""What the id of a document looks like."""


M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Shelf(Generic[M]):
    """``noun`` is what a document of this kind is called in a sentence."""

    kind: type[M]
    collection: str
    noun: str

    def reference(self, document_id: str) -> DocumentReference:
        reference: DocumentReference = firestore.client().collection(self.collection).document(document_id)
        return reference

    def create(self, document_id: str, document: M) -> M:
        self.reference(document_id).create(firestore.to_document(document), timeout=WRITE_TIMEOUT)
        return document

    def find(self, document_id: str) -> M | None:
        """The document, whoever's it is."""
        return firestore.from_snapshot(self.kind, self.reference(document_id).get(timeout=READ_TIMEOUT))

    def owned(self, user_id: str, document_id: str) -> M:
        """The user's own document. Raises NotFound for any other."""
        return self._required(self.find(document_id), user_id, document_id)

    def change(self, user_id: str, document_id: str, to: Callable[[M], M]) -> M:
        """Replace the user's own document by a pure function of itself. Raises NotFound."""

        def attempt(atomic: Atomic) -> M:
            stored, seen = atomic.read(self.kind, self.reference(document_id))
            known = self._required(stored, user_id, document_id)
            changed = to(known)
            if changed != known:
                changed = changed.model_copy(update={"updated_at": now()})
                atomic.replace(seen, changed)
            return changed

        return firestore.atomically(attempt)

    def delete(self, document_id: str) -> None:
        self.reference(document_id).delete(timeout=WRITE_TIMEOUT)

    def of(self, user_id: str) -> Query:
        """All of the user's documents."""
        mine = FieldFilter("user_id", "==", user_id)
        query: Query = firestore.client().collection(self.collection).where(filter=mine)
        return query

    def _required(self, stored: M | None, user_id: str, document_id: str) -> M:
        if stored is None or getattr(stored, "user_id", None) != user_id:
            raise NotFound(f"there is no {self.noun} {document_id} of yours")
        return stored
