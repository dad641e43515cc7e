"""Work for every unit of a job: what each makes is decided by what it was made from, and costs less than its price."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agents.scene_prompt import composed
from tests.unit.core.jobs import PAID_STEPS, PRICE, result
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.content_key import fingerprint
from ugcgen.domain.enums import BlockReason, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.script import Script
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine import allotment
from ugcgen.engine.handle import Task
from ugcgen.pipeline.freshness import SCRIPT, Results, inputs, reads
from ugcgen.pipeline.steps import STEPS, Service
from ugcgen.pipeline.transitions import Block, Done, Next, Outcome, Wait

COST = PRICE * 4 // 5


def work(task: Task, operations_end: datetime) -> Outcome:
    """The outcome of the unit's phase. A review waits for its approval, a clip for its operation."""
    unit, job = task.unit, task.job
    phases = STEPS[unit.step].phases
    call = f"call-{unit.id}-{unit.run}"
    if unit.step is PipelineStep.STORYBOARD_REVIEW and unit.inputs.get("decision") != "approve":
        return Block(Blocked(reason=BlockReason.STORYBOARD_REVIEW, message="look at it"))
    if unit.phase == "film" and unit.waiting is None:
        return Wait(call, operations_end)
    paid = {}
    if unit.step in PAID_STEPS and unit.phase == _asks(phases):
        missing = unit.spent + PRICE - unit.allotted
        if missing > 0 and allotment.draw(unit, missing) is None:
            return Block(Blocked(reason=BlockReason.BUDGET, message="no money", needed=missing))
        paid = {call: COST}
    if following := [*phases][[*phases].index(unit.phase) + 1 :]:
        return Next(following[0], memo={"seen": unit.phase}, paid=paid)
    # ``by`` differs from worker to worker, so that a second outcome over the first would show.
    return Done(result=made(unit, job, task.results) | {"by": unit.fence}, paid=paid)


def _asks(phases: Mapping[str, Service]) -> str | None:
    """The phase that pays: the first that the functions do."""
    return next((phase for phase, service in phases.items() if service is Service.FUNCTIONS), None)


def made(unit: Unit, job: Job, results: Results) -> dict[str, Any]:
    """The unit's result, which is decided by what it reads and what a person wished. Prompts are composed as they are
    in truth, and so come out the same where an edit does not concern them."""
    if unit.step is PipelineStep.SCENE_PROMPTS:
        written = results[SCRIPT]
        return composed(
            Script.model_validate(written["script"]),
            unit.scene or 0,
            ProductionBible.model_validate(written["bible"]),
            job.edits,
            job.brief.speech,
            job.product_images,
        ).model_dump(mode="json")
    wanted = reads(unit.key, job)
    wished = {name: unit.inputs.get(name) for name in ("note", "drawing")}
    of = fingerprint([unit.id, inputs(wanted, results), wanted.job, wished])[:16]
    return result(unit.key, of)
