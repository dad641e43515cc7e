"""The crew: worker processes that draw and film, few and bounded, and a cache of what they made.

Pictures and clips are pure functions of their request, so a result on disk is as good as a new one. The name of a
result covers the source of the illustrator too: a changed illustrator never hands out old work.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields, is_dataclass
from functools import cached_property
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from infra.local.studio.art import Clip, Picture

ART = Path(__file__).parent / "art"
Order = TypeVar("Order", "Picture", "Clip")


class Crew:
    """A bounded pool of worker processes that end with the process that owns them, however that one ends."""

    def __init__(self, workers: int, cache: Path) -> None:
        self._workers = workers
        self._cache = cache
        self._lock = threading.Lock()
        self._pool = self._hire()
        cache.mkdir(parents=True, exist_ok=True)

    def warm(self) -> None:
        """Start the workers and let each load its heavy modules; returns when they are ready."""
        for ready in [self._pool.submit(_load) for _ in range(self._workers)]:
            ready.result()

    def draw(self, picture: Picture) -> bytes:
        """PNG of a picture."""
        return self._made(_draw, picture)

    def film(self, clip: Clip) -> bytes:
        """MP4 of a clip."""
        return self._made(_film, clip)

    def _hire(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the server has threads, and a fork would copy their locks in any state.
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, spawn, initializer=_join)

    def _made(self, work: Callable[[Order], bytes], order: Order) -> bytes:
        digest = hashlib.sha256(self._illustrator)
        _absorb(digest, order)
        stored = self._cache / digest.hexdigest()
        if stored.exists():
            return stored.read_bytes()
        made = self._run(work, order)
        partial = stored.with_suffix(f".{threading.get_ident()}")
        partial.write_bytes(made)
        partial.replace(stored)
        return made

    def _run(self, work: Callable[[Order], bytes], order: Order) -> bytes:
        pool = self._pool
        try:
            return pool.submit(work, order).result()
        except BrokenProcessPool:
            # One killed worker breaks the whole pool: this order fails, the next one finds a new pool.
            with self._lock:
                if self._pool is pool:
                    self._pool = self._hire()
            raise

    @cached_property
    def _illustrator(self) -> bytes:
        return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ART.rglob("*.py")))).digest()


def _absorb(digest: Any, value: Any) -> None:
    """Feed a value into a hash, every piece with its length, so that no two different orders look alike."""
    if is_dataclass(value):
        value = (type(value).__name__, *(getattr(value, field.name) for field in fields(value)))
    if isinstance(value, tuple):
        digest.update(b"(%d" % len(value))
        for part in value:
            _absorb(digest, part)
        return
    raw = value if isinstance(value, bytes) else repr(value).encode()
    digest.update(b"%d:" % len(raw) + raw)


def _join() -> None:
    """In a worker: give way to the server, and leave when the server is gone."""
    os.nice(5)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])  # a pipe that the kernel closes, so this sees a SIGKILL too
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _load() -> None:
    from infra.local.studio import art  # noqa: F401, PLC0415  heavy: only workers load it


def _draw(picture: Picture) -> bytes:
    from infra.local.studio import art  # noqa: PLC0415

    return art.draw(picture)


def _film(clip: Clip) -> bytes:
    from infra.local.studio import art  # noqa: PLC0415

    return art.film(clip)
