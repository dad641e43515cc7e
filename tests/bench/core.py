"""``make bench``: the core's figures from one run, as a table and in ``out/bench/core.json``.

Each figure has a limit that it must not pass; the exit code is 1 where one does.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from infra.local.parts import REPO
from tests.bench.cold_import import cold_imports
from tests.bench.job import JobRun, run_job
from tests.bench.overhead import median, unit_overhead

OUT = REPO / "out" / "bench" / "core.json"


@dataclass(frozen=True)
class Figure:
    """A measured value and the limit that it must not pass; ``facts`` say what it was made from."""

    name: str
    value: float
    limit: float
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.value <= self.limit


def figures() -> list[Figure]:
    """Every figure. Takes about three minutes, most of which a slow provider is waited for."""
    entry, hello = cold_imports()
    overheads = unit_overhead()
    job = run_job()
    return [*_job_figures(job), _overhead(overheads), _import(entry, hello)]


def _job_figures(run: JobRun) -> list[Figure]:
    took = {"job_s": run.job_s, "critical_path_s": run.critical_path_s, "path": run.path}
    written = {"units": run.units, "writes": run.writes, "refused_commits": run.refused_commits}
    return [
        Figure("job_vs_critical_path", run.job_s / run.critical_path_s, 1.10, took),
        Figure("firestore_writes_per_unit", sum(run.writes.values()) / run.units, 7.5, written),
        Figure("local_cloud_start_s", run.start_s, 10),
    ]


def _overhead(milliseconds: list[float]) -> Figure:
    facts = {"samples": len(milliseconds), "fastest": min(milliseconds), "slowest": max(milliseconds)}
    return Figure("unit_overhead_ms", median(milliseconds), 40, facts)


def _import(entry: float, hello: float) -> Figure:
    return Figure("import_vs_hello", entry / hello, 3.0, {"main_s": entry, "hello_s": hello})


def main() -> int:
    measured = figures()
    table = Table("figure", "measured", "at most", "", title="The core")
    for figure in measured:
        table.add_row(figure.name, f"{figure.value:.2f}", f"{figure.limit:g}", "ok" if figure.ok else "TOO MUCH")
    Console().print(table)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    load = {"cpus": os.cpu_count(), "load_average": os.getloadavg()}
    results = {figure.name: asdict(figure) | {"ok": figure.ok} for figure in measured}
    OUT.write_text(json.dumps({"machine": load, "figures": results}, indent=2) + "\n", encoding="utf-8")
    return 0 if all(figure.ok for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
