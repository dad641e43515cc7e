"""What REST and streams share on the wire: JSON bodies, answers, and the browsers that may read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Request, Response
from pydantic_core import from_json
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, UgcgenError

MAX_BODY = 1024 * 1024
"""Bytes of a request's body: the longest brief with its cut is a tenth of that, and files do not come this way."""


class TooLarge(UgcgenError):
    """The request's body is longer than any request has to be."""

    code = "too_large"


def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object, empty where there is none. Raises InvalidInput for what is none, and TooLarge."""
    request.max_content_length = MAX_BODY
    try:
        body = request.get_data()
    except RequestEntityTooLarge as large:
        raise TooLarge(f"the body is over {MAX_BODY:,} bytes; files are sent to an upload session instead") from large
    except ClientDisconnected as cut:
        raise InvalidInput("the body is shorter than its Content-Length says; send it again") from cut
    if not body:
        return {}
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError as wrong:
        raise InvalidInput(f"the body is no JSON ({wrong}); send an object") from wrong
    if not isinstance(value, dict):
        raise InvalidInput("the body is JSON but no object; send {...}")
    return value


def respond(body: str | bytes, content_type: str = "application/json", status: int = 200) -> Response:
    return _shared(Response(body, status, content_type=content_type))


def respond_events(events: Iterable[str]) -> Response:
    """Server-sent events, each sent when it comes."""
    answer = Response(events, content_type="text/event-stream; charset=utf-8")
    answer.headers["X-Accel-Buffering"] = "no"  # some proxies keep an answer back until it is whole
    return _shared(answer)


def respond_to_preflight(methods: Iterable[str]) -> Response:
    """What a browser asks ahead of a request from another origin."""
    allowed: Mapping[str, str] = {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Firebase-AppCheck, Firebase-Instance-ID-Token",
        "Access-Control-Max-Age": "3600",
    }
    answer = _shared(Response(status=204))
    answer.headers.update(allowed)
    return answer


def _shared(answer: Response) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = settings().frontend_url.rstrip("/")
    answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
    answer.headers["Vary"] = "Origin"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
