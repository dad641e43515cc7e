"""Events: a milestone of a job as a document of its own, written in the commit that reaches it, then told to others.

Its id follows from the job's state before, so the same milestone is one event however often it is tried. An event that
nobody was told of, since we ended just then, is found by the sweeper.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from google.api_core.exceptions import GoogleAPICallError
from google.cloud.firestore import DocumentReference, FieldFilter

from ugcgen.cloud import firestore, tasks
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic, Seen
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import Milestone
from ugcgen.domain.job import Job
from ugcgen.domain.model import Document
from ugcgen.pipeline.milestones import milestones
from ugcgen.pipeline.projection import Projection

QUEUE = "announceEvent"
KEPT = timedelta(days=30)
BATCH = 200


class JobEvent(Document):
    """``data`` is what others are told. ``announced`` says that all who want to know were lined up."""

    id: str
    user_id: str
    milestone: Milestone
    data: dict[str, Any]
    announced: bool = False
    at: datetime
    expires_at: datetime


def event_ref(event_id: str) -> DocumentReference:
    return firestore.client().collection("events").document(event_id)


def record(atomic: Atomic, seen: Seen, job: Job, shown: Projection) -> list[JobEvent]:
    """The events between the job as it was seen and as the same commit will show it."""
    moment, events = now(), []
    for milestone in milestones(job, shown):
        named = f"{job.id}/{milestone}/{seen.update_time}"
        event = JobEvent(
            id=hashlib.sha256(named.encode()).hexdigest()[:24],
            user_id=job.user_id,
            milestone=milestone,
            data={
                "job_id": job.id,
                "title": job.title,
                "version": job.version,
                "status": shown.status.value,
                "progress": shown.progress,
                "spent": shown.spent,
                "paused_for": [reason.model_dump() for reason in shown.paused_for],
                "error_message": shown.error_message,
            },
            at=moment,
            expires_at=moment + KEPT,
        )
        atomic.create(event_ref(event.id), event)
        events.append(event)
    return events


def announce(event: JobEvent, again: str = "") -> None:
    """Have the event told; ``again`` tells one announcement of it from another. What fails is left to the sweeper:
    the job goes on whoever is told of it."""
    body = {"data": {"event_id": event.id}}
    try:
        tasks.enqueue(QUEUE, f"{settings().functions_url}/{QUEUE}", body, name=f"{event.id}{again}")
    except GoogleAPICallError as failed:
        log.warning("event %s is announced later: %s", event.id, failed)


def announce_forgotten() -> int:
    """Announce what was recorded a while ago and not announced since; returns how many."""
    before = now() - timedelta(seconds=settings().sweep_after_seconds)
    waiting = firestore.client().collection("events").where(filter=FieldFilter("announced", "==", False))
    forgotten = waiting.where(filter=FieldFilter("at", "<=", before)).limit(BATCH)
    events = [JobEvent.model_validate(snapshot.to_dict()) for snapshot in forgotten.stream(timeout=READ_TIMEOUT)]
    for event in events:
        announce(event, again=f"-{int(now().timestamp())}")
    return len(events)
