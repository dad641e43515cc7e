from datetime import timedelta
from typing import Any

import pytest

from tests.unit.core.jobs import PRICE, START, unit
from ugcgen.domain.enums import BlockReason, JobStatus, UnitState
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.unit import Blocked, Unit, Waiting, WakeUp
from ugcgen.pipeline.steps import MAX_STEP_RETRIES
from ugcgen.pipeline.transitions import (
    PAUSE,
    Block,
    Cancelled,
    Claimed,
    Done,
    Fail,
    Finished,
    Held,
    Next,
    Outcome,
    Outdated,
    Stale,
    Wait,
    asked_again,
    begin_again,
    claim,
    held,
    overdue,
    renew,
    restart,
    settle,
    swept,
    transient_failure,
    unblock,
    waits_for_its_price,
    with_money,
    withdrawn,
    without_money,
)

S = UnitState
LEASE = timedelta(seconds=60)
SOON = START + timedelta(seconds=10)
LATER = START + timedelta(seconds=61)
BUDGET = Blocked(reason=BlockReason.BUDGET, message="no money", needed=7)


def waiting(due_at: Any = SOON, call: str = "call-a", sequence: int = 3) -> Waiting:
    return Waiting(call=call, poll_seq=sequence, due_at=due_at)


def running(**changes: Any) -> Unit:
    claimed: dict[str, Any] = {
        "state": S.RUNNING,
        "run": 2,
        "fence": 5,
        "lease_until": START + LEASE,
        "wake_by": START + LEASE,
    }
    return unit(**(claimed | changes))


def wake(run: int = 1, early: bool = False) -> WakeUp:
    return WakeUp(job="j1", unit="storyboard-01", run=run, early=early)


# Claims


@pytest.mark.parametrize(
    ("stored", "early"),
    [
        (unit(), False),
        (unit(state=S.RUNNING, lease_until=START), False),
        (unit(state=S.RUNNING, lease_until=START - LEASE), False),
        (unit(state=S.WAITING, waiting=waiting(START)), False),
        (unit(state=S.WAITING, waiting=waiting(SOON)), True),
    ],
    ids=["ready", "lease ends now", "lease ended", "wait is due", "woken early"],
)
def test_what_is_free_is_claimed_under_a_higher_fence(stored: Unit, early: bool) -> None:
    claimed = claim(stored.model_copy(update={"fence": 4}), JobStatus.RUNNING, wake(early=early), START, LEASE)
    assert isinstance(claimed, Claimed) and not claimed.cancelling
    assert (claimed.unit.state, claimed.unit.fence) == (S.RUNNING, 5)
    assert claimed.unit.lease_until == claimed.unit.wake_by == START + LEASE
    assert claimed.unit.started_at == START
    assert claimed.unit.waiting == stored.waiting, "the worker reads what the unit waited for"


def test_the_first_claim_is_when_a_unit_started() -> None:
    again = claim(unit(started_at=START - LEASE), JobStatus.RUNNING, wake(), START, LEASE)
    assert isinstance(again, Claimed) and again.unit.started_at == START - LEASE


def test_a_live_worker_keeps_its_unit() -> None:
    busy = unit(state=S.RUNNING, lease_until=SOON)
    assert claim(busy, JobStatus.RUNNING, wake(), START, LEASE) == Held(SOON)
    assert claim(busy, JobStatus.CANCELLING, wake(early=True), START, LEASE) == Held(SOON)


@pytest.mark.parametrize(
    "stored",
    [unit(state=S.WAITING, waiting=waiting(SOON)), unit(state=S.BLOCKED, blocked=BUDGET), unit(run=2)],
    ids=["wait is not over", "blocked", "another run"],
)
def test_a_message_that_has_nothing_to_do_is_acknowledged(stored: Unit) -> None:
    assert isinstance(claim(stored, JobStatus.RUNNING, wake(), START, LEASE), Stale)


