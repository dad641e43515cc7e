"""The `google.cloud.tasks.v2.CloudTasks` service over gRPC, as the client libraries call it."""

import re
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

import grpc
from google.cloud import tasks_v2 as api
from google.protobuf.empty_pb2 import Empty

from infra.local.tasks.dispatch import Dispatcher
from infra.local.tasks.store import NameTakenError, TaskStore, queue_of
from infra.local.tasks.times import duration, moment, span, timestamp

_QUEUE_NAME = re.compile(r"projects/[^/]+/locations/[^/]+/queues/[A-Za-z0-9-]{1,100}")
_TASK_ID = re.compile(r"[A-Za-z0-9_-]{1,500}")
_MAX_TASK_BYTES = 1024 * 1024
_MAX_DELAY = timedelta(days=30)
_DEADLINES = (timedelta(seconds=15), timedelta(minutes=30))
_DEFAULT_DEADLINE = timedelta(minutes=10)
_DEFAULT_PAGE = 1000


class RefusedError(Exception):
    """A call that Cloud Tasks would refuse, with its status code."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.code = code


def _with_defaults(queue: api.Queue) -> api.Queue:
    """The queue with what Cloud Tasks picks for unset limits."""
    limits, retry = queue.rate_limits, queue.retry_config
    limits.max_dispatches_per_second = limits.max_dispatches_per_second or 500
    limits.max_concurrent_dispatches = limits.max_concurrent_dispatches or 1000
    limits.max_burst_size = max(1, ceil(limits.max_dispatches_per_second / 5))
    retry.max_attempts = retry.max_attempts or 100
    retry.min_backoff = duration(span(retry.min_backoff) or timedelta(milliseconds=100))
    retry.max_backoff = duration(span(retry.max_backoff) or timedelta(hours=1))
    retry.max_doublings = retry.max_doublings or 16
    queue.state = api.Queue.State(queue.state or api.Queue.State.RUNNING)
    return queue


def _view(task: api.Task, view: api.Task.View) -> api.Task:
    """The task as asked for: without its body unless the view is FULL."""
    if view != api.Task.View.FULL:
        task.http_request.body = b""
    task.view = api.Task.View(view or api.Task.View.BASIC)
    return task


class CloudTasksService:
    """The calls themselves. Each takes a request message and returns a message, or raises RefusedError."""

    def __init__(self, store: TaskStore, dispatcher: Dispatcher) -> None:
        self._store = store
        self._dispatcher = dispatcher

    # Queues

    def create_queue(self, request: api.CreateQueueRequest) -> api.Queue:
        name = request.queue.name
        if not _QUEUE_NAME.fullmatch(name) or not name.startswith(f"{request.parent}/queues/"):
            raise RefusedError(
                grpc.StatusCode.INVALID_ARGUMENT,
                f"Queue name {name!r} must be {request.parent}/queues/ID, ID made of letters, digits and hyphens.",
            )
        if self._store.queue(name):
            raise RefusedError(grpc.StatusCode.ALREADY_EXISTS, f"Queue {name} already exists.")
        return self._put(request.queue)

    def update_queue(self, request: api.UpdateQueueRequest) -> api.Queue:
        existing = self._store.queue(request.queue.name)
        if existing is None:
            parent = request.queue.name.rsplit("/queues/", 1)[0]
            return self.create_queue(api.CreateQueueRequest(parent=parent, queue=request.queue))
        if not request.update_mask.paths:
            request.queue.state = existing.state
            return self._put(request.queue)
        request.update_mask.MergeMessage(
            api.Queue.pb(request.queue), api.Queue.pb(existing), replace_message_field=True
        )
        return self._put(existing)

    def get_queue(self, request: api.GetQueueRequest) -> api.Queue:
        return self._queue(request.name)

    def list_queues(self, request: api.ListQueuesRequest) -> api.ListQueuesResponse:
        prefix = f"{request.parent}/queues/"
        return api.ListQueuesResponse(queues=[q for q in self._store.queues() if q.name.startswith(prefix)])

    def delete_queue(self, request: api.DeleteQueueRequest) -> Empty:
        self._queue(request.name)
        self._store.delete_queue(request.name, time.time())
        return Empty()

    def purge_queue(self, request: api.PurgeQueueRequest) -> api.Queue:
        queue = self._queue(request.name)
        self._store.purge(queue.name, time.time())
        queue.purge_time = timestamp(datetime.now(UTC))
        return self._put(queue)

    def pause_queue(self, request: api.PauseQueueRequest) -> api.Queue:
        return self._set_state(request.name, api.Queue.State.PAUSED)

    def resume_queue(self, request: api.ResumeQueueRequest) -> api.Queue:
        return self._set_state(request.name, api.Queue.State.RUNNING)

    def _queue(self, name: str) -> api.Queue:
        if queue := self._store.queue(name):
            return queue
        raise RefusedError(grpc.StatusCode.NOT_FOUND, f"Queue {name} does not exist.")

    def _put(self, queue: api.Queue) -> api.Queue:
        self._store.put_queue(_with_defaults(queue))
        self._dispatcher.wake()
        return queue

    def _set_state(self, name: str, state: int) -> api.Queue:
        queue = self._queue(name)
        queue.state = api.Queue.State(state)
        return self._put(queue)

    # Tasks

    def create_task(self, request: api.CreateTaskRequest) -> api.Task:
        queue, task, now = self._queue(request.parent), request.task, datetime.now(UTC)
        task.name = task.name or f"{queue.name}/tasks/{secrets.randbits(63)}"
        self._check(task, queue, now)
        task.create_time = timestamp(now)
        task.schedule_time = timestamp(max(moment(task.schedule_time) or now, now))
        task.dispatch_deadline = duration(span(task.dispatch_deadline) or _DEFAULT_DEADLINE)
        if not task.http_request.http_method:
            task.http_request.http_method = api.HttpMethod(api.HttpMethod.POST)
        try:
            self._store.add(task, now.timestamp())
        except NameTakenError:
            raise RefusedError(
                grpc.StatusCode.ALREADY_EXISTS,
                f"The task {task.name} cannot be created because a task with this name existed too recently.",
            ) from None
        self._dispatcher.wake()
        return _view(task, request.response_view)

    @staticmethod
    def _check(task: api.Task, queue: api.Queue, now: datetime) -> None:
        prefix = f"{queue.name}/tasks/"
        if not task.name.startswith(prefix) or not _TASK_ID.fullmatch(task.name.removeprefix(prefix)):
            raise RefusedError(
                grpc.StatusCode.INVALID_ARGUMENT,
                f"Task name {task.name!r} must be {prefix}ID, ID made of letters, digits, hyphens and underscores.",
            )
        if not task.http_request.url.startswith(("http://", "https://")):
            raise RefusedError(grpc.StatusCode.INVALID_ARGUMENT, "HttpRequest.url must start with http:// or https://.")
        if (moment(task.schedule_time) or now) > now + _MAX_DELAY:
            raise RefusedError(grpc.StatusCode.INVALID_ARGUMENT, "schedule_time must be within 30 days.")
        if not _DEADLINES[0] <= (span(task.dispatch_deadline) or _DEFAULT_DEADLINE) <= _DEADLINES[1]:
            raise RefusedError(
                grpc.StatusCode.INVALID_ARGUMENT, "dispatch_deadline must be between 15 seconds and 30 minutes."
            )
        if len(api.Task.serialize(task)) > _MAX_TASK_BYTES:
            raise RefusedError(grpc.StatusCode.INVALID_ARGUMENT, "The task is larger than 1 MiB.")

    def get_task(self, request: api.GetTaskRequest) -> api.Task:
        return _view(self._task(request.name), request.response_view)

    def list_tasks(self, request: api.ListTasksRequest) -> api.ListTasksResponse:
        queue, size = self._queue(request.parent), min(request.page_size or _DEFAULT_PAGE, _DEFAULT_PAGE)
        found = self._store.tasks(queue.name, request.page_token, size + 1)
        page = found[:size]
        return api.ListTasksResponse(
            tasks=[_view(task, request.response_view) for task in page],
            next_page_token=page[-1].name if len(found) > size else "",
        )

    def delete_task(self, request: api.DeleteTaskRequest) -> Empty:
        if not self._store.finish(request.name, time.time()):
            raise self._no_task(request.name)
        self._dispatcher.wake()
        return Empty()

    def run_task(self, request: api.RunTaskRequest) -> api.Task:
        task = self._task(request.name)
        self._dispatcher.run_now(request.name)
        return _view(task, request.response_view)

    def _task(self, name: str) -> api.Task:
        if task := self._store.task(name):
            return task
        raise self._no_task(name)

    @staticmethod
    def _no_task(name: str) -> RefusedError:
        return RefusedError(grpc.StatusCode.NOT_FOUND, f"The task {name} does not exist in {queue_of(name)}.")


# The wire name of each call, and what it takes. Replies know how to serialise themselves.
_CALLS: dict[str, tuple[str, Any]] = {
    "CreateQueue": ("create_queue", api.CreateQueueRequest),
    "UpdateQueue": ("update_queue", api.UpdateQueueRequest),
    "GetQueue": ("get_queue", api.GetQueueRequest),
    "ListQueues": ("list_queues", api.ListQueuesRequest),
    "DeleteQueue": ("delete_queue", api.DeleteQueueRequest),
    "PurgeQueue": ("purge_queue", api.PurgeQueueRequest),
    "PauseQueue": ("pause_queue", api.PauseQueueRequest),
    "ResumeQueue": ("resume_queue", api.ResumeQueueRequest),
    "CreateTask": ("create_task", api.CreateTaskRequest),
    "GetTask": ("get_task", api.GetTaskRequest),
    "ListTasks": ("list_tasks", api.ListTasksRequest),
    "DeleteTask": ("delete_task", api.DeleteTaskRequest),
    "RunTask": ("run_task", api.RunTaskRequest),
}


def _serialize(reply: Any) -> bytes:
    message: bytes = reply.SerializeToString() if isinstance(reply, Empty) else type(reply).serialize(reply)
    return message


def _answering(call: Callable[[Any], Any]) -> Callable[[Any, grpc.ServicerContext], Any]:
    def answer(request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return call(request)
        except RefusedError as error:
            context.abort(error.code, str(error))

    return answer


def build_server(service: CloudTasksService, port: int) -> grpc.Server:
    """A gRPC server for `service` on 127.0.0.1:port. Raises RuntimeError where the port is taken."""
    # Without SO_REUSEPORT a second server on the port fails instead of taking half of the calls.
    server = grpc.server(ThreadPoolExecutor(8, "tasks-grpc"), options=[("grpc.so_reuseport", 0)])
    handlers = {
        wire: grpc.unary_unary_rpc_method_handler(
            _answering(getattr(service, method)),
            request_deserializer=request_type.deserialize,
            response_serializer=_serialize,
        )
        for wire, (method, request_type) in _CALLS.items()
    }
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler("google.cloud.tasks.v2.CloudTasks", handlers),)
    )
    server.add_insecure_port(f"127.0.0.1:{port}")
    return server
