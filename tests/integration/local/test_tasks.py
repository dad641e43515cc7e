"""The Cloud Tasks server, as a process, called with Google's own client."""

import base64
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.api_core import exceptions
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport
from google.protobuf.duration_pb2 import Duration
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from infra.local.parts import REPO
from infra.local.ports import choose_ports
from infra.local.tasks.times import moment
from tests.integration.local.target import Target, target

PARENT = "projects/demo-ugcgen/locations/us-central1"
Until = Callable[[Callable[[], object], float], None]


class Server:
    """The server's process on one port and data folder."""

    def __init__(self, data: Path) -> None:
        self.port = choose_ports(["tasks"])["tasks"]
        self._data = data
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "infra.local.tasks", "--port", str(self.port), "--data", str(self._data)]
        self.process = subprocess.Popen(command, cwd=REPO)
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None
                time.sleep(0.02)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("tasks"))
    yield server
    assert server.stop() == 0


def connect(port: int) -> tuple[grpc.Channel, tasks_v2.CloudTasksClient]:
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    return channel, tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))


@pytest.fixture
def client(server: Server) -> Iterator[tasks_v2.CloudTasksClient]:
    channel, client = connect(server.port)
    with channel:
        yield client


@pytest.fixture
def receiver() -> Iterator[Target]:
    with target() as state:
        yield state


_numbers = count()


def make_queue(client: tasks_v2.CloudTasksClient, rate: dict[str, Any] | None = None, **retry: Any) -> str:
    """A new queue, with retries after 50 ms unless told otherwise."""
    settings = {"min_backoff": seconds(0.05), "max_backoff": seconds(5), **retry}
    name = f"{PARENT}/queues/queue-{next(_numbers)}"
    queue = tasks_v2.Queue(
        name=name,
        rate_limits=tasks_v2.RateLimits(**(rate or {})),
        retry_config=tasks_v2.RetryConfig(**settings),
    )
    client.create_queue(parent=PARENT, queue=queue)
    return name


def seconds(length: float) -> Duration:
    field = Duration()
    field.FromTimedelta(timedelta(seconds=length))
    return field


def after(delay: float) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(datetime.now(UTC) + timedelta(seconds=delay))
    return stamp


def seconds_of(field: Timestamp) -> float:
    """Unix time of a field of a reply."""
    when = moment(field)
    assert when
    return when.timestamp()


def post(url: str, body: bytes = b"", **fields: Any) -> tasks_v2.Task:
    return tasks_v2.Task(http_request=tasks_v2.HttpRequest(url=url, body=body), **fields)


def test_a_task_arrives_with_its_request_and_cloud_tasks_headers(
    client: tasks_v2.CloudTasksClient, receiver: Target, until: Until
) -> None:
    queue = make_queue(client)
    request = tasks_v2.HttpRequest(
        url=f"{receiver.url}/units?x=1",
        http_method=tasks_v2.HttpMethod.PUT,
        headers={"Content-Type": "application/json", "X-Mine": "1", "X-CloudTasks-TaskName": "forged"},
        body=b'{"unit": "scene-1"}',
        oidc_token=tasks_v2.OidcToken(service_account_email="tasks@demo-ugcgen.iam.gserviceaccount.com"),
    )
    created = client.create_task(
        parent=queue, task=tasks_v2.Task(name=f"{queue}/tasks/scene-1_poll", http_request=request)
    )
    until(lambda: receiver.received, 20)

    assert created.name == f"{queue}/tasks/scene-1_poll"
    assert created.http_request.body == b""  # the BASIC view leaves it out
    (got,) = receiver.received
    assert (got.method, got.path, got.body) == ("PUT", "/units?x=1", b'{"unit": "scene-1"}')
    assert got.headers["X-Mine"] == "1"
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["User-Agent"] == "Google-Cloud-Tasks"
    assert got.headers["X-CloudTasks-QueueName"] == queue.rsplit("/", 1)[1]
    assert got.headers["X-CloudTasks-TaskName"] == "scene-1_poll"
    assert got.headers["X-CloudTasks-TaskRetryCount"] == "0"
    assert got.headers["X-CloudTasks-TaskExecutionCount"] == "0"
    assert float(got.headers["X-CloudTasks-TaskETA"]) == pytest.approx(got.at, abs=2)

    head, claims, signature = got.headers["Authorization"].removeprefix("Bearer ").split(".")
    assert signature == ""
    decoded = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, claims)]
    assert decoded[0]["alg"] == "none"
    assert decoded[1]["aud"] == f"{receiver.url}/units?x=1"
    assert decoded[1]["email"] == "tasks@demo-ugcgen.iam.gserviceaccount.com"


def test_a_task_waits_for_its_time(client: tasks_v2.CloudTasksClient, receiver: Target, until: Until) -> None:
    queue, due = make_queue(client), after(0.8)
    name = client.create_task(parent=queue, task=post(receiver.url, b"later", schedule_time=due)).name
    assert seconds_of(client.get_task(name=name).schedule_time) == pytest.approx(due.ToDatetime(UTC).timestamp())
    client.create_task(parent=queue, task=post(receiver.url, b"now"))
    until(lambda: len(receiver.received) == 2, 20)
    assert [got.body for got in receiver.received] == [b"now", b"later"]
    assert 0 <= receiver.received[1].at - due.ToDatetime(UTC).timestamp() < 0.5
    assert receiver.received[0].headers["Content-Type"] == "application/octet-stream"


