"""Firestore as the engine uses it, in a dictionary: whole commits, preconditions, and no locks.

``before`` is called ahead of every request with its name, so that a test can decide what happens in between, and
``after`` after every commit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from google.api_core.exceptions import AlreadyExists, FailedPrecondition, NotFound
from google.cloud.firestore import FieldFilter

_MATCHES: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda found, wanted: bool(found == wanted),
    "<=": lambda found, wanted: found is not None and found <= wanted,
    "in": lambda found, wanted: found in wanted,
}


@dataclass(frozen=True)
class Snapshot:
    reference: "Document"
    fields: dict[str, Any] | None
    update_time: int

    @property
    def id(self) -> str:
        return self.reference.id

    @property
    def exists(self) -> bool:
        return self.fields is not None

    @property
    def _data(self) -> dict[str, Any] | None:
        return self.to_dict()

    def to_dict(self) -> dict[str, Any] | None:
        return deepcopy(self.fields)

    def get(self, name: str) -> Any:
        assert self.fields is not None
        return deepcopy(self.fields[name])


@dataclass(frozen=True)
class Document:
    store: "Memory"
    path: str

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2]

    def collection(self, name: str) -> "Query":
        return Query(self.store, f"{self.path}/{name}")

    def get(self, timeout: float | None = None) -> Snapshot:
        self.store.before("read")
        return self.store.snapshot(self)

    def update(self, fields: Mapping[str, Any]) -> None:
        batch = self.store.batch()
        batch.update(self, fields)
        batch.commit()


@dataclass(frozen=True)
class Query:
    store: "Memory"
    path: str
    everywhere: bool = False
    filters: tuple[FieldFilter, ...] = ()

    def document(self, name: str) -> Document:
        return Document(self.store, f"{self.path}/{name}")

    def where(self, filter: FieldFilter) -> "Query":  # noqa: A002 - the client library's name
        return Query(self.store, self.path, self.everywhere, (*self.filters, filter))

    def limit(self, count: int) -> "Query":
        return self

    def select(self, fields: Iterable[str]) -> "Query":
        return self

    def stream(self, timeout: float | None = None) -> Iterator[Snapshot]:
        self.store.before("query")
        found = [self.store.snapshot(Document(self.store, path)) for path in sorted(self.store.documents)]
        return iter([snapshot for snapshot in found if self._matches(snapshot)])

    def _matches(self, snapshot: Snapshot) -> bool:
        parent = snapshot.reference.path.rpartition("/")[0]
        inside = parent.rpartition("/")[2] == self.path if self.everywhere else parent == self.path
        fields = snapshot.fields or {}
        return inside and all(_MATCHES[f.op_string](fields.get(f.field_path), f.value) for f in self.filters)


@dataclass
class Batch:
    store: "Memory"
    writes: list[Callable[[dict[str, tuple[dict[str, Any], int]]], None]] = field(default_factory=list)

    def create(self, document: Document, fields: Mapping[str, Any]) -> None:
        def write(documents: dict[str, tuple[dict[str, Any], int]]) -> None:
            if document.path in documents:
                raise AlreadyExists(document.path)  # type: ignore[no-untyped-call]
            documents[document.path] = (deepcopy(dict(fields)), self.store.moment)

        self.writes.append(write)

    def set(self, document: Document, fields: Mapping[str, Any], merge: bool = False) -> None:
        def write(documents: dict[str, tuple[dict[str, Any], int]]) -> None:
            old = documents.get(document.path, ({}, 0))[0] if merge else {}
            documents[document.path] = (deepcopy(old | dict(fields)), self.store.moment)

        self.writes.append(write)

    def update(self, document: Document, fields: Mapping[str, Any], option: int | None = None) -> None:
        def write(documents: dict[str, tuple[dict[str, Any], int]]) -> None:
            if document.path not in documents:
                raise NotFound(document.path)  # type: ignore[no-untyped-call]
            old, moment = documents[document.path]
            if option not in {None, moment}:
                raise FailedPrecondition(document.path)  # type: ignore[no-untyped-call]
            new = deepcopy(old)
            for name, value in fields.items():
                *parents, last = name.split(".")
                place = new
                for parent in parents:
                    place = place[parent]
                place[last] = deepcopy(value)
            documents[document.path] = (new, self.store.moment)

        self.writes.append(write)

    def delete(self, document: Document) -> None:
        self.writes.append(lambda documents: documents.pop(document.path, None) and None)

    def commit(self, timeout: float | None = None) -> list[SimpleNamespace]:
        self.store.before("commit")
        self.store.moment += 1
        documents = dict(self.store.documents)
        for write in self.writes:
            write(documents)
        before, self.store.documents = self.store.documents, documents
        self.store.after(before)
        return [SimpleNamespace(update_time=self.store.moment) for _ in self.writes]


class Memory:
    """Stands where ``google.cloud.firestore.Client`` does."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[dict[str, Any], int]] = {}
        self.moment = 0
        self.before: Callable[[str], None] = lambda what: None
        self.after: Callable[[Mapping[str, tuple[dict[str, Any], int]]], None] = lambda before: None

    def collection(self, name: str) -> Query:
        return Query(self, name)

    def collection_group(self, name: str) -> Query:
        return Query(self, name, everywhere=True)

    def batch(self) -> Batch:
        return Batch(self)

    def write_option(self, last_update_time: int) -> int:
        return last_update_time

    def get_all(self, documents: Iterable[Document], timeout: float | None = None) -> list[Snapshot]:
        self.before("read")
        return [self.snapshot(document) for document in documents]

    def snapshot(self, document: Document) -> Snapshot:
        fields, moment = self.documents.get(document.path, (None, 0))
        return Snapshot(document, fields, moment)
