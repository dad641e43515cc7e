"""Step 4: wait for a person to approve the storyboard."""

from steps.context import StepContext
from ugcgen.domain.enums import BlockReason
from ugcgen.domain.unit import Blocked
from ugcgen.pipeline.transitions import Block, Done, Outcome


def decide(step: StepContext) -> Outcome:
    decision = step.unit.inputs.get("decision", "approve" if step.job.auto_approve else "wait")
    if decision == "approve":
        return Done(result={"decision": "approve"})
    return Block(
        Blocked(
            reason=BlockReason.STORYBOARD_REVIEW,
            message="The storyboard waits for your approval; no clip is paid for before it.",
        )
    )
