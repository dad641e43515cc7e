"""A rate: a minute's allowance at once, then as fast as it comes back, however the requests are fetched."""

from datetime import UTC, datetime, timedelta

from pytest import mark

from ugcgen.domain.rate import Rate

START = datetime(2026, 11, 23, tzinfo=UTC)


@mark.parametrize("at_once", [1, 4, 7, 20])
def test_over_any_time_no_more_are_admitted_than_a_burst_and_the_rate(at_once: int) -> None:
    rate, paid_off, admitted = Rate(per_minute=60), None, 0
    for tenth in range(1800):
        moment = START + timedelta(seconds=tenth / 10)
        given = rate.admit(paid_off, moment, at_once)
        paid_off, admitted = given.paid_off, admitted + given.granted
        assert admitted <= 60 + tenth / 10
    assert admitted >= 60 + 179 - at_once, "and what the rate allows is had"


def test_a_refused_request_costs_nothing_and_says_when_the_next_one_goes() -> None:
    rate = Rate(per_minute=2)
    full = rate.admit(None, START, 5)
    assert full.granted == 2
    refused = rate.admit(full.paid_off, START, 1)
    assert (refused.granted, refused.paid_off) == (0, full.paid_off)
    assert refused.wait == timedelta(seconds=30)
    assert rate.admit(full.paid_off, START + refused.wait, 1).granted == 1
