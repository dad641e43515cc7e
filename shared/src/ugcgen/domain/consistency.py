"""How like a frame is to the person and the product it should show: what was compared, by whom, and what it came to.

Two kinds of evidence are kept apart: what was measured in the pixels, and what a vision model judged. One rule combines
them. Missing evidence is None, never 0 or 1.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from statistics import fmean
from typing import Any, Self

from pydantic import Field

from ugcgen.domain.enums import ProductVisibility
from ugcgen.domain.model import Document, Value
from ugcgen.domain.spelling import ATTEMPT, likeness, vocabulary

FAULTY = 0.5
"""The most that a frame with a named fault scores: below every threshold."""


class Source(StrEnum):
    MEASURED = "measured"
    JUDGED = "judged"


class Trait(StrEnum):
    """What is compared. The first two are of the person, the others of the product."""

    FACE = "face"
    PERSON = "person"
    COLORS = "colors"
    SHAPE = "shape"
    LABEL = "label"
    PRODUCT = "product"

    @property
    def is_of_person(self) -> bool:
        return self in {Trait.FACE, Trait.PERSON}


class Evidence(Document):
    """One comparison. ``raw`` is on the scale of what was compared: a cosine, a distance, a share of letters.

    ``score`` is calibrated: 0 to 1, None where there was nothing to compare. ``against`` names the references, or the
    words; ``read`` is what was read of a label."""

    trait: Trait
    source: Source
    raw: float | None = None
    score: float | None = Field(default=None, ge=0, le=1)
    against: list[str] = Field(default_factory=list)
    read: list[str] = Field(default_factory=list)
    reason: str = ""


class FaultKind(StrEnum):
    OTHER_PERSON = "other_person"
    EXTRA_PERSON = "extra_person"
    PLASTIC_LOOK = "plastic_look"
    WRONG_LABEL = "wrong_label"
    WRONG_COLORS = "wrong_colors"
    WRONG_SHAPE = "wrong_shape"
    NO_PRODUCT = "no_product"


class Fault(Document):
    """Something that is plainly wrong with a frame, in a sentence. ``words`` are those of a label that are misspelt."""

    kind: FaultKind
    source: Source
    reason: str
    words: list[str] = Field(default_factory=list)


class Expected(Value):
    """What is to be seen in a scene. ``label_text`` are the words that stand on the product, empty if not known."""

    visibility: ProductVisibility = ProductVisibility.PRIMARY
    label_text: tuple[str, ...] = ()
    has_person: bool = True

    @classmethod
    def of(cls, prompts: Mapping[str, Any], has_person: bool) -> Self:
        """What a scene's prompts say is to be seen."""
        labels = tuple(prompts["label_text"])
        return cls(visibility=prompts["product_visibility"], label_text=labels, has_person=has_person)

    @property
    def shows_product(self) -> bool:
        """Whether the product is to be compared. One in the background is too small to be told from another."""
        return self.visibility in {ProductVisibility.PRIMARY, ProductVisibility.SECONDARY}


class FrameEvidence(Document):
    """What is known of one frame from one source."""

    evidence: list[Evidence] = Field(default_factory=list)
    faults: list[Fault] = Field(default_factory=list)


class FrameScore(Document):
    """A frame with all that is known of it. ``frame`` is its object, ``at`` its second in its clip."""

    frame: str
    at: float | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    faults: list[Fault] = Field(default_factory=list)
    person: float | None = None
    product: float | None = None
    score: float | None = None

    @property
    def reason(self) -> str:
        """Why it scores no better: its faults, or the weakest comparison."""
        if self.faults:
            return "; ".join(fault.reason for fault in self.faults)
        known = [one for one in self.evidence if one.score is not None]
        return min(known, key=lambda one: one.score or 0).reason if known else "nothing could be compared"


def scored(frame: str, known: Iterable[FrameEvidence], at: float | None = None) -> FrameScore:
    """The frame's score, by the one rule.

    What was measured of a subject is its weakest trait; a subject's score is the mean of what was measured and what was
    judged, or the one that is known. A frame is as good as the weaker of person and product, and no better than
    FAULTY where anything is plainly wrong with it. How a word is spelt the judge says only where the measurement
    did not see it.
    """
    found = list(known)
    evidence = [one for source in found for one in source.evidence]
    faults = [fault for source in found for fault in source.faults if not _is_misread(fault, evidence)]
    person = _subject([one for one in evidence if one.trait.is_of_person])
    product = _subject([one for one in evidence if not one.trait.is_of_person])
    score = _weakest([person, product])
    if faults:
        score = min(FAULTY, FAULTY if score is None else score)
    return FrameScore(frame=frame, at=at, evidence=evidence, faults=faults, person=person, product=product, score=score)


def overall(frames: Iterable[FrameScore]) -> float | None:
    """The mean score of the frames of a clip that could be compared."""
    known = [frame.score for frame in frames if frame.score is not None]
    return fmean(known) if known else None


def _is_misread(fault: Fault, evidence: list[Evidence]) -> bool:
    """Whether the judge misspells words that were seen in the pixels, or are too small for that: how they are spelt is
    then for the measurement to say, which names a fault of its own where it is sure. Of words that it did not see at
    all, since they were hidden from it, the judge's reading stands."""
    measured = [one for one in evidence if one.source is Source.MEASURED and one.trait is Trait.LABEL]
    if fault.source is not Source.JUDGED or not fault.words or not measured:
        return False
    read = [word for one in measured for word in vocabulary(one.read)]
    return all(one.score is None for one in measured) or all(
        any(likeness(word, meant) >= ATTEMPT for word in read) for meant in fault.words
    )


def _subject(evidence: list[Evidence]) -> float | None:
    by_source = [_weakest([one.score for one in evidence if one.source is source]) for source in Source]
    known = [score for score in by_source if score is not None]
    return fmean(known) if known else None


def _weakest(scores: Iterable[float | None]) -> float | None:
    return min((score for score in scores if score is not None), default=None)
