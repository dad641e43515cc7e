"""Inside a process of the product: wraps the primitives when they are imported, writes down each hit of a boundary, and
strikes where the plan says so. The product's code neither knows nor helps: the place is read off the stack.
"""

import functools
import json
import os
import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from tests.chaos.boundaries import CLIENT_METHODS, PRIMITIVES, PRODUCT, Kind
from tests.chaos.plan import AT_THE_PROVIDER, FITTING, Fault, Plan, Side, fits, read_plan
from ugcgen.pipeline.steps import MAX_STEP_RETRIES

REPO = Path(__file__).resolve().parents[2]
LONGER_THAN_A_LEASE_S = 1.4
"""Leases by which a delay lasts."""
DISK_FULL_BYTES = 16_384
HELD_BACK_S = 2.0
_WITHIN_ADAPTERS = {Kind.WRITE, Kind.READ, Kind.DOWNLOAD}
_PRODUCT = tuple(str(REPO / folder) for folder in PRODUCT)
_CLIENTS = {
    "google.cloud.firestore_v1.batch": {"WriteBatch": ["commit"]},
    # What else a reference writes is a commit inside.
    "google.cloud.firestore_v1.document": {"DocumentReference": ["get", "set", "delete"]},
    "google.cloud.firestore_v1.query": {"Query": ["stream"]},
    "google.cloud.firestore_v1.aggregation": {"AggregationQuery": ["get"]},
    "google.cloud.firestore_v1.client": {"Client": ["get_all"]},
}


def install() -> None:
    """Wrap the primitives of every module that this process is going to import."""
    sys.meta_path.insert(0, _Finder(_Injector(Path(os.environ["CHAOS_DIR"]))))


