"""Edits over documents: merge patches, and what a document is with the edits laid over it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from ugcgen.domain.model import Document

D = TypeVar("D", bound=Document)


def merged(old: Mapping[Any, Any], patch: Mapping[Any, Any]) -> dict[Any, Any]:
    """A JSON merge patch (RFC 7396) applied: None takes a value away, and what is left empty goes with it."""
    result = dict(old)
    for name, value in patch.items():
        new = merged(result.get(name) or {}, value) if isinstance(value, Mapping) else value
        if new in (None, {}):
            result.pop(name, None)
        else:
            result[name] = new
    return result


def difference(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> dict[Any, Any]:
    """The merge patch that makes ``new`` of ``old``."""
    patch: dict[Any, Any] = {name: None for name in old if name not in new}
    for name, value in new.items():
        before = old.get(name)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            if inner := difference(before, value):
                patch[name] = inner
        elif value != before:
            patch[name] = value
    return patch


def laid_over(base: D, edits: Document | None) -> D:
    """The document with every value that the edits set, also inside of its parts."""
    if edits is None:
        return base
    return type(base).model_validate(merged(base.model_dump(), edits.model_dump(exclude_none=True)))
