from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ugcgen.domain.content_key import content_key, seed_for

QUESTION: dict[str, Any] = {
    "owner": "u1",
    "model": "m1",
    "parameters": {"prompt": "grün", "seed": 7, "size": [1, 2]},
    "inputs": ["a" * 64, "b" * 64],
    "take": 1,
}


def test_a_key_stays_the_same_from_release_to_release() -> None:
    # Were it to change, everything stored would be paid for again.
    assert content_key(**QUESTION) == "83de9231794116d207d9f74dbad5012bf28e4a7466134f9e173a2bee5ad26e6f"


@pytest.mark.parametrize(
    "change",
    [
        {"owner": "u2"},
        {"model": "m2"},
        {"parameters": {"prompt": "grün", "seed": 8, "size": [1, 2]}},
        {"parameters": {"prompt": "grün", "seed": 7, "size": [2, 1]}},
        {"parameters": {"prompt": "grün", "seed": "7", "size": [1, 2]}},
        {"parameters": {"prompt": "grün", "seed": 7}},
        {"inputs": ["b" * 64, "a" * 64]},
        {"inputs": ["a" * 64]},
        {"take": 2},
    ],
)
def test_every_part_of_the_question_matters(change: dict[str, Any]) -> None:
    assert content_key(**(QUESTION | change)) != content_key(**QUESTION)


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_the_order_of_parameters_does_not_matter(parameters: dict[str, Any]) -> None:
    backwards = dict(reversed(parameters.items()))
    assert content_key("u1", "m1", parameters) == content_key("u1", "m1", backwards)


def test_a_seed_depends_on_its_arguments_and_fits_31_bits() -> None:
    assert seed_for("frame", 1, 2) == seed_for("frame", 1, 2)
    seeds = {seed_for("frame", scene, take) for scene in range(20) for take in range(20)}
    assert len(seeds) == 400
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert seed_for("frame", 11, 2) != seed_for("frame", 1, 12)
