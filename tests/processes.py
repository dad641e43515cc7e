"""Processes that a test watches to their end."""

import os
import select
from collections.abc import Iterable


class Watched:
    """A process by its handle: its number may be somebody else's as soon as it has ended."""

    def __init__(self, pid: int) -> None:
        self._handle = os.pidfd_open(pid)

    def __del__(self) -> None:
        os.close(self._handle)

    @property
    def alive(self) -> bool:
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        return not ended.poll(0)


def watch(pids: Iterable[int]) -> list[Watched]:
    return [Watched(pid) for pid in pids]


def any_alive(watched: Iterable[Watched]) -> bool:
    return any(each.alive for each in watched)
