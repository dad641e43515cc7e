"""``make eval``: ten briefs through the studio, and a fault for each layer; one page and ``out/eval/report.json``.

The exit code is 1 where a script breaks its constraints, an ad is not accepted, or a layer lets its fault pass.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore
from rich.console import Console

from infra.local.cloud import LocalCloud
from tests.e2e.backstage import Backstage
from tests.eval import page, report
from tests.eval.briefs import CASES
from tests.eval.layers import STRIKES, Caught, Strike, struck
from tests.eval.prevention import prevented
from tests.eval.run import Outcome, run_case


@contextmanager
def stage(folder: Path, **settings: str) -> Iterator[Backstage]:
    """A local cloud with these settings, seen from behind."""
    with LocalCloud(folder, env=settings) as cloud:
        os.environ["FIRESTORE_EMULATOR_HOST"] = cloud.env["FIRESTORE_EMULATOR_HOST"]
        client = firestore.Client(project=cloud.env["GOOGLE_CLOUD_PROJECT"], credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
        yield Backstage(cloud, client)
        client.close()  # type: ignore[no-untyped-call]


def struck_all(console: Console, backstage: Backstage, strikes: Iterable[Strike]) -> Iterator[Caught]:
    for strike in strikes:
        found = struck(backstage, strike)
        console.print(f"layer {strike.layer}, {strike.name}: {'caught' if found.ok else 'passed'}")
        yield found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description="Ten briefs, and a fault for each layer.")
    parser.add_argument("--only", default="", help="cases and faults whose name contains this")
    options = parser.parse_args()
    console = Console()
    cases = [case for case in CASES if options.only in case.name]
    strikes = [strike for strike in STRIKES if options.only in strike.name]
    outcomes: list[Outcome] = []
    caught: list[Caught] = []
    with tempfile.TemporaryDirectory(prefix="eval-") as folder:
        with stage(Path(folder) / "cloud") as backstage:
            for case in cases:
                outcomes.append(run_case(backstage, case, Path(folder) / "photos"))
                console.print(f"{case.name}: {'accepted' if outcomes[-1].accepted else outcomes[-1].job.status}")
            caught += struck_all(console, backstage, [strike for strike in strikes if not strike.lenient])
        with stage(Path(folder) / "lenient", CONSISTENCY_VIDEO_THRESHOLD="0.5") as backstage:
            caught += struck_all(console, backstage, [strike for strike in strikes if strike.lenient])
    caught.sort(key=lambda one: one.layer)
    kept_out = prevented()
    found = report.report(outcomes, kept_out, caught)
    report.write(found)
    page.write(found, outcomes, kept_out, caught)
    for name in ("briefs", "accepted", "constraint_violations", "layers", "layers_caught", "false_alarms"):
        console.print(f"{name:24} {found[name]}")
    console.print(f"{'cost_per_accepted_usd':24} {found['cost_per_accepted_usd']}")
    console.print(f"See {report.OUT / 'index.html'}")
    good = not found["constraint_violations"] and len(outcomes) == found["accepted"]
    return 0 if good and (options.only or found["layers_caught"] == found["layers"]) else 1


if __name__ == "__main__":
    sys.exit(main())
