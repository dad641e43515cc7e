"""The life of a key: rests that pass, refusals that add up, a person's word, and whose turn it is."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from tests.unit.core.jobs import START
from ugcgen.domain.api_key import ApiKey
from ugcgen.domain.enums import ApiKeyStatus
from ugcgen.ledger.key_status import (
    REFUSALS_IN_A_ROW,
    SPREAD,
    disabled,
    enabled,
    in_turn,
    is_usable,
    refused,
    rested,
    used,
    worked,
)

S = ApiKeyStatus
SOON, LATER = START + timedelta(minutes=1), START + timedelta(hours=1)
RESTS = [S.RATE_LIMITED, S.EXHAUSTED]
OUT = [S.ERROR, S.DISABLED]


def a_key(name: str = "k", **fields: Any) -> ApiKey:
    return ApiKey(id=name, label=name, hint="1234", created_at=START, **fields)


@pytest.mark.parametrize("status", RESTS)
def test_a_rest_passes_by_itself(status: ApiKeyStatus) -> None:
    key = rested(a_key(), status, SOON, no_credit=False, now=START)
    assert (key.status, key.until) == (status, SOON)
    assert not is_usable(key, START)
    assert is_usable(key, SOON)


def test_a_longer_rest_is_not_cut_short_and_a_shorter_one_is_lengthened() -> None:
    spent = rested(a_key(), S.EXHAUSTED, LATER, no_credit=True, now=START)
    assert rested(spent, S.RATE_LIMITED, SOON, no_credit=False, now=START) == spent
    limited = rested(a_key(), S.RATE_LIMITED, SOON, no_credit=False, now=START)
    assert rested(limited, S.EXHAUSTED, LATER, no_credit=True, now=START) == spent
    next_day = LATER + timedelta(days=1)
    assert rested(spent, S.RATE_LIMITED, next_day, no_credit=False, now=LATER).status is S.RATE_LIMITED


def test_refusals_in_a_row_put_a_key_out_until_a_person_acts() -> None:
    key = a_key()
    for count in range(1, REFUSALS_IN_A_ROW):
        key = refused(key, "invalid")
        assert (key.error_count, key.status, is_usable(key, START)) == (count, S.ACTIVE, True)
    out = refused(key, "invalid")
    assert (out.status, out.reason, is_usable(out, LATER)) == (S.ERROR, "invalid", False)
    assert refused(out, "again") == worked(out, LATER) == out
    assert enabled(out) == a_key()


def test_a_call_that_works_breaks_the_row() -> None:
    key = a_key()
    for _ in range(3 * REFUSALS_IN_A_ROW):
        key = worked(refused(key, "invalid"), START)
        assert key == a_key()


def test_a_refused_key_rests_no_more_once_it_is_out() -> None:
    key = rested(a_key(), S.RATE_LIMITED, LATER, no_credit=False, now=START)
    for _ in range(REFUSALS_IN_A_ROW):
        key = refused(key, "invalid")
    assert (key.status, key.until) == (S.ERROR, None)


def test_a_call_sent_before_a_rest_does_not_end_it() -> None:
    resting = rested(refused(a_key(), "x"), S.EXHAUSTED, LATER, no_credit=True, now=START)
    during = worked(resting, SOON)
    assert (during.status, during.until, during.error_count) == (S.EXHAUSTED, LATER, 0)
    assert worked(resting, LATER) == a_key()


def test_nothing_changes_for_a_key_against_which_nothing_is_held() -> None:
    assert worked(a_key(), START) == a_key()


@pytest.mark.parametrize("status", OUT)
def test_a_key_that_is_out_stays_out_whatever_its_calls_come_to(status: ApiKeyStatus) -> None:
    key = a_key(status=status)
    assert rested(key, S.RATE_LIMITED, LATER, no_credit=False, now=START) == key
    assert refused(key, "x") == key
    assert worked(key, LATER) == key
    assert enabled(key).status is S.ACTIVE
    assert disabled(key).status is S.DISABLED


def test_a_disabled_key_keeps_what_it_was_refused_for() -> None:
    key = disabled(rested(refused(a_key(), "x"), S.RATE_LIMITED, LATER, no_credit=False, now=START))
    assert (key.status, key.until, key.reason) == (S.DISABLED, None, "x")


def test_every_key_is_lent_once_before_any_is_lent_twice() -> None:
    keys = {name: a_key(name) for name in "abcdef"}
    lent = []
    for _ in keys:
        first = in_turn(keys.values(), START)[0]
        lent.append(first.id)
        keys[first.id] = used(first, START)
    assert sorted(lent) == sorted(keys)


def test_busy_keys_share_the_calls_evenly() -> None:
    keys = [a_key(name, last_used_at=START) for name in "abcd"]
    turns = Counter(in_turn(keys, START)[0].id for _ in range(4000))
    assert all(850 < turns[name] < 1150 for name in "abcd")


def test_only_usable_keys_take_turns() -> None:
    resting = a_key("b", status=S.RATE_LIMITED, until=LATER)
    keys = [a_key("a"), resting, a_key("c", status=S.ERROR), a_key("d", status=S.DISABLED)]
    assert [key.id for key in in_turn(keys, START)] == ["a"]


def test_a_use_is_noted_once_a_minute() -> None:
    key = used(a_key(), START)
    assert key.last_used_at == START
    assert used(key, START + SPREAD / 2) == key
    assert used(key, START + SPREAD).last_used_at == START + SPREAD
