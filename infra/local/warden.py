"""Ends what a killed supervisor leaves behind.

Runs as a script beside the supervisor, which writes `+PGID` when it starts a process group and `-PGID` when one has
ended. The pipe closes when the supervisor is gone, however it went; the groups still named are then killed, with all
their grandchildren. (Linux's parent-death signal would miss the grandchildren, and macOS has none.)
"""

import contextlib
import os
import signal
import sys


def main() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
