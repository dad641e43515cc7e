"""The crew: worker processes that draw and film, few and bounded, and a cache of what they made.

Pictures and clips are pure functions of their request, so a result on disk is as good as a new one. The name of a
result covers the source of the illustrator too: a changed illustrator never hands out old work.
"""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
import threading
from functools import cached_property
from pathlib import Path
from queue import LifoQueue
from typing import TYPE_CHECKING

from infra.local.studio.fingerprint import fingerprint

if TYPE_CHECKING:
    from infra.local.studio.art import Clip, Picture

_ART = Path(__file__).parent / "art"
_ROOT = Path(__file__).parents[3]
_PATIENCE = 240.0  # seconds for one order; a worker that takes longer hangs and would hold its place for ever


class WorkerLost(Exception):
    """A worker ended before it answered."""


class Crew:
    """A bounded number of worker processes that end with the process that owns them, however that one ends."""

    def __init__(self, workers: int, cache: Path) -> None:
        self._cache = cache
        self._team = [_Worker() for _ in range(workers)]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._team:
            self._idle.put(worker)
        cache.mkdir(parents=True, exist_ok=True)

    def warm(self) -> None:
        """Start the workers and let each load its heavy modules; returns when they are ready."""
        for worker in self._team:
            worker.start()

    def draw(self, picture: Picture) -> bytes:
        """PNG of a picture. Raises WorkerLost, or RuntimeError with the illustrator's traceback."""
        return self._made(picture)

    def film(self, clip: Clip) -> bytes:
        """MP4 of a clip. Raises WorkerLost, or RuntimeError with the animator's traceback."""
        return self._made(clip)

    def dismiss(self) -> None:
        """End the workers in the middle of what they do."""
        for worker in self._team:
            worker.kill()

    def _made(self, order: Picture | Clip) -> bytes:
        stored = self._cache / fingerprint(self._illustrator, order)
        if stored.exists():
            return stored.read_bytes()
        worker = self._idle.get()
        try:
            made, failure = worker.ask(order)
        finally:
            self._idle.put(worker)
        if failure:
            raise RuntimeError(failure)
        partial = stored.with_suffix(f".{threading.get_ident()}")
        partial.write_bytes(made)
        partial.replace(stored)
        return made

    @cached_property
    def _illustrator(self) -> bytes:
        return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_ART.rglob("*.py")))).digest()


class _Worker:
    """A place in the crew: a process that is started when it is first needed, and again after it was lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """The process, ready for an order."""
        with self._lock:
            if self._process is None:
                command = [sys.executable, "-m", "infra.local.studio.worker"]
                self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                self._answer(self._process)
            return self._process

    def ask(self, order: Picture | Clip) -> tuple[bytes, str]:
        process = self.start()
        assert process.stdin
        overdue = threading.Timer(_PATIENCE, process.kill)
        overdue.start()
        try:
            pickle.dump(order, process.stdin)
            process.stdin.flush()
            return self._answer(process)
        except (BrokenPipeError, WorkerLost):
            self.kill()
            raise WorkerLost(f"worker {process.pid} ended before it answered") from None
        finally:
            overdue.cancel()

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[bytes, str]:
        assert process.stdout
        try:
            made, failure = pickle.load(process.stdout)  # noqa: S301  our own process wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            raise WorkerLost(f"worker {process.pid} ended") from None
        return bytes(made), str(failure)
