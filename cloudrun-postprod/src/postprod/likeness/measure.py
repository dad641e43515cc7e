"""What can be measured of one frame: the person, the people, the product and its label, without any model call that is
paid for."""

from postprod.faces import Face, find_faces
from postprod.likeness.appearance import appearance
from postprod.likeness.calibration import calibration
from postprod.likeness.identity import cosine, embedded
from postprod.likeness.label import words_on
from postprod.likeness.medium import Medium
from postprod.likeness.people import people_of
from postprod.likeness.pixels import Pixels
from postprod.likeness.product import find
from postprod.likeness.references import References
from postprod.likeness.wording import Wording, compared
from ugcgen.domain.consistency import FAULTY, Evidence, Expected, Fault, FaultKind, FrameEvidence, Source, Trait
from ugcgen.domain.enums import ProductVisibility

PLAINLY = 0.25
"""A score up to here is a fault by itself: nearly nothing that is right scores so low."""
_GOOD = 0.65
"""A score from which a trait rather is right than wrong."""
_HALF_READ = 0.5
"""The share of right letters that proves a product is there, whatever it looks like."""

_FACE_PIXELS = 40
"""The height of a face below which its features cannot be told."""


def measured(frame: Pixels, references: References, expects: Expected) -> FrameEvidence:
    """The evidence in an upright RGB frame. What could not be compared is evidence without a score, and says why."""
    people = people_of(find_faces(frame))
    found = _people(people, expects)
    if expects.has_person and references.persons:
        found = _joined(found, _person(frame, people, references))
    if expects.shows_product and references.products:
        found = _joined(found, _product(frame, references, expects))
    return found


def _people(people: list[Face], expects: Expected) -> FrameEvidence:
    allowed = 1 if expects.has_person else 0
    if len(people) <= allowed:
        return FrameEvidence()
    reason = f"{_count(len(people))} in the frame, where {_count(allowed)} should be"
    return FrameEvidence(faults=[Fault(kind=FaultKind.EXTRA_PERSON, source=Source.MEASURED, reason=reason)])


def _count(people: int) -> str:
    return "nobody" if people == 0 else "one person" if people == 1 else f"{people} people"


def _person(frame: Pixels, people: list[Face], references: References) -> FrameEvidence:
    """What speaks for the one who is most like the references, whoever else there is."""
    large = [face for face in people if face.height * frame.shape[0] >= _FACE_PIXELS]
    if not large:
        why = "the face is too small to be told" if people else "no face can be seen"
        return FrameEvidence(evidence=[_nothing(Trait.FACE, why)])
    candidates = [_likeness(frame, face, references) for face in large]
    evidence = max(candidates, key=lambda found: [one.score for one in found if one.score is not None])
    faults = [
        Fault(kind=FaultKind.OTHER_PERSON, source=Source.MEASURED, reason=one.reason) for one in evidence if _off(one)
    ]
    return FrameEvidence(evidence=evidence, faults=faults[:1])


def _likeness(frame: Pixels, face: Face, references: References) -> list[Evidence]:
    identity, looks = embedded(frame, face), appearance(frame, face)
    near = max(references.persons, key=lambda portrait: cosine(identity, portrait.embedding))
    alike = min(references.persons, key=lambda portrait: looks.distance(portrait.appearance))
    face_raw, looks_raw = cosine(identity, near.embedding), looks.distance(alike.appearance)
    return [
        _evidence(Trait.FACE, near.medium, face_raw, [near.name], "the face"),
        _evidence(Trait.PERSON, alike.medium, looks_raw, [alike.name], "skin, hair and clothes"),
    ]


def _product(frame: Pixels, references: References, expects: Expected) -> FrameEvidence:
    place = find(frame, references.products)
    if place is None:
        return FrameEvidence(evidence=[_nothing(Trait.PRODUCT, "the frame has no room for the product")])
    medium = next(photo.medium for photo in references.products if photo.name == place.view)
    colors = _evidence(Trait.COLORS, medium, place.colors, [place.view], "the product's colours")
    shape = _evidence(Trait.SHAPE, medium, place.shape, [place.view], "the product's shape")
    words = list(expects.label_text) or references.label_text
    text = compared(words_on(place.crop(frame)), words) if words else None
    if _is_nowhere(colors, shape) and (text is None or text.share < _HALF_READ):
        return _absent(expects)
    label = _nothing(Trait.LABEL, "no text of the label can be read") if text is None else _label(medium, text, words)
    faults = []
    if text is not None and text.wrong is not None:
        read, right = text.wrong
        faults.append((FaultKind.WRONG_LABEL, f'the label reads "{read}" where "{right}" should stand'))
    if _off(colors) and (shape.score or 0) >= _GOOD:
        faults.append((FaultKind.WRONG_COLORS, colors.reason))
    if _off(shape) and (colors.score or 0) >= _GOOD:
        faults.append((FaultKind.WRONG_SHAPE, shape.reason))
    return FrameEvidence(
        evidence=[colors, shape, label],
        faults=[Fault(kind=kind, source=Source.MEASURED, reason=reason) for kind, reason in faults],
    )


def _is_nowhere(colors: Evidence, shape: Evidence) -> bool:
    """The best place is neither coloured nor shaped like the product: it is merely the least unlike."""
    return colors.score is not None and colors.score <= FAULTY and shape.score is not None and shape.score < _GOOD


def _absent(expects: Expected) -> FrameEvidence:
    """The product was not found. A product that only should be seen beside the person may be hidden by a hand."""
    missing = FrameEvidence(evidence=[_nothing(Trait.PRODUCT, "the product is not found")])
    if expects.visibility is ProductVisibility.PRIMARY:
        reason = "the product should be the main thing, and nothing in the frame looks like it"
        missing.faults.append(Fault(kind=FaultKind.NO_PRODUCT, source=Source.MEASURED, reason=reason))
    return missing


def _label(medium: Medium, text: Wording, expected: list[str]) -> Evidence:
    read = f'the label reads "{" ".join(text.read)}"'
    score = calibration().score(medium, Trait.LABEL, text.share)
    return Evidence(
        trait=Trait.LABEL,
        source=Source.MEASURED,
        raw=text.share,
        score=score,
        against=expected,
        read=text.read,
        reason=read,
    )


def _evidence(trait: Trait, medium: Medium, raw: float, against: list[str], what: str) -> Evidence:
    score = calibration().score(medium, trait, raw)
    if score is None:
        reason = f"{what} tell{'s' if trait is Trait.FACE else ''} nobody apart in a {medium}"
    else:
        reason = f"{what}: {round(100 * score)} of 100 like the reference photo"
    return Evidence(trait=trait, source=Source.MEASURED, raw=round(raw, 4), score=score, against=against, reason=reason)


def _nothing(trait: Trait, why: str) -> Evidence:
    return Evidence(trait=trait, source=Source.MEASURED, reason=why)


def _off(evidence: Evidence) -> bool:
    return evidence.score is not None and evidence.score <= PLAINLY


def _joined(one: FrameEvidence, other: FrameEvidence) -> FrameEvidence:
    return FrameEvidence(evidence=one.evidence + other.evidence, faults=one.faults + other.faults)
