"""Whether the service answers, and which version of it."""

from typing import Literal

from api.caller import Caller
from api.operation import Access, Nothing, operation
from ugcgen.cloud.settings import settings
from ugcgen.domain.model import Document


class Health(Document):
    status: Literal["ok"] = "ok"
    version: str


@operation("GET", "/health", access=Access.ANYONE)
def check_health(caller: Caller, request: Nothing) -> Health:
    """Whether the service answers, and its version. Nothing behind it is asked."""
    return Health(version=settings().app_version)
