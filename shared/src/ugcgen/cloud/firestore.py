"""Firestore: the client, and pydantic models in and out of documents."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from google.api_core.exceptions import Aborted
from google.api_core.retry import Retry, if_exception_type
from google.cloud import firestore
from google.cloud.firestore_v1.base_document import DocumentSnapshot
from pydantic import BaseModel

from ugcgen.cloud.settings import settings

READ_TIMEOUT = 15.0
WRITE_TIMEOUT = 15.0
TRANSACTION_ATTEMPTS = 10
TRANSACTION_TIMEOUT = 60.0

# The client library starts a transaction again when its commit is aborted, but not when a read inside it is.
_after_abort = Retry(predicate=if_exception_type(Aborted), initial=0.05, maximum=1.0, timeout=TRANSACTION_TIMEOUT)

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")


@cache
def client() -> firestore.Client:
    return firestore.Client(project=settings().google_cloud_project)


def to_document(model: BaseModel) -> dict[str, Any]:
    """The fields as Firestore stores them: times stay times, enums become their words."""
    return {name: _plain(value) for name, value in model.model_dump(mode="python").items()}


def from_snapshot(kind: type[M], snapshot: DocumentSnapshot[Any]) -> M | None:
    return kind.model_validate(snapshot.to_dict()) if snapshot.exists else None


def in_transaction(work: Callable[[firestore.Transaction], R]) -> R:
    """Run ``work`` in a transaction, again where another writer was first."""
    run: Callable[[firestore.Transaction], R] = firestore.transactional(work)
    return _after_abort(lambda: run(client().transaction(max_attempts=TRANSACTION_ATTEMPTS)))()


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
