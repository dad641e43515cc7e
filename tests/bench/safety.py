"""``python -m tests.bench.safety``: what the ledger and the engine cost, as a table and in ``out/bench/safety.json``.

One job on the local cloud, and its own model calls once more without anything around them. Both wait for the same
provider; documents, messages and tasks are counted on the wire.
"""

import json
import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import requests
from rich.console import Console
from rich.table import Table

from infra.local.cloud import ALL, LocalCloud
from infra.local.parts import REPO
from infra.local.ports import choose_ports, is_free
from tests.bench.bare import run_bare
from tests.bench.critical_path import longest_chain
from tests.bench.here import use
from tests.bench.job import finished, started
from tests.bench.recorder import Order, Recorder
from tests.bench.tap import FirestoreTap, Tap
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.job import Job
from ugcgen.engine.refs import read_units
from ugcgen.ledger import calls as ledger
from ugcgen.pipeline.plan import plan_of

OUT = REPO / "out" / "bench" / "safety.json"
LATENCY = {"image": 3.0, "video": 10.0}
"""Seconds that the provider takes at least: quicker than on any day, so that what we add weighs more."""

FOOTAGE = {
    PipelineStep.SCRIPT_GENERATION,
    PipelineStep.SCENE_PROMPTS,
    PipelineStep.STORYBOARD,
    PipelineStep.STORYBOARD_REVIEW,
    PipelineStep.VIDEO_GENERATION,
    PipelineStep.AUDIO_GENERATION,
}
"""The steps up to the last clip and voice. After them a job renders, which the bare calls do not."""


@dataclass(frozen=True)
class Safety:
    """``in_a_row`` is the number of units on the longest chain up to the footage, over which the time adds up."""

    units: int
    posts: int
    bare_posts: int
    writes: dict[str, int]
    lost_commits: int
    reads: dict[str, int]
    messages: int
    tasks: int
    footage_s: float
    bare_s: float
    in_a_row: int

    @property
    def added_ms(self) -> float:
        """Milliseconds for each of the units in a row."""
        return (self.footage_s - self.bare_s) * 1000 / self.in_a_row


def measure() -> Safety:
    """Takes about a minute. Raises RuntimeError where the job does not complete, or paid for a call twice."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        firestore = stack.enter_context(FirestoreTap())
        pubsub, tasks = stack.enter_context(Tap()), stack.enter_context(Tap())
        base = _free_block(len(ALL) + 1)
        at = {name: f"127.0.0.1:{port}" for name, port in choose_ports([*ALL, "auth"], base).items()}
        for tap, part in ((firestore, "firestore"), (pubsub, "pubsub"), (tasks, "tasks")):
            tap.connect(at[part])
        recorder = stack.enter_context(Recorder(f"http://{at['studio']}"))
        tapped = {
            "FIRESTORE_EMULATOR_HOST": firestore.address,
            "PUBSUB_EMULATOR_HOST": pubsub.address,
            "CLOUD_TASKS_EMULATOR_HOST": tasks.address,
            "GOOGLE_GEMINI_BASE_URL": recorder.url,
        }
        with LocalCloud(folder / "job", env=tapped, port_base=base) as cloud:
            use(cloud.env | {"FIRESTORE_EMULATOR_HOST": at["firestore"]})  # what we look at is not counted
            _slow_down(cloud)
            job = finished(started(cloud))
            calls = ledger.of_job(job.id)
            footage_s = _seconds_to_footage(job)
        orders = _by_unit(calls, recorder.orders)
        planned = plan_of(job)
        # A studio of its own: nothing of what the job asked for is there already.
        with LocalCloud(folder / "bare", parts=["studio"]) as alone:
            _slow_down(alone)
            ended = run_bare(alone.urls["studio"], planned, orders)
            journal = requests.get(f"{alone.urls['studio']}/studio/log", timeout=10).json()
        footage = {unit_id: unit for unit_id, unit in planned.items() if unit.key.step in FOOTAGE}
        _, chain = longest_chain(footage, dict.fromkeys(footage, 1.0))
        return Safety(
            units=len(planned),
            posts=len(recorder.orders),
            bare_posts=len(journal["calls"]),
            writes=dict(firestore.writes),
            lost_commits=firestore.lost,
            reads=dict(firestore.reads),
            messages=pubsub.calls["Publish"],
            tasks=tasks.calls["CreateTask"],
            footage_s=footage_s,
            bare_s=max(ended[unit_id] for unit_id in footage),
            in_a_row=len(chain),
        )


def _slow_down(cloud: LocalCloud) -> None:
    requests.post(f"{cloud.urls['studio']}/studio/latency", json=LATENCY, timeout=10).raise_for_status()


def _seconds_to_footage(job: Job) -> float:
    """From the job's creation to the last clip and voice, as its documents say."""
    last = max(unit.finished_at for unit in read_units(job.id).values() if unit.step in FOOTAGE and unit.finished_at)
    return (last - job.created_at).total_seconds()


def _by_unit(calls: Iterable[CallRecord], orders: Iterable[Order]) -> dict[str, list[Order]]:
    """The recorded orders of each unit, by the ledger's account of who sent what when.

    Of two units that asked one model at the same moment one may get the other's order: they are of one size.
    """
    left, found = list(orders), defaultdict[str, list[Order]](list)
    for call in sorted(calls, key=lambda call: call.sent_at or call.created_at):
        order = next((order for order in left if order.is_for(call.model)), None)
        if order is None or call.sends != 1:
            raise RuntimeError(f"{call.unit_id} sent a call to {call.model} {call.sends} times; run again")
        left.remove(order)
        found[call.unit_id or ""].append(order)
    if left:
        raise RuntimeError(f"{len(left)} requests have no record in the ledger: {[order.path for order in left]}")
    return found


def _free_block(count: int) -> int:
    """The first of so many free ports in a row."""
    while True:
        base = random.randrange(20_000, 32_000 - count)
        if all(is_free(port) for port in range(base, base + count)):
            return base


def _table(cost: Safety) -> Table:
    table = Table("", "job", "a unit", "bare calls", "ratio", title="What safety costs")

    def counted(name: str, whole: int, bare: int = 0) -> None:
        ratio = f"{whole / bare:.2f}" if bare else "-"
        table.add_row(name, str(whole), f"{whole / cost.units:.1f}", str(bare), ratio)

    counted("POSTs to models", cost.posts, cost.bare_posts)
    counted("Firestore writes", sum(cost.writes.values()))
    counted("Firestore reads", sum(cost.reads.values()))
    counted("Pub/Sub messages", cost.messages)
    counted("Cloud Tasks tasks", cost.tasks)
    table.add_row(
        "seconds to the last clip and voice",
        f"{cost.footage_s:.2f}",
        f"+ {cost.added_ms:.0f} ms",
        f"{cost.bare_s:.2f}",
        f"{cost.footage_s / cost.bare_s:.2f}",
    )
    return table


def main() -> None:
    cost = measure()
    Console().print(_table(cost))
    load = {"cpus": os.cpu_count(), "load_average": os.getloadavg()}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    results = {"machine": load, "provider_s": LATENCY, **asdict(cost), "added_ms_per_unit": cost.added_ms}
    OUT.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