@pytest.mark.parametrize("state", [S.DONE, S.FAILED, S.CANCELLED])
def test_a_finished_unit_advances_again(state: UnitState) -> None:
    assert claim(unit(state=state), JobStatus.RUNNING, wake(), START, LEASE) == Finished()
    assert isinstance(claim(unit(state=state, run=2), JobStatus.RUNNING, wake(), START, LEASE), Stale)


@pytest.mark.parametrize("status", [JobStatus.CANCELLING, JobStatus.CANCELLED])
@pytest.mark.parametrize(
    "stored",
    [
        unit(),
        unit(state=S.WAITING, waiting=waiting(SOON)),
        unit(state=S.BLOCKED, blocked=BUDGET),
        unit(state=S.RUNNING, lease_until=START),
    ],
    ids=["ready", "waiting", "blocked", "lease ended"],
)
def test_every_open_unit_of_a_cancelled_job_is_claimed_to_be_closed(status: JobStatus, stored: Unit) -> None:
    claimed = claim(stored, status, wake(), START, LEASE)
    assert isinstance(claimed, Claimed) and claimed.cancelling


# Outcomes

OUTCOMES = [
    pytest.param(Done({"image": "x"}), {"state": S.DONE, "result": {"image": "x"}, "finished_at": SOON}, id="done"),
    pytest.param(Fail("broken"), {"state": S.FAILED, "error": "broken", "finished_at": SOON}, id="fail"),
    pytest.param(Cancelled(), {"state": S.CANCELLED, "finished_at": SOON}, id="cancelled"),
    pytest.param(Block(BUDGET), {"state": S.BLOCKED, "blocked": BUDGET}, id="block"),
    pytest.param(
        Next("draw", memo={"b": 2}),
        {"state": S.READY, "phase": "draw", "memo": {"a": 1, "b": 2}, "wake_by": SOON},
        id="next",
    ),
    pytest.param(
        Wait("call-b", LATER, memo={"b": 2}),
        {
            "state": S.WAITING,
            "waiting": waiting(LATER, "call-b", 1),
            "wake_by": LATER,
            "memo": {"a": 1, "b": 2},
            "failures": 1,
        },
        id="wait",
    ),
]


@pytest.mark.parametrize(("outcome", "expected"), OUTCOMES)
def test_settling(outcome: Outcome, expected: dict[str, Any]) -> None:
    claimed = running(memo={"a": 1}, failures=1, waiting=waiting(), blocked=BUDGET, error="earlier")
    settled = settle(claimed, 2, 5, outcome, SOON)
    unchanged = claimed.model_dump()
    over: dict[str, Any] = {"lease_until": None, "waiting": None, "blocked": None, "wake_by": None}
    if isinstance(outcome, Done):
        over["error"] = None
    if isinstance(outcome, Next):
        over["failures"] = 0
    assert settled.model_dump() == unchanged | over | claimed.model_copy(update=expected).model_dump(
        include=set(expected)
    )


def test_a_wait_for_the_same_call_counts_on() -> None:
    settled = settle(running(waiting=waiting()), 2, 5, Wait("call-a", LATER), SOON)
    assert settled.waiting == waiting(LATER, "call-a", 4)


@pytest.mark.parametrize("outcome", [Done(), Wait("c", LATER), Next("draw"), Block(BUDGET), Fail("x"), Cancelled()])
def test_what_was_paid_is_kept_with_every_outcome(outcome: Outcome) -> None:
    outcome = type(outcome)(**(vars(outcome) | {"paid": {"b": 5, "c": 2}}))
    settled = settle(running(paid={"a": 1, "b": 3}), 2, 5, outcome, SOON)
    assert settled.paid == {"a": 1, "b": 5, "c": 2}
    assert settled.spent == 8


def test_a_phase_that_the_table_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="storyboard has no phase 'paint'"):
        settle(running(), 2, 5, Next("paint"), SOON)


@pytest.mark.parametrize(
    "stored",
    [running(fence=6), running(run=3), *(running(state=state) for state in UnitState if state is not S.RUNNING)],
    ids=["another fence", "another run", *(str(state) for state in UnitState if state is not S.RUNNING)],
)
def test_who_lost_the_unit_writes_nothing(stored: Unit) -> None:
    with pytest.raises(LostUnit, match="held as run 2 fence 5"):
        settle(stored, 2, 5, Done(), SOON)
    with pytest.raises(LostUnit):
        renew(stored, 2, 5, LATER)
    with pytest.raises(LostUnit):
        transient_failure(stored, 2, 5, "late", SOON)


