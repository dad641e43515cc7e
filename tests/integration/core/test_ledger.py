"""The ledger against the emulator: every way in which a paid call can go wrong, and what it then costs."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from google.api_core.exceptions import FailedPrecondition

from ugcgen.cloud import firestore
from ugcgen.cloud.firestore import Atomic
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import (
    CallPending,
    CallUnconfirmed,
    ContentFiltered,
    ModelRefusedToStart,
    ModelRejected,
    OverBudget,
    ReplyLost,
)
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Holder, Question

PRICE = 40_000
COST = 30_000
PATIENCE = 20
PICTURE = Artifact(name="a.png", media_type="image/png", size=3, sha256="f" * 64)
_numbers = itertools.count(1)


def account(unit: str = "storyboard-01", job: str = "ledger", fence: int = 1, allotted: int = 10 * PRICE) -> Account:
    return Account(Holder(user_id="u1", job_id=job, unit_id=unit, fence=fence), allotted)


@dataclass
class Provider:
    """Answers as told, once for each POST; ``posts`` counts them. What is raised is what the gateway would raise."""

    says: list[Exception | BaseException] = field(default_factory=list)
    posts: int = 0
    hold: Callable[[], object] = lambda: None

    def _take(self) -> None:
        self.posts += 1
        self.hold()
        if self.says:
            raise self.says.pop(0)

    def picture(self) -> Sender[Answer]:
        def send(lent: Lent | None) -> Answer:
            self._take()
            return Answer(cost=COST, artifacts=[PICTURE], data={"text": "yes"})

        return send

    def clip(self) -> Sender[str]:
        def send(lent: Lent | None) -> str:
            self._take()
            return f"op-{self.posts}"

        return send


@pytest.fixture
def asked() -> Iterator[Callable[..., Question]]:
    """``asked("image")``: a question that nobody asked before."""
    keys: list[str] = []

    def question(kind: str = "image", dear: bool = False) -> Question:
        keys.append(content_key("u1", "m1", {"test": next(_numbers)}))
        return Question(key=keys[-1], model="m1", kind=kind, price=PRICE, dear=dear)

    yield question
    for key in keys:
        firestore.client().collection("calls").document(key).delete()


Asked = Callable[..., Question]


def state_of(question: Question) -> CallState:
    record = calls.read(question.key)
    assert record is not None
    return record.state


def test_a_call_is_paid_once_and_known_ever_after(asked: Asked) -> None:
    question, provider, first = asked(), Provider(), account()
    record = first.call(question, provider.picture)
    assert (record.state, record.cost, record.artifacts) == (CallState.SUCCEEDED, COST, [PICTURE])
    assert record.answer == {"text": "yes"} and record.settled_at is not None
    assert first.paid == {question.key: COST}
    again, other = account(fence=2), account("storyboard-02")
    assert again.call(question, provider.picture) == record
    assert other.call(question, provider.picture).artifacts == record.artifacts
    known = calls.read(question.key)
    assert known is not None and known.used_by == ["ledger/storyboard-02"]
    assert again.paid == {question.key: COST}, "its own call, found again"
    assert other.paid == {}, "another unit's result costs nothing"
    assert provider.posts == 1


def test_two_workers_that_ask_at_once_send_once(asked: Asked) -> None:
    question = asked()
    ready, answered = threading.Barrier(2, timeout=PATIENCE), threading.Event()
    provider = Provider(hold=lambda: answered.wait(PATIENCE))
    accounts = [account("storyboard-01"), account("storyboard-02", job="ledger-2")]

    def ask(one: Account) -> str:
        def prepare() -> Sender[Answer]:
            ready.wait()  # both have read that there is no record
            return provider.picture()

        try:
            return one.call(question, prepare).state
        except CallPending as pending:
            answered.set()
            assert pending.call == question.key
            assert pending.due_at > datetime.now(UTC)
            return "pending"

    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(ask, accounts)) == ["pending", "succeeded"]
    assert provider.posts == 1
    later = [one.call(question, provider.picture) for one in accounts]
    assert later[0].artifacts == later[1].artifacts and provider.posts == 1
    assert sorted(one.spent for one in accounts) == [0, COST]


# Lost replies


@pytest.mark.parametrize("dear", [True, False])
def test_a_lost_submit_is_never_sent_again_under_its_key(asked: Asked, dear: bool) -> None:
    question, provider, ours = asked("video", dear), Provider([ReplyLost("no answer")]), account()
    with pytest.raises(
        CallUnconfirmed, match=r"its answer was lost \(no answer\); it may have charged \$0\.040"
    ) as lost:
        ours.submit(question, provider.clip)
    assert (lost.value.call, lost.value.price, lost.value.dear) == (question.key, PRICE, dear)
    assert state_of(question) is CallState.UNCONFIRMED
    assert ours.paid == {question.key: PRICE}, "the cap holds in the worst case"
    for asks_again in (account(fence=2), account("storyboard-02")):
        with pytest.raises(CallUnconfirmed):
            asks_again.submit(question, provider.clip)
    assert provider.posts == 1


def test_a_lost_picture_is_unconfirmed_and_another_take_is_another_call(asked: Asked) -> None:
    first, second, provider, ours = asked(), asked(), Provider([ReplyLost("no answer")]), account()
    with pytest.raises(CallUnconfirmed):
        ours.call(first, provider.picture)
    ours.call(second, provider.picture)
    assert ours.paid == {first.key: PRICE, second.key: COST}


def test_lost_text_is_asked_again_and_counted(asked: Asked) -> None:
    question, provider, ours = asked("text"), Provider([ReplyLost("no answer")]), account()
    with pytest.raises(CallPending) as held:
        ours.call(question, provider.picture)
    assert state_of(question) is CallState.RESERVED
    assert ours.paid == {question.key: PRICE}, "it may have been charged"
    with pytest.raises(CallPending):
        account(fence=2).call(question, provider.picture)  # before its time
    time.sleep(max(0, (held.value.due_at - datetime.now(UTC)).total_seconds()))
    again = account(fence=2)
    record = again.call(question, provider.picture)
    assert (record.state, record.sends, provider.posts) == (CallState.SUCCEEDED, 2, 2)
    assert (record.cost, again.spent) == (COST, COST + PRICE)


class Died(BaseException):
    """The worker's process ends."""


