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
    struck = {boundary for result in results for boundary in result.struck}
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
        rows.setdefault((_kind(result), f"{result.side} {_fault(result)}"), []).append(result)
    shown = Table("at", "fault", "strikes", "runs", "passed", *COUNTS, "s", title="Chaos")
    for (kind, fault), group in sorted(rows.items()):
        sums = [sum(getattr(result.found, name) for result in group) for name in COUNTS]
        passed = sum(result.ok for result in group)
        seconds = sum(result.seconds for result in group) / len(group)
        struck = sum(len(result.struck) for result in group)
        shown.add_row(kind, fault, str(struck), str(len(group)), str(passed), *map(str, sums), f"{seconds:.1f}")
    return shown


def line(result: Result) -> str:
    """One run in a line, with what was wrong."""
    trouble = " | ".join([*result.found.notes, *(f"not struck: {strike}" for strike in result.missed)])
    word = "ok" if result.ok else "FAILED"
    return f"{word:6} {result.seconds:5.1f} s  {result.run}  {trouble}"


def _kind(result: Result) -> str:
    kinds = {boundary.split()[1] for boundary in result.boundaries}
    return "many jobs" if not kinds else "several" if len(kinds) > 1 else kinds.pop()


def _fault(result: Result) -> str:
    return result.fault if result.boundaries else "at random"
