"""The catalog: every model as data, and choosing one as a pure function that says why."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import Field

from ugcgen.domain.brief import ClipLimits
from ugcgen.domain.enums import AspectRatio
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Value


class Role(StrEnum):
    TEXT = "text"
    VISION = "vision"
    IMAGE = "image"
    VIDEO = "video"
    SPEECH = "speech"


class Provider(StrEnum):
    GEMINI = "gemini"
    AGENT_PLATFORM = "agent-platform"


class Price(Value):
    """US dollars: ``input`` and ``output`` per million tokens, ``image`` by size, ``second`` by resolution."""

    input: float = 0
    output: float = 0
    image: dict[str, float] = Field(default_factory=dict)
    second: dict[str, float] = Field(default_factory=dict)


class PriceFrom(Price):
    starts: date = Field(alias="from")


class Model(Value):
    """A model: what it can do, what it costs, and when it ends."""

    id: str
    provider: Provider
    roles: frozenset[Role]
    released: date | None = None
    shutdown: date | None = None
    replacement: str | None = None
    ratios: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    references: int = 0
    references_with_frames: bool = False
    lengths: tuple[float, ...] = ()
    extension_lengths: tuple[float, ...] = ()
    longest: float = 0
    first_frame: bool = False
    last_frame: bool = False
    negative_prompt: bool = False
    seed: bool = False
    audio: bool = False
    price: Price
    next_price: PriceFrom | None = None

    def price_on(self, day: date) -> Price:
        return self.next_price if self.next_price and day >= self.next_price.starts else self.price

    def is_served_on(self, day: date) -> bool:
        return self.shutdown is None or day < self.shutdown

    @property
    def limits(self) -> ClipLimits:
        return ClipLimits(
            model=self.id, lengths=self.lengths, extension_lengths=self.extension_lengths, longest=self.longest
        )


class Retired(Value):
    shutdown: date
    replacement: str


@dataclass(frozen=True)
class Choice:
    """A model and why it was chosen; ``notice`` is set where it is not the one that was named."""

    model: Model
    why: str
    notice: str | None = None


@dataclass(frozen=True)
class Catalog:
    models: dict[str, Model]
    retired: dict[str, Retired]
    roles: dict[Role, tuple[str, ...]]

    def resolve(self, name: str, day: date) -> tuple[Model, str | None]:
        """The model a name means on a day, following replacements, with a notice where it is another.

        Raises InvalidInput for a name that the catalog does not know.
        """
        known = self.models.get(name)
        if known is not None and known.is_served_on(day):
            return known, None
        ended = self.retired.get(name)
        if ended is None and known is not None and known.shutdown and known.replacement:
            ended = Retired(shutdown=known.shutdown, replacement=known.replacement)
        if ended is None:
            raise InvalidInput(
                f"there is no model {name!r}; known are {', '.join(sorted(self.models))}", field="models"
            )
        model, _ = self.resolve(ended.replacement, day)
        return model, f"{name} was shut down on {ended.shutdown}; {model.id} is used instead"

    def choose(
        self, role: Role, day: date, wanted: str | None = None, ratio: AspectRatio | None = None, extend: bool = False
    ) -> Choice:
        """The model for a role: the one that was named, or the first of the role's chain that can do the work.

        Raises InvalidInput where the named model cannot do it, or none can.
        """
        if wanted is not None:
            model, notice = self.resolve(wanted, day)
            trouble = _trouble(model, role, ratio, extend)
            if trouble:
                raise InvalidInput(f"{model.id} {trouble}; {self._instead(role, day, ratio, extend)}", field="models")
            return Choice(model, f"named for {role}", notice)
        for name in self.roles[role]:
            model = self.models[name]
            if model.is_served_on(day) and not _trouble(model, role, ratio, extend):
                return Choice(model, f"first of the chain for {role} that can do it")
        raise InvalidInput(f"no model for {role} can do this; {self._instead(role, day, None, False)}", field="models")

    def _instead(self, role: Role, day: date, ratio: AspectRatio | None, extend: bool) -> str:
        able = [
            name
            for name in self.roles[role]
            if self.models[name].is_served_on(day) and not _trouble(self.models[name], role, ratio, extend)
        ]
        return f"use {' or '.join(able)}" if able else "choose another ratio or shorter scenes"


def _trouble(model: Model, role: Role, ratio: AspectRatio | None, extend: bool) -> str | None:
    if role not in model.roles:
        return f"is no model for {role}"
    if ratio is not None and ratio not in model.ratios:
        return f"makes {', '.join(model.ratios)}, not {ratio}"
    if extend and not model.extension_lengths:
        return "cannot extend a clip"
    return None


@cache
def catalog() -> Catalog:
    """The catalog that is shipped, read once."""
    data = tomllib.loads((files("ugcgen.models") / "catalog.toml").read_text(encoding="utf-8"))
    return Catalog(
        models={name: Model(id=name, **facts) for name, facts in data["models"].items()},
        retired={name: Retired(**facts) for name, facts in data["retired"].items()},
        roles={Role(role): tuple(chain) for role, chain in data["roles"].items()},
    )
