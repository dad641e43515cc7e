"""What a user may spend a day outside any job: chat, the study of photos, a brief made longer.

The day's document, ``users/{uid}/days/{date}``, holds what running calls may cost and what ended ones did cost. It is
changed in the same commit as the call's record, so neither can be lost without the other. Days end at midnight UTC.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from google.cloud.firestore import DocumentReference

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.errors import OverBudget
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros, micros, show
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account
from ugcgen.ledger.record import Holder, Question


class Day(Document):
    """What the calls begun on one day owe, whether they have ended or not."""

    user_id: str
    date: str
    owed: Micros = 0


class DayAccount(Account):
    """Pays for one request of a user outside any job. ``request`` names the request: asked again under the same name,
    it goes on where it was."""

    def __init__(self, user_id: str, request: str) -> None:
        super().__init__(Holder(user_id=user_id, request=request), allotted=micros(settings().daily_budget_usd))

    def _hold(self, atomic: Atomic, question: Question) -> None:
        moment = now()
        day, seen = atomic.read(Day, _ref(self.user_id, moment))
        owed = (day.owed if day else 0) + question.price
        if owed > self.allotted:
            raise OverBudget(
                f"{question.kind} by {question.model} costs {show(question.price)}, but of today's "
                f"{show(self.allotted)} for work outside ads {show(max(0, self.allotted - owed + question.price))} is "
                f"left; go on tomorrow, or start the ad, which has a budget of its own.",
                owed - self.allotted,
            )
        changed = Day(user_id=self.user_id, date=_date(moment), owed=owed)
        if day is None:
            atomic.create(seen.reference, changed)
        else:
            atomic.replace(seen, changed)

    def _change(self, key: str, to: Callable[[CallRecord], CallRecord]) -> CallRecord:
        return calls.change(key, to, also=_settle_day)


def owed_today(user_id: str) -> Micros:
    """What the user's calls of today outside jobs have cost, or may still cost."""
    day = firestore.from_snapshot(Day, _ref(user_id, now()).get(timeout=READ_TIMEOUT))
    return day.owed if day else 0


def _settle_day(atomic: Atomic, before: CallRecord, after: CallRecord) -> None:
    """What was held for the call becomes what it owes, on the day it was held."""
    change = after.owed - before.owed
    if before.job_id is None and before.sent_at is not None and change:
        atomic.add(_ref(before.user_id, before.sent_at), "owed", change)


def _ref(user_id: str, moment: datetime) -> DocumentReference:
    reference: DocumentReference = (
        firestore.client().collection("users").document(user_id).collection("days").document(_date(moment))
    )
    return reference


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