def test_renewing_moves_the_lease_and_nothing_else() -> None:
    renewed = renew(running(), 2, 5, LATER)
    assert renewed == running(lease_until=LATER, wake_by=LATER)


# Failures that may pass


def test_a_transient_failure_is_tried_again_and_then_fails_the_unit() -> None:
    stored = running()
    for failures in range(1, MAX_STEP_RETRIES + 1):
        stored = transient_failure(stored, 2, 5, "no network", SOON)
        assert (stored.state, stored.failures, stored.lease_until) == (S.READY, failures, None)
        assert stored.wake_by == SOON + PAUSE * 2**failures, "the sweeper leaves it alone for a while"
        claimed = claim(stored, JobStatus.RUNNING, wake(2), SOON, LEASE)
        assert isinstance(claimed, Claimed)
        stored = claimed.unit.model_copy(update={"fence": 5})
    failed = transient_failure(stored, 2, 5, "no network", SOON)
    assert (failed.state, failed.error, failed.finished_at, failed.wake_by) == (S.FAILED, "no network", SOON, None)


def test_a_transient_failure_of_a_look_keeps_what_is_waited_for() -> None:
    failed = transient_failure(running(waiting=waiting(START)), 2, 5, "no network", SOON)
    assert failed.state is S.WAITING
    assert failed.waiting == waiting(SOON)
    assert isinstance(claim(failed, JobStatus.RUNNING, wake(2), SOON, LEASE), Claimed)


# What people and the sweeper do


@pytest.mark.parametrize("state", UnitState)
def test_a_new_run_begins_from_the_first_phase_and_forgets_the_one_before(state: UnitState) -> None:
    old = unit(
        "video_generation-01",
        state=state,
        phase="frames",
        fence=5,
        failures=2,
        lease_until=SOON,
        waiting=waiting(),
        blocked=BUDGET,
        memo={"a": 1},
        result={"b": 2},
        error="broken",
        inputs={"note": "old"},
        finished_at=SOON,
        paid={"c": 30},
    )
    new = restart(old, LATER)
    assert (new.state, new.run, new.phase, new.fence) == (S.READY, 2, "film", 5)
    assert (new.lease_until, new.waiting, new.blocked, new.finished_at, new.error) == (None, None, None, None, None)
    assert (new.memo, new.result, new.inputs, new.failures, new.wake_by) == ({}, {}, {"note": "old"}, 0, LATER)
    assert new.paid == {"c": 30}, "what was paid stays paid"
    with pytest.raises(LostUnit):
        settle(new, 1, 5, Done(), LATER)


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        (unit(state=S.DONE, paid={"c": 30}), 30),
        (unit(state=S.FAILED, paid={"c": 30}), 30),
        (unit(state=S.READY, paid={"c": 30}), 30),
        (unit(state=S.RUNNING, paid={"c": 30}), PRICE),
        (unit(state=S.WAITING, waiting=waiting(), paid={"c": 30}), 30),
        (unit(state=S.READY, failures=1, paid={"c": 30}), PRICE),
    ],
    ids=["done", "failed", "ready", "running", "waiting", "after a failure"],
)
def test_a_unit_begun_again_has_its_price_beside_what_it_spent_or_may_be_spending(old: Unit, kept: int) -> None:
    again = begin_again(old, "f2", 7, SOON)
    assert (again.state, again.run, again.made_from) == (S.READY, 2, "f2")
    assert again.allotted == kept + 7


def test_a_unit_begun_again_keeps_what_a_person_wished_and_forgets_what_was_decided_about_the_run_before() -> None:
    old = unit(inputs={"note": "brighter", "drawing": 2, "decision": "approve", "take": 3})
    assert begin_again(old, "f2", 0, SOON).inputs == {"note": "brighter", "drawing": 2}


