"""The summary of a job's consistency: what is below its threshold or plainly wrong is named, with the frame that shows
it, and missing evidence stays missing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from agents.consistency import SPREAD_LIMIT
from steps.quality_check import summary
from ugcgen.domain.consistency import Fault, FaultKind, FrameEvidence, Source, scored

scores = st.none() | st.floats(0, 1)
WRONG = Fault(kind=FaultKind.WRONG_LABEL, source=Source.JUDGED, reason='the label reads "LUNA"')


def clips(*values: float | None) -> dict[int, dict[str, Any]]:
    return {n: {"score": value, "reason": "", "frames": [], "retakes": []} for n, value in enumerate(values, 1)}


def drawn(*values: float | None) -> dict[int, dict[str, Any]]:
    return {n: {"frame": {"consistency_score": value}, "retakes": [{}] * n} for n, value in enumerate(values, 1)}


def test_a_clip_below_the_threshold_is_named_and_drift_is_told() -> None:
    found = summary(drawn(0.9, 0.7, None), clips(0.9, 0.64, 0.65))
    assert found["flagged"] == ["2"]
    assert found["mean"] == approx(0.73)
    assert found["spread"] == approx(0.1202, abs=1e-4)
    assert (found["spread_ok"], found["outliers"]) == (False, ["2", "3"])
    assert found["storyboard"] == {"1": 0.9, "2": 0.7, "3": None}
    layers = found["layers"]
    assert layers["storyboard"] == {"threshold": 0.75, "below": ["2"], "retakes": {"1": 1, "2": 2, "3": 3}}
    assert layers["video"] == {"threshold": 0.65, "below": ["2"], "retakes": {}}
    assert layers["cross_scene"]["outliers"] == ["2", "3"]


def test_a_wrong_label_is_a_failure_with_the_first_frame_that_shows_it() -> None:
    filmed = clips(0.9, 0.8)
    wrong = [
        scored(f"{at}.jpg", [FrameEvidence(faults=[WRONG] if at else [])], at).model_dump(mode="json")
        for at in (0.0, 61.5, 62.5)
    ]
    filmed[2] |= {"frames": wrong}
    found = summary(drawn(), filmed)
    (failure,) = found["failures"]
    assert (failure["scene"], failure["kind"], failure["source"]) == (2, "wrong_label", "judged")
    assert (failure["timecode"], failure["picture"], failure["reason"]) == ("1:01.500", "61.5.jpg", WRONG.reason)
    assert found["flagged"] == ["2"], "though it scores well"
    assert [frame["score"] for frame in found["clips"]["2"]["frames"]] == [None, 0.5, 0.5]


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
        assert bool(found["outliers"]) is not found["spread_ok"]
    assert all(clips(*values)[int(number)]["score"] < 0.65 for number in found["flagged"])