def test_a_worker_that_died_while_sending_leaves_its_call_unconfirmed(asked: Asked) -> None:
    question, provider = asked("video", dear=True), Provider([Died()])
    with pytest.raises(Died):
        account().submit(question, provider.clip)
    assert state_of(question) is CallState.SENDING
    with pytest.raises(CallPending):
        account("storyboard-02").submit(question, provider.clip)  # for all it knows the sender lives
    with pytest.raises(CallUnconfirmed):
        account(fence=2).submit(question, provider.clip)
    assert provider.posts == 1


def test_who_waits_for_a_call_that_another_lost_does_not_pay_for_it(asked: Asked) -> None:
    question, other = asked("video", dear=True), account("storyboard-02")
    with pytest.raises(CallUnconfirmed):
        account().submit(question, Provider([ReplyLost("no answer")]).clip)
    with pytest.raises(CallUnconfirmed):
        other.submit(question, Provider().clip)
    assert other.paid == {}


def test_a_worker_that_was_only_slow_heals_its_record(asked: Asked) -> None:
    question = asked()

    def overtaken() -> None:
        with pytest.raises(CallUnconfirmed):
            account(fence=2).call(question, Provider().picture)
        assert state_of(question) is CallState.UNCONFIRMED

    record = account(fence=1).call(question, Provider(hold=overtaken).picture)
    assert record.state is CallState.SUCCEEDED
    assert account(fence=3).call(question, Provider([AssertionError()]).picture) == record


def test_a_webhook_that_names_the_key_heals_a_lost_submit(asked: Asked) -> None:
    question, provider, ours = asked("video", dear=True), Provider([ReplyLost("no answer")]), account()
    with pytest.raises(CallUnconfirmed):
        ours.submit(question, provider.clip)
    healed = calls.found_after_all(question.key, "op-found")
    assert healed is not None and healed.state is CallState.SUBMITTED
    assert account(fence=2).submit(question, provider.clip).operation == "op-found"
    assert provider.posts == 1
    ours.finish(question.key, Answer(cost=COST, artifacts=[PICTURE]))
    assert ours.paid == {question.key: COST}, "what was held for the worst case is the true cost now"


def test_a_webhook_of_an_unknown_call_is_none_of_ours() -> None:
    assert calls.found_after_all("0" * 64, "op-1") is None
    assert calls.read("0" * 64) is None


