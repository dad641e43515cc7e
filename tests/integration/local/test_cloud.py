"""The local cloud as a whole: start, what is inside, restarts, kept data, and that nothing outlives it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
import requests
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

from infra.local import firestore_data, provision
from infra.local.__main__ import main
from infra.local.cloud import BUCKET, PROJECT, LocalCloud
from infra.local.errors import LocalCloudError
from infra.local.parts import REPO
from infra.local.ports import choose_ports
from tests.integration.local.target import target
from tests.processes import Watched, any_alive, watch

FUNCTIONS = Path(__file__).parent / "functions_fixture"
BACKEND = ("firestore", "pubsub", "storage", "tasks", "eventarc", "functions")
Until = Callable[[Callable[[], object], float], None]


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    data = tmp_path_factory.mktemp("cloud")
    with LocalCloud(data, BACKEND, env={"OWN_SECRET": "hush"}, functions_source=FUNCTIONS) as cloud:
        yield cloud
        parts = watch(cloud.pids.values())
    assert not any_alive(parts)
    assert not (data / "cloud.json").exists()


def publish(cloud: LocalCloud, topic: str, **attributes: str) -> str:
    url = f"{cloud.urls['pubsub']}/v1/projects/{PROJECT}/topics/{topic}:publish"
    reply = requests.post(url, json={"messages": [{"data": "aGk=", "attributes": attributes}]}, timeout=10)
    reply.raise_for_status()
    message_id: str = reply.json()["messageIds"][0]
    return message_id


def notes(cloud: LocalCloud, message_id: str) -> list[dict[str, Any]]:
    seen = requests.get(f"{cloud.urls['functions']}/seen", timeout=10).json()
    return [one for one in seen if one.get("message_id") == message_id]


def document(cloud: LocalCloud, path: str, method: str = "GET") -> int:
    """Reads (or writes, with PATCH) a document as the server; the HTTP status."""
    url = f"{cloud.urls['firestore']}/v1/projects/{PROJECT}/databases/(default)/documents/{path}"
    body = {"fields": {"user_id": {"stringValue": "ann"}}} if method == "PATCH" else None
    return requests.request(method, url, json=body, headers={"Authorization": "Bearer owner"}, timeout=10).status_code


def queue(cloud: LocalCloud, name: str) -> tasks_v2.Queue:
    with grpc.insecure_channel(cloud.env["CLOUD_TASKS_EMULATOR_HOST"]) as channel:
        client = tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
        return client.get_queue(name=client.queue_path(PROJECT, "us-central1", name))


def test_the_functions_see_the_environment_of_the_cloud(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = requests.get(f"{cloud.urls['functions']}/variables", timeout=10).json()
    assert cloud.env.items() <= seen.items()
    assert {
        "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "GCS_PROJECT_ID", "GCS_BUCKET", "TASKS_LOCATION", "FUNCTIONS_URL",
        "FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST", "CLOUD_TASKS_EMULATOR_HOST",
        "FIREBASE_AUTH_EMULATOR_HOST", "GEMINI_API_KEY", "WEBHOOK_SECRET", "API_KEY_ENCRYPTION_SECRET",
        "OWN_SECRET",
    } <= cloud.env.keys()  # fmt: skip
    assert cloud.env["STORAGE_EMULATOR_HOST"].startswith("http://")
    assert "PYTHONDONTWRITEBYTECODE" not in seen


def test_the_description_is_there_without_secrets(cloud: LocalCloud) -> None:
    text = (cloud.data / "cloud.json").read_text()
    described = json.loads(text)
    assert described["pid"] == os.getpid()
    assert described["urls"] == cloud.urls
    assert described["env"]["FIRESTORE_EMULATOR_HOST"] == cloud.env["FIRESTORE_EMULATOR_HOST"]
    for secret in ("GEMINI_API_KEY", "WEBHOOK_SECRET", "API_KEY_ENCRYPTION_SECRET", "OWN_SECRET"):
        assert secret not in described["env"]
        assert cloud.env[secret] not in text


def test_bucket_topics_and_queues_are_there(cloud: LocalCloud) -> None:
    assert requests.get(f"{cloud.urls['storage']}/storage/v1/b/{BUCKET}", timeout=10).ok
    name = provision.subscription_path(PROJECT, "note")
    subscription = requests.get(f"{cloud.urls['pubsub']}/v1/{name}", timeout=10).json()
    assert not subscription.get("pushConfig")
    assert subscription["ackDeadlineSeconds"] == 10
    assert "deadLetterPolicy" not in subscription
    assert queue(cloud, "postprod").rate_limits.max_concurrent_dispatches == os.cpu_count()
    film = queue(cloud, "film")
    assert film.rate_limits.max_concurrent_dispatches == 2
    assert film.retry_config.max_attempts == 7


def test_a_message_reaches_its_function_and_comes_again_until_it_succeeds(cloud: LocalCloud, until: Until) -> None:
    message_id = publish(cloud, "notes", fail_times="2")
    until(lambda: len(notes(cloud, message_id)) == 3, 15)


def test_messages_of_one_topic_are_handled_at_once(cloud: LocalCloud, until: Until) -> None:
    # Each waits, inside the function, for the five others.
    sent = [publish(cloud, "notes", together="6") for _ in range(6)]
    until(lambda: all("met" in one for message_id in sent for one in notes(cloud, message_id)), 10)
    assert [len(notes(cloud, message_id)) for message_id in sent] == [1] * 6


def test_a_message_in_a_function_that_is_killed_comes_again(cloud: LocalCloud, until: Until) -> None:
    # Two that wait for a third; it comes after the kill, when the new process has seen neither of them.
    sent = [publish(cloud, "notes", together="3") for _ in range(2)]
    until(lambda: all(notes(cloud, message_id) for message_id in sent), 10)
    cloud.kill("functions")
    cloud.start("functions")
    sent.append(publish(cloud, "notes", together="3"))
    until(lambda: all(any("met" in one for one in notes(cloud, message_id)) for message_id in sent), 25)


def test_a_killed_part_comes_back_on_its_port(cloud: LocalCloud, until: Until) -> None:
    process, address = Watched(cloud.pids["functions"]), cloud.urls["functions"]
    cloud.kill("functions")
    assert not process.alive
    message_id = publish(cloud, "notes")
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=5)
    cloud.start("functions")
    assert cloud.urls["functions"] == address
    until(lambda: notes(cloud, message_id), 15)  # what was published meanwhile arrives


def test_what_a_killed_eventarc_held_comes_again(cloud: LocalCloud, until: Until) -> None:
    message_id = publish(cloud, "notes", together="2")
    until(lambda: notes(cloud, message_id), 10)
    cloud.kill("eventarc")
    cloud.start("eventarc")
    # The first delivery still waits in the function; the second one is what it waits for. The emulator may first
    # offer the message to the stream that died, and each time lets an ack deadline pass.
    until(lambda: any("met" in one for one in notes(cloud, message_id)), 150)


def test_pubsub_comes_back_with_its_topics(cloud: LocalCloud, until: Until) -> None:
    cloud.restart("pubsub")
    message_id = publish(cloud, "notes")
    until(lambda: notes(cloud, message_id), 15)


def test_two_clouds_do_not_share_a_folder(cloud: LocalCloud) -> None:
    with (
        pytest.raises(LocalCloudError, match=rf"in use by another local cloud \(process {os.getpid()}\)"),
        LocalCloud(cloud.data, ("storage",)),
    ):
        pass
    assert (cloud.data / "cloud.json").exists()  # and the first one is as it was
    assert document(cloud, "jobs/none") == 404


def test_data_is_kept_between_runs_unless_cleared(tmp_path: Path, until: Until) -> None:
    parts = ("firestore", "storage", "tasks")
    with target() as receiver:
        with LocalCloud(tmp_path, parts) as cloud:
            assert document(cloud, "jobs/kept", "PATCH") == 200
            upload = f"{cloud.urls['storage']}/upload/storage/v1/b/{BUCKET}/o?uploadType=media&name=a/b.txt"
            assert requests.post(upload, data=b"kept", timeout=10).ok
            with grpc.insecure_channel(cloud.env["CLOUD_TASKS_EMULATOR_HOST"]) as channel:
                client = tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
                parent = client.queue_path(PROJECT, "us-central1", "postprod")
                client.pause_queue(name=parent)
                request = tasks_v2.HttpRequest(url=receiver.url)
                client.create_task(parent=parent, task=tasks_v2.Task(http_request=request))
            cloud.restart("firestore")
            assert document(cloud, "jobs/kept") == 200

        with LocalCloud(tmp_path, parts) as cloud:
            assert document(cloud, "jobs/kept") == 200
            media = f"{cloud.urls['storage']}/storage/v1/b/{BUCKET}/o/a%2Fb.txt?alt=media"
            assert requests.get(media, timeout=10).content == b"kept"
            with grpc.insecure_channel(cloud.env["CLOUD_TASKS_EMULATOR_HOST"]) as channel:
                client = tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
                assert client.get_queue(name=parent).state == tasks_v2.Queue.State.PAUSED
                client.resume_queue(name=parent)
            until(lambda: receiver.received, 20)

        with LocalCloud(tmp_path, parts, clear=True) as cloud:
            assert document(cloud, "jobs/kept") == 404
            media = f"{cloud.urls['storage']}/storage/v1/b/{BUCKET}/o/a%2Fb.txt?alt=media"
            assert requests.get(media, timeout=10).status_code == 404


def test_a_part_has_the_port_of_the_last_time_unless_somebody_took_it() -> None:
    before = choose_ports(["front", "tasks"])
    assert choose_ports(["front", "tasks", "storage"], before=before).items() >= before.items()
    with socket.create_server(("127.0.0.1", before["front"])):
        again = choose_ports(["front", "tasks"], before=before)
    assert again["tasks"] == before["tasks"]
    assert again["front"] not in before.values()


def test_a_killed_firestore_comes_back_as_last_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, until: Until
) -> None:
    monkeypatch.setattr("infra.local.cloud._SAVE_EVERY_S", 0.3)

    def wait_for_another_save() -> None:
        last = firestore_data.saved(tmp_path / "firestore")
        until(lambda: firestore_data.saved(tmp_path / "firestore") != last, 10)

    with LocalCloud(tmp_path, ("firestore",)) as cloud:
        assert document(cloud, "jobs/kept", "PATCH") == 200
        wait_for_another_save()
        wait_for_another_save()  # this one began when the document was there
        cloud.kill("firestore")
        cloud.start("firestore")
        assert document(cloud, "jobs/kept") == 200


def test_a_part_that_cannot_start_is_named_with_its_log(tmp_path: Path) -> None:
    source = tmp_path / "functions"
    source.mkdir()
    (source / "main.py").write_text("import a_module_that_is_not_there\n")
    cloud = LocalCloud(tmp_path / "data", ("storage", "functions"), functions_source=source)
    with pytest.raises(LocalCloudError, match=r"functions ended with exit code 1.*functions\.log") as caught, cloud:
        pass
    assert "a_module_that_is_not_there" in str(caught.value)
    assert cloud.pids == {}


def test_an_exception_inside_stops_everything(tmp_path: Path) -> None:
    parts: list[Watched] = []
    with pytest.raises(ZeroDivisionError), LocalCloud(tmp_path, ("storage", "tasks")) as cloud:
        parts = watch(cloud.pids.values())
        raise ZeroDivisionError
    assert len(parts) == 2
    assert not any_alive(parts)


# Run by the tests below: a cloud whose functions have a child of their own, until something ends it.
SUPERVISOR = """
import json, sys
from pathlib import Path
from infra.local.cloud import LocalCloud
data, source = map(Path, sys.argv[1:])
with LocalCloud(data, ("firestore", "storage", "functions"), functions_source=source) as cloud:
    print(json.dumps(cloud.pids), flush=True)
    cloud.wait()
