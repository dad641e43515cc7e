"""The local cloud, and the command run against it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.local.cloud import LocalCloud
from ugcgen_cli import endpoint
from ugcgen_cli.app import main
from ugcgen_cli.endpoint import Endpoint

PHOTOS = Path(__file__).parents[3] / "examples" / "photos"

SHORT = """
product_name: Lumi Glow
prompt: A woman shows her friends a serum.
quality: draft
scenes:
  - seconds: 4
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Ugcgen = Callable[..., Ended]


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with LocalCloud(tmp_path_factory.mktemp("cli") / ".local") as running:
        yield running


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with no cloud near it; nobody is signed in."""
    for name in ("UGCGEN_LOCAL", "UGCGEN_ENDPOINT", "FIRESTORE_EMULATOR_HOST", "FIREBASE_AUTH_EMULATOR_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def here(cloud: LocalCloud, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a short brief and the example's photos in it; the cloud is known."""
    (elsewhere / "brief.yaml").write_text(SHORT)
    (elsewhere / "photos").symlink_to(PHOTOS)
    monkeypatch.setenv("UGCGEN_LOCAL", str(cloud.data))
    return elsewhere


@pytest.fixture
def ugcgen(elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ugcgen:
    """Runs the command in this process; its output is no terminal."""

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["ugcgen", *(str(argument) for argument in arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def start_process(elsewhere: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the command as a process; whatever still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, **options: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from ugcgen_cli.app import main; main()", *map(str, arguments)]
        process = subprocess.Popen(command, text=True, env=dict(os.environ), **options)  # type: ignore[call-overload]
        started.append(process)
        return process  # type: ignore[no-any-return]

    yield start
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


@pytest.fixture
def local(here: Path, cloud: LocalCloud) -> Endpoint:
    return endpoint.local(cloud.data)
