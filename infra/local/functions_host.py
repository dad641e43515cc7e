"""Serves every function of a module from one process, makes the CloudEvents that Eventarc makes, and runs schedules.

`python -m infra.local.functions_host --port N --source DIR [--module main]` mounts each function that a
firebase-functions decorator marked, under its own name:

    /{name}                 an HTTPS, callable, task-queue or scheduled function; an event function as a CloudEvent
    POST /push/{name}       an event function from a raw Pub/Sub push
    POST /schedule/{name}   a scheduled function, now
    GET /__local/functions  what there is, with triggers

An exception answers 500, which Pub/Sub and Cloud Tasks take as "again later", and is logged with its traceback.
"""

import argparse
import importlib
import logging
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from types import ModuleType
from typing import TYPE_CHECKING, Any

import flask
from cloudevents.http import from_http
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import BaseWSGIServer

from infra.local.cloudevent import MESSAGE_PUBLISHED, push_to_event
from infra.local.schedule import Schedule, parse_schedule

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger("infra.local.functions_host")

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@dataclass(frozen=True, eq=False)
class Function:
    """One function of the module, and what triggers it as its decorator says."""

    name: str
    call: Callable[[Any], Any]
    trigger: str  # https, callable, task, pubsub or schedule
    details: Mapping[str, Any] = field(default_factory=dict)  # topic; queue and its limits; schedule and time zone

    def listing(self) -> dict[str, Any]:
        return {"name": self.name, "trigger": self.trigger, **self.details}


def functions_of(module: ModuleType) -> list[Function]:
    """Every function of the module that a firebase-functions decorator marked.

    Raises ValueError for a trigger that the local cloud does not have.
    """
    marked = ((name, call, getattr(call, "__firebase_endpoint__", None)) for name, call in vars(module).items())
    return [_describe(name, call, endpoint) for name, call, endpoint in marked if endpoint is not None]


def _describe(name: str, call: Callable[[Any], Any], endpoint: Any) -> Function:
    if endpoint.httpsTrigger is not None:
        return Function(name, call, "https")
    if endpoint.callableTrigger is not None:
        return Function(name, call, "callable")
    if (task := endpoint.taskQueueTrigger) is not None:
        limits, retry = _numbers(task.get("rateLimits")), _numbers(task.get("retryConfig"))
        return Function(name, call, "task", {"queue": name, "rateLimits": limits, "retryConfig": retry})
    if (scheduled := endpoint.scheduleTrigger) is not None:
        zone = scheduled.get("timeZone")
        details = {"schedule": str(scheduled["schedule"]), "timeZone": str(zone) if isinstance(zone, str) else "UTC"}
        return Function(name, call, "schedule", details)
    if (event := endpoint.eventTrigger) is not None and event["eventType"] == MESSAGE_PUBLISHED:
        return Function(name, call, "pubsub", {"topic": str(event["eventFilters"]["topic"])})
    raise ValueError(f"function {name}: the local cloud has no such trigger")


def _numbers(config: Mapping[str, Any] | None) -> dict[str, float]:
    """The settings given as numbers; those left to the platform are absent."""
    return {key: value for key, value in (config or {}).items() if isinstance(value, int | float)}


def schedules_of(functions: list[Function]) -> dict[Function, Schedule]:
    """The scheduled functions among these. Raises ValueError for a schedule that cannot be read."""
    return {
        function: parse_schedule(function.details["schedule"], function.details["timeZone"])
        for function in functions
        if function.trigger == "schedule"
    }


def _current_request() -> flask.Request:
    request: flask.Request = flask.request._get_current_object()  # type: ignore[attr-defined]
    return request


def _function_app(function: Function) -> flask.Flask:
    """The function as the platform serves it: at the root, for every path below and every method."""
    app = flask.Flask(function.name, static_folder=None)
    app.url_map.strict_slashes = False

    def invoke(path: str = "") -> Any:
        request = _current_request()
        if function.trigger == "pubsub":
            function.call(from_http(request.headers, request.get_data()))
            return "", 204
        return function.call(request)

    for rule in ("/", "/<path:path>"):
        app.add_url_rule(rule, "invoke", invoke, methods=_METHODS, provide_automatic_options=False)
    return app


