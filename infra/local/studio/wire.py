"""Reading requests: the SDK mixes camelCase and snake_case, so every field is looked up in both."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import Any, TypeVar

from infra.local.studio.errors import invalid

Json = dict[str, Any]
T = TypeVar("T")


def field(doc: Any, *path: str) -> Any:
    """The value at a path of snake_case names, or None where any step is absent."""
    for name in path:
        if not isinstance(doc, dict):
            return None
        doc = doc[name] if name in doc else doc.get(_camel(name))
    return doc


def typed(doc: Any, kind: type[T], *path: str) -> T | None:
    """Like `field`; raises a 400 that names the path when the value is of another type."""
    value = field(doc, *path)
    if value is None or isinstance(value, kind):
        return value
    raise invalid(f"Invalid value at '{'.'.join(path)}': expected {kind.__name__}, got {json.dumps(value)[:80]}")


def items(doc: Any, *path: str) -> list[Any]:
    return typed(doc, list, *path) or []


def number(doc: Any, *path: str) -> float | None:
    """A JSON number, or one written as a string with or without the unit "s" (int64 and Duration on the wire)."""
    value = field(doc, *path)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?s?", value):
        return float(value.removesuffix("s"))
    raise invalid(f"Invalid value at '{'.'.join(path)}': expected a number, got {json.dumps(value)[:80]}")


def decoded(data: str, where: str) -> bytes:
    """Bytes of a base64 field, standard or URL-safe alphabet."""
    try:
        return base64.b64decode(data.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid(f"Invalid value at '{where}': Base64 decoding failed ({error})") from None


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def seed_of(body: Json, given: float | None) -> int:
    """The seed asked for, or one derived from the request so that the same request gives the same work."""
    if given is not None:
        return int(given) & 0x7FFF_FFFF
    canonical = json.dumps({k: v for k, v in body.items() if k not in _NOT_WORK}, sort_keys=True)
    return int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:4], "big") & 0x7FFF_FFFF


# What a request carries beside the work it asks for.
_NOT_WORK = frozenset({"labels", "webhook_config", "webhookConfig", "background", "store"})


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
