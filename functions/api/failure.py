"""The one shape of every error: a code, a sentence, and the field to blame, whatever door it leaves by."""

import math
from datetime import datetime
from http import HTTPStatus
from typing import Self

from ugcgen.cloud.clock import now
from ugcgen.domain.errors import UgcgenError
from ugcgen.domain.model import Value

STATUSES = {
    "invalid_argument": HTTPStatus.BAD_REQUEST,
    "failed_precondition": HTTPStatus.BAD_REQUEST,
    "out_of_range": HTTPStatus.BAD_REQUEST,
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "permission_denied": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "already_exists": HTTPStatus.CONFLICT,
    "aborted": HTTPStatus.CONFLICT,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "resource_exhausted": HTTPStatus.TOO_MANY_REQUESTS,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The HTTP status of a code; that of any other is 500. Callables have the same ones."""


class Failure(Value):
    """``field`` is the part of the request to blame, dotted. ``retry_after`` says in how many seconds to come back."""

    code: str
    message: str
    field: str | None = None
    retry_after: int | None = None

    @classmethod
    def of(cls, error: UgcgenError) -> Self:
        field = getattr(error, "field", None)
        return cls(code=error.code, message=str(error), field=field, retry_after=_seconds(error))

    @property
    def status(self) -> int:
        return STATUSES.get(self.code, HTTPStatus.INTERNAL_SERVER_ERROR)

    def json_body(self) -> str:
        return ErrorBody(error=self).model_dump_json(exclude_none=True)


class ErrorBody(Value):
    """What every refused request is answered with."""

    error: Failure


def _seconds(error: UgcgenError) -> int | None:
    wait, until = getattr(error, "retry_after", None), getattr(error, "until", None)
    if wait is None and isinstance(until, datetime):
        wait = (until - now()).total_seconds()
    return None if wait is None else max(1, math.ceil(wait))
