"""The report of a job: every charge beside the line of the quote that it belongs to."""

from steps.complete import estimate_and_actual
from tests.unit.core.jobs import PRICE, START, brief, job
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.money import dollars

QUOTE = job(brief(4, 12)).quote


def charged(unit_id: str | None, cost: int) -> CallRecord:
    return CallRecord(
        key="k",
        user_id="u1",
        job_id="j1",
        unit_id=unit_id,
        model="omni",
        kind="image",
        state=CallState.SUCCEEDED,
        price=cost,
        cost=cost,
        created_at=START,
    )


def test_a_call_is_charged_to_the_step_and_the_scene_of_the_unit_that_sent_it() -> None:
    calls = [
        charged("script_generation", 7_000),
        charged("storyboard-01", 40_000),
        charged("storyboard-01", 41_000),
        charged("video_generation-02", 90_000),
        charged("video_extension-02", 80_000),
    ]
    known = estimate_and_actual(QUOTE, calls)
    assert {row["step"]: row["actual_usd"] for row in known["steps"]} == {
        "script_generation": 0.007,
        "storyboard": 0.081,
        "video_generation": 0.09,
        "video_extension": 0.08,
        "audio_generation": 0,
    }
    assert [(row["scene"], row["actual_usd"]) for row in known["scenes"]] == [(1, 0.081), (2, 0.17), (None, 0.007)]
    assert known["total"]["actual_usd"] == 0.258


def test_what_was_quoted_is_beside_it() -> None:
    known = estimate_and_actual(QUOTE, [])
    frames = known["steps"][1]
    price = dollars(PRICE)
    assert frames == {
        "step": "storyboard",
        "low_usd": price,
        "price_usd": 2 * price,
        "high_usd": 8 * price,
        "actual_usd": 0,
    }
    total = known["total"]
    assert (total["price_usd"], total["high_usd"]) == (dollars(QUOTE.total), dollars(QUOTE.high))