def test_a_name_is_used_once_also_after_the_task_ran_or_was_deleted(
    client: tasks_v2.CloudTasksClient, receiver: Target, until: Until
) -> None:
    queue = make_queue(client)
    waiting = post(receiver.url, name=f"{queue}/tasks/waiting", schedule_time=after(60))
    ran = post(receiver.url, name=f"{queue}/tasks/ran")
    client.create_task(parent=queue, task=waiting)
    client.create_task(parent=queue, task=ran)
    until(lambda: [task.name for task in client.list_tasks(parent=queue)] == [waiting.name], 20)

    for taken in (waiting, ran):
        with pytest.raises(exceptions.AlreadyExists, match="existed too recently"):
            client.create_task(parent=queue, task=taken)
    client.delete_task(name=waiting.name)
    with pytest.raises(exceptions.AlreadyExists):
        client.create_task(parent=queue, task=waiting)
    with pytest.raises(exceptions.NotFound):
        client.delete_task(name=waiting.name)
    assert len(receiver.received) == 1


def test_a_failed_task_is_retried_with_growing_pauses(
    client: tasks_v2.CloudTasksClient, receiver: Target, until: Until
) -> None:
    queue = make_queue(client, min_backoff=seconds(0.2), max_backoff=seconds(10), max_doublings=2)
    receiver.answers = [(500, {}), (503, {}), (429, {}), (302, {"Location": "/elsewhere"})]
    client.create_task(parent=queue, task=post(receiver.url))
    until(lambda: len(receiver.received) == 5, 15)
    pauses = [later.at - sooner.at for sooner, later in pairwise(receiver.received)]
    for pause, expected in zip(pauses, [0.2, 0.4, 0.8, 1.6], strict=True):
        assert expected <= pause < expected + 0.5
    assert [got.headers["X-CloudTasks-TaskRetryCount"] for got in receiver.received] == ["0", "1", "2", "3", "4"]
    assert receiver.received[-1].headers["X-CloudTasks-TaskExecutionCount"] == "4"


def test_retry_after_lengthens_the_pause(client: tasks_v2.CloudTasksClient, receiver: Target, until: Until) -> None:
    queue = make_queue(client)
    receiver.answers = [(429, {"Retry-After": "1"})]
    client.create_task(parent=queue, task=post(receiver.url))
    until(lambda: len(receiver.received) == 2, 10)
    assert receiver.received[1].at - receiver.received[0].at >= 1


def test_a_task_is_given_up_after_max_attempts(
    client: tasks_v2.CloudTasksClient, receiver: Target, until: Until
) -> None:
    queue = make_queue(client, max_attempts=3)
    receiver.answers = [(500, {})] * 10
    name = client.create_task(parent=queue, task=post(receiver.url)).name
    until(lambda: not list(client.list_tasks(parent=queue)), 10)
    assert len(receiver.received) == 3
    with pytest.raises(exceptions.NotFound):
        client.get_task(name=name)


def test_an_unreachable_target_is_retried_and_the_task_says_why(
    client: tasks_v2.CloudTasksClient, until: Until
) -> None:
    queue, port = make_queue(client, min_backoff=seconds(5)), choose_ports(["nobody"])["nobody"]
    name = client.create_task(parent=queue, task=post(f"http://127.0.0.1:{port}/")).name
    until(lambda: client.get_task(name=name).last_attempt.response_status.message, 20)
    task = client.get_task(name=name)
    assert (task.dispatch_count, task.response_count) == (1, 0)
    assert "unreachable" in task.last_attempt.response_status.message
    assert seconds_of(task.schedule_time) - seconds_of(task.last_attempt.dispatch_time) >= 5
    client.purge_queue(name=queue)


def test_no_more_than_max_concurrent_dispatches_at_a_time(
    client: tasks_v2.CloudTasksClient, receiver: Target, until: Until
) -> None:
    queue = make_queue(client, {"max_concurrent_dispatches": 2})
    for _ in range(6):
        client.create_task(parent=queue, task=post(f"{receiver.url}/slow"))
    until(lambda: receiver.busy == 2, 20)
    other = make_queue(client)
    client.create_task(parent=other, task=post(f"{receiver.url}/free"))
    until(lambda: receiver.at("/free"), 20)  # a full queue does not hold up another
    assert len(receiver.at("/slow")) == 2
    receiver.release.set()
    until(lambda: len(receiver.at("/slow")) == 6, 10)


def test_dispatches_keep_to_the_rate(client: tasks_v2.CloudTasksClient, receiver: Target, until: Until) -> None:
    queue = make_queue(client, {"max_dispatches_per_second": 10})
    for _ in range(12):
        client.create_task(parent=queue, task=post(receiver.url))
    until(lambda: len(receiver.received) == 12, 10)
    # Two leave at once, the burst for this rate; the other ten need a second, less what creating them took.
    assert 0.8 <= receiver.received[-1].at - receiver.received[0].at < 2.5


