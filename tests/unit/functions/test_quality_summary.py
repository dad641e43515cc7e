"""The summary of a job's consistency: what is below its threshold is named, and missing evidence stays missing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from steps.quality_check import SPREAD_LIMIT, summary

scores = st.none() | st.floats(0, 1)


def clips(*values: float | None) -> dict[str, dict[str, Any]]:
    return {str(number): {"score": value, "reason": ""} for number, value in enumerate(values, 1)}


def test_a_clip_below_the_threshold_is_named_and_drift_is_told() -> None:
    found = summary({"1": 0.9}, clips(0.9, 0.64, 0.65))
    assert found["flagged"] == ["2"]
    assert found["mean"] == approx(0.73)
    assert found["spread"] == approx(0.1202, abs=1e-4)
    assert found["spread_ok"] is False
    assert found["storyboard"] == {"1": 0.9}


def test_what_could_not_be_compared_is_neither_flagged_nor_counted() -> None:
    found = summary({}, clips(None, 0.9, None))
    assert (found["flagged"], found["mean"], found["spread"], found["spread_ok"]) == ([], 0.9, None, None)
    nothing = summary({}, clips(None))
    assert (nothing["mean"], nothing["spread_ok"]) == (None, None)


@given(st.lists(scores, max_size=8))
def test_the_summary_follows_from_the_scores(values: list[float | None]) -> None:
    found = summary({}, clips(*values))
    known = [value for value in values if value is not None]
    assert (found["mean"] is None) == (not known)
    assert (found["spread"] is None) == (len(known) < 2)
    if found["spread"] is not None:
        assert found["spread_ok"] is (found["spread"] < SPREAD_LIMIT)
        assert found["spread"] <= (max(known) - min(known)) / 2 + 1e-9
    assert all(clips(*values)[number]["score"] < 0.65 for number in found["flagged"])
