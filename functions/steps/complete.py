"""Step 10: hand over: a report of what was made, how long it took and what it cost."""

from collections import Counter
from collections.abc import Mapping

from steps.context import StepContext
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.money import dollars
from ugcgen.domain.unit import Unit
from ugcgen.engine.refs import read_units
from ugcgen.ledger.account import calls_of
from ugcgen.pipeline.artifacts import by_step
from ugcgen.pipeline.freshness import FILM
from ugcgen.pipeline.steps import ORDER
from ugcgen.pipeline.transitions import Done, Outcome


def deliver(step: StepContext) -> Outcome:
    film = step.results[FILM]
    checked = step.result(PipelineStep.QUALITY_CHECK)
    calls = calls_of(step.job.id)
    report = {
        "job": step.job.id,
        "film": film["film"],
        "paid_calls": sum(call.sends for call in calls),
        "cost_usd": dollars(sum(call.cost for call in calls)),
        "quoted_usd": dollars(step.job.quote.total),
        "simulated": step.job.money.simulated,
        "calls_per_model": dict(sorted(Counter(call.model for call in calls).items())),
        "step_seconds": step_seconds(read_units(step.job.id)),
        "consistency": checked["consistency"],
        "checks": checked["checks"],
    }
    return Done(result={"film": film["film"], "report": report})


def step_seconds(units: Mapping[str, Unit]) -> dict[str, float]:
    """For each step, the seconds from the start of its first unit to the end of its last."""
    rows = by_step(units)
    return {
        step: round((rows[step]["finished_at"] - rows[step]["started_at"]).total_seconds(), 2)
        for step in ORDER
        if step in rows and rows[step]["finished_at"]
    }
