"""Likeness on whole pictures: what is right passes, and each thing that is wrong is named."""

import time
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from pytest import fixture, raises

from postprod.likeness.label import words_in
from postprod.likeness.measure import measured
from postprod.likeness.pixels import Pixels
from postprod.likeness.references import References, references_of
from tests.eval import drawn
from ugcgen.domain.consistency import Expected, FaultKind, FrameEvidence, Trait, scored
from ugcgen.domain.enums import ProductVisibility
from ugcgen.domain.errors import MediaError

PHOTOS = Path(__file__).parents[3] / "examples" / "photos"
PROMPT = (
    "medium shot, eye level, kitchen, soft window light. A person holds the product to the camera, smiling. "
    "product visibility: primary"
)
BARE = "medium shot, eye level, kitchen, soft window light. A person talks to the camera. no product"


def photo(name: str) -> Pixels:
    return np.asarray(Image.open(PHOTOS / f"{name}.jpg").convert("RGB"))


@fixture(scope="module")
def references() -> References:
    avatar, product = ("avatar-front", "avatar-left", "avatar-right"), ("product-front", "product-angle")
    return references_of(*({name: PHOTOS / f"{name}.jpg" for name in names} for names in (avatar, product)))


@cache
def good() -> Pixels:
    return drawn.drawn(PROMPT, (photo("avatar-front"),), (photo("product-front"),), 7)


def scores(found: FrameEvidence) -> dict[Trait, float | None]:
    return {one.trait: one.score for one in found.evidence}


def faults(found: FrameEvidence) -> set[FaultKind]:
    return {fault.kind for fault in found.faults}


def test_the_right_person_with_the_right_product_passes(references: References) -> None:
    assert {"LUMI", "GLOW", "SERUM"} <= set(references.label_text)
    before = time.process_time()
    found = measured(good(), references, Expected())
    assert time.process_time() - before < 10
    assert found.faults == []
    assert set(scores(found)) == {Trait.FACE, Trait.PERSON, Trait.COLORS, Trait.SHAPE, Trait.LABEL}
    frame = scored("frame", [found])
    assert frame.score is not None
    assert frame.score >= 0.75
    assert {name for one in found.evidence if one.trait is not Trait.LABEL for name in one.against} <= {
        photo.name for photo in (*references.persons, *references.products)
    }
    assert measured(good(), references, Expected()) == found


def test_another_person_is_named(references: References) -> None:
    frame = drawn.drawn(PROMPT, drawn.portraits(4), (photo("product-front"),), 7)
    found = measured(frame, references, Expected())
    assert faults(found) == {FaultKind.OTHER_PERSON}
    assert (scores(found)[Trait.COLORS] or 0) > 0.75


def test_a_second_person_is_named_and_a_picture_on_the_wall_is_not(references: References) -> None:
    head = Image.fromarray(drawn.portraits(5)[0])
    for width, expected in ((330, {FaultKind.EXTRA_PERSON}), (60, set())):
        frame = Image.fromarray(good())
        frame.paste(head.resize((width, width * head.height // head.width)), (0, 20))
        assert faults(measured(np.asarray(frame), references, Expected())) == expected
    assert faults(measured(good(), references, Expected(has_person=False))) == {FaultKind.EXTRA_PERSON}


def test_a_wrong_label_is_named_with_what_it_reads() -> None:
    own, wrong = drawn.goods(0), drawn.goods(0, ("KARMA", "BODY WASH"))
    references = references_of({}, {"bottle": drawn.packshot(own.product)})
    frames = [drawn.drawn(PROMPT, drawn.portraits(0), (drawn.packshot(one.product),), 7) for one in (own, wrong)]
    right, found = (measured(frame, references, Expected(label_text=list(own.words))) for frame in frames)
    assert right.faults == []
    assert faults(found) == {FaultKind.WRONG_LABEL}
    assert "KARMA" in found.faults[0].reason
    values = [scores(one)[Trait.LABEL] for one in (right, found)]
    assert values[0] is not None and values[1] is not None
    assert values[0] >= 0.9
    assert values[1] < 0.65


def test_a_product_of_another_colour_and_none_at_all_are_told(references: References) -> None:
    bottle = references_of({}, {"bottle": drawn.packshot(drawn.goods(0).product)})
    other = drawn.packshot(drawn.made("teal bottle", "LUNA", "RENEW OIL").product)
    found = measured(drawn.drawn(PROMPT, drawn.portraits(0), (other,), 7), bottle, Expected())
    assert (scored("frame", [found]).score or 0) < 0.65
    bare = drawn.drawn(BARE, drawn.portraits(0), (), 7)
    assert faults(measured(bare, references, Expected())) == {FaultKind.NO_PRODUCT}
    for visibility in (ProductVisibility.SECONDARY, ProductVisibility.NONE):
        found = measured(bare, references, Expected(visibility=visibility))
        assert found.faults == []
        assert scored("frame", [found]).product is None


def test_a_frame_without_anybody_compares_no_face(references: References) -> None:
    found = measured(np.full((320, 180, 3), 180, np.uint8), references, Expected(visibility=ProductVisibility.NONE))
    assert scores(found) == {Trait.FACE: None}
    assert references_of({"wall": np.full((320, 180, 3), 180, np.uint8)}, {}).persons == ()


def test_words_are_read_with_their_places(tmp_path: Path) -> None:
    words = {word.text: word for word in words_in(photo("product-front"))}
    assert words["LUMI"].bottom <= words["GLOW"].top + 5
    assert words["LUMI"].height > words["SERUM"].height
    assert words["LUMI"].confidence > 0.9
    assert words_in(np.full((200, 200, 3), 240, np.uint8)) == []
    (tmp_path / "notes.jpg").write_text("no picture")
    with raises(MediaError, match=r"notes\.jpg"):
        references_of({"notes": tmp_path / "notes.jpg"}, {})