"""
PARENTING_FUNCTIONS = """
import subprocess
from pathlib import Path
child = subprocess.Popen(["sleep", "600"])
(Path(__file__).parent / "child").write_text(str(child.pid))
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_the_supervisor(ending: signal.Signals, tmp_path: Path, until: Until) -> None:
    source = tmp_path / "functions"
    source.mkdir()
    (source / "main.py").write_text(PARENTING_FUNCTIONS)
    command = [sys.executable, "-c", SUPERVISOR, str(tmp_path / "data"), str(source)]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as supervisor:
        assert supervisor.stdout
        pids = [*json.loads(supervisor.stdout.readline()).values(), int((source / "child").read_text())]
        assert len(pids) == 4
        processes = watch(pids)
        assert all(each.alive for each in processes)
        supervisor.send_signal(ending)
        try:
            assert supervisor.wait(30) != 0
        finally:
            supervisor.kill()
        until(lambda: not any_alive(processes), 10)
    with LocalCloud(tmp_path / "data", ("storage",)):
        pass  # the folder is free again


def test_a_part_that_ends_by_itself_is_told(tmp_path: Path) -> None:
    with LocalCloud(tmp_path, ("storage",)) as cloud:
        os.kill(cloud.pids["storage"], signal.SIGKILL)
        with pytest.raises(LocalCloudError, match=r"storage was ended by signal 9"):
            cloud.wait()


def test_wrong_input_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEMINI_API_KEY", raising=False)

    def refused(*arguments: str) -> str:
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            code = main(["up", "--data", str(tmp_path / "data"), *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        assert code != 0
        message = capsys.readouterr().err.strip()
        assert message.count("\n") == 0
        return message

    assert "invalid choice: 'oracle'" in refused("--models", "oracle")
    assert refused("--models", "gemini").startswith("GEMINI_API_KEY is not set")
    with target() as occupied:
        port = int(occupied.url.rsplit(":", 1)[1])
        assert refused("--port-base", str(port)).startswith(f"Port {port} (for firestore) is taken")
    assert "--port-base" in refused("--port-base", "x")
    with pytest.raises(LocalCloudError, match="There is no part mail"):
        LocalCloud(tmp_path, ("mail",))
    with pytest.raises(LocalCloudError, match="eventarc needs functions"):
        LocalCloud(tmp_path, ("pubsub", "eventarc"))
