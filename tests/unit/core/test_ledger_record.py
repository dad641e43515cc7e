import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.core.jobs import START
from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.ledger import retry
from ugcgen.ledger.record import (
    SENDING_DEADLINE,
    Holder,
    Known,
    Later,
    Lost,
    Question,
    Send,
    ask,
    deleted,
    held_back,
    left_to,
    lost,
    settled,
    submitted,
)

C = CallState
CLIP = Question(key="k1", model="omni", kind="video", price=280_000, dear=True)
TEXT = Question(key="k1", model="flash", kind="text", price=3_000, dear=False)
OURS = Holder(user_id="u1", job_id="j1", unit_id="video_generation-01", fence=3)
OTHER = Holder(user_id="u1", job_id="j2", unit_id="video_generation-04", fence=1)
SOON = START + timedelta(seconds=30)
FINAL = [C.SUCCEEDED, C.FAILED, C.REFUSED, C.CANCELLED]


def sent(holder: Holder = OURS, question: Question = CLIP, **changes: Any) -> CallRecord:
    permission = ask(None, question, holder, START)
    assert isinstance(permission, Send)
    return permission.record.model_copy(update=changes)


def test_a_fresh_question_is_sent_by_whoever_asks() -> None:
    record = sent()
    assert (record.state, record.holder, record.fence, record.sends) == (C.SENDING, "j1/video_generation-01", 3, 1)
    assert (record.price, record.cost, record.sent_at, record.created_at) == (280_000, 0, START, START)
    assert (record.user_id, record.job_id, record.unit_id) == ("u1", "j1", "video_generation-01")


@pytest.mark.parametrize("holder", [OURS, OTHER])
def test_a_call_that_a_provider_held_back_is_sent_when_it_said(holder: Holder) -> None:
    held = held_back(sent(), SOON, "429")
    assert (held.state, held.retry_at, held.reason, held.cost) == (C.RESERVED, SOON, "429", 0)
    assert ask(held, CLIP, holder, START) == Later(held, SOON)
    again = ask(held, CLIP, holder, SOON)
    assert isinstance(again, Send)
    assert (again.record.sends, again.record.retry_at, again.record.job_id) == (2, None, holder.job_id)


@pytest.mark.parametrize("fence", [3, 4])
def test_our_own_unanswered_call_is_lost(fence: int) -> None:
    told = ask(sent(), CLIP, replace(OURS, fence=fence), START)
    assert isinstance(told, Lost)
    assert (told.record.state, told.record.at_risk, told.record.cost) == (C.UNCONFIRMED, CLIP.price, 0)


def test_our_own_unanswered_question_for_text_is_repeated_and_the_repeat_counted() -> None:
    again = ask(sent(question=TEXT), TEXT, replace(OURS, fence=4), SOON)
    assert isinstance(again, Send)
    assert (again.record.sends, again.record.fence, again.record.sent_at) == (2, 4, SOON)
    assert again.record.owed == 2 * TEXT.price, "the one that is lost may be charged too"


def test_text_is_repeated_a_few_times_and_not_for_ever() -> None:
    record, waits = sent(question=TEXT), []
    while record.state is C.SENDING:
        record = lost(record, "503", SOON)
        if record.state is C.RESERVED:
            assert record.retry_at is not None and record.retry_at > SOON
            waits.append(record.retry_at - SOON)
            again = ask(record, TEXT, OURS, record.retry_at)
            assert isinstance(again, Send)
            record = again.record
    assert (record.state, record.sends, record.at_risk) == (C.FAILED, retry.RESENDS, retry.RESENDS * TEXT.price)
    assert len(waits) == retry.RESENDS - 1
    assert record.reason == "503, 4 times in a row"


