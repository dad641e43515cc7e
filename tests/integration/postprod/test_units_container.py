"""What the container's Dockerfile says, done without a container: its files at their places, its command started."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import requests
from pytest import fixture

from infra.local.ports import choose_ports

REPO = Path(__file__).parents[3]
DOCKERFILE = (REPO / "cloudrun-postprod" / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} +(.+)$", DOCKERFILE, flags=re.MULTILINE)


@fixture
def image(tmp_path: Path) -> Path:
    """A folder with what the image has under /app."""
    for line in instructions("COPY"):
        source, target = line.split()
        assert (REPO / source).exists(), f"COPY names {source}, which is not in the repository"
        if target.startswith("/app/"):
            shutil.copytree(REPO / source, tmp_path / target.removeprefix("/"))
    return tmp_path / "app"


@fixture
def address(
    image: Path, cloud_env: Mapping[str, str], until: Callable[[Callable[[], object], float], None]
) -> Iterator[str]:
    """The service as the container starts it, on a free port of loopback."""
    port = choose_ports(["service"])["service"]
    (command,) = [json.loads(line) for line in instructions("CMD")]
    command[-1] = command[-1].replace("0.0.0.0", "127.0.0.1")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **cloud_env, "PORT": str(port), "PATH": path, "PYTHONPATH": str(image)}
    url = f"http://127.0.0.1:{port}"
    service = subprocess.Popen(command, cwd=image, env=environment)
    try:
        until(lambda: service.poll() is not None or _answers(url), 30)
        yield url
    finally:
        service.send_signal(signal.SIGTERM)
        assert service.wait(15) == 0


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/health", timeout=20).ok
    except requests.ConnectionError:
        return False


def test_the_command_serves_the_application(address: str) -> None:
    assert requests.get(f"{address}/health", timeout=20).json()["status"] == "ok"
    reply = requests.post(f"{address}/units", json={"no": "wake-up"}, timeout=20)
    assert (reply.status_code, reply.json()) == (200, {"error": "the body is no wake-up of a unit"})
    gone = {"job": "gone", "unit": "post_production-film", "run": 1}
    assert requests.post(f"{address}/units", json=gone, timeout=20).json() == {"done": "post_production-film"}


def test_it_does_not_run_as_root() -> None:
    (user,) = instructions("USER")
    assert int(user) > 0
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nCMD ")


def test_everything_is_installed_by_its_hash_and_compiled() -> None:
    runs = instructions("RUN")
    assert "--require-hashes" in runs[0]
    assert any("compileall" in run for run in runs)
    locked = (REPO / "requirements" / "postprod.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", locked.strip())
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert {"gunicorn", "imageio-ffmpeg", "flask"} <= {entry.split("==")[0] for entry in entries}
