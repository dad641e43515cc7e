"""A rate that is held without counting requests: the generic cell rate algorithm, which remembers one time.

That time is when everything admitted so far is paid off. Each request moves it on by the time that one is worth; a
request is admitted while it lies no further ahead than a whole minute's allowance.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from ugcgen.domain.model import Value

PERIOD = timedelta(minutes=1)


class Admission(NamedTuple):
    """``granted`` requests may go; where it is 0, one may after ``wait``. ``paid_off`` is what is to be remembered."""

    granted: int
    paid_off: datetime
    wait: timedelta


class Rate(Value):
    """So many requests a minute, all at once or spread."""

    per_minute: int

    def admit(self, paid_off: datetime | None, now: datetime, wanted: int) -> Admission:
        """As many of the wanted requests as the rate has room for now."""
        each = PERIOD / self.per_minute
        from_when = max(paid_off or now, now)
        count = min(wanted, (now + PERIOD - from_when) // each)
        if count < 1:
            return Admission(0, from_when, from_when + each - PERIOD - now)
        return Admission(count, from_when + each * count, timedelta())
