"""Flaws on request: each is plainly there in a still and in a clip, and nothing else of the picture is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from infra.local.studio.art import Clip, Picture, Reference, draw, film
from infra.local.studio.art.lettering import read_lines
from infra.local.studio.art.pixels import Image, decode, encode_png
from infra.local.studio.flaw import Flaw, Look
from infra.local.studio.resemblance import person_similarity, product_similarity
from infra.local.studio.scrutiny import looks_plastic
from infra.local.studio.view import View, people_in

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


def plastic(pixels: Image) -> bool | None:
    return looks_plastic(View(pixels, "frame"), [View(decode(photo("avatar-front")), "the person")])


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
    assert plastic(still()) is False


def test_another_seed_is_another_picture_of_the_same() -> None:
    references = Reference(photo("avatar-left"), "the person"), Reference(photo("product-front"), "the product")
    others = [decode(draw(Picture(SCENE, references, *SIZE, seed))) for seed in (4, 5)]
    for other in others:
        assert float(np.abs(other.astype(int) - still()).mean()) > 6, "visibly another"
        assert person(other) > 0.65, "though all that is known of the person is one profile"
        assert product(other) > 0.85


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
    assert plastic(shown("plastic_look")[where]) is True
    assert plastic(shown("wrong_label")[where]) is False
    assert product(shown("wrong_colors")[where]) < 0.6
    assert product(shown("no_product")[where]) < 0.6
    assert person(shown("no_product")[where]) > 0.85
