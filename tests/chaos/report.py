"""The report: the table that is printed, and ``out/chaos/report.json``."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table

from infra.local.parts import REPO
from tests.chaos.matrix import UNREACHED, unstruck
from tests.chaos.runner import Result

OUT = REPO / "out" / "chaos" / "report.json"

COUNTS = (
    "lost",
    "paid_twice",
    "orphans",
    "mismatched_artifacts",
    "miscounted",
    "over_cap",
    "untold",
    "told_twice",
    "unconfirmed",
    "repeats",
)


def report(results: Sequence[Result], seconds: float) -> dict[str, Any]:
    """Sums over all runs, the boundaries that were struck and those that no small job passes, and every run."""
    struck = {result.boundary for result in results if result.struck} - {"any"}
    return {
        "boundaries": len(struck),
        "unreached": UNREACHED,
        "unstruck": unstruck(struck),
        "runs": len(results),
        "failed": [result.run for result in results if not result.ok],
        **{name: sum(getattr(result.found, name) for result in results) for name in COUNTS},
        "seconds": round(seconds),
        "results": [asdict(result) for result in results],
    }


def write(found: dict[str, Any], path: Path = OUT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1))


def table(results: Iterable[Result]) -> Table:
    """A line for each kind of boundary and fault."""
    rows: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        rows.setdefault((_kind(result.boundary), f"{result.side} {_fault(result)}"), []).append(result)
    shown = Table("at", "fault", "runs", "passed", *COUNTS, "s", title="Chaos")
    for (kind, fault), group in sorted(rows.items()):
        sums = [sum(getattr(result.found, name) for result in group) for name in COUNTS]
        passed = sum(result.ok for result in group)
        seconds = sum(result.seconds for result in group) / len(group)
        shown.add_row(kind, fault, str(len(group)), str(passed), *map(str, sums), f"{seconds:.1f}")
    return shown


def line(result: Result) -> str:
    """One run in a line, with what was wrong."""
    trouble = "" if result.ok else " | ".join(result.found.notes) or ("not struck" if not result.struck else "")
    word = "ok" if result.ok else "FAILED"
    return f"{word:6} {result.seconds:5.1f} s  {result.run}  {trouble}"


def _kind(boundary: str) -> str:
    return "many jobs" if boundary == "any" else boundary.split()[1]


def _fault(result: Result) -> str:
    return "at random" if result.boundary == "any" else result.fault
