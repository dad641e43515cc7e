"""Video: submit a clip or an extension, look at the operation, fetch the result. Waiting is done elsewhere."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.money import micros
from ugcgen.ledger.account import Account
from ugcgen.ledger.record import Question
from ugcgen.models import agent_platform, interactions, pricing
from ugcgen.models.catalog import Model, Provider
from ugcgen.models.clip import ClipOrder, Operation, Progress

RESOLUTIONS = {"draft": "360p", "standard": "720p", "high": "1080p"}


def resolution_for(model: Model, quality: str) -> str:
    """The resolution of a quality, or the nearest the model has."""
    wanted = RESOLUTIONS[quality]
    return wanted if wanted in model.resolutions else model.resolutions[0]


def check(model: Model, order: ClipOrder) -> None:
    """Raises InvalidInput for a mode that the model cannot do, before anything is paid."""
    lengths = model.extension_lengths if order.extends else model.lengths
    if order.seconds not in lengths:
        nearest = min(lengths, key=lambda length: abs(length - order.seconds)) if lengths else None
        raise InvalidInput(f"{model.id} makes no {order.seconds:g} s; the nearest is {nearest} s", field="seconds")
    if order.ratio not in model.ratios:
        raise InvalidInput(f"{model.id} makes {', '.join(model.ratios)}, not {order.ratio}", field="aspect_ratio")
    if order.resolution not in model.resolutions:
        raise InvalidInput(f"{model.id} makes {', '.join(model.resolutions)}, not {order.resolution}", field="quality")
    frames = order.first_frame or order.last_frame
    if order.references and frames and not model.references_with_frames:
        raise InvalidInput(f"{model.id} takes reference pictures or a first and last frame, not both")
    if len(order.references) > model.references:
        raise InvalidInput(f"{model.id} takes {model.references} reference pictures, not {len(order.references)}")


def question(account: Account, model: Model, order: ClipOrder, take: int) -> Question:
    """The order as the ledger knows it."""
    parameters: dict[str, Any] = {
        "task": "video",
        **order.model_dump(exclude={"first_frame", "last_frame", "references", "extends"}),
        "extends": order.extends is not None,
        "frames": [order.first_frame is not None, order.last_frame is not None],
    }
    inputs = [picture.sha256 for picture in order.pictures]
    if order.extends is not None:
        inputs.append(order.extends.sha256)
    price = pricing.clip(model, now().date(), order.seconds, order.resolution, len(order.pictures))
    return Question(
        key=content_key(account.user_id, model.id, parameters, inputs, take),
        model=model.id,
        kind="video",
        price=price,
        dear=price >= micros(settings().confirm_from_usd),
    )


def submit(account: Account, model: Model, order: ClipOrder, asked: Question) -> CallRecord:
    """Have the clip made; the record says under which operation. Raises what ``Account.submit`` raises."""
    check(model, order)

    def prepare() -> Callable[[], str]:
        if model.provider is Provider.GEMINI:
            return interactions.prepare(model, order, asked.key)
        return agent_platform.prepare(model, order, asked.key)

    return account.submit(asked, prepare)


def is_announced(model: Model) -> bool:
    """Whether the provider says by webhook that an operation has ended: the Agent Platform never does."""
    return model.provider is Provider.GEMINI and settings().webhook_secret is not None


def look(model: Model, operation: str) -> Operation:
    """How far the operation is. Raises TransientModelError where it cannot be seen now."""
    seen: Operation = _provider(model).look(model, operation)
    return seen


def fetch(model: Model, video: str) -> bytes:
    """The bytes of a ready result. Raises TransientModelError where they cannot be had now."""
    data: bytes = _provider(model).fetch(model, video)
    return data


def cancel(model: Model, operation: str) -> bool:
    """Ask the provider to stop; whether it can."""
    stopped: bool = _provider(model).cancel(model, operation)
    return stopped


def closing_state(operation: Operation) -> CallState:
    """The state in which the record of an operation without a result is closed."""
    return {Progress.FILTERED: CallState.REFUSED, Progress.CANCELLED: CallState.CANCELLED}.get(
        operation.progress, CallState.FAILED
    )


def _provider(model: Model) -> ModuleType:
    return interactions if model.provider is Provider.GEMINI else agent_platform
