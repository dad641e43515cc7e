"""One name for a request: two are alike in every piece, or their names differ."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from typing import Any


def fingerprint(*values: object) -> str:
    """The sha256 over dataclasses, mappings, sequences and plain values, every piece with its length."""
    digest = hashlib.sha256()
    _absorb(digest, values)
    return digest.hexdigest()


def _absorb(digest: Any, value: object) -> None:
    if is_dataclass(value):
        value = (type(value).__name__, *(getattr(value, field.name) for field in fields(value)))
    elif isinstance(value, dict):
        value = ("dict", *value.items())
    if isinstance(value, tuple | list):
        digest.update(b"(%d" % len(value))
        for part in value:
            _absorb(digest, part)
        return
    raw = value if isinstance(value, bytes) else repr(value).encode()
    digest.update(b"%d:" % len(raw) + raw)
