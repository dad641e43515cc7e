import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ffmpeg
from pytest import MonkeyPatch, raises

from postprod.ffmpeg import RenderCancelled, RenderInterrupted, Watch, executable, run, version, whole_file
from ugcgen.domain.errors import ConfigurationError, MediaError


def endless(out: Path) -> ffmpeg.dag.nodes.OutputStream:
    return ffmpeg.input("testsrc2=s=320x240", f="lavfi", re=True).video.output(filename=out)


def test_the_configured_program_comes_first(monkeypatch: MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my ffmpeg"
    program.symlink_to(executable())
    monkeypatch.setenv("FFMPEG_PATH", str(program))
    assert executable() == str(program)
    assert version().startswith("ffmpeg version")
    monkeypatch.setenv("FFMPEG_PATH", str(tmp_path / "none"))
    with raises(ConfigurationError, match="FFMPEG_PATH"):
        executable()


def test_without_any_other_the_wheel_has_one(monkeypatch: MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FFMPEG_PATH", raising=False)
    monkeypatch.delenv("IMAGEIO_FFMPEG_EXE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "imageio_ffmpeg" in executable()
    assert version().startswith("ffmpeg version")


def test_an_error_says_what_for_and_why(tmp_path: Path) -> None:
    graph = ffmpeg.input(tmp_path / "gone.mp4").video.output(filename=tmp_path / "out.mp4")
    with raises(MediaError, match=r"could not make tea: .*No such file or directory.*gone\.mp4"):
        run(graph, "make tea")


def test_progress_is_reported_in_seconds_of_output(tmp_path: Path) -> None:
    seconds: list[float] = []
    graph = ffmpeg.input("testsrc2=s=320x240:d=3", f="lavfi").video.output(filename=tmp_path / "out.mp4")
    run(graph, "draw", Watch(on_progress=seconds.append))
    assert seconds == sorted(seconds)
    assert 2.5 < seconds[-1] <= 3.0


def test_it_can_be_cancelled_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    started = time.monotonic()
    with raises(RenderCancelled, match="draw"), whole_file(out) as part:
        run(endless(part), "draw", Watch(cancelled=lambda: time.monotonic() - started > 0.5))
    assert list(tmp_path.iterdir()) == []
    running = subprocess.run(["ps", "ax", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert str(part) not in running


def test_it_does_not_run_longer_than_allowed(tmp_path: Path) -> None:
    with raises(MediaError, match=r"could not draw: ffmpeg did not end within 0\.5 s"):
        run(endless(tmp_path / "out.mp4"), "draw", Watch(timeout=0.5))


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_killed_process_may_be_tried_again(tmp_path: Path) -> None:
    graph = ffmpeg.input("testsrc2=s=320x240:d=9", f="lavfi").video.output(filename=tmp_path / "out.mp4", vcodec="ffv1")
    with raises(RenderInterrupted, match="ended by SIGXFSZ") as interrupted, files_no_larger_than(100_000):
        run(graph, "draw")
    assert interrupted.value.code == "unavailable"


def test_a_full_disk_may_be_emptied(tmp_path: Path) -> None:
    disk = tmp_path / "out.y4m"
    disk.symlink_to("/dev/full")
    graph = ffmpeg.input("testsrc2=s=320x240:d=9", f="lavfi").video.output(filename=disk, pix_fmt="yuv420p")
    with raises(RenderInterrupted, match="No space left on device"):
        run(graph, "draw")


def test_a_failed_file_never_takes_the_final_name(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    out.write_bytes(b"old")
    with raises(ValueError, match="broken"), whole_file(out) as part:
        part.write_bytes(b"half")
        raise ValueError("broken")
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]
