"""What is wrong with a photo of the person, in words on what to take again; and what the photos leave uncovered."""

from typing import Any

import pytest

from agents import avatar_vision
from agents.reference_validation import (
    FEWEST,
    MIN_FACE,
    MIN_SIDE,
    SHARP,
    advice_on_product,
    coverage,
    require_a_face,
    validate,
)
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.references import REQUIRED_ANGLES, Coverage, PhotoFacts, ProductPhoto, best_of_each_angle

FRONT, LEFT, RIGHT, BACK, HALF_LEFT, HALF_RIGHT = ReferenceAngle


def photo(name: str = "photo", **facts: Any) -> PhotoFacts:
    good = {"width": 900, "height": 1200, "faces": 1, "face_pixels": 300, "sharpness": 0.6, "angle": FRONT}
    return PhotoFacts(image=name, sha256=f"sha of {name}", **{**good, **facts})


def covered(*photos: PhotoFacts) -> Coverage:
    return coverage([validate(one) for one in photos])


BACK_OF_A_HEAD = {"faces": 0, "face_pixels": None, "angle": BACK}
NOBODY = {"faces": 0, "face_pixels": None, "angle": None}


@pytest.mark.parametrize(
    ("facts", "faults", "words"),
    [
        ({}, [], ""),
        ({"face_pixels": MIN_FACE, "width": MIN_SIDE, "sharpness": SHARP}, [], ""),
        (NOBODY, ["no_face"], "No face is found"),
        ({"faces": 3, "angle": None}, ["several_people"], "3 people are in it: take one of the person alone."),
        ({"width": 399}, ["too_small"], "399 by 1200 pixels: send one with at least 400"),
        ({"face_pixels": 60}, ["face_too_small"], "only 60 pixels high: go closer"),
        ({"sharpness": 0.2}, ["blurred"], "blurred: hold the camera still"),
        # A face that is too small to judge is not called blurred as well.
        ({"face_pixels": 60, "sharpness": 0.2}, ["face_too_small"], "only 60 pixels"),
        ({"height": 200, "sharpness": 0.2}, ["too_small", "blurred"], "focus on the eyes"),
        (BACK_OF_A_HEAD, [], ""),
        (BACK_OF_A_HEAD | {"sharpness": 0.1}, ["blurred"], "blurred"),
        # What several people show is not looked at further.
        ({"faces": 2, "width": 100, "sharpness": 0.0, "angle": None}, ["several_people"], "2 people"),
    ],
)
def test_a_photo_has_its_faults_and_a_sentence_on_what_to_take_again(
    facts: dict[str, Any], faults: list[str], words: str
) -> None:
    found = validate(photo(**facts))
    assert found.faults == faults
    assert words in found.advice
    assert bool(found.advice) == bool(faults)
    assert found.is_usable == (not {"no_face", "several_people"} & set(faults))


def test_front_and_both_profiles_cover_a_person() -> None:
    found = covered(photo("f"), photo("l", angle=LEFT), photo("r", angle=RIGHT))
    assert found.is_complete
    assert (found.angles, found.missing, found.advice) == ({FRONT: "f", LEFT: "l", RIGHT: "r"}, [], [])
    assert found.validation == {angle: angle in REQUIRED_ANGLES for angle in ReferenceAngle}


def test_half_turned_views_are_welcome_and_stand_for_no_profile() -> None:
    found = covered(
        photo("f"), photo("hl", angle=HALF_LEFT), photo("hr", angle=HALF_RIGHT), photo("b", **BACK_OF_A_HEAD)
    )
    assert found.missing == [LEFT, RIGHT]
    assert found.advice == ["Add a photo of the left profile.", "Add a photo of the right profile."]
    assert set(found.angles) == {FRONT, HALF_LEFT, HALF_RIGHT, BACK}


@pytest.mark.parametrize("number", [1, 2])
def test_one_or_two_photos_work_and_the_advice_says_what_is_missing(number: int) -> None:
    found = covered(*(photo(str(n)) for n in range(number)))
    assert found.angles == {FRONT: "0"}
    assert found.advice[-1].startswith("Only one photo" if number == 1 else "Only 2 photos")
    assert str(FEWEST) in found.advice[-1]


