"""Video: submit a clip or an extension, look at the operation, fetch the result. Waiting is done elsewhere."""

from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import Any

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import CallState, Quality
from ugcgen.domain.errors import InvalidInput, OperationNotFound, TransientModelError
from ugcgen.domain.money import Micros, micros
from ugcgen.ledger import keyring
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import ability, agent_platform, interactions, pricing
from ugcgen.models.catalog import Model, Provider, Role, catalog
from ugcgen.models.clip import ClipOrder, Operation, Progress

GIVE_UP = timedelta(hours=2)
"""An operation that has not ended by then is not waited for any longer; providers promise minutes."""

_CLOSING = {Progress.FILTERED: CallState.REFUSED, Progress.CANCELLED: CallState.CANCELLED}


def resolution_for(model: Model, quality: Quality) -> str:
    """The resolution of a quality, or the nearest the model has."""
    return catalog().tiers[quality][Role.VIDEO].on(model)


def check(model: Model, order: ClipOrder) -> None:
    """Raises InvalidInput for a mode that the model cannot do, before anything is paid."""
    lengths = model.extension_lengths if order.extends else model.lengths
    if order.seconds not in lengths:
        trouble = ability.no_length(model, order.seconds, extends=order.extends is not None)
        raise InvalidInput(f"{model.id} {trouble}", field="seconds")
    if order.ratio not in model.ratios:
        raise InvalidInput(f"{model.id} {ability.no_ratio(model, order.ratio)}", field="aspect_ratio")
    if order.resolution not in model.resolutions:
        raise InvalidInput(f"{model.id} {ability.no_resolution(model, order.resolution)}", field="quality")
    frames = order.first_frame or order.last_frame
    if order.references and frames and not model.references_with_frames:
        raise InvalidInput(f"{model.id} takes reference pictures or a first and last frame, not both")
    if len(order.references) > model.references:
        raise InvalidInput(f"{model.id} {ability.no_references(model, len(order.references))}")


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
    day = now().date()
    price = pricing.clip(model, day, order.seconds, order.resolution, len(order.pictures))
    return Question(
        key=content_key(account.user_id, model.id, parameters, inputs, take),
        model=model.id,
        kind="video",
        price=price,
        fixed=pricing.footage(model, day, order.seconds, order.resolution),
        dear=is_dear(price),
    )


def is_dear(price: Micros) -> bool:
    """Whether a person is asked before work of this price is paid for again."""
    return price >= micros(settings().confirm_from_usd)


def submit(account: Account, model: Model, order: ClipOrder, asked: Question) -> CallRecord:
    """Have the clip made; the record says under which operation. Raises what ``Account.submit`` raises."""
    check(model, order)

    def prepare() -> Sender[str]:
        if model.provider is Provider.GEMINI:
            return interactions.prepare(model, order, asked.key)
        return agent_platform.prepare(model, order, asked.key)

    return account.submit(asked, prepare, keyed=model.provider is Provider.GEMINI)


def is_announced(model: Model) -> bool:
    """Whether the provider says by webhook that an operation has ended: the Agent Platform never does."""
    return model.provider is Provider.GEMINI and settings().webhook_secret is not None


@dataclass(frozen=True)
class Ended:
    """What an operation came to: an answer, or the state in which its record is closed and why."""

    answer: Answer | None = None
    state: CallState = CallState.SUCCEEDED
    reason: str = ""


def ended(model: Model, record: CallRecord) -> Ended | None:
    """What the record's operation came to, its clip brought home to our Storage; None while it runs.

    Raises TransientModelError where that cannot be told now. An operation that nobody can tell of for long is
    unconfirmed: it may have been charged.
    """
    age = now() - (record.sent_at or record.created_at)
    try:
        lent = _key_of(record)
        with keyring.unnamed(lent):
            seen: Operation = _provider(model).look(model, record.operation or "", lent)
        if seen.progress is Progress.READY and seen.video is not None:
            return Ended(_brought_home(model, record, seen, seen.video))
    except TransientModelError as trouble:
        gone = isinstance(trouble, OperationNotFound)
        if age < (timedelta(seconds=settings().lost_after_seconds) if gone else GIVE_UP):
            raise
        return Ended(state=CallState.UNCONFIRMED, reason=f"its result cannot be had: {trouble}")
    if seen.progress is Progress.RUNNING:
        if age < GIVE_UP:
            return None
        return Ended(state=CallState.UNCONFIRMED, reason=f"the operation did not end within {GIVE_UP}")
    return Ended(state=_CLOSING.get(seen.progress, CallState.FAILED), reason=seen.reason or "it brought nothing")


def found(model: Model, record: CallRecord) -> Ended | None:
    """The result of a submit whose answer was lost, where the provider writes it under the call's key."""
    place = agent_platform.found(record.key) if model.provider is Provider.AGENT_PLATFORM else None
    return Ended(_brought_home(model, record, Operation(Progress.READY), place)) if place else None


def _brought_home(model: Model, record: CallRecord, seen: Operation, video: str) -> Answer:
    data: bytes = _provider(model).fetch(model, video, _key_of(record))
    _, artifact = storage.put_once(storage.artifact_name(record.user_id, record.key, "mp4"), data, "video/mp4")
    cost = record.price
    if seen.input_tokens is not None:
        cost = record.fixed + pricing.text(model, (record.sent_at or now()).date(), seen.input_tokens, 0)
    return Answer(cost=cost, artifacts=[artifact], data={"video": video})


def cancel(model: Model, record: CallRecord) -> bool:
    """Ask the provider to stop; whether it can."""
    stopped: bool = _provider(model).cancel(model, record.operation or "", _key_of(record))
    return stopped


def _key_of(record: CallRecord) -> Lent | None:
    """The API key that the operation was begun with: no other one may see it."""
    return keyring.fetch(record.user_id, record.credential) if record.credential else None


def _provider(model: Model) -> ModuleType:
    return interactions if model.provider is Provider.GEMINI else agent_platform
