"""How long is waited before a call is asked again."""

from datetime import timedelta

import pytest

from ugcgen.ledger import retry


@pytest.mark.parametrize(("tries", "least", "most"), [(1, 1, 2), (2, 2, 4), (5, 16, 32), (99, 300, 600)])
def test_waits_double_up_to_a_limit_and_are_spread(tries: int, least: float, most: float) -> None:
    assert retry.wait(tries, spread=0) == timedelta(seconds=least)
    assert retry.wait(tries, spread=1) == timedelta(seconds=most)
    assert len({retry.wait(tries) for _ in range(20)}) > 1


def test_a_wait_is_never_shorter_than_the_provider_asked_for() -> None:
    assert retry.wait(1, asked=13, spread=0) == timedelta(seconds=13)
    assert timedelta(seconds=13) < retry.wait(1, asked=13, spread=0.9) < timedelta(seconds=15)
    assert retry.wait(6, asked=13, spread=0) == timedelta(seconds=32)
