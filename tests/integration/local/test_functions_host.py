"""The functions host as a process, serving `functions_fixture/main.py`."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import flask
import pytest
import requests

from infra.local.auth import unsigned_token
from infra.local.functions_host import Function, Timers
from infra.local.parts import REPO
from infra.local.ports import choose_ports
from infra.local.schedule import Every

SOURCE = Path(__file__).parent / "functions_fixture"
PROJECT = "demo-ugcgen"
Until = Callable[[Callable[[], object], float], None]


class Host:
    """A host with two threads, and its log."""

    def __init__(self, log: Path) -> None:
        port = choose_ports(["functions"])["functions"]
        self.url, self.log = f"http://127.0.0.1:{port}", log
        command = [sys.executable, "-m", "infra.local.functions_host", "--port", str(port), "--threads", "2"]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*command, "--source", str(SOURCE)],
                cwd=REPO,
                env={
                    "PATH": "",
                    "GOOGLE_CLOUD_PROJECT": PROJECT,
                    "GCLOUD_PROJECT": PROJECT,
                    "FIREBASE_AUTH_EMULATOR_HOST": "127.0.0.1:1",
                },
                stdout=output,
                stderr=output,
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline and self.process.poll() is None, log.read_text()
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/__local/functions", timeout=1).ok
        except requests.RequestException:
            return False

    def seen(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = requests.get(f"{self.url}/seen", timeout=5).json()
        return found

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(20)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(tmp_path_factory.mktemp("host") / "functions.log")
    yield host
    assert host.stop() == 0


def push(message_id: str, **message: Any) -> dict[str, Any]:
    """A push body as the Pub/Sub emulator sends it."""
    message = {"messageId": message_id, "message_id": message_id, **message}
    message.setdefault("publishTime", "2026-01-02T03:04:05.678Z")
    return {"message": message, "subscription": f"projects/{PROJECT}/subscriptions/push-note"}


def test_the_listing_says_what_triggers_each_function(host: Host) -> None:
    listed = {one.pop("name"): one for one in requests.get(f"{host.url}/__local/functions", timeout=5).json()}
    assert listed["echo"] == {"trigger": "https"}
    assert listed["whoami"] == {"trigger": "callable"}
    assert listed["note"] == {"trigger": "pubsub", "topic": "notes"}
    assert listed["tick"] == {"trigger": "schedule", "schedule": "every 1 minutes", "timeZone": "UTC"}
    assert listed["film"] == {
        "trigger": "task",
        "queue": "film",
        "rateLimits": {"maxConcurrentDispatches": 2, "maxDispatchesPerSecond": 50},
        "retryConfig": {"maxAttempts": 7, "minBackoffSeconds": 1, "maxBackoffSeconds": 3},
    }


def test_an_https_function_sees_the_path_below_its_name(host: Host) -> None:
    reply = requests.put(f"{host.url}/echo/jobs/7?x=1", data="hi", timeout=5)
    assert reply.json() == {"method": "PUT", "path": "/jobs/7", "body": "hi"}
    assert requests.post(f"{host.url}/echo", timeout=5).json()["path"] == "/"
    assert requests.get(f"{host.url}/nothing", timeout=5).status_code == 404
    assert requests.get(f"{host.url}/stream", timeout=5).text == "data: 0\n\ndata: 1\n\ndata: 2\n\n"


def test_a_callable_knows_the_bearer_of_an_unsigned_token(host: Host) -> None:
    def call(data: Any, token: str | None = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.post(f"{host.url}/whoami", json={"data": data}, headers=headers, timeout=10)

    assert call(1).json() == {"result": {"uid": None, "data": 1}}
    assert call(2, unsigned_token("ann", PROJECT)).json() == {"result": {"uid": "ann", "data": 2}}
    assert call(3, unsigned_token("ann", "another-project")).status_code == 401


def test_exceptions_answer_500_and_leave_a_traceback(host: Host) -> None:
    broken = requests.post(f"{host.url}/whoami", json={"data": "break"}, timeout=10)
    assert (broken.status_code, broken.json()["error"]["status"]) == (500, "INTERNAL")
    event = requests.post(f"{host.url}/push/note", json=push("b", attributes={"fail_times": "1"}), timeout=10)
    assert event.status_code == 500
    log = host.log.read_text()
    for text in ("the callable broke", "the note broke"):
        assert f"RuntimeError: {text}" in log
    assert log.count("Traceback (most recent call last)") >= 2


@pytest.mark.parametrize(
    ("message", "data", "attributes", "time_seen"),
    [
        ({"data": "aGk="}, "aGk=", {}, "2026-01-02 03:04:05.678000+00:00"),
        ({"attributes": {"job": "j1"}}, "", {"job": "j1"}, "2026-01-02 03:04:05.678000+00:00"),
        ({"data": "", "publishTime": "2026-01-02T03:04:05Z"}, "", {}, "2026-01-02 03:04:05+00:00"),
        ({"publishTime": "2026-01-02T03:04:05.123456789Z"}, "", {}, "2026-01-02 03:04:05.123456+00:00"),
        ({"data": "aGk=", "orderingKey": "k"}, "aGk=", {}, "2026-01-02 03:04:05.678000+00:00"),
    ],
    ids=["data", "attributes only", "whole second", "nanoseconds", "ordering key"],
)
def test_a_push_becomes_the_event_eventarc_would_send(
    message: dict[str, Any], data: str, attributes: dict[str, str], time_seen: str, host: Host
) -> None:
    message_id = f"push-{abs(hash(str(message)))}"
    body = push(message_id, **message) | {"deliveryAttempt": 3}
    assert requests.post(f"{host.url}/push/note", json=body, timeout=10).status_code == 204
    (event,) = [one for one in host.seen() if one.get("message_id") == message_id]
    assert event == {
        "id": message_id,
        "source": f"//pubsub.googleapis.com/projects/{PROJECT}/topics/notes",
        "type": "google.cloud.pubsub.topic.v1.messagePublished",
        "data": data,
        "attributes": attributes,
        "message_id": message_id,
        "publish_time": time_seen,
        "subscription": f"projects/{PROJECT}/subscriptions/push-note",
    }


def test_what_is_no_push_is_refused(host: Host) -> None:
    assert requests.post(f"{host.url}/push/note", json={"message": {}}, timeout=5).status_code == 400
    assert requests.post(f"{host.url}/push/echo", json=push("1"), timeout=5).status_code == 404


def test_an_event_function_takes_a_cloud_event_by_its_name(host: Host) -> None:
    headers = {
        "ce-id": "77",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.pubsub.topic.v1.messagePublished",
        "ce-source": "//pubsub.googleapis.com/projects/p/topics/notes",
        "ce-time": "2026-01-02T03:04:05.678Z",
    }
    message = {"message_id": "77", "publish_time": "2026-01-02T03:04:05.678Z", "data": "aGk=", "attributes": {}}
    body = {"message": message, "subscription": "projects/p/subscriptions/s"}
    assert requests.post(f"{host.url}/note", json=body, headers=headers, timeout=5).status_code == 204
    assert [one["data"] for one in host.seen() if one.get("id") == "77"] == ["aGk="]


def test_a_task_function_runs_and_a_schedule_is_triggered_by_hand(host: Host) -> None:
    done = requests.post(
        f"{host.url}/film", json={"data": {"unit": 1}}, headers={"X-CloudTasks-TaskName": "t1"}, timeout=5
    )
    assert done.json() == {"result": "filmed"}
    assert {"task": {"unit": 1}, "name": "t1"} in host.seen()
    assert requests.post(f"{host.url}/schedule/tick", timeout=5).status_code == 200
    assert any(one.get("tick") and one["job"] is None for one in host.seen())
    assert requests.post(f"{host.url}/schedule/echo", timeout=5).status_code == 404


def test_more_requests_than_threads_wait_and_none_is_refused(host: Host) -> None:
    def sleep(_: int) -> int:
        return requests.get(f"{host.url}/slow?seconds=0.2", timeout=20).status_code

    began = time.monotonic()
    with ThreadPoolExecutor(12) as callers:
        assert list(callers.map(sleep, range(12))) == [200] * 12
    assert time.monotonic() - began >= 12 * 0.2 / 2  # two at a time


def test_the_timer_calls_a_function_as_cloud_scheduler_does(until: Until) -> None:
    calls: list[tuple[str | None, str | None, str]] = []

    def sweep(request: flask.Request) -> None:
        headers = request.headers
        calls.append((headers["X-CloudScheduler-JobName"], headers["X-CloudScheduler-ScheduleTime"], request.method))
        raise RuntimeError("a failed run does not end the timer")

    timers = Timers({Function("sweep", sweep, "schedule"): Every(timedelta(seconds=0.2))})
    timers.start()
    until(lambda: len(calls) >= 2, 20)
    timers.stop()
    assert {(job, method) for job, _, method in calls} == {("sweep", "POST")}
    times = [datetime.fromisoformat(when or "") for _, when, _ in calls]
    assert all(later - sooner >= timedelta(seconds=0.19) for sooner, later in pairwise(times))
    assert "schedule-sweep" not in [thread.name for thread in threading.enumerate()]


def test_sigterm_lets_the_running_request_finish(tmp_path: Path, until: Until) -> None:
    host, replies = Host(tmp_path / "log"), []
    with requests.Session() as session:
        caller = threading.Thread(
            target=lambda: replies.append(session.get(f"{host.url}/slow?seconds=1.5", timeout=20).text)
        )
        caller.start()
        until(lambda: {"slow": "1.5"} in host.seen(), 20)
        assert host.stop() == 0
        caller.join()
    assert replies == ["slept"]


def test_a_function_with_an_unreadable_schedule_stops_the_host(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "from firebase_functions import scheduler_fn\n\n\n"
        "@scheduler_fn.on_schedule(schedule='now and then')\ndef tick(event):\n    pass\n"
    )
    port = choose_ports(["functions"])["functions"]
    command = [sys.executable, "-m", "infra.local.functions_host", "--port", str(port), "--source", str(tmp_path)]
    ended = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert "now and then" in ended.stderr
