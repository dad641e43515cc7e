"""An operation: what clients may ask for, written once as a function and declared for every door."""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import ModuleType, NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from ugcgen.domain.model import Document

Method = Literal["GET", "POST", "PATCH", "DELETE"]
F = TypeVar("F", bound=Callable[..., Any])

_DECLARED = "__operation__"


class Nothing(Document):
    """A request that says nothing but who asks."""


class Access(StrEnum):
    """Who may run an operation at all; whose documents it touches, the operation checks itself."""

    ANYONE = "anyone"
    USERS = "users"
    ADMINS = "admins"


class Effort(StrEnum):
    """What a request asks of the service: how often a user may make it depends on this."""

    READ = "read"
    CHANGE = "change"
    COSTLY = "costly"


@dataclass(frozen=True)
class Operation:
    """A function of a caller and a request, with its REST routes below ``/api/v1``.

    Its name is the function's in camel case, as callables are named. Where it returns an iterator it is a stream: each
    document that it yields has a field ``event``, the last one is the result, and None says that it still waits.
    """

    run: Callable[..., Any]
    method: Method
    paths: tuple[str, ...]
    access: Access
    effort: Effort

    @cached_property
    def name(self) -> str:
        first, *rest = self.run.__name__.split("_")
        return first + "".join(word.capitalize() for word in rest)

    @cached_property
    def request(self) -> type[Document]:
        """What is asked."""
        asked: type[Document] = self._hints["request"]
        return asked

    @cached_property
    def answers(self) -> tuple[type[Document], ...]:
        """What is answered: one kind of document, or the kinds that a stream yields."""
        answer = self._hints["return"]
        if not self.streams:
            return (answer,)
        yielded = get_args(answer)[0]
        return tuple(kind for kind in (get_args(yielded) or (yielded,)) if kind is not NoneType)

    @property
    def streams(self) -> bool:
        return get_origin(self._hints["return"]) in {Iterator, Generator}

    @property
    def list_fields(self) -> set[str]:
        """The request's fields that hold several values."""
        return {name for name, field in self.request.model_fields.items() if get_origin(field.annotation) is list}

    @property
    def description(self) -> str:
        """What the function says of itself, without the errors by their names here."""
        sentences = re.split(r"(?<=\.)\s+", " ".join((self.run.__doc__ or "").split()))
        return " ".join(sentence for sentence in sentences if not sentence.startswith("Raises "))

    @property
    def summary(self) -> str:
        """The first sentence of the description."""
        return self.description.partition(". ")[0].rstrip(".") + "."

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.run)


def operation(
    method: Method, *paths: str, access: Access = Access.USERS, effort: Effort | None = None
) -> Callable[[F], F]:
    """Declare a function ``(caller, request)`` an operation. ``{name}`` in a path is the request's field ``name``.

    Without a word on its ``effort`` a GET reads and any other method changes something.
    """

    def declare(function: F) -> F:
        usual = Effort.READ if method == "GET" else Effort.CHANGE
        setattr(function, _DECLARED, Operation(function, method, paths, access, effort or usual))
        return function

    return declare


def declared_in(module: ModuleType) -> list[Operation]:
    """The operations of a module, in its order."""
    declared = (getattr(value, _DECLARED, None) for value in vars(module).values())
    return [each for each in declared if each is not None and each.run.__module__ == module.__name__]
