"""The consistency service: judgements as evidence, faults by name, and what a retake asks for in other words."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark, raises

from agents.consistency import (
    SPREAD_LIMIT,
    FrameJudgement,
    correction,
    cross_scene_consistency,
    evidence_of,
    outliers,
)
from ugcgen.domain.consistency import Expected, FaultKind, FrameScore, Trait, scored
from ugcgen.domain.enums import ProductVisibility

SEEN = Expected(visibility=ProductVisibility.PRIMARY, label_text=("Lumi", "Glow"), has_person=True)
FINE = {"person_similarity": 0.9, "product_similarity": 0.8, "people_count": 1, "label_text": ["LUMI", "GLOW"]}


def frame(expected: Expected = SEEN, **judged: Any) -> FrameScore:
    return scored("a.png", [evidence_of(FrameJudgement(**FINE | judged), expected, ["person.jpg", "product.jpg"])])


def kinds(score: FrameScore) -> list[FaultKind]:
    return [fault.kind for fault in score.faults]


def test_good_work_passes_with_what_it_was_compared_with() -> None:
    good = frame(reason="The hair falls differently.")
    assert (good.person, good.product, good.score, good.faults) == (0.9, 0.8, 0.8, [])
    compared = {evidence.trait: evidence.against for evidence in good.evidence}
    assert compared[Trait.PERSON] == ["person.jpg", "product.jpg"]
    assert compared[Trait.LABEL] == ["Lumi", "Glow"]
    assert good.reason == "The hair falls differently."


@mark.parametrize(
    ("judged", "kind", "asked"),
    [
        ({"person_similarity": 0.3}, FaultKind.OTHER_PERSON, "exactly the face"),
        ({"people_count": 2}, FaultKind.EXTRA_PERSON, "One person only"),
        ({"plastic_look": True}, FaultKind.PLASTIC_LOOK, "visible pores"),
        ({"wrong_colors": True}, FaultKind.WRONG_COLORS, "colours of its reference"),
        ({"wrong_shape": True}, FaultKind.WRONG_SHAPE, "proportions"),
        ({"label_text": ["LUNA", "GLOW"]}, FaultKind.WRONG_LABEL, 'must read "Lumi Glow"'),
    ],
)
def test_what_is_plainly_wrong_is_named_and_asked_for_in_other_words(
    judged: dict[str, Any], kind: FaultKind, asked: str
) -> None:
    bad = frame(**judged, reason="It is another.")
    assert kinds(bad) == [kind]
    assert bad.score is not None and bad.score <= 0.5
    assert asked in correction([bad], SEEN)


def test_a_product_that_is_not_to_be_seen_is_not_judged() -> None:
    behind = SEEN.model_copy(update={"visibility": ProductVisibility.BACKGROUND})
    found = frame(behind, product_similarity=0.1, wrong_colors=True, label_text=["SOAP"])
    assert (found.score, found.product, found.faults) == (0.9, None, [])
    nobody = frame(SEEN.model_copy(update={"has_person": False}), person_similarity=0.1)
    assert (nobody.person, nobody.score, nobody.faults) == (None, 0.8, [])


def test_nothing_told_is_no_evidence() -> None:
    silent = scored("a.png", [evidence_of(FrameJudgement(), SEEN, [])])
    assert (silent.score, silent.person, silent.product, silent.faults) == (None, None, None, [])
    assert silent.reason == "nothing could be compared"


def test_without_a_fault_the_weaker_half_is_held_to() -> None:
    assert "face" in correction([frame(person_similarity=0.6)], SEEN)
    assert "proportions" in correction([frame(product_similarity=0.55)], SEEN)


def test_two_faults_are_asked_for_once_each() -> None:
    asked = correction([frame(people_count=2, plastic_look=True), frame(people_count=3)], SEEN)
    assert asked.count("One person only") == 1
    assert "pores" in asked


@mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_a_similarity_is_a_share(value: float) -> None:
    with raises(ValueError, match="person_similarity"):
        FrameJudgement(person_similarity=value)


def test_the_spread_is_a_standard_deviation_and_its_outliers_are_the_lowest() -> None:
    assert cross_scene_consistency([0.9, None, 0.7]) == approx(0.1)
    assert cross_scene_consistency([0.9, None]) is None
    assert outliers({1: 0.9, 2: 0.62, 3: 0.88, 4: None}) == [2]
    assert outliers({1: 0.9, 2: 0.85}) == []
    assert outliers({1: 1.0, 2: 0.5}) == [2]


@given(st.dictionaries(st.integers(1, 20), st.none() | st.floats(0, 1), max_size=8))
def test_without_its_outliers_a_job_agrees(scores: dict[int, float | None]) -> None:
    out = outliers(scores)
    rest = [score for number, score in scores.items() if number not in out]
    assert (cross_scene_consistency(rest) or 0) < SPREAD_LIMIT
    known = [score for score in rest if score is not None]
    assert all((scores[number] or 0) <= min(known) for number in out)
