"""Lists a page at a time, newest first, in an order that stays as documents come and go."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from google.cloud.firestore import Query
from google.cloud.firestore_v1.base_document import DocumentSnapshot
from pydantic import Field

from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document

Snapshot = DocumentSnapshot[Any]
_NAME = re.compile(r"(?!__)[A-Za-z0-9_-]{1,128}")
"""What documents of lists are named: Firestore refuses other names with an error of its own."""


class PageRequest(Document):
    """``cursor`` is the ``next_cursor`` of the page before; without it the first page is answered."""

    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = Field(default=None, max_length=400)


def page(
    query: Query, order: str, request: PageRequest, keep: Callable[[Snapshot], bool] = lambda _: True
) -> tuple[list[Snapshot], str | None]:
    """The next documents of the query that ``keep`` lets through, by a time, newest first; and the next page's cursor.

    The cursor is None on the last page. Raises InvalidInput for a cursor that is none.
    """
    ordered = query.order_by(order, direction=Query.DESCENDING).order_by("__name__", direction=Query.DESCENDING)
    here = ordered.start_after(_position(request.cursor, order)) if request.cursor else ordered
    most, found = request.limit, list[Snapshot]()
    while True:
        batch = list(here.limit(most + 1).stream(timeout=READ_TIMEOUT))
        found += filter(keep, batch)
        if len(found) > most:
            return found[:most], _cursor(found[most - 1], order)
        if len(batch) <= most:
            return found, None
        here = ordered.start_after(batch[-1])


def _cursor(last: Snapshot, order: str) -> str:
    place = json.dumps([last.get(order).isoformat(), last.id])
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _position(cursor: str, order: str) -> dict[str, Any]:
    try:
        place = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment, name = place
        if not _NAME.fullmatch(name):
            raise ValueError("no document of ours is named so")
        return {order: _in_utc(datetime.fromisoformat(moment)), "__name__": name}
    except (ValueError, TypeError, OverflowError, RecursionError) as wrong:
        raise InvalidInput("cursor: it is not one that a page has named; begin without one", "cursor") from wrong


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without its zone is no moment")
    return moment.astimezone(UTC)
