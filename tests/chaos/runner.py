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

from tests.chaos.checks import Expected, Found, amid_sends, askers, judge
from tests.chaos.matrix import Run
from tests.chaos.plan import AT_THE_PROVIDER, Odds, Plan, Strike, fits
from tests.chaos.scenarios import Scenario
from tests.chaos.stage import Played, Stage
from tests.e2e.studio import Bill
from ugcgen.domain.enums import JobStatus


@dataclass(frozen=True)
class Result:
    """What a run came to. ``struck`` are the boundaries at which its strikes hit, ``missed`` the strikes that did not:
    one can keep another from its boundary, and that one is then played in a run of its own."""

    run: str
    boundaries: tuple[str, ...]
    side: str
    fault: str
    struck: tuple[str, ...]
    missed: tuple[str, ...]
    found: Found
    seconds: float

    @property
    def ok(self) -> bool:
        return self.found.ok and (not self.missed or len(self.boundaries) > 1)


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
        with ThreadPoolExecutor(self._count) as pool:
            others = pool.map(self._raised, range(1, self._count))
            for scenario in scenarios:
                self._expected[scenario.name] = _undisturbed(self._first, scenario)
            stages = [self._first, *others]
        for stage in stages:
            if stage is not self._first:
                shutil.copytree(self._first.drawn, stage.drawn, dirs_exist_ok=True)
            self._free.put(stage)
        return self._expected

    def play(self, runs: Iterable[Run], tell: Callable[[Result], None] = lambda result: None) -> list[Result]:
        """Every run, as many at once as there are stages. Of several strikes, those that missed are played again alone,
        and all of them where one cut off a send in spite of all: no strike may explain what another one did."""

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

        chosen = list(runs)
        with ThreadPoolExecutor(self._count) as pool:
            results = list(pool.map(one, chosen))
            again = [
                single
                for run, result in zip(chosen, results, strict=True)
                for single, strike in zip(run.packed, run.strikes, strict=False)
                if strike.id in result.missed or result.found.interrupted
            ]
            return [*results, *pool.map(one, again)]

    def soak(self, scenario: Scenario, jobs: int, odds: Odds) -> Result:
        """Many jobs at once on one stage, with random faults."""
        stage = self._free.get()
        played = stage.play(scenario, Plan(odds=odds), count=jobs)
        self._free.put(stage)
        found = _judged(stage, played, scenario, self._expected[scenario.name])
        struck = Counter(hit["fault"] for hit in played.hits if "fault" in hit)
        faults = ", ".join(f"{count} {fault}" for fault, count in struck.most_common())
        return Result(f"{jobs} jobs at once", (), "any", faults, (), () if struck else ("any",), found, played.seconds)

    def _raised(self, number: int) -> Stage:
        return self._open.enter_context(Stage(self._folder / str(number)))


def _undisturbed(stage: Stage, scenario: Scenario) -> Expected:
    played = stage.play(scenario, Plan())
    [job] = played.jobs
    assert job.status is scenario.ends, f"{scenario.name}: {job.status} {job.error_message}"
    passed: dict[str, list[str]] = {}
    for hit in played.hits:
        passed.setdefault(hit["boundary"], []).append(hit.get("unit", ""))
    unknown = [boundary for boundary in passed if boundary.startswith("unknown")]
    assert not unknown, f"I/O at places that are no boundary: {unknown}"
    bill: Bill = Counter((call["model"], call["kind"]) for call in played.calls if call["accepted"])
    made = stage.backstage.artifacts(job.id) if scenario.ends is JobStatus.COMPLETED else {}
    asking = askers(played.hits)
    return Expected(bill, made, passed, asking, *amid_sends(played.hits, asking))


def _played(stage: Stage, run: Run, expected: Expected) -> Result:
    began = time.monotonic()
    plan = Plan((*run.lead.strikes, *run.strikes))
    played = stage.play(run.scenario, plan, run.bad_day, run.restart)
    found = _judged(stage, played, run.scenario, expected, provider_was_away=run.restart == "studio")
    missed = tuple(strike for strike in run.strikes if not _hit(strike, played))
    struck = tuple(strike.boundary for strike in run.strikes if strike not in missed)
    ids = tuple(strike.id for strike in missed)
    return Result(run.id, run.boundaries, run.side, run.fault, struck, ids, found, time.monotonic() - began)


def _hit(strike: Strike, played: Played) -> bool:
    if strike.fault in AT_THE_PROVIDER:
        return any(call["fault"] == strike.fault for call in played.calls)
    return any(
        hit.get("fault") == strike.fault and fits(strike, hit["boundary"], hit["side"], hit.get("unit", ""))
        for hit in played.hits
    )


def _untold(run: Run, error: Exception) -> Result:
    found = Found(1, 0, 0, 0, 0, 0, 0, 0, 0, notes=(f"{type(error).__name__}: {error}",))
    return Result(run.id, run.boundaries, run.side, run.fault, (), tuple(strike.id for strike in run.strikes), found, 0)


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
