"""The consistency service: frames judged against the reference photos by a vision model, with a reason.

What a model judges is one source of evidence. It is combined with what was measured by ``ugcgen.domain.consistency``.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from statistics import pstdev

from pydantic import Field

from ugcgen.domain.consistency import Evidence, Expected, Fault, FaultKind, FrameEvidence, FrameScore, Source, Trait
from ugcgen.domain.label import compared_label
from ugcgen.domain.model import Document
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.pricing import judging

SPREAD_LIMIT = 0.10
"""Standard deviation of the scenes' scores from which on the person or product drifts from scene to scene."""

ANOTHER = 0.5
"""Below it the judge takes the person for another one."""

_TASK = """The pictures labelled as references show the person and the product of an ad. Compare the pictures labelled
"Frame to judge" with them, one by one and in order.
person_similarity: 1 is certainly the same person, 0 certainly another; null if there is no person to compare.
product_similarity: 1 is the same product with the same label and colours, 0 another; null if it is not to be seen.
people_count: how many people are to be seen; hands alone are nobody.
label_text: the words printed on the product, letter by letter as they stand there, right or wrong, without those that
are too small or too blurred to tell every letter; null if there is no product or no word can be read.
plastic_look: true if skin looks like plastic, porcelain or an airbrush.
wrong_colors, wrong_shape: true if the product has other colours, or another shape or proportions, than the references.
reason: one sentence on what differs most."""


class FrameJudgement(Document):
    """A frame as the judge answers of it; None is what it could not tell."""

    person_similarity: float | None = Field(default=None, ge=0, le=1)
    product_similarity: float | None = Field(default=None, ge=0, le=1)
    people_count: int | None = Field(default=None, ge=0)
    label_text: list[str] | None = None
    plastic_look: bool | None = None
    wrong_colors: bool | None = None
    wrong_shape: bool | None = None
    reason: str = ""


class Judgement(Document):
    frames: list[FrameJudgement]


def score_storyboard(
    account: Account, model: Model, references: list[Picture], variants: list[Picture], expected: Expected
) -> list[FrameEvidence]:
    """What is judged of the frames drawn for a scene, in one call. A product that is to be seen has to be in a still,
    which is cheap to draw again.

    Raises what ``text.ask`` raises.
    """
    found = _judged(account, model, references, variants, expected)
    if not expected.shows_product:
        return [evidence for _, evidence in found]
    return [_with_product(judged, evidence) for judged, evidence in found]


def score_video_frames(
    account: Account, model: Model, references: list[Picture], frames: list[Picture], expected: Expected
) -> list[FrameEvidence]:
    """What is judged of the frames sampled from a clip, in one call. The product may leave the picture for a moment.

    Raises what ``text.ask`` raises.
    """
    return [evidence for _, evidence in _judged(account, model, references, frames, expected)]


def cross_scene_consistency(scores: Iterable[float | None]) -> float | None:
    """The standard deviation of the scenes' scores; None for fewer than two that could be compared."""
    known = [score for score in scores if score is not None]
    return pstdev(known) if len(known) > 1 else None


def outliers(scores: Mapping[int, float | None]) -> list[int]:
    """The scenes that pull the others apart: the lowest, one by one, until the rest agree."""
    rest = {number: score for number, score in scores.items() if score is not None}
    out = []
    while (cross_scene_consistency(rest.values()) or 0) >= SPREAD_LIMIT:
        lowest = min(rest, key=lambda number: (rest[number], number))
        out.append(lowest)
        del rest[lowest]
    return sorted(out)


_CORRECTIONS = {
    FaultKind.OTHER_PERSON: "The person has exactly the face of the person in the reference photos.",
    FaultKind.EXTRA_PERSON: "One person only; nobody else is in the picture, not in the background and in no mirror.",
    FaultKind.PLASTIC_LOOK: "Real skin with visible pores, fine hairs and small blemishes; no smoothing.",
    FaultKind.WRONG_COLORS: "The product has exactly the colours of its reference photo.",
    FaultKind.WRONG_SHAPE: "The product has exactly the shape and the proportions of its reference photo.",
    FaultKind.NO_PRODUCT: "The product is held up to the camera and clearly seen.",
}


