"""Starting, stopping and being killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.integration.studio.running import Running, running, until
from tests.processes import any_alive, watch

OMNI = "gemini-omni-1.2-flash"
CLIP = {"type": "video", "resolution": "360p", "duration": "3s", "delivery": "uri"}


def status(pid: int | str) -> list[str]:
    """State and parent of a process, as /proc has them; a zombie's for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return ["Z", "0"]


def workers(studio: Running) -> list[int]:
    """Process ids of the worker processes of a warm studio."""
    everyone = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [int(pid) for pid in everyone if status(pid)[1] == str(studio.process.pid)]


def busy(pid: int) -> bool:
    """Whether a process is using the processor now."""
    return status(pid)[0] == "R"


def begun(studio: Running, prompt: str) -> str:
    return str(studio.client.interactions.create(model=OMNI, background=True, input=prompt, response_format=CLIP).id)


def test_it_answers_before_its_heavy_modules_are_loaded(tmp_path: Path) -> None:
    with running(tmp_path) as studio:
        health = studio.call("GET", "/studio/health", key=None)
        assert health["status"] == "ok"
        assert until(lambda: studio.call("GET", "/studio/health")["warm"])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_server_however_it_ends(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path, "--workers", "2") as studio:
        until(lambda: studio.call("GET", "/studio/health")["warm"])
        processes = watch(workers(studio))
        assert len(processes) == 2
        begun(studio, "a can on a table")
        os.kill(studio.process.pid, how)
        studio.process.wait(10)
        until(lambda: not any_alive(processes), 10)


def test_results_survive_a_restart_and_lost_work_says_so(tmp_path: Path) -> None:
    with running(tmp_path) as studio:
        kept = begun(studio, "a can")
        made = studio.client.files.download(file=studio.finished(kept).output_video.uri)
        studio.call("POST", "/studio/latency", {"video": 60})
        lost = begun(studio, "a jar")
        studio.process.kill()
        studio.process.wait(10)
    with running(tmp_path) as studio:
        again = studio.client.interactions.get(kept)
        assert studio.client.files.download(file=again.output_video.uri) == made
        failed = studio.client.interactions.get(lost)
        assert failed.status == "failed"
        assert "stopped" in failed.errors[0].message


def test_a_killed_worker_fails_its_clip_and_not_the_next(tmp_path: Path) -> None:
    with running(tmp_path, "--workers", "1") as studio:
        until(lambda: studio.call("GET", "/studio/health")["warm"])
        first = begun(studio, "a can in a kitchen")
        (worker,) = workers(studio)
        until(lambda: busy(worker))
        os.kill(worker, signal.SIGKILL)
        assert studio.finished(first).status == "failed"
        assert studio.finished(begun(studio, "a jar in a kitchen")).status == "completed"
