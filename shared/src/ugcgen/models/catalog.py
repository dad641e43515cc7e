"""The catalog: every model as data, what a quality means, and which model a name stands for on a day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import Field

from ugcgen.domain.brief import ClipLimits
from ugcgen.domain.enums import Quality
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Value
from ugcgen.models.nearest import nearest_name, nearest_step
from ugcgen.models.voices import Gender

SOON = timedelta(days=30)
"""How long before its shutdown a model is said to end soon."""


class Role(StrEnum):
    TEXT = "text"
    VISION = "vision"
    IMAGE = "image"
    VIDEO = "video"
    SPEECH = "speech"


class Provider(StrEnum):
    GEMINI = "gemini"
    AGENT_PLATFORM = "agent-platform"
    CLOUD_TTS = "cloud-tts"


class Price(Value):
    """US dollars: ``input`` and ``output`` per million tokens, ``image`` by size, ``second`` by resolution, and
    ``character`` per million characters spoken."""

    input: float = 0
    output: float = 0
    image: dict[str, float] = Field(default_factory=dict)
    second: dict[str, float] = Field(default_factory=dict)
    character: float = 0


class PriceFrom(Price):
    starts: date = Field(alias="from")


class Model(Value):
    """A model: what it can do, what it costs, and when it ends.

    ``sizes``, ``resolutions`` and ``lengths`` (seconds) go up. ``voices`` has the letters of a locale's voices by
    gender; without it a speech model speaks every language in every voice of ours.
    """

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
    temperature: bool = False
    audio: bool = False
    voice_family: str | None = None
    voices: dict[str, dict[Gender, str]] = Field(default_factory=dict)
    price: Price
    next_price: PriceFrom | None = None

    def price_on(self, day: date) -> Price:
        return self.next_price if self.next_price and day >= self.next_price.starts else self.price

    def is_served_on(self, day: date) -> bool:
        return (self.released is None or self.released <= day) and (self.shutdown is None or day < self.shutdown)

    def ends_soon_after(self, day: date) -> bool:
        return self.shutdown is not None and self.shutdown - SOON <= day < self.shutdown

    @property
    def limits(self) -> ClipLimits:
        return ClipLimits(
            model=self.id, lengths=self.lengths, extension_lengths=self.extension_lengths, longest=self.longest
        )


class Retired(Value):
    shutdown: date
    replacement: str


class Tier(Value):
    """What a quality means in one role: its models, first choice first, and the size or resolution they make."""

    chain: tuple[str, ...]
    makes: str | None = None

    def on(self, model: Model) -> str:
        """What this tier makes on a model: its own size or resolution, or the nearest that the model has."""
        offered = model.resolutions or model.sizes
        return (nearest_step(self.makes, offered) if self.makes else None) or offered[-1]


@dataclass(frozen=True)
class Catalog:
    models: dict[str, Model]
    retired: dict[str, Retired]
    tiers: dict[Quality, dict[Role, Tier]]

    def resolve(self, name: str, day: date) -> tuple[Model, str | None]:
        """The model a name means on a day, following replacements, with a notice where it is another.

        Raises InvalidInput for a name that the catalog does not know, or that is not served yet.
        """
        known = self.models.get(name)
        if known is not None and known.is_served_on(day):
            return known, None
        ended = self.ended(name, day)
        if ended is None:
            raise InvalidInput(self._unserved(name), field="models")
        model, _ = self.resolve(ended.replacement, day)
        return model, f"{name} was shut down on {ended.shutdown}; {model.id} is used instead"

    def ended(self, name: str, day: date) -> Retired | None:
        """When a name ended, if it has by that day, and what replaces it."""
        known = self.models.get(name)
        if known is not None and known.shutdown and known.shutdown <= day and known.replacement:
            return Retired(shutdown=known.shutdown, replacement=known.replacement)
        return self.retired.get(name)

    def _unserved(self, name: str) -> str:
        known = self.models.get(name)
        if known is not None and known.released:
            return f"{name} is served from {known.released} on; name another model until then"
        close = nearest_name(name, [*self.models, *self.retired])
        instead = f"did you mean {close}?" if close else f"known are {', '.join(sorted(self.models))}"
        return f"there is no model {name!r}; {instead}"


@cache
def catalog() -> Catalog:
    """The catalog that is shipped, read once."""
    data = tomllib.loads((files("ugcgen.models") / "catalog.toml").read_text(encoding="utf-8"))
    return Catalog(
        models={name: Model(id=name, **facts) for name, facts in data["models"].items()},
        retired={name: Retired(**facts) for name, facts in data["retired"].items()},
        tiers={
            Quality(quality): {Role(role): Tier(**facts) for role, facts in roles.items()}
            for quality, roles in data["tiers"].items()
        },
    )