def correction(frames: Sequence[FrameScore], expected: Expected) -> str:
    """What a retake's prompt asks for in other words: that which was wrong put right, or the weaker half held to."""
    kinds = dict.fromkeys(fault.kind for frame in frames for fault in frame.faults)
    wanted = [_label(expected) if kind is FaultKind.WRONG_LABEL else _CORRECTIONS[kind] for kind in kinds]
    if wanted:
        return " ".join(wanted)
    person = min((frame.person for frame in frames if frame.person is not None), default=1.0)
    product = min((frame.product for frame in frames if frame.product is not None), default=1.0)
    if person <= product:
        return _CORRECTIONS[FaultKind.OTHER_PERSON]
    return f"{_CORRECTIONS[FaultKind.WRONG_SHAPE]} {_CORRECTIONS[FaultKind.WRONG_COLORS]}"


def _label(expected: Expected) -> str:
    return f'The label on the product must read "{" ".join(expected.label_text)}", letter by letter.'


def _judged(
    account: Account, model: Model, references: list[Picture], frames: list[Picture], expected: Expected
) -> list[tuple[FrameJudgement, FrameEvidence]]:
    """Each frame with what is judged of it. A frame that the answer leaves out has no evidence."""
    named = [picture.model_copy(update={"label": f"Reference, {picture.label}"}) for picture in references]
    shown = [frame.model_copy(update={"label": f"Frame to judge, number {n}"}) for n, frame in enumerate(frames, 1)]
    answer = text.ask(account, model, judging(len(frames)), _TASK, Judgement, [*named, *shown])
    told = answer.frames[: len(frames)]
    judgements = [told or FrameJudgement() for _, told in zip_longest(frames, told)]
    against = [picture.name for picture in references]
    return [(judgement, evidence_of(judgement, expected, against)) for judgement in judgements]


def evidence_of(judged: FrameJudgement, expected: Expected, against: list[str]) -> FrameEvidence:
    """A judgement as evidence, with what is plainly wrong by it named. Pure."""
    evidence, faults = [], []
    if expected.has_person:
        evidence.append(_similar(Trait.PERSON, judged.person_similarity, judged.reason, against))
        if judged.person_similarity is not None and judged.person_similarity < ANOTHER:
            faults.append((FaultKind.OTHER_PERSON, "the person is not the one in the reference photos"))
    if (judged.people_count or 0) > 1:
        faults.append((FaultKind.EXTRA_PERSON, f"{judged.people_count} people are in the picture, there is to be one"))
    if judged.plastic_look:
        faults.append((FaultKind.PLASTIC_LOOK, "skin looks like plastic"))
    if expected.shows_product:
        evidence.append(_similar(Trait.PRODUCT, judged.product_similarity, judged.reason, against))
        if judged.wrong_colors:
            faults.append((FaultKind.WRONG_COLORS, "the product has other colours than in its photos"))
        if judged.wrong_shape:
            faults.append((FaultKind.WRONG_SHAPE, "the product has another shape than in its photos"))
    read = judged.label_text if expected.shows_product else None
    label = compared_label(read or [], expected.label_text, Source.JUDGED)
    told = [Fault(kind=kind, source=Source.JUDGED, reason=_with_reason(reason, judged)) for kind, reason in faults]
    return FrameEvidence(evidence=[*evidence, *label.evidence], faults=[*told, *label.faults])


def _similar(trait: Trait, similarity: float | None, reason: str, against: list[str]) -> Evidence:
    return Evidence(trait=trait, source=Source.JUDGED, raw=similarity, score=similarity, against=against, reason=reason)


def _with_reason(fault: str, judged: FrameJudgement) -> str:
    return f"{fault} ({judged.reason.rstrip('.')})" if judged.reason else fault


def _with_product(judged: FrameJudgement, evidence: FrameEvidence) -> FrameEvidence:
    """A judgement that sees no product, with the fault that this is."""
    if judged.product_similarity is not None or judged == FrameJudgement():
        return evidence
    fault = Fault(kind=FaultKind.NO_PRODUCT, source=Source.JUDGED, reason="the product is not to be seen")
    return evidence.model_copy(update={"faults": [*evidence.faults, fault]})