def test_a_commit_whose_answer_was_lost_is_not_taken_for_another_worker(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, provider, commit = asked("video", dear=True), Provider(), Atomic.commit

    def land_unheard(self: Atomic) -> None:
        monkeypatch.setattr(Atomic, "commit", commit)
        commit(self)
        raise FailedPrecondition("the client library sent it again")  # type: ignore[no-untyped-call]

    monkeypatch.setattr(Atomic, "commit", land_unheard)
    record = account().submit(question, provider.clip)
    assert (record.state, record.sends, provider.posts) == (CallState.SUBMITTED, 1, 1)


# Refusals


def test_a_provider_that_says_later_is_asked_when_it_said(asked: Asked) -> None:
    question, ours = asked("video"), account()
    provider = Provider([ModelRefusedToStart("429: busy", retry_after=0.5)])
    began = datetime.now(UTC)
    with pytest.raises(CallPending, match="429: busy") as held:
        ours.submit(question, provider.clip)
    assert timedelta(seconds=0.5) <= held.value.due_at - began < timedelta(seconds=PATIENCE)
    assert state_of(question) is CallState.RESERVED
    assert ours.paid == {}, "nothing is owed"
    if datetime.now(UTC) < held.value.due_at:
        with pytest.raises(CallPending):
            ours.submit(question, provider.clip)
        assert provider.posts == 1
    while datetime.now(UTC) < held.value.due_at:
        threading.Event().wait(0.02)
    record = ours.submit(question, provider.clip)
    assert (record.state, record.operation, record.sends) == (CallState.SUBMITTED, "op-2", 2)


def test_a_provider_that_says_later_without_a_time_is_given_some(asked: Asked) -> None:
    with pytest.raises(CallPending) as held:
        account().call(asked(), Provider([ModelRefusedToStart("503")]).picture)
    assert held.value.due_at > datetime.now(UTC)


def test_a_withheld_result_is_remembered_and_not_asked_for_again(asked: Asked) -> None:
    question, provider = asked(), Provider([ContentFiltered("a face of a child")])
    with pytest.raises(ContentFiltered, match="a face of a child"):
        account().call(question, provider.picture)
    with pytest.raises(ContentFiltered, match="m1 withheld the result: a face of a child"):
        account("storyboard-02").call(question, provider.picture)
    assert (state_of(question), provider.posts) == (CallState.REFUSED, 1)


def test_a_wrong_request_costs_nothing_and_may_be_tried_again(asked: Asked) -> None:
    question, ours = asked(), account()
    provider = Provider([ModelRejected("400: no such size")])
    with pytest.raises(ModelRejected, match="400: no such size"):
        ours.call(question, provider.picture)
    assert (state_of(question), ours.spent) == (CallState.FAILED, 0)
    assert ours.call(question, provider.picture).state is CallState.SUCCEEDED
    assert ours.paid == {question.key: COST}


# Money


def test_what_does_not_fit_the_allotment_is_neither_sent_nor_recorded(asked: Asked) -> None:
    first, second, provider = asked(), asked("video"), Provider()
    ours = account(allotted=PRICE + 5_000)
    ours.call(first, provider.picture)
    with pytest.raises(OverBudget, match=r"video by m1 costs \$0\.040, \$0\.025 more than is left") as over:
        ours.submit(second, provider.clip)
    assert over.value.needed == 25_000
    assert calls.read(second.key) is None
    assert provider.posts == 1
    ours.allotted += over.value.needed
    assert ours.submit(second, provider.clip).state is CallState.SUBMITTED


def test_what_is_known_is_used_without_money(asked: Asked) -> None:
    question = asked()
    account().call(question, Provider().picture)
    assert account("storyboard-02", allotted=0).call(question, Provider().picture).state is CallState.SUCCEEDED


def test_an_operation_is_closed_once(asked: Asked) -> None:
    question, ours = asked("video"), account()
    ours.submit(question, Provider().clip)
    closed = ours.close(question.key, CallState.CANCELLED, "the job was cancelled", cost=COST)
    assert (closed.state, closed.reason, ours.paid) == (
        CallState.CANCELLED,
        "the job was cancelled",
        {question.key: COST},
    )
    with pytest.raises(ModelRejected, match="the job was cancelled"):
        ours.finish(question.key, Answer(cost=1))
    assert state_of(question) is CallState.CANCELLED


def test_the_calls_of_a_job_are_those_its_units_sent(asked: Asked) -> None:
    mine, others, job = asked(), asked(), f"ledger-{next(_numbers)}"
    account(job=job).call(mine, Provider().picture)
    account(job="another").call(others, Provider().picture)
    account(job=job).call(others, Provider().picture)
    assert [record.key for record in calls.of_job(job)] == [mine.key]
