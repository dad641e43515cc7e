"""``python -m ugcgen_cli.demo``: the example of this checkout as a finished ad, on a local cloud of its own."""

import logging
import signal
import sys
from pathlib import Path

from rich.console import Console

from infra.local.cloud import LocalCloud
from infra.local.errors import LocalCloudError
from infra.local.parts import REPO
from ugcgen_cli import endpoint
from ugcgen_cli.brief_file import read_brief
from ugcgen_cli.client import Client
from ugcgen_cli.errors import CliError
from ugcgen_cli.follow import Unwatched
from ugcgen_cli.making import Order, make_ad
from ugcgen_cli.photos import check_photos

EXAMPLES = REPO / "examples"
OUT = REPO / "out" / "demo"
DATA = REPO / ".local" / "demo"
INTERRUPTED = 130


def main() -> int:
    """Runs the demo; returns the exit code. The cloud is stopped however it ends, its data is kept for the next run."""
    console = Console()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        order = Order(
            brief=read_brief(EXAMPLES / "brief.yaml"),
            products=check_photos(_photos("product")),
            avatars=check_photos(_photos("avatar")),
        )
        console.out("Starting the local cloud: Google's emulators, and the studio that stands in for paid models.")
        with LocalCloud(DATA) as cloud, Client(endpoint.local(cloud.data)) as client:
            return make_ad(client, order, OUT, console, lambda sheet: _approves(sheet, console))
    except (CliError, LocalCloudError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Unwatched):
        console.out("Stopped; the next run goes on from what is there already.")
        return INTERRUPTED


def _photos(kind: str) -> list[Path]:
    found = sorted((EXAMPLES / "photos").glob(f"{kind}-*.jpg"))
    if not found:
        raise CliError(f"{EXAMPLES / 'photos'} has no {kind}-*.jpg; the checkout is not complete")
    return found


def _approves(sheet: Path | None, console: Console) -> bool:
    console.out(f"The storyboard is in {sheet}; the demo approves it, 'ugcgen run' would ask you.", highlight=False)
    return True


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    sys.exit(main())
