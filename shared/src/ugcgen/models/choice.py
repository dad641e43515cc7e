"""Choosing a model: a pure function of role, request, day and catalog that says why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ugcgen.domain.enums import Quality
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Value
from ugcgen.models.ability import Need, Trouble, trouble_with
from ugcgen.models.catalog import Catalog, Model, Role


class Request(Value):
    """What is asked of a role. ``named`` is the model that a person chose: no other will do. ``preferred`` is one that
    we put first, before the quality's own chain."""

    need: Need = Need()
    quality: Quality = Quality.STANDARD
    named: str | None = None
    preferred: str | None = None


@dataclass(frozen=True)
class Choice:
    """A model and why it was chosen. ``notice`` is set where it is not the one that was named; ``fallbacks`` are what
    may take its place, in order, where it cannot be had."""

    model: Model
    why: str
    notice: str | None = None
    fallbacks: tuple[Model, ...] = ()


def choose(catalog: Catalog, role: Role, request: Request, day: date) -> Choice:
    """The first of the chain, with the rest of it as fallbacks. Raises as ``chain`` does."""
    first, *rest = chain(catalog, role, request, day)
    return replace(first, fallbacks=tuple(choice.model for choice in rest))


def chain(catalog: Catalog, role: Role, request: Request, day: date) -> list[Choice]:
    """The models that can do the work, first choice first; each says why, and which were passed over before it.

    A model that a person named stands alone. Raises InvalidInput where it cannot do the work, or none can, with the
    nearest that can be had.
    """
    if request.named is not None:
        return [_named(catalog, role, request, request.named, day)]
    choices: list[Choice] = []
    passed_over: list[str] = []
    field = "models"
    for candidate in _candidates(catalog, role, request, day):
        model = candidate.model
        if any(choice.model == model for choice in choices):
            continue
        trouble = _trouble(catalog, model, role, request, day)
        if trouble is None:
            why = "; ".join([candidate.why, *(f"passed over: {sentence}" for sentence in passed_over)])
            choices.append(replace(candidate, why=why))
            passed_over = []
        else:
            passed_over.append(f"{model.id} {trouble.sentence}")
            field = trouble.field
    if not choices:
        raise InvalidInput(f"no model for {role} can do this: {'; '.join(passed_over)}", field=field)
    return choices


def _candidates(catalog: Catalog, role: Role, request: Request, day: date) -> Iterator[Choice]:
    if request.preferred is not None:
        model, notice = catalog.resolve(request.preferred, day)
        yield Choice(model, f"preferred for {role}", notice)
    for place, name in enumerate(catalog.tiers[request.quality][role].chain, start=1):
        yield Choice(catalog.models[name], f"number {place} for {role} at {request.quality} quality")


def _named(catalog: Catalog, role: Role, request: Request, name: str, day: date) -> Choice:
    model, notice = catalog.resolve(name, day)
    trouble = _trouble(catalog, model, role, request, day)
    if trouble is None:
        return Choice(model, f"named for {role}", notice)
    others = [catalog.models[other] for other in catalog.tiers[request.quality][role].chain]
    able = [other.id for other in others if not _trouble(catalog, other, role, request, day)]
    instead = f"; use {' or '.join(able)}" if able else ""
    raise InvalidInput(f"{model.id} {trouble.sentence}{instead}", field=trouble.field)


def _trouble(catalog: Catalog, model: Model, role: Role, request: Request, day: date) -> Trouble | None:
    if not model.is_served_on(day):
        gone = f"was shut down on {model.shutdown}" if model.shutdown and model.shutdown <= day else "is not served yet"
        return Trouble(gone, f"models.{role}")
    return trouble_with(model, role, request.need, catalog.tiers[request.quality][role].makes)
