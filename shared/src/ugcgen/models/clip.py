"""A clip as it is ordered, and what a look at its operation shows."""

from dataclasses import dataclass
from enum import StrEnum

from ugcgen.domain.model import Value
from ugcgen.models.media import Picture


class Footage(Value):
    """A finished clip as its provider knows it: the operation that made it, where it keeps it, sha256 and length."""

    operation: str
    video: str
    sha256: str
    seconds: float


class ClipOrder(Value):
    """A clip as it is asked for. ``extends`` is the footage that goes on; it excludes frames and references.

    ``negative`` is what must not be seen: a parameter where the model has one, otherwise part of the prose.
    """

    prompt: str
    negative: str
    seconds: float
    ratio: str
    resolution: str
    seed: int
    first_frame: Picture | None = None
    last_frame: Picture | None = None
    references: tuple[Picture, ...] = ()
    extends: Footage | None = None

    @property
    def pictures(self) -> list[Picture]:
        frames = [frame for frame in (self.first_frame, self.last_frame) if frame is not None]
        return [*frames, *self.references]


class Progress(StrEnum):
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    FILTERED = "filtered"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Operation:
    """What a look at an operation showed. ``video`` says where a ready result is, in the provider's own words;
    ``input_tokens`` what it reports that the prompt came to."""

    progress: Progress
    video: str | None = None
    reason: str | None = None
    input_tokens: int | None = None
