"""Performing an operation for a caller: may they, is the request one, and no error but our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from api import rates
from api.caller import Caller
from api.operation import Access, Operation
from ugcgen.cloud import logs
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, NotAllowed, NotSignedIn, UgcgenError
from ugcgen.domain.model import Document
from ugcgen.models import preflight


def answer(operation: Operation, caller: Caller, data: Any) -> Document:
    """The answer to one request, given as JSON. Raises UgcgenError, and nothing else."""
    with _told(operation, caller):
        request = _admitted(operation, caller, data)
        answered: Document = operation.run(caller, request)
        return answered


def stream(operation: Operation, caller: Caller, data: Any) -> Iterator[Document | None]:
    """The documents of a stream as they come, None for each pause. Raises UgcgenError, and nothing else."""
    with _told(operation, caller):
        request = _admitted(operation, caller, data)
        documents = operation.run(caller, request)
    try:
        while True:
            # Not around the whole: between two documents the thread serves what it likes.
            with _told(operation, caller):
                try:
                    document = next(documents)
                except StopIteration:
                    return
            yield document
    finally:
        documents.close()  # whoever reads no more ends the work


def _admitted(operation: Operation, caller: Caller, data: Any) -> Document:
    """The request as the operation takes it."""
    if operation.access is not Access.ANYONE and not caller.uid:
        raise NotSignedIn("sign in first")
    if operation.access is Access.ADMINS and not caller.admin:
        raise NotAllowed("this is for administrators; ask one for the claim 'admin'")
    if caller.uid:
        rates.admit(caller.uid, operation.effort)
    try:
        return operation.request.model_validate({} if data is None else data)
    except ValidationError as wrong:
        raise InvalidInput.of(wrong) from wrong


@contextmanager
def _told(operation: Operation, caller: Caller) -> Iterator[None]:
    """Log what happens inside under the caller's name."""
    logs.configure(settings().debug)
    preflight.warn_once()
    with logs.about(user=caller.uid or None, operation=operation.name), own_errors(operation.name):
        try:
            yield
        except UgcgenError as error:
            log.info("%s: %s", operation.name, error)
            raise


@contextmanager
def own_errors(what: str) -> Iterator[None]:
    """Let only our own errors out: any other is logged, and told without its insides."""
    try:
        yield
    except UgcgenError:
        raise
    except Exception as error:
        log.exception("%s failed", what)
        raise UgcgenError("something went wrong on our side; nothing was lost, try again") from error
