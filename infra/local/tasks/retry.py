"""When a failed task is sent again: the backoff Cloud Tasks documents for a queue's RetryConfig. Pure functions."""

from dataclasses import dataclass
from datetime import timedelta

from google.cloud.tasks_v2 import RetryConfig

from infra.local.tasks.times import span


@dataclass(frozen=True)
class RetryPolicy:
    """A queue's RetryConfig. Attempts include the first; None means no limit."""

    max_attempts: int | None
    max_retry_duration: timedelta | None
    min_backoff: timedelta
    max_backoff: timedelta
    max_doublings: int

    @classmethod
    def of(cls, config: RetryConfig) -> "RetryPolicy":
        """The policy a complete RetryConfig asks for: -1 attempts and 0 s of duration mean no limit."""
        return cls(
            max_attempts=None if config.max_attempts == -1 else config.max_attempts,
            max_retry_duration=span(config.max_retry_duration) or None,
            min_backoff=span(config.min_backoff) or timedelta(0),
            max_backoff=span(config.max_backoff) or timedelta(0),
            max_doublings=config.max_doublings,
        )

    def backoff(self, attempts: int) -> timedelta:
        """The pause after the `attempts`-th failed attempt (1 is the first).

        It starts at min_backoff, doubles max_doublings times, then grows by the last doubled pause, up to max_backoff:
        with 10 s, 300 s and 3 doublings the pauses are 10, 20, 40, 80, 160, 240, 300, 300 ...
        """
        retries = attempts - 1
        doublings = min(retries, self.max_doublings)
        multiple: int = 2**doublings * (1 + retries - doublings)
        return min(self.min_backoff * multiple, self.max_backoff)

    def exhausted(self, attempts: int, since_first: timedelta) -> bool:
        """Whether a task is given up after `attempts` failures, `since_first` after its first attempt.

        Where both limits are set, both must be reached.
        """
        if self.max_attempts is None and self.max_retry_duration is None:
            return False
        out_of_attempts = self.max_attempts is None or attempts >= self.max_attempts
        out_of_time = self.max_retry_duration is None or since_first >= self.max_retry_duration
        return out_of_attempts and out_of_time
