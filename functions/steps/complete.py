"""Step 10: hand over: a report of what was made, how long it took and what it cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from steps.context import StepContext
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, PipelineStep
from ugcgen.domain.job import Bounds, Quote
from ugcgen.domain.money import Micros, dollars
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.engine.refs import read_units
from ugcgen.ledger import calls as ledger
from ugcgen.pipeline.artifacts import by_step
from ugcgen.pipeline.steps import ORDER
from ugcgen.pipeline.transitions import Done, Outcome


def deliver(step: StepContext) -> Outcome:
    signed = step.unit.memo
    checked = step.result(PipelineStep.QUALITY_CHECK)
    calls = ledger.of_job(step.job.id)
    report = {
        "job": step.job.id,
        "film": signed["film"],
        "paid_calls": sum(call.sends for call in calls),
        "cost_usd": dollars(sum(call.cost for call in calls)),
        "unconfirmed_usd": dollars(sum(call.price for call in calls if call.state is CallState.UNCONFIRMED)),
        "quoted_usd": dollars(step.job.quote.total),
        "estimate_and_actual": estimate_and_actual(step.job.quote, calls),
        "simulated": step.job.money.simulated,
        "calls_per_model": dict(sorted(Counter(call.model for call in calls).items())),
        "step_seconds": step_seconds(read_units(step.job.id)),
        "writing": step.result(PipelineStep.SCRIPT_GENERATION)["writing"],
        "consistency": checked["consistency"],
        "checks": checked["checks"],
    }
    return Done(result={"film": signed["film"], "films": signed["films"], "files": signed["files"], "report": report})


def estimate_and_actual(quote: Quote, calls: Iterable[CallRecord]) -> dict[str, Any]:
    """What was quoted beside what was charged, in US dollars: for each step, each scene (None is the whole ad) and in
    all. A call counts where the unit belongs that sent it."""
    by_step, by_scene = Counter[PipelineStep](), Counter[int | None]()
    for call in calls:
        if call.unit_id is not None:
            key = UnitKey.parse(call.unit_id)
            by_step[key.step] += call.cost
            by_scene[key.scene] += call.cost
    whole = Bounds(low=quote.low, price=quote.total, high=quote.high)
    return {
        "steps": [{"step": str(step)} | _row(row, by_step[step]) for step, row in quote.by_step().items()],
        "scenes": [{"scene": scene} | _row(row, by_scene[scene]) for scene, row in quote.by_scene().items()],
        "total": _row(whole, by_step.total()),
    }


def _row(quoted: Bounds, actual: Micros) -> dict[str, float]:
    return {
        "low_usd": dollars(quoted.low),
        "price_usd": dollars(quoted.price),
        "high_usd": dollars(quoted.high),
        "actual_usd": dollars(actual),
    }


def step_seconds(units: Mapping[str, Unit]) -> dict[str, float]:
    """For each step, the seconds from the start of its first unit to the end of its last."""
    rows = by_step(units)
    return {
        step: round((rows[step]["finished_at"] - rows[step]["started_at"]).total_seconds(), 2)
        for step in ORDER
        if step in rows and rows[step]["finished_at"]
    }
