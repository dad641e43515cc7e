"""How often a user may call, held across instances: ``users/{uid}/rates/{effort}`` remembers one time each.

A process fetches several requests at once where many are allowed, and spends them without writing, so that reading
costs few writes. What it has not spent within seconds is lost to the user.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from api.operation import Effort
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import Contended, LimitReached
from ugcgen.domain.model import Document
from ugcgen.domain.rate import Rate

FETCHED_AT_ONCE = {Effort.READ: 20, Effort.CHANGE: 4, Effort.COSTLY: 1}
KEPT_SECONDS = 10.0
MOST_KEPT = 10_000

_WORDS = {
    Effort.READ: "reading requests",
    Effort.CHANGE: "requests that change something",
    Effort.COSTLY: "requests that start work",
}


class Remembered(Document):
    paid_off: datetime


@dataclass
class _Fetched:
    left: int
    until: float


_fetched: dict[tuple[str, Effort], _Fetched] = {}
_lock = Lock()
_locks = [Lock() for _ in range(64)]


def admit(user_id: str, effort: Effort) -> None:
    """Count one request of the user. Raises LimitReached with the time to come back."""
    with _locks[hash((user_id, effort)) % len(_locks)]:  # threads of one user would only contend with each other
        if _spent_one(user_id, effort):
            return
        count = _fetch(user_id, effort)
        with _lock:
            if len(_fetched) >= MOST_KEPT:
                _fetched.clear()
            _fetched[user_id, effort] = _Fetched(count - 1, time.monotonic() + KEPT_SECONDS)


def rate_of(effort: Effort) -> Rate:
    here = settings()
    per_minute = {
        Effort.READ: here.reads_per_minute,
        Effort.CHANGE: here.changes_per_minute,
        Effort.COSTLY: here.starts_per_minute,
    }
    return Rate(per_minute=per_minute[effort])


def _spent_one(user_id: str, effort: Effort) -> bool:
    with _lock:
        mine = _fetched.get((user_id, effort))
        if mine is None or mine.left < 1 or time.monotonic() > mine.until:
            return False
        mine.left -= 1
        return True


def _fetch(user_id: str, effort: Effort) -> int:
    """How many requests this process may serve now, one at least."""
    rate = rate_of(effort)
    reference = firestore.client().document("users", user_id, "rates", effort.value)

    def attempt(atomic: Atomic) -> int:
        stored, seen = atomic.read(Remembered, reference)
        admission = rate.admit(stored.paid_off if stored else None, now(), FETCHED_AT_ONCE[effort])
        if admission.granted == 0:
            raise _reached(rate, effort, admission.wait.total_seconds())
        changed = Remembered(paid_off=admission.paid_off)
        if stored is None:
            atomic.create(reference, changed)
        else:
            atomic.replace(seen, changed)
        return admission.granted

    try:
        return firestore.atomically(attempt)
    except Contended as crowded:
        raise _reached(rate, effort, 1) from crowded


def _reached(rate: Rate, effort: Effort, wait: float) -> LimitReached:
    return LimitReached(
        f"too many requests: at most {rate.per_minute} {_WORDS[effort]} a minute are taken; wait a moment", wait
    )
