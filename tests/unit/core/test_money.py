import pytest
from hypothesis import given
from hypothesis import strategies as st

from ugcgen.domain.money import dollars, micros, show


@pytest.mark.parametrize(
    ("usd", "expected"),
    [(0, 0), (0.1 + 0.2, 300_000), (3.08, 3_080_000), (0.0000001, 1), (0.0000011, 2), (1.9999999, 2_000_000)],
)
def test_a_price_is_rounded_up_to_whole_micros(usd: float, expected: int) -> None:
    assert micros(usd) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_whole_micros_survive_the_way_through_dollars(amount: int) -> None:
    assert micros(dollars(amount)) == amount


@given(st.floats(min_value=0, max_value=10_000))
def test_rounding_never_loses_and_adds_less_than_a_micro(usd: float) -> None:
    assert -1e-6 <= micros(usd) - usd * 1_000_000 < 1


@pytest.mark.parametrize(
    ("amount", "shown"), [(0, "$0.00"), (3_080_000, "$3.08"), (100_000, "$0.10"), (99_000, "$0.099"), (1_500, "$0.002")]
)
def test_cheap_amounts_show_three_decimals(amount: int, shown: str) -> None:
    assert show(amount) == shown
