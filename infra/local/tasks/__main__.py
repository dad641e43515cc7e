"""`python -m infra.local.tasks --port N --data DIR`: the server, until SIGTERM or Ctrl-C."""

import argparse
import logging
import signal
import threading
from pathlib import Path

from infra.local.tasks.dispatch import Dispatcher
from infra.local.tasks.service import CloudTasksService, build_server
from infra.local.tasks.store import TaskStore


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.local.tasks", description="A local Cloud Tasks server.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder that keeps the queues and tasks")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")

    options.data.mkdir(parents=True, exist_ok=True)
    store = TaskStore(options.data / "tasks.sqlite3")
    dispatcher = Dispatcher(store)
    server = build_server(CloudTasksService(store, dispatcher), options.port)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server.start()
    dispatcher.start()
    logging.info("Cloud Tasks on 127.0.0.1:%d, data in %s", options.port, options.data)
    stop.wait()
    server.stop(grace=1).wait()
    dispatcher.stop()
    store.close()


if __name__ == "__main__":
    main()
