"""Preflight: which of the models that are about to be used have ended, end soon, or never were."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from ugcgen.cloud.clock import now
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Value
from ugcgen.models.catalog import Catalog, catalog


class Lifecycle(StrEnum):
    SERVED = "served"
    SOON_RETIRED = "soon_retired"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class Finding(Value):
    """Where a model stands in its life; ``sentence`` says when it ends and what takes its place."""

    model: str
    lifecycle: Lifecycle
    sentence: str
    shutdown: date | None = None
    replacement: str | None = None


def preflight(catalog: Catalog, names: Iterable[str], day: date) -> list[Finding]:
    """A finding for each of the names, once, that is not simply served on the day."""
    found = (finding(catalog, name, day) for name in dict.fromkeys(names))
    return [each for each in found if each.lifecycle is not Lifecycle.SERVED]


def finding(catalog: Catalog, name: str, day: date) -> Finding:
    """Where a name stands in its life."""
    try:
        model, notice = catalog.resolve(name, day)
    except InvalidInput as unknown:
        return Finding(model=name, lifecycle=Lifecycle.UNKNOWN, sentence=str(unknown))
    if notice is not None:
        ended = catalog.ended(name, day)
        return Finding(
            model=name,
            lifecycle=Lifecycle.RETIRED,
            sentence=notice,
            shutdown=ended and ended.shutdown,
            replacement=model.id,
        )
    if model.shutdown is not None and model.ends_soon_after(day):
        after = f"{model.replacement} is used from then on" if model.replacement else "name another model before then"
        sentence = f"{name} is shut down on {model.shutdown}, in {_days(model.shutdown, day)}; {after}"
        return Finding(
            model=name,
            lifecycle=Lifecycle.SOON_RETIRED,
            sentence=sentence,
            shutdown=model.shutdown,
            replacement=model.replacement,
        )
    return Finding(model=name, lifecycle=Lifecycle.SERVED, sentence=f"{name} is served")


def defaults(catalog: Catalog) -> list[str]:
    """Every model that is used where nobody names one."""
    chains = (tier.chain for roles in catalog.tiers.values() for tier in roles.values())
    return list(dict.fromkeys(name for chain in chains for name in chain))


@cache
def warn_once() -> None:
    """One log line for each finding about the default chains and the settings, the first time in a process."""
    names = [*defaults(catalog()), settings().consistency_model]
    for each in preflight(catalog(), names, now().date()):
        log.warning("model %s", each.sentence)


def _days(end: date, day: date) -> str:
    left = (end - day).days
    return f"{left} day" if left == 1 else f"{left} days"
