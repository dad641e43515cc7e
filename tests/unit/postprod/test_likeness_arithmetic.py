"""Likeness without pictures: words against words, curves, people, and how the rates of error are counted."""

import numpy as np
from pytest import approx, mark, raises

from postprod.faces import Face
from postprod.likeness.calibration import Curve, calibration
from postprod.likeness.label import Word
from postprod.likeness.medium import Medium, medium_of
from postprod.likeness.people import people_of
from postprod.likeness.wording import Wording, compared
from tests.eval.roc import Trial, wilson
from ugcgen.domain.consistency import Trait

LABEL = ["LUMI", "GLOW", "VITAMIN", "C", "SERUM"]


def read(*words: str, confidence: float = 0.99, height: float = 20.0) -> Wording | None:
    return compared([Word(word, confidence, 0, 0, 60, height) for word in words], LABEL)


@mark.parametrize(
    "words",
    [["LUMI", "GLOW"], ["LUM", "GLOW"], ["UMI", "LOW"], ["lumi", "GL0W"], ["VITAMINC", "ERUM"], ["LUMI", "MIGLOW"]],
)
def test_a_label_that_is_cut_or_read_with_twin_letters_is_right(words: list[str]) -> None:
    wording = read(*words)
    assert wording is not None
    assert wording.wrong is None
    assert wording.share > 0.85


@mark.parametrize("cut", ["SERUI", "IERUM", "SERI", "GLOV"])
def test_what_is_left_of_a_letter_that_fingers_cut_is_no_misprint(cut: str) -> None:
    wording = read("LUMI", cut)
    assert wording is not None
    assert wording.wrong is None


@mark.parametrize(
    ("words", "wrong"),
    [
        (["LUKI", "GLOW"], ("LUKI", "LUMI")),
        (["LUMI", "GROW"], ("GROW", "GLOW")),
        (["LUMI", "GLOK"], ("GLOK", "GLOW")),
        (["KARMA", "BODY", "WASH"], ("KARMA", "VITAMIN")),
    ],
)
def test_a_word_that_is_read_surely_and_is_another_is_wrong(words: list[str], wrong: tuple[str, str]) -> None:
    wording = read(*words)
    assert wording is not None
    assert wording.wrong is not None
    assert wording.wrong[0] == wrong[0]
    assert wording.share < 0.9


def test_an_unsure_word_a_strange_one_beside_the_right_ones_and_a_stump_are_no_fault() -> None:
    unsure, strange, low = read("LUKI", "GLOW", confidence=0.7), read("LUMI", "GLOW", "EXIT"), read("LUKI", height=9.5)
    for wording in (unsure, strange, low, read("LUMI", "GLK")):
        assert wording is not None
        assert wording.wrong is None


def test_small_print_is_seen_and_says_nothing() -> None:
    words = [Word("LUMI", 0.99, 0, 0, 60, 20), Word("SEFUR", 0.99, 0, 30, 60, 37)]
    assert compared(words, LABEL) == Wording(["LUMI", "SEFUR"], 1.0)


def test_nothing_is_said_of_what_cannot_be_read() -> None:
    assert read() is None
    assert read("LUMI", height=5) is None
    assert compared([Word("LUMI", 1.0, 0, 0, 60, 20)], []) is None


def test_a_curve_goes_through_its_points_and_no_further() -> None:
    distance = Curve(raw=[20.0, 10.0, 2.0], score=[0.0, 0.65, 1.0])
    assert [distance.at(raw) for raw in (30, 20, 15, 10, 2, 0)] == approx([0, 0, 0.325, 0.65, 1, 1])
    with raises(ValueError, match="as many"):
        Curve(raw=[1.0, 3.0, 2.0], score=[0.0, 0.5, 1.0])


def test_each_trait_is_told_where_it_tells_anything() -> None:
    score = calibration().score
    assert score(Medium.DRAWING, Trait.FACE, 0.9) is None
    assert score(Medium.PHOTOGRAPH, Trait.PERSON, 3.0) is None
    face = [score(Medium.PHOTOGRAPH, Trait.FACE, cosine) for cosine in (0.05, 0.85)]
    assert face[0] is not None and face[1] is not None
    assert face[0] < 0.4
    assert face[1] > 0.75


def face(height: float, score: float = 0.9) -> Face:
    return Face(0.4, 0.4, height, height, ((0.4, 0.4), (0.5, 0.4)), (0.45, 0.45), ((0.4, 0.5), (0.5, 0.5)), score)


def test_only_faces_as_large_as_a_person_count() -> None:
    assert people_of([face(0.2), face(0.06), face(0.15, score=0.65)]) == [face(0.2)]
    assert people_of([face(0.2), face(0.12)]) == [face(0.2), face(0.12)]
    assert people_of([face(0.03)]) == []


def test_grain_tells_a_photograph_from_a_drawing() -> None:
    flat = np.tile(np.linspace(90, 200, 300).astype(np.uint8)[:, None, None], (1, 200, 3))
    grain = np.random.default_rng(1).normal(0, 3, flat.shape)
    assert medium_of(flat) is Medium.DRAWING
    assert medium_of((flat + grain).clip(0, 255).astype(np.uint8)) is Medium.PHOTOGRAPH


def test_rates_of_error_are_counted_with_their_uncertainty() -> None:
    low, high = wilson(1, 10)
    assert (low, high) == approx((0.0179, 0.4042), abs=0.001)
    assert wilson(0, 0) == (0.0, 1.0)
    apart = Trial(same=[0.9, 0.8, 0.7], other=[0.1, 0.2, 0.3])
    assert apart.auc == 1
    assert apart.equal_error == approx((0.5, 0.0), abs=0.2)
    curve = apart.curve()
    assert curve is not None
    assert (apart.errors(curve, 0.75), curve.at(0.8)) == ((0, 0), approx(0.9))
    mixed = Trial(same=[1.0, 4.0, 2.0, 3.0], other=[1.5, 2.5, 3.5, 0.5], falls=True)
    assert mixed.auc == approx(0.375)
    assert mixed.curve() is None
