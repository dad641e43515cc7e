"""Work for every unit of a job: what each makes is decided by what it was made from, and costs less than its price."""

from collections.abc import Mapping
from datetime import datetime

from tests.unit.core.jobs import PAID_STEPS, PRICE, result
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import BlockReason, PipelineStep
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine import allotment
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import read_results
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.transitions import Block, Done, Next, Outcome, Wait

COST = PRICE * 4 // 5


def work(task: Task, operations_end: datetime) -> Outcome:
    """The outcome of the unit's phase. A review waits for its approval, a clip for its operation."""
    unit, job = task.unit, task.job
    call = f"call-{unit.id}-{unit.run}"
    if unit.step is PipelineStep.STORYBOARD_REVIEW and unit.inputs.get("decision") != "approve":
        return Block(Blocked(reason=BlockReason.STORYBOARD_REVIEW, message="look at it"))
    if unit.phase == "film" and unit.waiting is None:
        return Wait(call, operations_end)
    if unit.phase in {"film", "measure"}:
        return Next("frames" if unit.phase == "film" else "judge", memo={"seen": unit.phase})
    paid = {}
    if unit.step in PAID_STEPS:
        missing = unit.spent + PRICE - unit.allotted
        if missing > 0 and allotment.draw(unit, missing) is None:
            return Block(Blocked(reason=BlockReason.BUDGET, message="no money", needed=missing))
        paid = {call: COST}
    needs = plan_of(job)[unit.id].needs
    found = read_results(job.id, sorted(needs))
    if not all(found.get(need) for need in needs):
        raise LostUnit(f"{unit.id}: a result it needs is not there now")
    # ``by`` differs from worker to worker, so that a second outcome over the first would show.
    return Done(result=result(unit.key, made_of(unit, found)) | {"by": unit.fence}, paid=paid)


def made_of(unit: Unit, needed: Mapping[str, Mapping[str, object]]) -> str:
    """What a unit is made of: its run, what a person wished, and the results it needed."""
    wished = {"run": unit.run, "note": unit.inputs.get("note")}
    return content_key("u1", unit.id, wished, [str(needed[need]["of"]) for need in sorted(needed)])[:16]
