"""Running a step's work: the phase's function, with everything that can happen to a paid call as an outcome."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from steps.context import StepContext
from ugcgen.domain.enums import BlockReason, PipelineStep
from ugcgen.domain.errors import (
    CallPending,
    CallUnconfirmed,
    ConfigurationError,
    ContentFiltered,
    InvalidInput,
    ModelRejected,
    NotFound,
    OverBudget,
    QuotaExhausted,
)
from ugcgen.domain.money import Micros, show
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.engine.handle import Task
from ugcgen.ledger import calls
from ugcgen.pipeline.transitions import Block, Fail, Outcome, Wait

Phase = Callable[[StepContext], Outcome]


def work(task: Task) -> Outcome:
    """The outcome of the unit's phase. Only failures that may pass are raised."""
    context = StepContext(task)
    if task.unit.run > 1:
        context.account.paid |= _paid_by_earlier_runs(task.unit)
    outcome = _guarded(phase_of(task.unit.step, task.unit.phase), context)
    return replace(outcome, paid=context.account.paid)


def _paid_by_earlier_runs(unit: Unit) -> dict[str, Micros]:
    """What the ledger knows of the unit's calls: a run that was begun again while it paid could not settle them."""
    return {call.key: call.owed for call in calls.of_job(unit.job_id) if call.unit_id == unit.id}


def close(task: Task) -> Outcome:
    """The outcome for a unit of a cancelled job: what is open at a provider is stopped or collected."""
    context = StepContext(task)
    outcome: Outcome = import_module("steps.cancellation").close(context)
    return replace(outcome, paid=context.account.paid)


def phase_of(step: PipelineStep, phase: str) -> Phase:
    """The function named after the phase in the module named after the step."""
    found: Phase = getattr(import_module(f"steps.{step}"), phase)
    return found


def _guarded(phase: Phase, context: StepContext) -> Outcome:
    try:
        return phase(context)
    except CallPending as pending:
        return Wait(pending.call, pending.due_at)
    except CallUnconfirmed as unconfirmed:
        reason = BlockReason.UNCONFIRMED
        return Block(Blocked(reason=reason, message=str(unconfirmed), call=unconfirmed.call))
    except QuotaExhausted as none:
        reason = BlockReason.NO_CREDIT if none.no_credit else BlockReason.QUOTA
        message = f"{none}. It is tried again by itself at {none.until:%H:%M} UTC."
        return Block(Blocked(reason=reason, message=message, until=none.until))
    except ConfigurationError as missing:
        return Block(Blocked(reason=BlockReason.NO_KEY, message=str(missing)))
    except OverBudget as over:
        if context.afford(over):
            return _guarded(phase, context)
        message = f"{over} Raise the budget by {show(over.needed)} to go on."
        return Block(Blocked(reason=BlockReason.BUDGET, message=message, needed=over.needed))
    except (ContentFiltered, InvalidInput, ModelRejected, NotFound) as final:
        return Fail(str(final))
