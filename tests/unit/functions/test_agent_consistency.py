"""Consistency scores: the weaker of person and product counts, and missing evidence is neither good nor bad."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark, raises

from agents.consistency import FrameJudgement, Judgement

share = st.floats(0, 1)
frames = st.builds(
    FrameJudgement,
    person_similarity=st.none() | share,
    product_similarity=st.none() | share,
    reason=st.text(max_size=5),
)


def judged(*scores: tuple[float | None, float | None]) -> Judgement:
    return Judgement(
        frames=[
            FrameJudgement(person_similarity=person, product_similarity=product, reason=f"frame {n}")
            for n, (person, product) in enumerate(scores, 1)
        ]
    )


@mark.parametrize(
    ("person", "product", "score"),
    [(0.9, 0.6, 0.6), (0.5, 0.8, 0.5), (None, 0.7, 0.7), (0.7, None, 0.7), (None, None, None), (0, 1, 0), (0, None, 0)],
)
def test_a_frame_is_as_good_as_its_weaker_half(
    person: float | None, product: float | None, score: float | None
) -> None:
    assert judged((person, product)).frames[0].score == score


def test_frames_without_evidence_do_not_count() -> None:
    mixed = judged((0.9, 0.8), (None, None), (0.4, None))
    assert mixed.score == approx(0.6)
    assert mixed.reason == "frame 3"


def test_a_score_of_nothing_is_none_and_says_so() -> None:
    assert judged((None, None)).score is None
    assert judged().score is None
    assert judged().reason == "nothing could be compared"


def test_a_score_of_zero_is_the_worst_there_is() -> None:
    assert judged((0.2, None), (0, None)).reason == "frame 2"


@given(st.lists(frames, max_size=6))
def test_a_judgement_lies_between_its_frames(some: list[FrameJudgement]) -> None:
    known = [frame.score for frame in some if frame.score is not None]
    score = Judgement(frames=some).score
    if not known:
        assert score is None
    else:
        assert score is not None
        assert min(known) - 1e-9 <= score <= max(known) + 1e-9


@mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_a_similarity_is_a_share(value: float) -> None:
    with raises(ValueError, match="person_similarity"):
        FrameJudgement(person_similarity=value)
