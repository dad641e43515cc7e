"""`python -m infra.local up`: starts the local cloud and keeps it up until Ctrl-C."""

import argparse
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.table import Table

from infra.local.cloud import ALL, LocalCloud
from infra.local.errors import LocalCloudError
from infra.local.parts import PARTS, REPO


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[0].upper()}{message[1:]}.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m infra.local", description="UGCGen's cloud on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start everything and keep it up until Ctrl-C")
    up.add_argument("--models", choices=["studio", "gemini"], default="studio", help="who makes pictures and clips")
    up.add_argument("--data", type=Path, default=REPO / ".local", help="folder kept between runs (%(default)s)")
    up.add_argument("--clear", action="store_true", help="start with nothing in the data folder")
    up.add_argument("--port-base", type=int, metavar="N", help="use ports N, N+1 ... instead of free ones")
    return parser


def _table(cloud: LocalCloud, seconds: float) -> Table:
    table = Table("part", "where", "log", title=f"Local cloud, up in {seconds:.1f} s (models: {cloud.models})")
    for part in cloud.parts:
        table.add_row(PARTS[part].what, cloud.urls[part], f"logs/{part}.log")
    table.caption = f"data and logs in {cloud.data}; Ctrl-C stops everything"
    return table


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    console = Console()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)  # SIGINT too: a shell that starts us in the background has it ignored
    began = time.monotonic()
    try:
        with LocalCloud(options.data, ALL, options.models, clear=options.clear, port_base=options.port_base) as cloud:
            console.print(_table(cloud, time.monotonic() - began))
            console.print(f"The web client is at {cloud.urls['front']}")
            cloud.wait()
    except KeyboardInterrupt:
        console.print("Stopped.")
    except LocalCloudError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