@pytest.mark.parametrize("question", [CLIP, TEXT])
def test_a_call_that_someone_else_is_making_is_waited_for(question: Question) -> None:
    moment = START + SENDING_DEADLINE - timedelta(seconds=1)
    waits = ask(sent(OTHER, question), question, OURS, moment)
    assert isinstance(waits, Later)
    assert waits.record == sent(OTHER, question), "the record stays theirs"
    assert moment < waits.due_at < moment + timedelta(seconds=10)


def test_a_call_that_someone_else_never_finished_is_lost_unless_it_is_cheap_text() -> None:
    moment = START + SENDING_DEADLINE
    told = ask(sent(OTHER), CLIP, OURS, moment)
    assert isinstance(told, Lost) and told.record.job_id == "j2"
    again = ask(sent(OTHER, TEXT), TEXT, OURS, moment)
    assert isinstance(again, Send) and again.record.job_id == "j1"


@pytest.mark.parametrize("state", [C.SENDING, C.SUBMITTED])
def test_a_lost_call_stays_lost_under_its_key_and_may_have_cost_its_price(state: CallState) -> None:
    record = lost(sent(state=state), "no answer", SOON)
    assert (record.state, record.reason, record.owed) == (C.UNCONFIRMED, "no answer", CLIP.price)
    for holder in (OURS, OTHER):
        assert ask(record, CLIP, holder, START + timedelta(days=30)) == Lost(record)


@pytest.mark.parametrize("state", [C.SUBMITTED, C.SUCCEEDED, C.REFUSED])
@pytest.mark.parametrize("holder", [OURS, OTHER])
def test_what_is_known_is_not_asked_again_and_knows_who_uses_it(state: CallState, holder: Holder) -> None:
    record = sent(state=state)
    told = ask(record, CLIP, holder, SOON)
    users = [] if holder is OURS else [OTHER.name]
    assert told == Known(record.model_copy(update={"used_by": users}))
    assert ask(told.record, CLIP, holder, SOON) == told, "it is said once"


def test_a_call_is_left_to_another_unit_that_uses_it() -> None:
    told = ask(sent(state=C.SUBMITTED), CLIP, OTHER, SOON)
    heir = left_to(told.record, OTHER.name)
    assert (heir.job_id, heir.unit_id, heir.used_by) == ("j2", "video_generation-04", [])


def test_a_key_that_has_to_wait_does_not_keep_another_one_waiting() -> None:
    first, second = replace(CLIP, credential="pool/a"), replace(CLIP, credential="pool/b")
    held = held_back(sent(question=first), SOON, "429")
    assert isinstance(ask(held, first, OURS, START), Later)
    again = ask(held, second, OURS, START)
    assert isinstance(again, Send) and again.record.credential == "pool/b"


@pytest.mark.parametrize("state", [C.FAILED, C.CANCELLED])
def test_what_brought_nothing_may_be_asked_again(state: CallState) -> None:
    again = ask(sent(OTHER, state=state, settled_at=START), CLIP, OURS, SOON)
    assert isinstance(again, Send)
    assert (again.record.state, again.record.settled_at, again.record.unit_id) == (C.SENDING, None, OURS.unit_id)


@pytest.mark.parametrize("state", [C.SENDING, C.UNCONFIRMED])
def test_an_operation_is_remembered_even_where_the_answer_was_lost(state: CallState) -> None:
    record = submitted(sent(state=state), "op-1")
    assert (record.state, record.operation) == (C.SUBMITTED, "op-1")


@pytest.mark.parametrize("state", [state for state in CallState if state not in {C.SENDING, C.UNCONFIRMED}])
def test_an_operation_changes_nothing_in_any_other_state(state: CallState) -> None:
    assert submitted(sent(state=state), "op-1") == sent(state=state)


def test_late_news_of_an_earlier_operation_does_not_pass_for_the_new_one() -> None:
    failed = settled(submitted(sent(), "op-1"), C.FAILED, SOON, reason="expired")
    again = ask(failed, CLIP, OURS, SOON)
    assert isinstance(again, Send)
    assert submitted(again.record, "op-1") == again.record
    assert submitted(again.record, "op-2").operation == "op-2"