def test_a_paused_queue_holds_its_tasks_and_run_task_passes_it(
    client: tasks_v2.CloudTasksClient, receiver: Target, until: Until
) -> None:
    queue = make_queue(client)
    assert client.pause_queue(name=queue).state == tasks_v2.Queue.State.PAUSED
    held = client.create_task(parent=queue, task=post(receiver.url, b"held")).name
    forced = client.create_task(parent=queue, task=post(receiver.url, b"forced", schedule_time=after(60))).name
    client.run_task(name=forced)
    until(lambda: receiver.received, 20)
    assert [got.body for got in receiver.received] == [b"forced"]
    until(lambda: [task.name for task in client.list_tasks(parent=queue)] == [held], 20)
    assert client.resume_queue(name=queue).state == tasks_v2.Queue.State.RUNNING
    until(lambda: len(receiver.received) == 2, 20)


def test_queues_are_listed_updated_purged_and_deleted(client: tasks_v2.CloudTasksClient, receiver: Target) -> None:
    queue = make_queue(client, {"max_concurrent_dispatches": 3})
    assert queue in [one.name for one in client.list_queues(parent=PARENT)]
    changed = tasks_v2.Queue(
        name=queue, rate_limits=tasks_v2.RateLimits(max_dispatches_per_second=7, max_concurrent_dispatches=9)
    )
    client.update_queue(queue=changed, update_mask=FieldMask(paths=["rate_limits.max_dispatches_per_second"]))
    limits = client.get_queue(name=queue).rate_limits
    assert (limits.max_dispatches_per_second, limits.max_concurrent_dispatches) == (7, 3)

    created = tasks_v2.Queue(name=f"{PARENT}/queues/by-update")
    assert client.update_queue(queue=created).retry_config.max_attempts == 100

    for number in range(5):
        client.create_task(parent=queue, task=post(receiver.url, str(number).encode(), schedule_time=after(60)))
    pages = client.list_tasks(request={"parent": queue, "page_size": 2, "response_view": tasks_v2.Task.View.FULL})
    assert sorted(task.http_request.body for task in pages) == [b"0", b"1", b"2", b"3", b"4"]
    client.purge_queue(name=queue)
    assert list(client.list_tasks(parent=queue)) == []
    client.delete_queue(name=queue)
    with pytest.raises(exceptions.NotFound, match="does not exist"):
        client.create_task(parent=queue, task=post(receiver.url))


def test_what_cloud_tasks_refuses_is_refused(client: tasks_v2.CloudTasksClient) -> None:
    queue, url = make_queue(client), "http://127.0.0.1:9/"
    with pytest.raises(exceptions.AlreadyExists):
        client.create_queue(parent=PARENT, queue=tasks_v2.Queue(name=queue))
    with pytest.raises(exceptions.InvalidArgument, match="letters, digits and hyphens"):
        client.create_queue(parent=PARENT, queue=tasks_v2.Queue(name=f"{PARENT}/queues/poll_veo"))
    refused = {
        "Task name": post(url, name=f"{queue}/tasks/a.b"),
        "http://": post("ftp://example.com"),
        "30 days": post(url, schedule_time=after(31 * 86_400)),
        "15 seconds": post(url, dispatch_deadline=seconds(5)),
        "1 MiB": post(url, b"x" * (1 << 20)),
    }
    for message, task in refused.items():
        with pytest.raises(exceptions.InvalidArgument, match=message):
            client.create_task(parent=queue, task=task)


def test_a_killed_server_loses_no_task(tmp_path: Path, receiver: Target, until: Until) -> None:
    server = Server(tmp_path)
    try:
        channel, client = connect(server.port)
        with channel:
            queue = make_queue(client)
            client.create_task(parent=queue, task=post(f"{receiver.url}/slow", name=f"{queue}/tasks/in-flight"))
            client.create_task(parent=queue, task=post(f"{receiver.url}/late", schedule_time=after(1)))
            client.create_task(parent=queue, task=post(f"{receiver.url}/done", name=f"{queue}/tasks/done"))
            until(lambda: receiver.at("/slow") and receiver.at("/done"), 20)
            until(lambda: len(list(client.list_tasks(parent=queue))) == 2, 20)
        server.kill()
        receiver.release.set()
        server.start()
        until(lambda: len(receiver.at("/slow")) == 2 and receiver.at("/late"), 10)
        channel, client = connect(server.port)
        with channel:
            until(lambda: not list(client.list_tasks(parent=queue)), 20)
            with pytest.raises(exceptions.AlreadyExists):
                client.create_task(parent=queue, task=post(f"{receiver.url}/done", name=f"{queue}/tasks/done"))
        assert len(receiver.at("/done")) == 1
    finally:
        assert server.stop() == 0


def test_two_servers_cannot_share_a_port(server: Server, tmp_path: Path) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "infra.local.tasks", "--port", str(server.port), "--data", str(tmp_path)],
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert second.returncode != 0
    assert str(server.port) in second.stderr
