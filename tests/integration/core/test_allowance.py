"""What a user may spend a day outside jobs, against the emulator."""

import itertools
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from ugcgen.cloud.settings import settings
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import CallUnconfirmed, ContentFiltered, OverBudget, ReplyLost
from ugcgen.domain.money import micros
from ugcgen.ledger import calls
from ugcgen.ledger.account import Answer, Sender
from ugcgen.ledger.allowance import DayAccount, owed_today
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question

LIMIT = micros(2)
PRICE, COST = LIMIT // 4, LIMIT // 10
_numbers = itertools.count(1)


@pytest.fixture
def user() -> str:
    return f"user-{uuid.uuid4().hex[:12]}"


def question(kind: str = "image") -> Question:
    return Question(key=content_key("u", "m", {"n": next(_numbers)}), model="m", kind=kind, price=PRICE, dear=False)


def answering(says: Exception | None = None) -> Sender[Answer]:
    def send(lent: Lent | None) -> Answer:
        if says:
            raise says
        return Answer(cost=COST)

    return send


def pay(user: str, asked: Question, says: Exception | None = None, request: str = "r1") -> CallState:
    return DayAccount(user, request).call(asked, lambda: answering(says), keyed=False).state


def test_what_was_held_becomes_what_it_cost(user: str) -> None:
    assert owed_today(user) == 0
    assert settings().daily_budget_usd == 2
    asked = question()
    pay(user, asked)
    assert owed_today(user) == COST
    pay(user, asked, request="r2")
    assert owed_today(user) == COST, "what is known costs nothing"


def test_the_day_has_an_end_and_the_next_call_is_not_sent(user: str) -> None:
    paid = 0
    with pytest.raises(OverBudget, match=r"of today's \$2.00 for work outside ads .* is left") as over:
        while True:
            pay(user, question())
            paid += 1
    # Each call is held at its price before it is sent, so the last one must fit with that.
    assert paid == (LIMIT - PRICE) // COST + 1
    assert over.value.needed == paid * COST + PRICE - LIMIT
    assert owed_today(user) == paid * COST


def test_calls_at_once_cannot_pass_the_limit_together(user: str) -> None:
    def one(number: int) -> str:
        try:
            pay(user, question(), ReplyLost("no answer"), request=f"r{number}")
        except (OverBudget, CallUnconfirmed) as end:
            return type(end).__name__
        return "paid"

    with ThreadPoolExecutor(8) as pool:
        ends = sorted(pool.map(one, range(8)))
    assert ends == ["CallUnconfirmed"] * 4 + ["OverBudget"] * 4
    assert owed_today(user) == LIMIT, "a lost answer may have been charged"


def test_what_was_withheld_costs_what_the_provider_says(user: str) -> None:
    with pytest.raises(ContentFiltered):
        pay(user, question(), ContentFiltered("unsafe", cost=7))
    assert owed_today(user) == 7


def test_a_late_find_settles_the_day_too(user: str) -> None:
    asked = question()
    with pytest.raises(CallUnconfirmed):
        pay(user, asked, ReplyLost("no answer"))
    assert owed_today(user) == PRICE
    DayAccount(user, "r1").finish(asked.key, Answer(cost=COST))
    assert owed_today(user) == COST
    stored = calls.read(asked.key)
    assert stored is not None and stored.job_id is None
