"""Sends due tasks to their HTTP targets, within each queue's rate limits, and settles what came back."""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import grpc
import requests
from google.cloud.tasks_v2 import HttpMethod, Queue, Task

from infra.local.auth import unsigned_jwt
from infra.local.tasks.retry import RetryPolicy
from infra.local.tasks.store import TaskStore, due_time, queue_of
from infra.local.tasks.times import moment, span, timestamp

log = logging.getLogger(__name__)

# Cloud Tasks sets these itself and drops what the task says for them.
_OWN_HEADERS = ("host", "content-length", "user-agent")
_OWN_PREFIX = "x-cloudtasks-"


@dataclass(frozen=True)
class Answer:
    """What the target said: an HTTP status, or None where there was no reply, in `reason`'s words."""

    status: int | None
    reason: str
    retry_after: timedelta = timedelta(0)

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class TokenBucket:
    """max_dispatches_per_second with bursts of max_burst_size."""

    def __init__(self, now: float, burst: int) -> None:
        self._tokens = float(burst)
        self._at = now

    def available(self, now: float, rate: float, burst: int) -> int:
        self._tokens = min(burst, self._tokens + (now - self._at) * rate)
        self._at = now
        return int(self._tokens)

    def take(self, count: int) -> None:
        self._tokens -= count

    def seconds_to_next(self, rate: float) -> float:
        return max(0.0, (1 - self._tokens) / rate)


def request_headers(task: Task, now: float) -> dict[str, str]:
    """The headers the target receives: the task's own, then those Cloud Tasks adds."""
    http, queue_id = task.http_request, queue_of(task.name).rsplit("/", 1)[1]
    headers = {
        name: value
        for name, value in http.headers.items()
        if name.lower() not in _OWN_HEADERS and not name.lower().startswith(_OWN_PREFIX)
    }
    if http.body and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/octet-stream"
    if http.oidc_token.service_account_email:
        email = http.oidc_token.service_account_email
        claims = {
            "iss": "https://accounts.google.com",
            "aud": http.oidc_token.audience or http.url,
            "sub": email,
            "email": email,
            "email_verified": True,
            "iat": int(now),
            "exp": int(now) + 3600,
        }
        headers["Authorization"] = f"Bearer {unsigned_jwt(claims)}"
    headers |= {
        "User-Agent": "Google-Cloud-Tasks",
        "X-CloudTasks-QueueName": queue_id,
        "X-CloudTasks-TaskName": task.name.rsplit("/", 1)[1],
        "X-CloudTasks-TaskRetryCount": str(task.dispatch_count - 1),
        "X-CloudTasks-TaskExecutionCount": str(task.response_count),
        "X-CloudTasks-TaskETA": f"{due_time(task):.6f}",
    }
    return headers


def send(task: Task, now: float) -> Answer:
    """One attempt. Redirects are not followed: as in the cloud, anything but 2xx is a failure."""
    http = task.http_request
    deadline = (span(task.dispatch_deadline) or timedelta(minutes=10)).total_seconds()
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxy and no .netrc between two processes of one machine
            reply = session.request(
                HttpMethod(http.http_method).name,
                http.url,
                headers=request_headers(task, now),
                data=http.body or None,
                timeout=(min(5.0, deadline), deadline),
                allow_redirects=False,
            )
    except requests.Timeout:
        return Answer(None, f"no reply within {deadline:g} s")
    except requests.RequestException as error:
        return Answer(None, f"unreachable: {error}")
    seconds = reply.headers.get("Retry-After", "")
    return Answer(reply.status_code, reply.reason, timedelta(seconds=int(seconds) if seconds.isdigit() else 0))


class Dispatcher:
    """One scheduling thread, and one thread for each task in flight."""

    def __init__(self, store: TaskStore) -> None:
        self._store = store
        self._changed = threading.Condition()
        self._pending_change = False
        self._stopped = False
        self._buckets: dict[str, TokenBucket] = {}
        self._scheduler = threading.Thread(target=self._schedule, name="tasks-scheduler", daemon=True)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """No further dispatch. Tasks in flight are left to their targets and sent again by the next server."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._scheduler.join()

    def wake(self) -> None:
        """A task or a queue changed: look again."""
        with self._changed:
            self._pending_change = True
            self._changed.notify()

    def run_now(self, name: str) -> None:
        """Sends one task at once, whatever its schedule, its queue's state and limits. Nothing if it is in flight."""
        if task := self._store.claim_one(name, time.time()):
            self._launch(task)

    def _schedule(self) -> None:
        while True:
            pause = self._dispatch_due()
            with self._changed:
                if not self._pending_change and not self._stopped:
                    self._changed.wait(pause)
                self._pending_change = False
                if self._stopped:
                    return

    def _dispatch_due(self) -> float | None:
        """Starts what may start now; returns the seconds until the next task may, None where nothing waits."""
        pauses = [self._dispatch_queue(queue) for queue in self._store.queues() if queue.state == Queue.State.RUNNING]
        return min((pause for pause in pauses if pause is not None), default=None)

    def _dispatch_queue(self, queue: Queue) -> float | None:
        now, limits = time.time(), queue.rate_limits
        bucket = self._buckets.setdefault(queue.name, TokenBucket(now, limits.max_burst_size))
        slots = limits.max_concurrent_dispatches - self._store.running(queue.name)
        allowed = bucket.available(now, limits.max_dispatches_per_second, limits.max_burst_size)
        if slots > 0 and allowed > 0:
            started = self._store.claim(now, queue=queue.name, limit=min(slots, allowed))
            bucket.take(len(started))
            slots -= len(started)
            for task in started:
                self._launch(task)
        due = self._store.next_due(queue.name)
        if due is None or slots <= 0:
            return None  # a finished task wakes us
        return max(due - time.time(), bucket.seconds_to_next(limits.max_dispatches_per_second), 0.0)

    def _launch(self, task: Task) -> None:
        threading.Thread(target=self._attempt, args=(task,), name=task.name.rsplit("/", 1)[1], daemon=True).start()

    def _attempt(self, task: Task) -> None:
        answer = send(task, time.time())
        if self._stopped:
            return  # the task stays marked as running and is sent again by the next server
        now = datetime.now(UTC)
        queue = self._store.queue(queue_of(task.name))
        if answer.ok or queue is None:
            self._store.finish(task.name, now.timestamp())
        else:
            self._retry(task, queue, answer, now)
        self.wake()

    def _retry(self, task: Task, queue: Queue, answer: Answer, now: datetime) -> None:
        said = f"{answer.status} {answer.reason}" if answer.status else answer.reason
        policy = RetryPolicy.of(queue.retry_config)
        if policy.exhausted(task.dispatch_count, now - (moment(task.first_attempt.dispatch_time) or now)):
            log.error("%s given up after %d attempts: %s", task.name, task.dispatch_count, said)
            self._store.finish(task.name, now.timestamp())
            return
        pause = max(policy.backoff(task.dispatch_count), answer.retry_after)
        log.warning("%s attempt %d: %s; again in %s", task.name, task.dispatch_count, said, pause)
        status = task.last_attempt.response_status
        status.code, status.message = grpc.StatusCode.UNAVAILABLE.value[0], said
        if answer.status is not None:
            task.response_count += 1
            task.last_attempt.response_time = timestamp(now)
        task.schedule_time = timestamp(now + pause)
        self._store.reschedule(task)
