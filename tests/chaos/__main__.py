"""``make chaos``: every run and the soak; prints the table, writes the report. The exit code is 1 where a run failed.

``python -m tests.chaos --only "engine.claims:settle" --fault kill`` repeats single runs, one strike in each; ``--list``
names them all.
"""

import argparse
import sys
import time

from rich.console import Console

from tests.chaos import report
from tests.chaos.matrix import Run, runs, unstruck
from tests.chaos.packing import packed
from tests.chaos.plan import Fault, Odds
from tests.chaos.runner import Result, Theatre
from tests.chaos.scenarios import SCENARIOS, TINY

LONG = {Fault.RESTART, Fault.EXPIRED, Fault.RATE_LIMIT}
"""Runs that wait for a minute and more begin first, so that none is waited for alone at the end."""
IN_A_FILE = 200
"""Columns of the table where no terminal gives them."""
SOAK_JOBS = 100
SOAK = Odds(
    seed=3,
    chances={
        Fault.KILL: 0.0003,
        Fault.EXCEPTION: 0.001,
        Fault.CONFLICT: 0.004,
        Fault.DELAY: 0.0008,
        Fault.DUPLICATE: 0.008,
        Fault.REORDER: 0.008,
        Fault.LOST: 0.004,
    },
)
"""Of each hit of a boundary; a job makes some eight hundred."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Faults at every boundary.")
    parser.add_argument("--only", action="append", default=[], help="runs whose name contains this, or this, ...")
    parser.add_argument("--fault", choices=[str(fault) for fault in Fault], help="runs with this fault")
    parser.add_argument("--list", action="store_true", help="name the runs and play none")
    parser.add_argument("--stages", type=int, default=4, help="local clouds at once (%(default)s)")
    parser.add_argument(
        "--soak", type=int, default=SOAK_JOBS, help="jobs at once in the soak; 0 for none (%(default)s)"
    )
    options = parser.parse_args()
    whole = not (options.only or options.fault)
    console = Console()
    if not console.is_terminal:
        console.width = IN_A_FILE
    began = time.monotonic()
    with Theatre(options.stages) as theatre:
        expected = theatre.rehearse([*SCENARIOS, TINY])
        single = runs(expected)
        chosen = packed(single, expected) if whole else [run for run in single if _wanted(run, options)]
        console.print(f"{len(chosen)} runs; rehearsed in {time.monotonic() - began:.0f} s")
        if options.list:
            for run in chosen:
                console.print(run.id, highlight=False, soft_wrap=True)
            for boundary in unstruck({boundary for run in chosen for boundary in run.boundaries}) if whole else ():
                console.print(f"no run: {boundary}", highlight=False)
            return 0
        results: list[Result] = []

        def tell(result: Result) -> None:
            results.append(result)
            console.print(f"{len(results):4} {report.line(result)}", highlight=False, soft_wrap=True)

        theatre.play(sorted(chosen, key=lambda run: run.fault not in LONG), tell)
        if options.soak and whole:
            tell(theatre.soak(TINY, options.soak, SOAK))
    found = report.report(results, time.monotonic() - began)
    report.write(found)
    console.print(report.table(results))
    for name in ("boundaries", "runs", *report.COUNTS, "seconds"):
        console.print(f"{name:22} {found[name]}")
    for boundary in found["unstruck"] if whole else ():
        console.print(f"never struck: {boundary}", highlight=False)
    return 1 if found["failed"] or (whole and found["unstruck"]) else 0


def _wanted(run: Run, options: argparse.Namespace) -> bool:
    return (not options.only or any(part in run.id for part in options.only)) and options.fault in (None, run.fault)


if __name__ == "__main__":
    sys.exit(main())
