from datetime import timedelta

import pytest

from infra.local.tasks.retry import RetryPolicy


def policy(
    attempts: int | None = None, duration: float | None = None, minimum: float = 10, maximum: float = 300
) -> RetryPolicy:
    limit = None if duration is None else timedelta(seconds=duration)
    return RetryPolicy(attempts, limit, timedelta(seconds=minimum), timedelta(seconds=maximum), max_doublings=3)


def test_pauses_double_then_grow_evenly_then_stay() -> None:
    # The example in the documentation of RetryConfig.max_doublings.
    pauses = [policy().backoff(attempt).total_seconds() for attempt in range(1, 10)]
    assert pauses == [10, 20, 40, 80, 160, 240, 300, 300, 300]


@pytest.mark.parametrize(
    ("attempts", "duration", "made", "since_first", "given_up"),
    [
        (None, None, 1000, 1e6, False),
        (3, None, 2, 1e6, False),
        (3, None, 3, 0, True),
        (None, 60, 1000, 59, False),
        (None, 60, 1, 60, True),
        (3, 60, 3, 59, False),  # both limits must be reached
        (3, 60, 2, 61, False),
        (3, 60, 3, 60, True),
    ],
)
def test_when_a_task_is_given_up(
    attempts: int | None, duration: float | None, made: int, since_first: float, given_up: bool
) -> None:
    assert policy(attempts, duration).exhausted(made, timedelta(seconds=since_first)) is given_up