def test_a_unit_whose_inputs_are_gone_rests_until_it_is_begun_again() -> None:
    rests = settle(running(made_from="f1", waiting=waiting()), 2, 5, Outdated(), SOON)
    assert (rests.state, rests.made_from, rests.waiting, rests.wake_by) == (S.READY, "", None, None)
    assert rests.rests


def test_a_withdrawn_question_is_not_asked_any_more() -> None:
    review = unit(state=S.BLOCKED, blocked=BUDGET, made_from="f1")
    assert withdrawn(review) == unit(made_from="", wake_by=None)


def test_a_person_who_wants_a_unit_again_makes_it_out_of_date() -> None:
    wanted = asked_again(unit(state=S.DONE, made_from="f1", inputs={"note": "x", "drawing": 1}), {"drawing": 2})
    assert wanted == unit(state=S.DONE, made_from="", inputs={"note": "x", "drawing": 2})


def test_a_unit_that_waits_for_its_price_has_begun_nothing_and_gets_it_whole() -> None:
    again = begin_again(unit(state=S.DONE, paid={"c": 30}), "f2", 7, SOON)
    poor = without_money(again, BUDGET)
    assert (poor.state, poor.allotted, poor.made_from, poor.wake_by) == (S.BLOCKED, 30, "", None)
    assert waits_for_its_price(poor)
    assert not waits_for_its_price(poor.model_copy(update={"made_from": "f2"})), "it ran out of money while it worked"
    assert with_money(poor, "f3", SOON) == again.model_copy(update={"made_from": "f3"})


@pytest.mark.parametrize("state", UnitState)
def test_what_a_unit_holds(state: UnitState) -> None:
    assert held(unit(state=state, paid={"c": 30})) == (30 if state in {S.DONE, S.CANCELLED} else PRICE)


def test_a_decision_makes_a_blocked_unit_ready() -> None:
    decided = unblock(unit(state=S.BLOCKED, blocked=BUDGET, inputs={"note": "x"}), {"take": 2}, SOON)
    assert decided == unit(inputs={"note": "x", "take": 2}, wake_by=SOON)


@pytest.mark.parametrize("state", [state for state in UnitState if state is not S.BLOCKED])
def test_a_second_decision_changes_nothing(state: UnitState) -> None:
    moved_on = unit(state=state)
    assert unblock(moved_on, {"decision": "approve"}, SOON) == moved_on


@pytest.mark.parametrize(("wake_by", "is_overdue"), [(None, False), (START, True), (SOON, False)])
def test_what_should_have_moved_a_while_ago_is_overdue(wake_by: Any, is_overdue: bool) -> None:
    assert overdue(unit(wake_by=wake_by), START + LEASE, LEASE) is is_overdue


def test_the_sweeper_ends_a_wait_and_names_its_task_anew() -> None:
    moved = swept(unit(state=S.WAITING, waiting=waiting(), wake_by=START), LATER, LEASE)
    assert moved == unit(state=S.WAITING, waiting=waiting(LATER, sequence=4), wake_by=LATER, sweeps=1)


@pytest.mark.parametrize("state", [S.READY, S.RUNNING])
def test_the_sweeper_only_marks_when_it_woke_a_unit(state: UnitState) -> None:
    marked = unit(state=state, lease_until=START, wake_by=LATER, sweeps=1)
    assert swept(unit(state=state, lease_until=START), LATER, LEASE) == marked


def test_the_sweeper_wakes_what_stands_in_a_queue_ever_more_seldom_until_somebody_takes_it() -> None:
    standing, clock, woken = unit(wake_by=START), START, []
    while len(woken) < 9:
        clock += LEASE
        if overdue(standing, clock, LEASE):
            woken.append(round((clock - START) / LEASE))
            standing = swept(standing, clock, LEASE)
    assert woken == [1, 2, 4, 8, 16, 32, 64, 128, 192]
    taken = claim(standing, JobStatus.RUNNING, WakeUp(job="j", unit="u", run=standing.run), clock, LEASE)
    assert isinstance(taken, Claimed)
    assert taken.unit.sweeps == 0
