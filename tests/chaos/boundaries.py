"""The boundaries: every place in the product's code where it leaves its process. Read from the code, not written down.

Product code does its I/O through a few primitives. Each call of one is a boundary, named after the function it stands
in, the kind of primitive, and its number among those of the function where there are more. A function that applies a
change of its caller's in a transaction (``change``) is a primitive itself: its callers are the boundaries.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from infra.local.parts import REPO

PRODUCT = {
    "shared/src": ["ugcgen"],
    "functions": ["main", "agents", "api", "steps"],
    "cloudrun-postprod/src": ["postprod"],
}
"""Folders of the product's code, and the packages in them."""


class Kind(StrEnum):
    """What a boundary lets go."""

    TRANSACTION = "transaction"
    WRITE = "write"
    READ = "read"
    PUBLISH = "publish"
    ENQUEUE = "enqueue"
    WAKE = "wake"
    UPLOAD = "upload"
    DOWNLOAD = "download"
    PAID_CALL = "paid_call"
    FREE_CALL = "free_call"
    REQUEST = "request"
    HANDLING = "handling"


PRIMITIVES = {
    "ugcgen.cloud.firestore.atomically": Kind.TRANSACTION,
    "ugcgen.cloud.firestore.committed": Kind.TRANSACTION,
    "ugcgen.cloud.pubsub.publish": Kind.PUBLISH,
    "ugcgen.cloud.tasks.enqueue": Kind.ENQUEUE,
    "ugcgen.cloud.storage.put_once": Kind.UPLOAD,
    "ugcgen.cloud.storage.put_file_once": Kind.UPLOAD,
    "ugcgen.cloud.storage.open_upload": Kind.UPLOAD,
    "ugcgen.cloud.storage.get": Kind.DOWNLOAD,
    "ugcgen.cloud.storage.get_file": Kind.DOWNLOAD,
    "ugcgen.cloud.storage.facts": Kind.DOWNLOAD,
    "ugcgen.models.provider.one_submit": Kind.PAID_CALL,
    "ugcgen.models.provider.free_request": Kind.FREE_CALL,
    "ugcgen.cloud.safe_http.fetch": Kind.REQUEST,
    "ugcgen.cloud.safe_http.post": Kind.REQUEST,
    "ugcgen.engine.wake.wake": Kind.WAKE,
    "ugcgen.engine.handle.handle": Kind.HANDLING,
}
"""The doors, by the full name of the function. The handling of a message ends in its acknowledgement."""

CLIENT_METHODS = {
    "commit": Kind.WRITE,
    "create": Kind.WRITE,
    "set": Kind.WRITE,
    "update": Kind.WRITE,
    "delete": Kind.WRITE,
    "get": Kind.READ,
    "stream": Kind.READ,
    "get_all": Kind.READ,
}
"""Methods of Firestore's own objects. A call of one has a ``timeout``, as every call of ours has."""

OWN_MODULES = ("ugcgen.cloud.", "ugcgen.models.provider")
"""Inside the adapters the doors are built; what they call is not a boundary of its own."""

GATEWAY = "ugcgen.models."
"""Its modules ask models with the providers' libraries, whose methods have the names of Firestore's."""


@dataclass(frozen=True)
class Boundary:
    """One place; ``path`` is relative to the repository and ``lines`` are the first and last of the call."""

    module: str
    function: str
    kind: Kind
    number: int
    path: str
    lines: tuple[int, int]

    @property
    def id(self) -> str:
        place = f"{self.module.removeprefix('ugcgen.')}:{self.function} {self.kind}"
        return f"{place} {self.number}" if self.number > 1 else place


@cache
def boundaries() -> tuple[Boundary, ...]:
    """Every boundary of the product, in the order of its modules and lines."""
    return find(_sources())


def find(sources: Iterable[tuple[str, Path]]) -> tuple[Boundary, ...]:
    """Every boundary of some modules, given by full name and file."""
    modules = [_Module(name, path) for name, path in sorted(sources)]
    doors = dict(PRIMITIVES)
    while found := {door: kind for module in modules for door, kind in module.derived(doors) if door not in doors}:
        doors |= found
    return tuple(boundary for module in modules for boundary in module.boundaries(doors))


