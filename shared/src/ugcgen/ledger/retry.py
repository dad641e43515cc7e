"""When a call is asked again. The one place that knows.

| What happened | text | picture, speech | dear work |
|---|---|---|---|
| refused before it began (429 and other "later") | again, when asked to | same | same |
| no quota, no credit, no key that is accepted | stands, with a reason, until that has passed | same | same |
| the answer was lost (5xx, timeout, line) | again under its key, a few times | another take | a person is asked |
| refused as wrong (4xx) | never | never | never |
| made and withheld, or empty | a result: another take, a few times | same | same |

Waits double, are never shorter than the provider asked for, and are spread so that many who wait do not come back as
one.
"""

import random
from datetime import timedelta

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=10)

PATIENCE = timedelta(minutes=1)
"""A wait that is longer is shown to the person as a pause with its reason, not hidden in a running step."""

RESENDS = 4
"""How often a text call whose answer was lost is sent under one key, the first time included."""


def wait(tries: int, asked: float | None = None, spread: float | None = None) -> timedelta:
    """How long to wait after the try of this number (from 1). ``asked`` is what the provider said, in seconds.

    ``spread`` in [0, 1) decides where in its range the wait falls; by chance where it is not given.
    """
    chance = random.random() if spread is None else spread  # noqa: S311 - spreads callers, hides nothing
    doubled: timedelta = min(LONGEST, FIRST * 2 ** (min(tries, 20) - 1))
    # Half of the wait is certain, so that the first ones to come back are not there at once.
    own: timedelta = doubled * (0.5 + 0.5 * chance)
    return own if asked is None else max(own, timedelta(seconds=asked) * (1 + 0.1 * chance))
