"""Finding and running FFmpeg: one process, watched, with an error that says what it was for."""

import errno
import os
import selectors
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from signal import Signals

import imageio_ffmpeg  # type: ignore[import-untyped]
from ffmpeg.dag.nodes import GlobalStream, OutputStream

from ugcgen.domain.errors import ConfigurationError, MediaError

_LOOK_EVERY = 0.25
_LAST_LINES = 6


class RenderCancelled(MediaError):
    """The caller's `cancelled` said so; the process was ended and nothing was left under the final name."""

    code = "cancelled"


class RenderInterrupted(MediaError):
    """The machine ended the process or ran out of room; nothing is wrong with the media, so it may be tried again."""

    code = "unavailable"


@dataclass(frozen=True)
class Watch:
    """How a caller follows a process: seconds of output done so far, a way to stop it, and a limit in wall seconds."""

    on_progress: Callable[[float], None] = lambda seconds: None
    cancelled: Callable[[], bool] = lambda: False
    timeout: float = 1800.0


UNWATCHED = Watch()


def executable() -> str:
    """The FFmpeg to run: `FFMPEG_PATH`, else the system's, else the one inside the imageio-ffmpeg wheel.

    Raises ConfigurationError if `FFMPEG_PATH` names nothing that can be run.
    """
    return _resolve(os.environ.get("FFMPEG_PATH"), os.environ.get("PATH"))


@cache
def _resolve(configured: str | None, search_path: str | None) -> str:
    if configured:
        found = shutil.which(configured, path=search_path)
        if found is None:
            raise ConfigurationError(f"FFMPEG_PATH is {configured!r}, which is no program; correct or unset it")
        return found
    return shutil.which("ffmpeg", path=search_path) or imageio_ffmpeg.get_ffmpeg_exe()


def version() -> str:
    """FFmpeg's own first line. Other versions may give other bytes, so it belongs in the key of what is rendered."""
    answer = subprocess.run([executable(), "-version"], capture_output=True, text=True, check=True, timeout=30)
    return answer.stdout.splitlines()[0]


def run(graph: OutputStream | GlobalStream, purpose: str, watch: Watch = UNWATCHED) -> str:
    """Run one graph to its end and return what FFmpeg logged.

    Raises MediaError with `purpose` and FFmpeg's last lines if it fails or takes too long, RenderInterrupted if a
    signal or a full disk ended it, RenderCancelled if told to.
    """
    options = ["-hide_banner", "-nostdin", "-nostats", "-progress", "pipe:1", "-loglevel", "level+info"]
    command = graph.compile(cmd=[executable(), *options], overwrite_output=True)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        log = _follow(process, purpose, watch)
        status = process.wait()
    finally:
        process.kill()
        process.communicate()
    if status < 0:
        raise RenderInterrupted(f"could not {purpose}: ffmpeg was ended by {Signals(-status).name}")
    if status:
        kind = RenderInterrupted if os.strerror(errno.ENOSPC) in log else MediaError
        raise kind(f"could not {purpose}: ffmpeg ended with status {status}: {_tail(log)}")
    return log


def _follow(process: "subprocess.Popen[bytes]", purpose: str, watch: Watch) -> str:
    """Read both pipes until they close; a process that says nothing is still checked for cancel and limit."""
    assert process.stdout and process.stderr
    deadline = time.monotonic() + watch.timeout
    log, progress = bytearray(), bytearray()
    with selectors.DefaultSelector() as pipes:
        pipes.register(process.stdout, selectors.EVENT_READ, progress)
        pipes.register(process.stderr, selectors.EVENT_READ, log)
        while pipes.get_map():
            for key, _ in pipes.select(_LOOK_EVERY):
                if chunk := os.read(key.fd, 65536):
                    key.data.extend(chunk)
                else:
                    pipes.unregister(key.fileobj)
            _report(progress, watch)
            if watch.cancelled():
                raise RenderCancelled(f"cancelled while trying to {purpose}")
            if time.monotonic() > deadline:
                said = _tail(log.decode(errors="replace"))
                raise MediaError(f"could not {purpose}: ffmpeg did not end within {watch.timeout:g} s: {said}")
    return log.decode(errors="replace")


def _report(progress: bytearray, watch: Watch) -> None:
    *lines, rest = progress.split(b"\n")
    progress[:] = rest
    times = [line.removeprefix(b"out_time_us=") for line in lines if line.startswith(b"out_time_us=")]
    if times and times[-1].isdigit():
        watch.on_progress(int(times[-1]) / 1e6)


def _tail(log: str) -> str:
    """The last lines that FFmpeg itself calls errors, or else simply the last."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if "[error]" in line or "[fatal]" in line]
    return " | ".join((errors or lines)[-_LAST_LINES:])


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """A name beside `out` to write to; it becomes `out` only if the block succeeds, so `out` is never half a file."""
    part = out.with_name(f".{out.stem}.{os.getpid()}-{time.monotonic_ns()}.part{out.suffix}")
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
