"""Where the product could pay a model, read from its source: which calls go through the ledger, and which would not.

A paid request is let go inside a closure that a function named ``prepare`` returns, and ``prepare`` is handed to
``account.call``, ``account.submit`` or ``account.tell``, or is asked by another ``prepare`` that is. What a client can
do for nothing is listed; anything else counts as paid, so that a method nobody has thought of yet is found.
"""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from infra.local.parts import REPO

PRODUCT = [REPO / "shared/src/ugcgen", REPO / "functions", REPO / "cloudrun-postprod/src"]
MODELS = REPO / "shared/src/ugcgen/models"

SDKS = ("google.genai", "google.generativeai", "google.cloud.texttospeech", "google.cloud.aiplatform", "vertexai")
GATEWAY_ONLY = (*SDKS, "ugcgen.models.provider")
HOSTS = ("generativelanguage.googleapis.com", "aiplatform.googleapis.com", "texttospeech.googleapis.com")

FREE = {"interactions.get", "interactions.cancel", "operations.get", "files.download", "models.list"}
PAID = {
    "generate_content",
    "generate_content_stream",
    "generate_images",
    "generate_videos",
    "edit_image",
    "embed_content",
    "send_message",
    "send_message_stream",
    "synthesize_speech",
    "streaming_synthesize",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Source:
    """One module, whose nodes know what they are in."""

    def __init__(self, text: str, in_gateway: bool) -> None:
        self.tree = ast.parse(text)
        self.in_gateway = in_gateway
        self._parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self._clients = {"client", *self._named_clients()}

    def offences(self) -> Iterator[str]:
        """One sentence for each way past the ledger, with its line."""
        for node in ast.walk(self.tree):
            if trouble := self._trouble(node):
                yield f"line {getattr(node, 'lineno', 0)}: {trouble}"

    def pays(self) -> bool:
        """Whether a paid request is let go here, as it should be."""
        return any(self._is_request(node) and self._is_let_go_by_the_ledger(node) for node in ast.walk(self.tree))

    def _named_clients(self) -> Iterator[str]:
        """The names under which the module keeps clients that it makes."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=made) if _makes_a_client(made):
                    yield name
                case ast.withitem(context_expr=made, optional_vars=ast.Name(id=name)) if _makes_a_client(made):
                    yield name

    def _trouble(self, node: ast.AST) -> str | None:
        if not self.in_gateway:
            if named := next((name for name in _imported(node) if _is_part_of(name, GATEWAY_ONLY)), None):
                return f"{named} is used outside of ugcgen.models"
            if any(name.endswith(".prepare") for name in _imported(node)):
                return "prepare is used outside of ugcgen.models"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _names_a_host(node.value):
                return "a model provider is addressed outside of ugcgen.models"
        if self._is_request(node) and not self._is_let_go_by_the_ledger(node):
            return f"{ast.unparse(self._whole(node))} is not known to be free and is not let go by an account"
        if self._is_prepare(node) and not self._is_handed_to_an_account(node):
            return f"{ast.unparse(node)} is not handed to an account"
        return None

    def _is_request(self, node: ast.AST) -> bool:
        """Whether the node is a method of a client that may be paid for, called or only taken."""
        if isinstance(node, ast.Attribute) and (node.attr in PAID or _chain(node).endswith("interactions.create")):
            return True
        if not self.in_gateway:
            return False
        parent = self._parents.get(node)
        if isinstance(node, ast.Call) and _makes_a_client(node):
            return not isinstance(parent, ast.Assign | ast.withitem | ast.Return)  # used on the spot, not by its name
        if not isinstance(node, ast.Name) or node.id not in self._clients or isinstance(node.ctx, ast.Store):
            return False
        if isinstance(parent, ast.Call) and parent.func is node:
            return False  # makes a client
        top = self._whole(node)
        called = isinstance(self._parents[top], ast.Call)
        return not (called and _chain(top).partition(".")[2] in FREE)

    def _whole(self, node: ast.AST) -> ast.AST:
        """``a.b.c`` of its part ``a``."""
        while isinstance(self._parents[node], ast.Attribute):
            node = self._parents[node]
        return node

    def _is_prepare(self, node: ast.AST) -> bool:
        match node:
            case ast.Name(id="prepare", ctx=ast.Load()):
                return self.in_gateway  # the account has it by that name too
            case ast.Attribute(attr="prepare"):
                return True
            case _:
                return False

    def _is_let_go_by_the_ledger(self, node: ast.AST) -> bool:
        functions = list(self._around(node))
        for closure, outer in pairwise(functions):
            if isinstance(outer, ast.FunctionDef) and outer.name == "prepare" and isinstance(closure, ast.FunctionDef):
                uses = [n for n in ast.walk(outer) if isinstance(n, ast.Name) and n.id == closure.name]
                return bool(uses) and all(isinstance(self._parents[use], ast.Return) for use in uses)
        return False

    def _is_handed_to_an_account(self, prepare: ast.AST) -> bool:
        parent = self._parents[prepare]
        if isinstance(prepare, ast.Attribute):  # the other module's part of our own prepare
            around = next(self._around(prepare), None)
            returned = isinstance(parent, ast.Call) and isinstance(self._parents[parent], ast.Return)
            return returned and isinstance(around, ast.FunctionDef) and around.name == "prepare"
        if not isinstance(parent, ast.Call) or not isinstance(parent.func, ast.Attribute):
            return False
        return parent.func.attr in {"call", "submit", "tell"} and _chain(parent.func.value).endswith("account")

    def _around(self, node: ast.AST) -> Iterator[Function]:
        """The functions that the node is in, from the innermost outwards."""
        while node in self._parents:
            node = self._parents[node]
            if isinstance(node, Function):
                yield node


def offences() -> list[str]:
    """Every way past the ledger in the product, by file and line."""
    found = []
    for path in _files():
        source = Source(path.read_text(), path.is_relative_to(MODELS))
        found += [f"{path.relative_to(REPO)}, {offence}" for offence in source.offences()]
    return found


def paid_modules() -> set[str]:
    """The names of the gateway's modules that send paid requests."""
    return {path.stem for path in MODELS.glob("*.py") if Source(path.read_text(), in_gateway=True).pays()}


def _files() -> list[Path]:
    return [path for folder in PRODUCT for path in sorted(folder.rglob("*.py"))]


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=str(module), names=names):
            return [module, *(f"{module}.{name.name}" for name in names)]
        case ast.Constant(value=str(name)):  # for importlib
            return [name]
        case _:
            return []


def _is_part_of(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def _names_a_host(text: str) -> bool:
    return any(host in text for host in HOSTS)


def _makes_a_client(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    maker = _chain(node.func)
    return maker in {"client", "provider.client"} or maker.endswith(("genai.Client", "TextToSpeechClient"))


def _chain(node: ast.AST) -> str:
    """``a.b.c`` of an attribute; empty where it does not start at a name."""
    if isinstance(node, ast.Attribute):
        return f"{_chain(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
