"""Every operation, by name and by route. Modules are imported when the first call comes, not at a cold start."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from api.operation import Method, Operation, declared_in
from ugcgen.domain.errors import NotFound

MODULES = (
    "health",
    "generation",
    "library",
    "jobs",
    "progress",
    "storyboards",
    "chats",
    "messages",
    "edits",
    "deletion",
    "versions",
    "models",
    "usage",
    "uploads",
    "media",
    "avatars",
    "avatar_dna",
    "products",
    "mass_generator",
    "copilot",
    "editor",
    "sounds",
    "explore",
    "profile",
    "keys",
    "pool",
    "webhooks",
    "imports",
)


@cache
def operations() -> Mapping[str, Operation]:
    """The operations by name, in the order of the modules."""
    found = [each for module in MODULES for each in declared_in(import_module(f"api.{module}"))]
    return {each.name: each for each in found}


def named(name: str) -> Operation:
    """Raises NotFound for a name that no operation has."""
    if name not in operations():
        raise NotFound(f"there is no operation {name!r}; the API's description lists what there is")
    return operations()[name]


def routed(path: str) -> dict[Method, tuple[Operation, dict[str, str]]]:
    """What a path below ``/api/v1`` leads to, by method, each with the fields that the path holds.

    Raises NotFound for a path that leads nowhere. A path without fields wins over one with fields.
    """
    found: dict[Method, tuple[Operation, dict[str, str]]] = {}
    for pattern, operation in _routes():
        if match := pattern.fullmatch(path):
            found.setdefault(operation.method, (operation, match.groupdict()))
    if not found:
        raise NotFound(f"there is nothing at {path}; the API's description lists what there is")
    return found


@cache
def _routes() -> list[tuple[re.Pattern[str], Operation]]:
    pairs = [(path, each) for each in operations().values() for path in each.paths]
    pairs.sort(key=lambda pair: pair[0].count("{"))
    return [(re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path)), each) for path, each in pairs]
