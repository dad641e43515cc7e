"""The checks find what they are there for: each wrong that a run could do is seen, and what is right is let pass."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.chaos.checks import Call, Expected, Found, Hit, Told, amid_sends, askers, interruptions, judge
from ugcgen.domain.brief import Brief
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, JobStatus
from ugcgen.domain.job import Job, Money, Quote

ASK, SETTLE, PAY = "ledger.account:ask transaction", "ledger.account:settle transaction", "models.image:make paid_call"
MODEL, CLIPS = "a-model", "a-video-model"
EXPECTED = Expected(Counter({(MODEL, "image"): 1, (CLIPS, "video"): 1}), {"film": "abc"}, {}, frozenset({ASK}))
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def record(kind: str = "image", sends: int = 1, state: CallState = CallState.SUCCEEDED, **more: Any) -> CallRecord:
    model = CLIPS if kind == "video" else MODEL
    facts = {"key": "k", "user_id": "u", "job_id": "j", "unit_id": "x", "price": 1, "created_at": NOW}
    return CallRecord(model=model, kind=kind, sends=sends, state=state, **(facts | more))


def call(kind: str = "image", accepted: bool = True, fault: str = "") -> Call:
    model = CLIPS if kind == "video" else MODEL
    return {"model": model, "kind": kind, "accepted": accepted, "fault": fault, "id": "op" if kind == "video" else ""}


def hits(*steps: tuple[str, str]) -> list[Hit]:
    return [{"boundary": boundary, "side": side, "job": "j", "unit": "x"} for boundary, side in steps]


UNDISTURBED = hits(
    (ASK, "before"), (ASK, "after"), (PAY, "before"), (PAY, "after"), (SETTLE, "before"), (SETTLE, "after")
)
CUT_OFF = hits((ASK, "before"), (ASK, "after"), (PAY, "before"), *[(h["boundary"], h["side"]) for h in UNDISTURBED])
RECORDS = [record(), record("video", operation="op")]
CALLS = [call(), call("video")]
SENTENCES = (
    "The script is written.",
    "The storyboard is drawn.",
    "The clips are filmed.",
    "The voice is spoken.",
    "The video is finished. It cost $0.10.",
)


def telling(events: int = 1, arrived: tuple[str, ...] = ("e0",), lines: tuple[str, ...] = SENTENCES) -> Told:
    return Told({f"e{n}": ("j", "job.completed") for n in range(events)}, list(arrived), {"j": list(lines)})


TOLD = telling()


def found(
    records: list[CallRecord] = RECORDS,
    calls: list[Call] = CALLS,
    seen: list[Hit] = UNDISTURBED,
    made: str = "abc",
    status: JobStatus = JobStatus.COMPLETED,
    spent: int = 2,
    provider_was_away: bool = False,
    told: Told = TOLD,
) -> Found:
    job = Job(
        id="j",
        user_id="u",
        request_id="r",
        status=status,
        brief=Brief(product_name="Lumi", prompt="A glow"),
        outline=[],
        quote=Quote(total=10, low=10, high=10, lines=[], models={}),
        money=Money(cap=10, spent=spent),
        product_name="Lumi",
        product_images=[],
        created_at=NOW,
        updated_at=NOW,
    )
    return judge([job], JobStatus.COMPLETED, records, calls, seen, [{"film": made}], told, EXPECTED, provider_was_away)


def test_a_run_like_the_undisturbed_one_is_right() -> None:
    assert found().ok
    assert found() == Found(0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (found(status=JobStatus.RUNNING), "lost"),
        (found(status=JobStatus.FAILED), "lost"),
        (found(calls=[*CALLS, call()]), "paid_twice"),
        (found(records=[record(sends=2), RECORDS[1]], calls=[*CALLS, call()]), "paid_twice"),
        (found(records=[*RECORDS, record()], calls=[*CALLS, call()]), "paid_twice"),
        (found(records=[RECORDS[0], record("video", operation="another")]), "orphans"),
        (found(records=[RECORDS[0], record("video", state=CallState.SUBMITTED, operation="op")]), "orphans"),
        (found(made="other"), "mismatched_artifacts"),
        (found(calls=[call("video")]), "miscounted"),
        (found(spent=11), "over_cap"),
        (found(told=telling(events=0, arrived=())), "untold"),
        (found(told=telling(arrived=())), "untold"),
        (found(told=telling(lines=SENTENCES[1:])), "untold"),
        (found(told=telling(events=2, arrived=("e0", "e1"))), "told_twice"),
        (found(told=telling(arrived=("e0", "made up"))), "told_twice"),
        (found(told=telling(lines=(*SENTENCES, SENTENCES[0]))), "told_twice"),
    ],
)
def test_each_wrong_is_seen(wrong: Found, name: str) -> None:
    assert getattr(wrong, name) == 1
    assert not wrong.ok


def test_a_send_that_was_cut_off_may_be_repeated_once_and_by_name() -> None:
    again = [call(), call(), call("video")]
    repeated = found([record(sends=2), RECORDS[1]], again, CUT_OFF)
    assert (repeated.ok, repeated.repeats, repeated.interrupted) == (True, 1, 1)
    retaken = found([record(state=CallState.UNCONFIRMED), *RECORDS], again, CUT_OFF)
    assert (retaken.ok, retaken.unconfirmed) == (True, 1)
    assert found([record(sends=3), RECORDS[1]], [call(), *again], CUT_OFF).paid_twice == 1
    assert found(RECORDS, again, CUT_OFF).paid_twice == 1, "the ledger has to name it"


def test_a_refused_call_is_no_payment() -> None:
    assert found([record(sends=3), RECORDS[1]], [call(accepted=False, fault="rate_limit")] * 2 + CALLS).ok


def test_interruptions_are_read_off_the_hits() -> None:
    assert askers(UNDISTURBED) == {ASK}
    assert interruptions(UNDISTURBED, frozenset({ASK})) == 0
    assert interruptions(CUT_OFF, frozenset({ASK})) == 1
    assert interruptions(hits((ASK, "before"), (ASK, "after")), frozenset({ASK})) == 1
    assert interruptions(hits((ASK, "before")), frozenset({ASK})) == 0


def test_the_places_amid_sends_are_read_off_the_hits() -> None:
    [neighbour] = hits(("postprod:upload", "before"))
    neighbour["unit"] = "y"

    own, anybodys = amid_sends([*UNDISTURBED[:3], neighbour, *UNDISTURBED[3:]], frozenset({ASK}))

    amid = {(ASK, "after"), (PAY, "before"), (PAY, "after"), (SETTLE, "before")}
    assert own == {(*place, unit) for place in amid for unit in ("x", "")}
    assert anybodys - own == {("postprod:upload", "before", unit) for unit in ("y", "")}


def test_what_is_sent_again_under_its_id_tells_nothing_new() -> None:
    assert found(told=telling(arrived=("e0", "e0"))).ok


def test_what_was_sent_to_a_provider_that_was_away_is_no_second_payment() -> None:
    sent_again = [record(), record("video", sends=2, operation="op")]
    assert found(sent_again).paid_twice == 1
    assert found(sent_again, provider_was_away=True).ok
    both_came = [call(), call("video"), call("video")]
    assert found(sent_again, both_came, provider_was_away=True).paid_twice == 1
