"""Flaws on request: each is plainly there in a still and in a clip, and nothing else of the picture is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from infra.local.studio.art import Clip, Picture, Reference, draw, film
from infra.local.studio.art.lettering import read_lines
from infra.local.studio.art.pixels import Image, decode, encode_png, find_face
from infra.local.studio.flaw import Flaw, Look
from infra.local.studio.reading import View, people_in, person_similarity, product_similarity

PHOTOS = Path(__file__).parents[3] / "examples" / "photos"
SCENE = "She holds the bottle in her hand in a kitchen. The product is the main thing in the picture. Medium shot."
SIZE = 540, 960


def photo(name: str) -> bytes:
    return (PHOTOS / f"{name}.jpg").read_bytes()


@cache
def still(flaw: Flaw | None = None) -> Image:
    references = Reference(photo("avatar-front"), "the person"), Reference(photo("product-front"), "the product")
    return decode(draw(Picture(SCENE, references, *SIZE, 3, flaw)))


@cache
def later(flaw: Flaw) -> tuple[Image, Image]:
    """The first frame of a clip, and one after the flaw has come, in a clip that was given the good still alone."""
    clip = Clip(SCENE, encode_png(still()), None, (), None, 0.5, *SIZE, 24, 3, replace(flaw, since=0.25))
    with av.open(BytesIO(film(clip)), "r") as source:
        frames = [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in source.decode(video=0)]
    return frames[0], frames[-1]


def person(pixels: Image) -> float:
    return person_similarity(View(pixels, "frame"), [View(decode(photo("avatar-front")), "the person")])


def product(pixels: Image) -> float:
    return product_similarity(View(pixels, "frame"), [View(decode(photo("product-front")), "the product")])


def words(pixels: Image) -> str:
    return " ".join(line.text for line in read_lines(pixels))


def texture(pixels: Image) -> float:
    """How uneven the skin of a cheek is, in levels."""
    face = find_face(pixels)
    assert face is not None
    side = int(0.2 * face.width)
    left, top = int(face.centre[0] - 0.33 * face.width), int(face.centre[1])
    cheek = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[top : top + side, left : left + side].astype(np.float32)
    return float((cheek - cv2.GaussianBlur(cheek, (0, 0), 2)).std())


def shown(look: Look, share: float = 1.0) -> tuple[Image, Image]:
    """The flaw in a still and in a clip."""
    first, last = later(Flaw(look, share))
    assert float(np.abs(first.astype(int) - still()).mean()) < 3, "the clip begins well"
    return still(Flaw(look, share)), last


def test_good_work_has_no_flaw() -> None:
    assert person(still()) > 0.85
    assert product(still()) > 0.85
    assert "LUMI" in words(still())
    assert people_in(still()) == 1


@pytest.mark.parametrize("where", [0, 1], ids=["still", "clip"])
def test_a_face_drifts_slightly_or_wholly(where: int) -> None:
    wholly, slightly = (shown("drifting_face", share)[where] for share in (1.0, 0.4))
    assert person(wholly) < 0.45
    assert person(wholly) + 0.1 < person(slightly) < 0.8
    assert product(wholly) > 0.8
    assert people_in(wholly) == 1


@pytest.mark.parametrize("where", [0, 1], ids=["still", "clip"])
def test_a_label_is_misspelt_or_quite_another(where: int) -> None:
    wholly, slightly = (shown("wrong_label", share)[where] for share in (1.0, 0.4))
    for pixels in (wholly, slightly):
        assert words(pixels)
        assert "LUMI" not in words(pixels)
        assert person(pixels) > 0.85
    assert words(wholly) != words(slightly)


@pytest.mark.parametrize("where", [0, 1], ids=["still", "clip"])
def test_another_person_another_skin_another_product(where: int) -> None:
    assert people_in(shown("extra_person")[where]) == 2
    assert person(shown("extra_person")[where]) > 0.8
    assert texture(shown("plastic_look")[where]) < 0.7 * texture(later(Flaw("wrong_label"))[where])
    assert product(shown("wrong_colors")[where]) < 0.6
    assert product(shown("no_product")[where]) < 0.6
    assert person(shown("no_product")[where]) > 0.85