def test_a_photo_that_is_no_use_covers_nothing_and_one_to_take_again_still_covers_its_angle() -> None:
    found = covered(
        photo("two", faces=2, angle=None), photo("soft", angle=LEFT, sharpness=0.2), photo("nobody", **NOBODY)
    )
    assert found.angles == {LEFT: "soft"}
    assert found.missing == [FRONT, RIGHT]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"sharpness": 0.7}, {"sharpness": 0.5}),
        ({"face_pixels": 400}, {"face_pixels": 200}),
        ({"face_pixels": 200, "sharpness": 0.6}, {"face_pixels": 380, "sharpness": 0.2}),
        ({"angle": BACK}, BACK_OF_A_HEAD),
    ],
)
def test_the_photo_with_most_of_a_face_to_see_stands_for_its_angle(
    better: dict[str, Any], worse: dict[str, Any]
) -> None:
    pair = [photo("worse", **worse), photo("better", **better)]
    for photos in (pair, pair[::-1]):
        (best,) = best_of_each_angle(photos).values()
        assert best.image == "better"


def test_of_equal_photos_the_first_one_stands() -> None:
    assert best_of_each_angle([photo("one"), photo("two")])[FRONT].image == "one"


def test_a_job_needs_one_photo_with_one_face() -> None:
    require_a_face([])
    require_a_face([photo(faces=2), photo(**NOBODY), photo(sharpness=0.1)])
    with pytest.raises(InvalidInput, match=r"Photo 1: 2 people .* Photo 2: No face is found") as refused:
        require_a_face([photo(faces=2, angle=None), photo(**NOBODY)])
    assert refused.value.field == "avatar_images"


# What the pixels leave open, and what a model is believed.


@pytest.mark.parametrize(
    ("facts", "seen", "angle"),
    [
        # What was measured wins.
        ({"angle": FRONT}, LEFT, FRONT),
        ({"angle": FRONT}, None, FRONT),
        # Between two angles the model decides.
        ({"angle": None}, HALF_LEFT, HALF_LEFT),
        ({"angle": None}, FRONT, FRONT),
        ({"angle": None}, None, None),
        # Without a face it is believed what a finder of faces can miss, and nothing else.
        (NOBODY, BACK, BACK),
        (NOBODY, RIGHT, RIGHT),
        (NOBODY, FRONT, None),
        (NOBODY, HALF_RIGHT, None),
        # Of several people there is no one to tell the angle of.
        ({"faces": 2, "angle": None}, FRONT, None),
    ],
)
def test_pixels_and_model_are_combined_by_one_rule(
    facts: dict[str, Any], seen: ReferenceAngle | None, angle: ReferenceAngle | None
) -> None:
    assert avatar_vision.combined(photo(**facts), seen).angle == angle


def test_only_what_the_pixels_leave_open_is_asked_for() -> None:
    photos = [photo(), photo(angle=None), photo(**NOBODY), photo(faces=2, angle=None)]
    assert [avatar_vision.is_open(one) for one in photos] == [False, True, True, False]


def test_a_back_that_only_the_model_knows_is_a_good_photo() -> None:
    photos, found = avatar_vision.validate_coverage([photo("f"), photo("b", **NOBODY)], {"b": BACK})
    assert [one.faults for one in photos] == [[], []]
    assert found.angles == {FRONT: "f", BACK: "b"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [({}, ""), ({"width": 300}, "300 by 900 pixels"), ({"sharpness": 0.2}, "blurred"), ({"words": []}, "No word")],
)
def test_a_photo_of_the_product_is_advised_on(facts: dict[str, Any], said: str) -> None:
    good = {"width": 900, "height": 900, "sharpness": 0.6, "words": ["LUMI"]}
    advice = advice_on_product(ProductPhoto(image="p", sha256="s", **good | facts))
    assert advice == "" if not said else said in advice
