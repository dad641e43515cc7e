"""Run the studio: ``python -m infra.local.studio --port N --data DIR [--workers K]``."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import get_args

from infra.local.studio.catalog import Kind
from infra.local.studio.server import serve
from infra.local.studio.studio import Studio


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.local.studio", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--data", type=Path, required=True, help="folder for results, files and operations")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="clips made at once")
    parser.add_argument(
        "--webhook-secret",
        default=os.environ.get("WEBHOOK_SECRET"),
        help='signing secret of webhooks ("whsec_..."), else from WEBHOOK_SECRET; unsigned without it',
    )
    parser.add_argument(
        "--latency",
        action="append",
        default=[],
        metavar="KIND=SECONDS",
        help=f"answer no sooner than this after a call; KIND is one of {', '.join(get_args(Kind))}",
    )
    options = parser.parse_args()
    latency: dict[Kind, float] = {}
    for pair in options.latency:
        kind, _, seconds = pair.partition("=")
        if kind not in get_args(Kind) or not seconds.replace(".", "", 1).isdigit():
            parser.error(f"--latency {pair!r}: write KIND=SECONDS, KIND one of {', '.join(get_args(Kind))}")
        latency[kind] = float(seconds)

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    studio = Studio(options.data, options.workers, options.webhook_secret, latency)
    server = serve(studio, options.port)
    signal.signal(signal.SIGTERM, _stop)
    sys.stdout.write(f"studio on http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    studio.warm_up()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        studio.crew.dismiss()


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
