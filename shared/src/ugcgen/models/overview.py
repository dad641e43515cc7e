"""The catalog in words, as people are shown it: every model of every role, and the names that have ended."""

from collections.abc import Iterator, Sequence
from datetime import date

from ugcgen.domain.enums import Quality
from ugcgen.domain.model import Value
from ugcgen.models.catalog import Catalog, Model, Price, Provider, Role
from ugcgen.models.preflight import Lifecycle, finding


class ModelFacts(Value):
    """A model in one of its roles. ``places`` are its places in the chain of each quality that has it.

    A name that has ended has no abilities and no price of its own, and stands in the first role of its replacement.
    """

    role: Role
    id: str
    provider: Provider
    places: dict[Quality, int]
    abilities: str
    price: str
    lifecycle: Lifecycle
    shutdown: date | None
    replacement: str | None


def overview(catalog: Catalog, day: date) -> list[ModelFacts]:
    """Role by role: the chain of the standard quality, other models that are served, then the names that have ended."""
    rows = [row for role in Role for row in _of_role(catalog, role, day)]
    roles = list(Role)
    return sorted(rows, key=lambda row: (roles.index(row.role), row.lifecycle is Lifecycle.RETIRED, _rank(row)))


def _rank(row: ModelFacts) -> int:
    return row.places.get(Quality.STANDARD, 99 if row.places else 100)


def _of_role(catalog: Catalog, role: Role, day: date) -> Iterator[ModelFacts]:
    for name in [*catalog.models, *catalog.retired]:
        found = finding(catalog, name, day)
        if found.lifecycle is Lifecycle.UNKNOWN:
            continue  # not released yet
        model, _ = catalog.resolve(name, day)
        gone = found.lifecycle is Lifecycle.RETIRED
        if role not in model.roles or (gone and role is not min(model.roles, key=list(Role).index)):
            continue
        yield ModelFacts(
            role=role,
            id=name,
            provider=model.provider,
            places={} if gone else _places(catalog, role, name),
            abilities="" if gone else abilities(model),
            price="" if gone else prices(model),
            lifecycle=found.lifecycle,
            shutdown=found.shutdown,
            replacement=found.replacement,
        )


def _places(catalog: Catalog, role: Role, name: str) -> dict[Quality, int]:
    chains = {quality: tiers[role].chain for quality, tiers in catalog.tiers.items()}
    return {quality: chain.index(name) + 1 for quality, chain in chains.items() if name in chain}


def abilities(model: Model) -> str:
    """What a model can do, beside its role."""
    parts = []
    if model.lengths:
        extended = f", extended to {model.longest:g} s" if model.extension_lengths else ""
        parts.append(f"{_span(model.lengths)} s{extended}")
    parts += [", ".join(steps) for steps in (model.resolutions, model.sizes, model.ratios) if steps]
    parts += [f"{model.references} references"] if model.references else []
    parts += [f"speaks {len(model.voices)} locales"] if model.voices else []
    return "; ".join(parts)


def prices(model: Model) -> str:
    """The price, and a later one with its day."""
    later = f"; from {model.next_price.starts} {_price(model.next_price)}" if model.next_price else ""
    return _price(model.price) + later


def _price(of: Price) -> str:
    tokens = [f"{rate:.2f} {way}" for way, rate in (("in", of.input), ("out", of.output)) if rate]
    parts = [", ".join(tokens) + " per M tokens"] if tokens else []
    parts += [", ".join(f"{size} {rate:g}" for size, rate in of.image.items()) + " an image"] if of.image else []
    parts += [", ".join(f"{size} {rate:g}" for size, rate in of.second.items()) + " a second"] if of.second else []
    parts += [f"{of.character:.2f} per M characters"] if of.character else []
    return "; ".join(parts)


def _span(lengths: Sequence[float]) -> str:
    """``3 to 10`` for whole seconds without a gap, else each of them."""
    first, last = lengths[0], lengths[-1]
    if len(lengths) > 2 and list(lengths) == list(range(int(first), int(last) + 1)):
        return f"{first:g} to {last:g}"
    return ", ".join(f"{length:g}" for length in lengths)
