"""The list of boundaries is whole: what leaves a process goes through a primitive, and each call of one is found."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.boundaries import (
    CLIENT_METHODS,
    GATEWAY,
    OWN_MODULES,
    PRIMITIVES,
    Boundary,
    Kind,
    boundaries,
    find,
    product_modules,
)
from tests.chaos.matrix import LEADS, MEDIA, UNREACHED, is_excused
from tests.chaos.plan import FITTING

WIRES = {
    "aiohttp",
    "ftplib",
    "grpc",
    "http.client",
    "httpx",
    "httpx2",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
}
HARMLESS = {
    "google.api_core.exceptions",
    "google.cloud.firestore.CollectionReference",
    "google.cloud.firestore.DocumentReference",
    "google.cloud.firestore.FieldFilter",
    "google.cloud.firestore.Query",
    "google.cloud.firestore_v1.base_document.DocumentSnapshot",
}
"""What the product may import of Google's libraries outside the adapters: words, not clients."""

MODULES = product_modules()
OUTSIDE = {name: tree for name, tree in MODULES.items() if not name.startswith(OWN_MODULES)}


def test_only_adapters_hold_a_wire() -> None:
    # That the gateway asks models in a request is held by ``test_paid_paths.py``.
    modules = {module: tree for module, tree in OUTSIDE.items() if not module.startswith(GATEWAY)}
    imported = {(module, name) for module, tree in modules.items() for name in _imported(tree)}
    assert not {found for found in imported if found[1] in WIRES or found[1].rpartition(".")[0] in WIRES}
    google = {found for found in imported if found[1].startswith(("google.cloud", "google.genai", "google.pubsub"))}
    assert not {found for found in google if found[1] not in HARMLESS}


def test_a_call_of_a_client_has_a_deadline_by_which_it_is_known() -> None:
    methods = {"commit", "stream", "get_all"}  # the others, dictionaries and classes of our own have too
    assert methods < CLIENT_METHODS.keys()
    without = [
        f"{module}:{call.lineno}"
        for module, tree in OUTSIDE.items()
        for call in _calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in methods
        and "timeout" not in {keyword.arg for keyword in call.keywords}
    ]
    assert not without


def test_every_primitive_is_a_boundary_somewhere() -> None:
    assert {boundary.kind for boundary in boundaries()} == set(PRIMITIVES.values()) | set(CLIENT_METHODS.values())
    for door in PRIMITIVES:
        module, _, function = door.rpartition(".")
        defined = {node.name for node in MODULES[module].body if isinstance(node, ast.FunctionDef)}
        assert function in defined, f"{door} is no function any more"


def test_a_new_call_is_a_new_boundary(tmp_path: Path) -> None:
    module = tmp_path / "fresh.py"
    module.write_text(
        "from ugcgen.cloud import firestore, pubsub\n"
        "from ugcgen.cloud.storage import put_once as put\n"
        "from ugcgen.models import provider\n"
        "def change(to: Callable[[int], int]):\n"
        "    def attempt(atomic):\n"
        "        return to(atomic)\n"
        "    return firestore.atomically(attempt)\n"
        "class Desk:\n"
        "    def work(self):\n"
        "        change(lambda it: it)\n"
        "        change(\n"
        "            lambda it: it\n"
        "        )\n"
        "        def send():\n"
        "            with provider.one_submit('it'):\n"
        "                put('a', b'', 'text/plain')\n"
        "        pubsub.publish('a', b'')\n"
        "        reference.get(timeout=1)\n"
        "        {}.get('a')\n"
    )
    found = {boundary.id: boundary.lines for boundary in find([("fresh", module)])}
    assert found == {
        "fresh:Desk.work transaction": (10, 10),
        "fresh:Desk.work transaction 2": (11, 13),
        "fresh:Desk.work paid_call": (15, 15),
        "fresh:Desk.work upload": (16, 16),
        "fresh:Desk.work publish": (17, 17),
        "fresh:Desk.work read": (18, 18),
    }


def test_a_boundary_has_one_name_and_one_place() -> None:
    names = [boundary.id for boundary in boundaries()]
    assert len(names) == len(set(names))
    for boundary in boundaries():
        assert [other for other in boundaries() if _same_place(boundary, other)] == [boundary]


def test_what_is_said_of_boundaries_by_name_is_true() -> None:
    named = {boundary.id: boundary for boundary in boundaries()}
    struck_first = {strike.boundary for lead in LEADS.values() for strike in lead.strikes}
    assert LEADS.keys() | struck_first <= named.keys()
    assert [start for start in UNREACHED if not any(name.startswith(start) for name in named)] == []
    paid = {name for name, boundary in named.items() if boundary.kind is Kind.PAID_CALL}
    assert MEDIA.keys() == {name for name in paid if not is_excused(name)}
    assert FITTING.keys() == set(Kind)


def _same_place(a: Boundary, b: Boundary) -> bool:
    overlap = a.lines[0] <= b.lines[1] and b.lines[0] <= a.lines[1]
    return (a.path, a.kind) == (b.path, b.kind) and overlap


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module in HARMLESS or node.module in WIRES
            yield from ([node.module] if whole else [f"{node.module}.{alias.name}" for alias in node.names])