@pytest.mark.parametrize("state", [state for state in CallState if state not in {C.SENDING, C.SUBMITTED}])
def test_only_a_call_under_way_is_held_back_or_lost(state: CallState) -> None:
    record = sent(state=state)
    assert held_back(record, SOON, "429") == record
    assert lost(record, "no answer", SOON) == record


def test_what_turns_up_after_all_is_no_risk_any_more() -> None:
    missed = lost(sent(), "no answer", SOON)
    assert submitted(missed, "op-1").owed == CLIP.price
    assert settled(missed, C.SUCCEEDED, SOON, cost=7).owed == 7


@pytest.mark.parametrize("before", [C.SENDING, C.SUBMITTED, C.UNCONFIRMED])
@pytest.mark.parametrize("state", FINAL)
def test_a_call_is_settled_once(before: CallState, state: CallState) -> None:
    picture = Artifact(name="a.png", media_type="image/png", size=3, sha256="f" * 64)
    record = settled(sent(state=before), state, SOON, 7, [picture], {"text": "x"}, "because")
    assert record.state is state and record.state.is_final
    assert (record.cost, record.artifacts, record.answer) == (7, [picture], {"text": "x"})
    assert (record.reason, record.settled_at) == ("because", SOON)
    for other in FINAL:
        assert settled(record, other, SOON, 9) == record


STATES = Path(__file__).parents[3] / "docs" / "ledger.md"


def test_the_documented_states_are_those_of_the_code() -> None:
    """Each row of the table: state, whether it ends the record, and what one who asks again is told."""
    rows = re.findall(r"^\| `(\w+)` \| (yes|no) \| `(\w+)` \|", STATES.read_text(encoding="utf-8"), re.MULTILINE)
    told = {}
    for state in CallState:
        record = sent(OTHER, state=state, retry_at=SOON if state is C.RESERVED else None)
        answer = type(ask(record, CLIP, OURS, START)).__name__
        told[str(state)] = ("yes" if state.is_final else "no", answer)
    assert {state: (final, answer) for state, final, answer in rows} == told


# Deleting


def no_one(job: str) -> bool:
    return False


def test_a_result_goes_with_the_last_job_that_used_it_and_stays_named_and_paid() -> None:
    made = Artifact(name="a.mp4", media_type="video/mp4", size=1, sha256="s")
    record = settled(sent(), C.SUCCEEDED, SOON, cost=270_000, artifacts=[made], answer={"video": "v"})
    record = record.model_copy(update={"used_by": ["j2/video_generation-04", "j2/video_generation-05"]})
    kept = deleted(record, "j1", lambda job: job == "j2", SOON)
    assert kept == record, "another living job uses it"
    kept = deleted(record, "j2", lambda job: job == "j1", SOON)
    assert kept == record.model_copy(update={"used_by": []})
    gone = deleted(kept, "j1", no_one, SOON)
    assert (gone.state, gone.cost, gone.artifacts, gone.answer) == (C.DELETED, 270_000, [made], {})
    again = ask(gone, CLIP, OTHER, SOON)
    assert isinstance(again, Send), "whoever asks now makes it anew"
    assert (again.record.state, again.record.cost) == (C.SENDING, 0)


def test_an_operation_that_nobody_looks_at_any_more_was_paid_for() -> None:
    gone = deleted(submitted(sent(), "op"), "j1", no_one, SOON)
    assert (gone.state, gone.cost, gone.settled_at) == (C.DELETED, CLIP.price, SOON)
    assert settled(gone, C.SUCCEEDED, SOON) == gone


@pytest.mark.parametrize("state", [C.RESERVED, C.SENDING, C.UNCONFIRMED, C.FAILED, C.REFUSED, C.CANCELLED])
def test_what_keeps_no_result_stays_as_it_is(state: CallState) -> None:
    assert deleted(sent(state=state), "j1", no_one, SOON).state is state
