"""Takes: what was drawn or filmed for a scene, what each scored, and why another one was made."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field

from ugcgen.domain.consistency import Fault, FaultKind, FrameEvidence, FrameScore, overall, scored
from ugcgen.domain.model import Document
from ugcgen.domain.script import StoryboardVariant

MOST_VARIANTS = 4


class Drawn(Document):
    """A frame that is drawn and judged, and not yet measured."""

    image: str
    sha256: str
    take: int
    judged: FrameEvidence

    def measured(self, evidence: FrameEvidence) -> StoryboardVariant:
        found = scored(self.image, [evidence, self.judged])
        return StoryboardVariant(
            image=self.image,
            sha256=self.sha256,
            take=self.take,
            score=found.score,
            reason=found.reason,
            likeness=found,
        )


class Sample(Document):
    """A frame out of a clip, at its second, measured and not yet judged."""

    name: str
    sha256: str
    at: float
    measured: FrameEvidence


class Retake(Document):
    """What was made once more: ``why``, what the prompt asked for in other words, and what that scored."""

    number: int
    why: str
    change: str
    score: float | None = None


class ClipTake(Document):
    """A filmed clip: what others read of it, and its frames as they were sampled."""

    clip: dict[str, Any]
    frames: list[FrameScore] = Field(default_factory=list)

    @property
    def score(self) -> float | None:
        return overall(self.frames)

    @property
    def faults(self) -> list[Fault]:
        return [fault for frame in self.frames for fault in frame.faults]

    @property
    def reason(self) -> str:
        """What is wrong with it, or with its weakest frame."""
        worst = weakest(self.frames)
        return worst.reason if worst else "nothing could be compared"


def in_a_clip(frames: Sequence[FrameEvidence]) -> list[FrameEvidence]:
    """The evidence of a clip's frames. The product may leave the picture for a moment: that it is missing is a fault
    only where no frame shows it."""
    if all(any(fault.kind is FaultKind.NO_PRODUCT for fault in frame.faults) for frame in frames):
        return list(frames)
    return [
        frame.model_copy(update={"faults": [one for one in frame.faults if one.kind is not FaultKind.NO_PRODUCT]})
        for frame in frames
    ]


def weakest(frames: Iterable[FrameScore]) -> FrameScore | None:
    known = [frame for frame in frames if frame.score is not None]
    return min(known, key=lambda frame: frame.score or 0, default=None)


def best_first(variants: Iterable[StoryboardVariant]) -> list[StoryboardVariant]:
    """The variants to choose from. One that nothing could be compared in stands after those that could."""
    ranked = sorted(variants, key=lambda variant: -1 if variant.score is None else variant.score, reverse=True)
    return ranked[:MOST_VARIANTS]


def best_take(takes: Sequence[ClipTake]) -> ClipTake:
    """The take that is kept: without a fault if there is one, then the best score; of equals the first."""
    return max(takes, key=lambda take: (not take.faults, -1 if take.score is None else take.score))
