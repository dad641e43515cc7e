"""Streams on the wire: server-sent events for REST, and the streaming format of callables for the web client.

``stream/{name}`` is a callable that is read while it answers. An error there is an event of an answer with status 200:
of any other status the SDK's stream would tell nothing.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from flask import Request, Response
from pydantic import JsonValue

from api import caller, registry, web
from api.callable import refusal
from api.failure import Failure
from api.performance import own_errors, stream
from ugcgen.domain.errors import InvalidInput, UgcgenError
from ugcgen.domain.model import Document

Documents = Iterator[Document | None]

_STILL_HERE = ": still here\n\n"


def as_events(documents: Documents) -> Iterator[str]:
    """Server-sent events, named as the documents say, with ``done`` or ``error`` at the end.

    Raises what the stream raises ahead of its first document, so that it can be told by a status.
    """
    first = next(documents, None)
    return _events(chain([first], documents))


def _events(documents: Documents) -> Iterator[str]:
    try:
        for document in documents:
            yield _STILL_HERE if document is None else _event(document.event, document.model_dump_json())  # type: ignore[attr-defined]
        yield _event("done", "{}")
    except UgcgenError as error:
        yield _event("error", Failure.of(error).json_body())


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


def serve(request: Request) -> Response:
    """Answer one call of a stream, as callables do. Nothing is raised."""
    if request.method == "OPTIONS":
        return web.respond_to_preflight(["POST"])
    return web.respond_events(_messages(request))


def _messages(request: Request) -> Iterator[str]:
    last: JsonValue = None
    try:
        with own_errors(request.path):
            for document in _called(request):
                if document is None:
                    yield _STILL_HERE
                else:
                    last = document.model_dump(mode="json")
                    yield _data({"message": last})
        yield _data({"result": last})
    except UgcgenError as error:
        yield _data({"error": refusal(Failure.of(error))._as_dict()})


def _called(request: Request) -> Documents:
    if request.method != "POST":
        raise InvalidInput(f"a stream is called by POST, not {request.method}")
    operation = registry.named(request.path.strip("/"))
    if not operation.streams:
        raise InvalidInput(f"{operation.name} answers at once; call it as call/{operation.name}")
    body = web.json_object(request)
    if body.keys() != {"data"}:
        raise InvalidInput('the body of a callable is {"data": ...} and nothing else')
    return stream(operation, caller.bearer(request.headers), body["data"])


def _data(value: Any) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