class _Injector:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._plan = Plan()
        self._plan_read = 0
        self._random = random.Random(os.getpid())
        self._held: list[Callable[[], Any]] = []
        self._at_commit = threading.local()
        self._journal = os.open(folder / "journal.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        sites: dict[str, list[list[Any]]] = json.loads((folder / "sites.json").read_text())
        self._sites = {str(REPO / path): entries for path, entries in sites.items()}

    # Where

    def place(self, kind: Kind) -> str | None:
        """The boundary of the innermost frame that stands at one of this kind; None inside the adapters."""
        frames = list(_product_frames())
        if kind in _WITHIN_ADAPTERS and frames and "/ugcgen/cloud/" in frames[0].f_code.co_filename:
            return None  # a part of a transaction, or of an upload that finds another worker's object
        for frame in frames:
            for at, first, last, boundary in self._sites.get(frame.f_code.co_filename, ()):
                if at == kind and first <= frame.f_lineno <= last:
                    return str(boundary)
        return f"unknown {kind} of {' < '.join(f'{f.f_code.co_filename}:{f.f_lineno}' for f in frames)}"

    # When

    def hit(self, boundary: str, kind: Kind, side: Side, context: dict[str, str] | None = None) -> Fault | None:
        """Write the hit down, and say which fault has its time now."""
        context = _context() if context is None else context
        struck = self._struck(boundary, kind, side, context)
        self._note(boundary=boundary, side=side, **context, **({"fault": struck} if struck else {}))
        return struck

    def _struck(self, boundary: str, kind: Kind, side: Side, context: dict[str, str]) -> Fault | None:
        plan = self._current()
        if context.get("job") in plan.over:
            return None
        for number, strike in enumerate(plan.strikes):
            if strike.fault in AT_THE_PROVIDER or not fits(strike, boundary, side, context.get("unit", "")):
                continue
            if self._first(f"strike-{number}"):
                return strike.fault
        if plan.odds is not None:
            for fault in FITTING[kind].get(side, ()):
                if self._random.random() < plan.odds.chances.get(fault, 0) and self._bearable(fault, context):
                    return fault
        return None

    def _bearable(self, fault: Fault, context: dict[str, str]) -> bool:
        """A unit is tried again so often and no oftener: one failure more would end its job, and rightly so."""
        if fault is not Fault.EXCEPTION or "unit" not in context:
            return True
        name = f"{context['job']}-{context['unit']}"
        return any(self._first(f"{name}-{number}") for number in range(MAX_STEP_RETRIES))

    def _current(self) -> Plan:
        with self._lock:
            changed = (self._folder / "plan.json").stat().st_mtime_ns
            if changed != self._plan_read:
                self._plan, self._plan_read = read_plan(self._folder), changed
                if self._plan.odds is not None:
                    self._random.seed(f"{self._plan.odds.seed} {os.getpid()}")
            return self._plan

    def _first(self, name: str) -> bool:
        """Whether nobody, not even a process that died of it, has struck this before."""
        with suppress(FileExistsError):
            (self._folder / f"struck-{name}").touch(exist_ok=False)
            return True
        return False

    def _note(self, **fields: Any) -> None:
        line = json.dumps(fields | {"pid": os.getpid(), "at": time.time()})
        with suppress(OSError):  # a full disk
            os.write(self._journal, f"{line}\n".encode())

    # What

    def around(self, kind: Kind, call: Callable[[], Any], context: dict[str, str] | None = None) -> Any:
        """The call with whatever befalls it."""
        boundary = self.place(kind)
        if boundary is None:
            return call()
        fault = self.hit(boundary, kind, "before", context)
        match fault:
            case Fault.CONFLICT | Fault.DELAY if kind is Kind.TRANSACTION:
                self._at_commit.fault = fault
                result = call()
            case Fault.DUPLICATE:
                result = _twice(call)
            case Fault.REORDER:
                self._held.append(call)
                threading.Timer(HELD_BACK_S, self._release).start()
                return "held-back"
            case Fault.LOST:
                return "lost"
            case Fault.FULL_DISK:
                with _full_disk():
                    result = call()
            case _:
                self._suffer(fault)
                result = call()
        if kind in {Kind.PUBLISH, Kind.ENQUEUE}:
            self._release()
        self._suffer(self.hit(boundary, kind, "after", context))
        return result

    def commit(self, commit: Callable[[], None]) -> None:
        """The commit inside a transaction: late, so that somebody else may be first, or landed and then denied."""
        fault, self._at_commit.fault = getattr(self._at_commit, "fault", None), None
        if fault is Fault.DELAY:
            self._suffer(fault)
        commit()
        if fault is Fault.CONFLICT:
            from google.api_core.exceptions import FailedPrecondition

            raise FailedPrecondition("chaos: the second try finds the first one's commit")  # type: ignore[no-untyped-call]

    @contextmanager
    def inside(self, kind: Kind, block: Any) -> Iterator[None]:
        """A paid or free request, whose ``with`` block holds the POST."""
        boundary = self.place(kind) or ""
        with block:
            self._suffer(self.hit(boundary, kind, "before"))
            yield
            self._suffer(self.hit(boundary, kind, "after"))

    def _suffer(self, fault: Fault | None) -> None:
        match fault:
            case Fault.KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            case Fault.EXCEPTION:
                raise _unavailable()
            case Fault.DELAY:
                time.sleep(float(os.environ["LEASE_SECONDS"]) * LONGER_THAN_A_LEASE_S)
            case Fault.RESTART:
                self._wait_for_restart()

    def _release(self) -> None:
        while self._held:
            with suppress(IndexError):
                self._held.pop(0)()

    def _wait_for_restart(self) -> None:
        (self._folder / "restart-wanted").touch()
        deadline = time.monotonic() + 60
        while not (self._folder / "restart-done").exists() and time.monotonic() < deadline:
            time.sleep(0.05)


def _twice(call: Callable[[], Any]) -> Any:
    """Both at once; the second one's outcome is nobody's."""

    def second() -> None:
        with suppress(Exception):
            call()

    other = threading.Thread(target=second)
    other.start()
    try:
        return call()
    finally:
        other.join()


@contextmanager
def _full_disk() -> Iterator[None]:
    """No file of this process, or of one that it starts, grows beyond a few kilobytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK_FULL_BYTES, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _unavailable() -> Exception:
    from google.api_core.exceptions import ServiceUnavailable

    return ServiceUnavailable("chaos")  # type: ignore[no-untyped-call]


def _context() -> dict[str, str]:
    """Whose work this is, as the log lines say it."""
    logs = sys.modules.get("ugcgen.cloud.logs")
    context: dict[str, str] = logs._context.get() if logs else {}
    return {name: value for name, value in context.items() if name in {"job", "unit", "phase"}}


def _product_frames() -> Iterator[FrameType]:
    """The frames of the product's code that lead here, innermost first."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith(_PRODUCT):
            yield frame
        frame = frame.f_back


# Wrapping at import


class _Finder(MetaPathFinder):
    """Lets the other finders find, and wraps what their loaders have made."""

    def __init__(self, injector: _Injector) -> None:
        self._injector = injector
        self._wanted = {door.rpartition(".")[0] for door in PRIMITIVES} | _CLIENTS.keys()

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname not in self._wanted:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _Wrapping(spec.loader, self._injector)
                return spec
        return None


class _Wrapping(Loader):
    def __init__(self, loader: Any, injector: _Injector) -> None:
        self._loader = loader
        self._injector = injector

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        for door, kind in PRIMITIVES.items():
            owner, _, name = door.rpartition(".")
            # ``atomically`` is ``committed`` with half of its answer.
            if owner == module.__name__ and name != "atomically":
                setattr(module, name, _wrapped(self._injector, kind, getattr(module, name)))
        if module.__name__ == "ugcgen.cloud.firestore":
            whole = module.Atomic.commit
            module.Atomic.commit = lambda atomic: self._injector.commit(lambda: whole(atomic))
        for class_name, methods in _CLIENTS.get(module.__name__, {}).items():
            for method in methods:
                owner_class = getattr(module, class_name)
                kind = CLIENT_METHODS[method]
                setattr(owner_class, method, _wrapped(self._injector, kind, getattr(owner_class, method)))


def _wrapped(injector: _Injector, kind: Kind, door: Callable[..., Any]) -> Callable[..., Any]:
    if kind in {Kind.PAID_CALL, Kind.FREE_CALL}:

        @functools.wraps(door)
        def block(*args: Any, **kwargs: Any) -> Any:
            return injector.inside(kind, door(*args, **kwargs))

        return block

    @functools.wraps(door)
    def call(*args: Any, **kwargs: Any) -> Any:
        # The handler says whose work it is only once it has begun.
        context = {"job": args[0].job, "unit": args[0].unit} if kind is Kind.HANDLING else None
        return injector.around(kind, lambda: door(*args, **kwargs), context)

    return call
