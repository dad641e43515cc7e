"""The runner: plays runs on some stages at once, each held against the run without faults."""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from tests.chaos.checks import Expected, Found, askers, judge
from tests.chaos.matrix import Run
from tests.chaos.plan import AT_THE_PROVIDER, Odds, Plan
from tests.chaos.scenarios import Scenario
from tests.chaos.stage import Played, Stage
from tests.e2e.studio import Bill
from ugcgen.domain.enums import JobStatus


@dataclass(frozen=True)
class Result:
    """What a run came to. ``struck`` says whether its fault struck at all; a run in which it did not proves nothing."""

    run: str
    boundary: str
    side: str
    fault: str
    struck: bool
    found: Found
    seconds: float

    @property
    def ok(self) -> bool:
        return self.struck and self.found.ok


class Theatre:
    """Some stages, which share what their studios have drawn."""

    def __init__(self, stages: int) -> None:
        self._count = stages
        self._expected: dict[str, Expected] = {}
        self._free: SimpleQueue[Stage] = SimpleQueue()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
        self._first = self._raised(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def rehearse(self, scenarios: Iterable[Scenario]) -> dict[str, Expected]:
        """What each scenario comes to without faults. Afterwards every stage is up. Raises AssertionError."""
        for scenario in scenarios:
            self._expected[scenario.name] = _undisturbed(self._first, scenario)
        drawn = self._folder / "0" / "cloud" / "studio" / "made"
        for number in range(1, self._count):
            shutil.copytree(drawn, self._folder / str(number) / "cloud" / "studio" / "made", dirs_exist_ok=True)
        with ThreadPoolExecutor(self._count) as pool:
            for stage in [self._first, *pool.map(self._raised, range(1, self._count))]:
                self._free.put(stage)
        return self._expected

    def play(self, runs: Iterable[Run], tell: Callable[[Result], None] = lambda result: None) -> list[Result]:
        """Every run, as many at once as there are stages."""

        def one(run: Run) -> Result:
            stage = self._free.get()
            try:
                result = _played(stage, run, self._expected[run.scenario.name])
            except Exception as error:  # one run that cannot be told must not end the others
                result = _untold(run, error)
            finally:
                self._free.put(stage)
            tell(result)
            return result

        with ThreadPoolExecutor(self._count) as pool:
            return list(pool.map(one, runs))

    def soak(self, scenario: Scenario, jobs: int, odds: Odds) -> Result:
        """Many jobs at once on one stage, with random faults."""
        stage = self._free.get()
        played = stage.play(scenario, Plan("soak", odds=odds), count=jobs)
        self._free.put(stage)
        found = _judged(stage, played, scenario, self._expected[scenario.name])
        struck = Counter(hit["fault"] for hit in played.hits if "fault" in hit)
        faults = ", ".join(f"{count} {fault}" for fault, count in struck.most_common())
        return Result(f"{jobs} jobs at once", "any", "any", faults, bool(struck), found, played.seconds)

    def _raised(self, number: int) -> Stage:
        return self._open.enter_context(Stage(self._folder / str(number)))


def _undisturbed(stage: Stage, scenario: Scenario) -> Expected:
    played = stage.play(scenario, Plan(f"{scenario.name} without faults"))
    [job] = played.jobs
    assert job.status is scenario.ends, f"{scenario.name}: {job.status} {job.error_message}"
    passed: dict[str, list[str]] = {}
    for hit in played.hits:
        passed.setdefault(hit["boundary"], []).append(hit.get("unit", ""))
    unknown = [boundary for boundary in passed if boundary.startswith("unknown")]
    assert not unknown, f"I/O at places that are no boundary: {unknown}"
    bill: Bill = Counter((call["model"], call["kind"]) for call in played.calls if call["accepted"])
    made = stage.backstage.artifacts(job.id) if scenario.ends is JobStatus.COMPLETED else {}
    return Expected(bill, made, passed, askers(played.hits))


def _played(stage: Stage, run: Run, expected: Expected) -> Result:
    began = time.monotonic()
    plan = Plan(run.id, (*run.lead.strikes, run.strike))
    played = stage.play(run.scenario, plan, run.bad_day, run.restart)
    found = _judged(stage, played, run.scenario, expected, provider_was_away=run.restart == "studio")
    if run.strike.fault in AT_THE_PROVIDER:
        struck = any(call["fault"] == run.strike.fault for call in played.calls)
    else:
        here = [hit for hit in played.hits if (hit["boundary"], hit["side"]) == (run.strike.boundary, run.strike.side)]
        struck = any(hit.get("fault") == run.strike.fault for hit in here)
    took = time.monotonic() - began
    strike = run.strike
    return Result(run.id, strike.boundary, strike.side, strike.fault, struck, found, took)


def _untold(run: Run, error: Exception) -> Result:
    found = Found(1, 0, 0, 0, 0, 0, 0, 0, 0, notes=(f"{type(error).__name__}: {error}",))
    return Result(run.id, run.strike.boundary, run.strike.side, run.strike.fault, False, found, 0)


def _judged(
    stage: Stage, played: Played, scenario: Scenario, expected: Expected, *, provider_was_away: bool = False
) -> Found:
    ids = [job.id for job in played.jobs]
    records = [record for job_id in ids for record in stage.backstage.calls(job_id)]
    completed = [job.id for job in played.jobs if job.status is JobStatus.COMPLETED]
    artifacts = [stage.backstage.artifacts(job_id) for job_id in completed]
    return judge(
        played.jobs,
        scenario.ends,
        records,
        played.calls,
        played.hits,
        artifacts,
        played.told,
        expected,
        provider_was_away,
    )