def _control_app(functions: Mapping[str, Function]) -> flask.Flask:
    app = flask.Flask("local", static_folder=None)

    def named(name: str, trigger: str) -> Function:
        function = functions.get(name)
        if function is None or function.trigger != trigger:
            flask.abort(404, f"There is no {trigger} function {name}.")
        return function

    @app.get("/__local/functions")
    def listing() -> Any:
        return flask.jsonify([function.listing() for function in functions.values()])

    @app.post("/push/<name>")
    def push(name: str) -> Any:
        function = named(name, "pubsub")
        try:
            event = push_to_event(flask.request.get_json(), function.details["topic"])
        except ValueError as error:
            flask.abort(400, str(error))
        function.call(event)
        return "", 204

    @app.post("/schedule/<name>")
    def schedule(name: str) -> Any:
        return named(name, "schedule").call(_current_request())

    return app


def build_app(functions: list[Function]) -> DispatcherMiddleware:
    """The WSGI application of the module docstring."""
    by_name = {function.name: function for function in functions}
    mounts: dict[str, WSGIApplication] = {f"/{function.name}": _function_app(function) for function in functions}
    return DispatcherMiddleware(_control_app(by_name), mounts)


class Timers:
    """One thread for each scheduled function. A run that is late delays the next one, they never overlap."""

    def __init__(self, schedules: Mapping[Function, Schedule]) -> None:
        self._stop = threading.Event()
        self._app = flask.Flask("timers", static_folder=None)
        self._threads = [
            threading.Thread(target=self._run, args=pair, name=f"schedule-{pair[0].name}", daemon=True)
            for pair in schedules.items()
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Returns when the runs under way are over."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, function: Function, schedule: Schedule) -> None:
        while True:
            due = schedule.next(datetime.now(UTC))
            if self._stop.wait((due - datetime.now(UTC)).total_seconds()):
                return
            headers = {"X-CloudScheduler-JobName": function.name, "X-CloudScheduler-ScheduleTime": due.isoformat()}
            try:
                with self._app.test_request_context(f"/{function.name}", method="POST", headers=headers):
                    function.call(_current_request())
            except Exception:
                log.exception("scheduled function %s failed", function.name)


class PooledServer(ThreadingMixIn, BaseWSGIServer):
    """Answers with a fixed number of threads: further requests wait, none is refused. Closing lets the running end."""

    multithread = True

    def __init__(self, port: int, app: Any, threads: int) -> None:
        super().__init__("127.0.0.1", port, app)
        self._pool = ThreadPoolExecutor(threads, "function")

    def process_request(self, request: Any, client_address: Any) -> None:
        self._pool.submit(self.process_request_thread, request, client_address)

    def server_close(self) -> None:
        super().server_close()
        self._pool.shutdown(wait=True, cancel_futures=True)


def log_tracebacks() -> None:
    """Adds the traceback to error records made while an exception is handled: firebase-functions logs its text only."""
    make = logging.getLogRecordFactory()

    def with_traceback(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.levelno >= logging.ERROR and not record.exc_info and sys.exc_info()[0] is not None:
            record.exc_info = sys.exc_info()
        return record

    logging.setLogRecordFactory(with_traceback)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.local.functions_host", description="Serves Cloud Functions.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--source", type=Path, required=True, help="folder of the functions")
    parser.add_argument("--module", default="main", help="module that lists them")
    parser.add_argument("--threads", type=int, default=128, help="requests answered at a time")
    options = parser.parse_args()

    # Before the module is imported: a first logging.warning() would install a second handler.
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # not a line for every request
    log_tracebacks()
    sys.path.insert(0, str(options.source.resolve()))
    functions = functions_of(importlib.import_module(options.module))
    timers = Timers(schedules_of(functions))
    server = PooledServer(options.port, build_app(functions), options.threads)

    def stop(*_: object) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # a second signal must not cut short what is being finished
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    timers.start()
    log.info("%d functions on 127.0.0.1:%d", len(functions), options.port)
    server.serve_forever()  # returns at KeyboardInterrupt, when the requests under way are answered
    timers.stop()


if __name__ == "__main__":
    main()
