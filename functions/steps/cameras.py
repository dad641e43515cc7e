"""Cameras: which models may film a scene. The one that was quoted, those that can make the same clip in its place, and
for good the one that has begun."""

from collections.abc import Callable

from steps.context import StepContext
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import InvalidInput
from ugcgen.ledger import calls
from ugcgen.models import video
from ugcgen.models.catalog import Model, Role
from ugcgen.models.clip import ClipOrder
from ugcgen.pipeline.outline import extension_steps
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS
from ugcgen.pipeline.transitions import first_take

_NOT_BEGUN = {CallState.RESERVED, CallState.FAILED, CallState.CANCELLED}


def cameras(step: StepContext, order_for: Callable[[Model], ClipOrder]) -> list[Model]:
    """The models to ask, first choice first: none but the one that an operation of this unit runs at already."""
    first, *others = step.models(Role.VIDEO)
    able = [model for model in others if _reaches(step, model) and _makes(model, order_for(model))]
    begun = next((model for model in able if _has_begun(step, model, order_for(model))), None)
    return [begun] if begun else [first, *able]


def _makes(model: Model, order: ClipOrder) -> bool:
    try:
        video.check(model, order)
    except InvalidInput:
        return False
    return True


def _reaches(step: StepContext, model: Model) -> bool:
    """Whether the model can extend its own clip as far as the scene wants."""
    if not step.planned.is_extended:
        return True
    steps = extension_steps(step.planned.extension_seconds, model.limits) if model.extension_lengths else []
    return bool(steps) and step.planned.clip_seconds + sum(steps) <= model.longest


def _has_begun(step: StepContext, model: Model, order: ClipOrder) -> bool:
    """Whether this unit has ordered the clip of that model: another one must not be paid for beside it."""
    if step.unit.fence <= 1:
        return False  # the unit's first claim
    first = first_take(step.unit)
    keys = [
        video.question(step.account, model, order, take).key for take in range(first, first + MAX_REGEN_ATTEMPTS + 1)
    ]
    if step.unit.waiting is not None:
        return step.unit.waiting.call in keys
    record = calls.read(keys[0])
    return record is not None and record.state not in _NOT_BEGUN