def product_modules() -> dict[str, ast.Module]:
    """The syntax of every module of the product, by its full name."""
    return {name: ast.parse(path.read_text(), str(path)) for name, path in _sources()}


def _sources() -> Iterator[tuple[str, Path]]:
    for folder, packages in PRODUCT.items():
        root = REPO / folder
        for package in packages:
            paths = [root / f"{package}.py"] if (root / f"{package}.py").exists() else (root / package).rglob("*.py")
            for path in paths:
                parts = path.relative_to(root).with_suffix("").parts
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


Function = ast.FunctionDef | ast.AsyncFunctionDef


class _Module:
    """One module: what its names mean, and the calls in it."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = str(path.relative_to(REPO)) if path.is_relative_to(REPO) else str(path)
        self._tree = ast.parse(path.read_text(), str(path))
        self._names = dict(_imported(self._tree))
        self._aliases = {
            target.id: ast.unparse(node.value)
            for node in self._tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in self._tree.body:
            if isinstance(node, Function):
                self._names[node.name] = f"{name}.{node.name}"

    def boundaries(self, doors: dict[str, Kind]) -> Iterator[Boundary]:
        if self.name.startswith(OWN_MODULES):
            return
        seen: dict[tuple[str, Kind], int] = {}
        for function, node in self._functions():
            for call in sorted(_calls(node), key=lambda call: (call.lineno, call.col_offset)):
                kind = self._kind(call, function, doors)
                if kind is None or (kind is Kind.TRANSACTION and self._name_of(function) in doors):
                    continue
                seen[function, kind] = seen.get((function, kind), 0) + 1
                lines = (call.lineno, call.end_lineno or call.lineno)
                yield Boundary(self.name, function, kind, seen[function, kind], self._path, lines)

    def derived(self, doors: dict[str, Kind]) -> Iterator[tuple[str, Kind]]:
        """Functions of this module that give a door a change of their caller's: a callable among their parameters is
        part of what they pass on."""
        for function, node in self._functions():
            inner = {child.name: child for child in ast.walk(node) if isinstance(child, Function) and child is not node}
            callables = {argument.arg for argument in node.args.args if self._is_callable(argument)}
            for call in _calls(node):
                if self._kind(call, function, doors) is not Kind.TRANSACTION:
                    continue
                given = [inner.get(a.id, a) if isinstance(a, ast.Name) else a for a in call.args]
                if callables & {name.id for a in given for name in ast.walk(a) if isinstance(name, ast.Name)}:
                    yield self._name_of(function), Kind.TRANSACTION

    def _is_callable(self, argument: ast.arg) -> bool:
        said = ast.unparse(argument.annotation) if argument.annotation else ""
        return "Callable" in self._aliases.get(said, said)

    def _name_of(self, function: str) -> str:
        return f"{self.name}.{function}"

    def _functions(self) -> Iterator[tuple[str, Function]]:
        for node in self._tree.body:
            if isinstance(node, Function):
                yield node.name, node
            elif isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{child.name}", child) for child in node.body if isinstance(child, Function))

    def _kind(self, call: ast.Call, function: str, doors: dict[str, Kind]) -> Kind | None:
        """What a call inside a function of this module lets go; None for a call like any other."""
        name = self._full_name(call.func, function)
        if name in doors:
            return doors[name]
        if self.name.startswith(GATEWAY):
            return None
        if isinstance(call.func, ast.Attribute) and any(keyword.arg == "timeout" for keyword in call.keywords):
            return CLIENT_METHODS.get(call.func.attr)
        return None

    def _full_name(self, called: ast.expr, function: str) -> str:
        if isinstance(called, ast.Attribute):
            return f"{self._full_name(called.value, function)}.{called.attr}"
        if not isinstance(called, ast.Name):
            return ""
        own = self._name_of(function.partition(".")[0])
        return own if called.id == "self" else self._names.get(called.id, called.id)


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (child for child in ast.walk(node) if isinstance(child, ast.Call))


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What each imported name stands for, wherever in the module it is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name.partition(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
