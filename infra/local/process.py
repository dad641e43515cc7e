"""Child processes that never outlive the supervisor."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.local import warden


class Warden:
    """The supervisor's side of `warden.py`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(warden.__file__)],
            stdin=subprocess.PIPE,
            start_new_session=True,  # so that Ctrl-C in the terminal does not reach it
        )

    def _tell(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line.encode())
        self._process.stdin.flush()

    def watch(self, group: int) -> None:
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        self._tell(f"-{group}\n")

    def close(self) -> None:
        """Ends the warden, and with it every group it still watches."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


class Process:
    """One child in a process group of its own, its output appended to a log file."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: Path, log: Path, warden: Warden) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C reaches the supervisor alone, and a kill takes the grandchildren too.
                start_new_session=True,
            )
        self._warden = warden
        self._ended = False
        warden.watch(self.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number where a signal ended it."""
        code = self._process.poll()
        if code is not None:
            self._end_group()
        return code

    def ask_to_stop(self) -> None:
        """SIGTERM to the child alone: it decides what becomes of its own children."""
        if self.exit_code is None:
            self._process.terminate()

    def stop(self, patience: float) -> None:
        """SIGTERM, then SIGKILL to whatever of the group is left when the child has ended or `patience` s are over."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole group. Returns when the child is gone."""
        self._end_group()
        self._process.wait()

    def _end_group(self) -> None:
        if self._ended:
            return  # its number may belong to somebody else by now
        self._ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._warden.forget(self.pid)


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log, for error messages."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
