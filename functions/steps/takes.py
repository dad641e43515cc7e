"""Takes: another try under another key, where the answer of a cheap call was lost or the provider withheld it."""

from collections.abc import Callable
from typing import TypeVar

from ugcgen.cloud.logs import log
from ugcgen.domain.errors import CallUnconfirmed, ContentFiltered
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS

T = TypeVar("T")


def until_it_comes(make: Callable[[int], T], first: int = 1, most: int = MAX_REGEN_ATTEMPTS + 1) -> tuple[T, int]:
    """What ``make`` brings for the first take that brings anything, and that take; it makes ``most`` takes at most.

    Raises ContentFiltered when every take was withheld, CallUnconfirmed where a dear call's answer was lost.
    """
    last = first + most - 1
    for take in range(first, last):
        try:
            return make(take), take
        except CallUnconfirmed as lost:
            if lost.dear:
                raise
            log.warning("take %d was lost, another is made: %s", take, lost)
        except ContentFiltered as filtered:
            log.warning("take %d was withheld: %s", take, filtered)
    return make(last), last
