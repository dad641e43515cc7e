"""Waiting for a provider in small moments: whoever waits can look around in between, and hang up.

Requests that are waited for so are made on one event loop, which runs beside the threads that serve.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Generator
from concurrent.futures import wait
from functools import cache
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

MOMENT_SECONDS = 0.25


def awaited(request: Coroutine[Any, Any, T], moment: float = MOMENT_SECONDS) -> Generator[None, None, T]:
    """What comes of a request; None for each moment until then. To close the iterator is to cancel the request.

    ``moment`` is how long the first one is, 0 for whoever has something else to do as soon as the request is sent.
    """
    future = asyncio.run_coroutine_threadsafe(request, _loop())
    try:
        while not wait([future], moment).done:
            yield None
            moment = MOMENT_SECONDS
        return future.result()
    finally:
        future.cancel()


async def next_of(pieces: AsyncIterator[T]) -> T | None:
    """The next piece, None after the last one."""
    return await anext(pieces, None)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="lines to models", daemon=True).start()
    return loop
