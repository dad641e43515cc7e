"""Layers 1 and 2 held to what they prevent: the same scenes drawn with them and without, and compared with the photos.

An illustrator that is shown no photo has the words alone (layer 1); one that is told nothing of the person has the
photos alone (layer 2). Each has to bring the person nearer by itself.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import Random
from statistics import fmean
from typing import Any

from infra.local.studio.art.pixels import Image, encode_png
from infra.local.studio.description import person_in_words
from infra.local.studio.prompt import Photo
from infra.local.studio.view import views
from postprod.likeness.measure import measured
from postprod.likeness.references import References, references_of
from tests.eval import drawn
from ugcgen.domain.consistency import Expected, scored
from ugcgen.domain.enums import ProductVisibility

SCENES = 4
PEOPLE = (2, 5, 7)


@dataclass(frozen=True)
class Prevented:
    """Mean scores of the person, 0 to 1, in scenes drawn with the layer alone and without it."""

    layer: int
    fault: str
    with_layer: float
    without: float

    @property
    def ok(self) -> bool:
        return self.with_layer > self.without + 0.1

    def row(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


def prevented() -> list[Prevented]:
    """Both layers, over some people and scenes. Takes some seconds."""
    words, photos, neither = [], [], []
    for number in PEOPLE:
        portraits = drawn.portraits(number)
        known = references_of({f"photo-{n}": portrait for n, portrait in enumerate(portraits)}, {})
        told = _dna(portraits)
        words.append(_likeness(told, (), known))
        photos.append(_likeness("", portraits, known))
        neither.append(_likeness("", (), known))
    return [
        Prevented(1, "an illustrator that looks at no photo", fmean(words), fmean(neither)),
        Prevented(2, "an illustrator that is told nothing of the person", fmean(photos), fmean(neither)),
    ]


def _dna(portraits: Sequence[Image]) -> str:
    """The person in words, as extracted from the photos."""
    found = person_in_words(views([Photo(encode_png(portrait), "the person", "image/png") for portrait in portraits]))
    return " ".join(f"{found[name]}." for name in ("face", "skin", "eyes", "hair", "body", "wardrobe"))


def _likeness(told: str, portraits: Sequence[Image], known: References) -> float:
    dice = Random(7)
    expected = Expected(visibility=ProductVisibility.NONE, has_person=True)
    scores = []
    for seed in range(SCENES):
        frame = drawn.drawn(f"{drawn.scene(dice)}. {told}", tuple(portraits), (), seed)
        scores.append(scored("frame", [measured(frame, known, expected)]).person or 0.0)
    return fmean(scores)
