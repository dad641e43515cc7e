"""The door for scripts: every operation as REST under ``/api/v1``, its description and a page that shows it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Request, Response
from werkzeug.datastructures import MultiDict

from api import caller, openapi, registry, streaming, web
from api.failure import Failure
from api.operation import Operation
from api.performance import answer, own_errors, stream
from ugcgen.domain.errors import InvalidInput, NotFound, UgcgenError

DOCS = Path(__file__).with_name("docs.html")
_METHODS = ("GET", "POST", "PATCH", "DELETE")


class WrongMethod(UgcgenError):
    """Something is at the path, but not for this method."""

    code = "method_not_allowed"

    def __init__(self, message: str, allowed: Iterable[str]) -> None:
        super().__init__(message)
        self.allowed = ", ".join(allowed)


def serve(request: Request) -> Response:
    """Answer one request. Nothing is raised: an error is answered in its one shape, with the HTTP status that fits."""
    if request.method == "OPTIONS":
        return web.respond_to_preflight(_METHODS)
    try:
        with own_errors(request.path):
            return _answered(request)
    except UgcgenError as error:
        failure = Failure.of(error)
        answered = web.respond(failure.json_body(), status=failure.status)
        if failure.retry_after is not None:
            answered.headers["Retry-After"] = str(failure.retry_after)
        if isinstance(error, WrongMethod):
            answered.headers["Allow"] = error.allowed
        if failure.status == 401:
            answered.headers["WWW-Authenticate"] = "Bearer"
        return answered


def _answered(request: Request) -> Response:
    path = _below_version(request.path)
    method = "GET" if request.method == "HEAD" else request.method
    if method == "GET" and path == "/openapi.json":
        return web.respond(openapi.as_json())
    if method == "GET" and path == "/docs":
        return web.respond(DOCS.read_bytes(), "text/html; charset=utf-8")
    found = registry.routed(path)
    if method not in found:
        raise WrongMethod(f"{path} takes {' and '.join(found)}, not {request.method}", found)
    operation, fields = found[method]
    who = caller.bearer(request.headers)
    asked = _asked(request, operation, fields)
    if operation.streams:
        return web.respond_events(streaming.as_events(stream(operation, who, asked)))
    return web.respond(answer(operation, who, asked).model_dump_json())


def _below_version(path: str) -> str:
    """The path below ``/api/v1``. The platform cuts ``/api`` off where it is the function's own name."""
    below = path.removeprefix("/api").removeprefix("/v1")
    if below == path.removeprefix("/api") or not below.startswith("/"):
        raise NotFound(f"there is nothing at {path}; addresses begin with /api/v1/")
    return below


def _asked(request: Request, operation: Operation, fields: dict[str, str]) -> dict[str, Any]:
    """The request's fields: those of the path, and the others of the query or the body."""
    if operation.method in {"GET", "DELETE"}:
        given = _query(request.args, operation)
    else:
        given = web.json_object(request)
    for name in fields.keys() & given.keys():
        raise InvalidInput(f"{name}: it is in the path; leave it out here", field=name)
    return given | fields


def _query(query: MultiDict[str, str], operation: Operation) -> dict[str, Any]:
    """Query parameters, as a list where the field is one or the parameter is repeated."""
    many = operation.list_fields
    return {name: given if name in many or len(given) > 1 else given[0] for name, given in query.lists()}
