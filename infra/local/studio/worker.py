"""One worker: takes orders on its standard input, draws or films them, and answers on its standard output.

The input is also its tie to the server: a thread waits on it all the time, and when the server is gone, by whatever
signal, the kernel closes it and the worker leaves in the middle of its work.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import traceback
from queue import SimpleQueue
from typing import BinaryIO

from infra.local.studio.art import Clip, Picture, draw, film

Answer = tuple[bytes, str]
"""What was made, or nothing and the traceback of why not."""


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    os.nice(5)  # the server, and whoever waits for it, goes first
    orders: SimpleQueue[Picture | Clip] = SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, orders), daemon=True).start()
    pickle.dump((b"", ""), answers)  # ready
    answers.flush()
    while True:
        pickle.dump(_answer(orders.get()), answers)
        answers.flush()


def _answer(order: Picture | Clip) -> Answer:
    try:
        return (draw(order) if isinstance(order, Picture) else film(order)), ""
    except Exception:
        return b"", traceback.format_exc()


def _receive(orders: BinaryIO, queue: SimpleQueue[Picture | Clip]) -> None:
    while True:
        try:
            queue.put(pickle.load(orders))  # noqa: S301  written by the server that started this process
        except EOFError:
            os._exit(0)


if __name__ == "__main__":
    main()
