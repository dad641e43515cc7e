"""What a user may start: jobs a day, jobs at once, and what the jobs of a day may cost together.

``users/{uid}/jobDays/{date}`` is written in the commit that it counts for. It is also what keeps two starts at the
same time apart, so that both cannot take the last place. Days end at midnight UTC.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from google.cloud.firestore import FieldFilter

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import JobStatus
from ugcgen.domain.errors import LimitReached
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros, micros, show

AT_WORK = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING)
LOOK_AGAIN_SECONDS = 60.0
"""When to ask again for a place among the jobs at work: nobody knows when one of them ends."""


class JobDay(Document):
    """The jobs started on one day, and the money they may cost by their caps."""

    jobs: int = 0
    caps: Micros = 0


def count_start(atomic: Atomic, user_id: str, cap: Micros) -> None:
    """Count a job that is created by the same commit. Raises LimitReached."""
    _count(atomic, user_id, cap, jobs=1)


def count_raise(atomic: Atomic, user_id: str, by: Micros) -> None:
    """Count what the same commit raises a job's cap by. Raises LimitReached."""
    _count(atomic, user_id, by, jobs=0)


def _count(atomic: Atomic, user_id: str, money: Micros, jobs: int) -> None:
    here, moment = settings(), now().astimezone(UTC)
    days = firestore.client().collection("users").document(user_id).collection("jobDays")
    stored, seen = atomic.read(JobDay, days.document(moment.date().isoformat()))
    before = stored or JobDay()
    after = JobDay(jobs=before.jobs + jobs, caps=before.caps + money)
    if jobs and after.jobs > here.jobs_per_day:
        raise LimitReached(
            f"{before.jobs} jobs were started today, which is all that a day allows; go on tomorrow",
            _until_midnight(moment),
        )
    budget = micros(here.jobs_budget_usd)
    if after.caps > budget:
        raise LimitReached(
            f"this may cost {show(money)}, but of the {show(budget)} that jobs started on one day may cost "
            f"{show(max(0, budget - before.caps))} is left; lower the budget or go on tomorrow",
            _until_midnight(moment),
        )
    if jobs and _at_work(user_id) >= here.jobs_at_once:
        raise LimitReached(
            f"{here.jobs_at_once} of your jobs are at work, which is all that may be at once; wait until one ends, or "
            "cancel one",
            LOOK_AGAIN_SECONDS,
        )
    if stored is None:
        atomic.create(seen.reference, after)
    else:
        atomic.replace(seen, after)


def _at_work(user_id: str) -> int:
    """Counted anew: a number that is kept beside the jobs would be wrong after a crash."""
    mine = firestore.client().collection("jobs").where(filter=FieldFilter("user_id", "==", user_id))
    found = mine.where(filter=FieldFilter("status", "in", [str(status) for status in AT_WORK]))
    counted: Any = found.count("jobs")  # its stubs are wrong
    [[jobs]] = counted.get(timeout=READ_TIMEOUT)
    return int(jobs.value)


def _until_midnight(moment: datetime) -> float:
    midnight = datetime.combine(moment.date() + timedelta(days=1), time(), UTC)
    return (midnight - moment).total_seconds()
