"""Functions of every trigger, for the tests of the functions host. What they saw is read back through `seen`."""

import os
import threading
import time
from typing import Any

import firebase_admin
from firebase_functions import https_fn, options, pubsub_fn, scheduler_fn, tasks_fn
from firebase_functions.core import CloudEvent
from flask import Request, Response, jsonify

firebase_admin.initialize_app()

# Longer than any test waits: a barrier that has given up once fails every later delivery.
MEET_WITHIN_S = 300

_seen: list[dict[str, Any]] = []
_barriers: dict[str, threading.Barrier] = {}
_arrivals = threading.Lock()


@https_fn.on_request()
def echo(request: Request) -> Response:
    return jsonify(method=request.method, path=request.path, body=request.get_data(as_text=True))


@https_fn.on_request()
def seen(request: Request) -> Response:
    return jsonify(_seen)


@https_fn.on_request()
def variables(request: Request) -> Response:
    return jsonify(dict(os.environ))


@https_fn.on_request()
def slow(request: Request) -> Response:
    _seen.append({"slow": request.args["seconds"]})
    time.sleep(float(request.args["seconds"]))
    return Response("slept")


@https_fn.on_request()
def stream(request: Request) -> Response:
    def pieces() -> Any:
        for number in range(3):
            yield f"data: {number}\n\n"

    return Response(pieces(), mimetype="text/event-stream")


@https_fn.on_call()
def whoami(request: https_fn.CallableRequest[Any]) -> Any:
    if request.data == "break":
        raise RuntimeError("the callable broke")
    return {"uid": request.auth.uid if request.auth else None, "data": request.data}


@tasks_fn.on_task_dispatched(
    retry_config=options.RetryConfig(max_attempts=7, min_backoff_seconds=1, max_backoff_seconds=3),
    rate_limits=options.RateLimits(max_concurrent_dispatches=2, max_dispatches_per_second=50),
)
def film(request: https_fn.CallableRequest[Any]) -> Any:
    _seen.append({"task": request.data, "name": request.raw_request.headers.get("X-CloudTasks-TaskName")})
    return "filmed"


@pubsub_fn.on_message_published(topic="notes", retry=True)
def note(event: CloudEvent[pubsub_fn.MessagePublishedData[Any]]) -> None:
    message = event.data.message
    noted: dict[str, Any] = {
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "data": message.data,
        "attributes": message.attributes,
        "message_id": message.message_id,
        "publish_time": str(message.publish_time),
        "subscription": event.data.subscription,
    }
    _seen.append(noted)
    if together := message.attributes.get("together"):
        with _arrivals:
            barrier = _barriers.setdefault(together, threading.Barrier(int(together)))
        barrier.wait(MEET_WITHIN_S)
        noted["met"] = True
    fail_times = int(message.attributes.get("fail_times", "0"))
    if sum(one.get("message_id") == message.message_id for one in _seen) <= fail_times:
        raise RuntimeError("the note broke")


@scheduler_fn.on_schedule(schedule="every 1 minutes")
def tick(event: scheduler_fn.ScheduledEvent) -> None:
    _seen.append({"tick": event.schedule_time.isoformat(), "job": event.job_name})
