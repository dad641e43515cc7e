"""The sweeper: wakes what should be moving and is not. A crash between any commit and its message costs a minute."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

from google.cloud.firestore import FieldFilter

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.cloud.logs import about, log
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import JobStatus
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit
from ugcgen.engine import claims
from ugcgen.engine.advance import advance
from ugcgen.engine.wake import wake
from ugcgen.pipeline.transitions import overdue, swept

BATCH = 500
UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING)


def sweep() -> tuple[int, int]:
    """Wake overdue units and advance jobs that stand still; returns how many of each."""
    return _wake_overdue(), _advance_still()


def _wake_overdue() -> int:
    grace = timedelta(seconds=settings().sweep_after_seconds)
    before = now() - grace
    query = firestore.client().collection_group("units").where(filter=FieldFilter("wake_by", "<=", before)).limit(BATCH)
    woken = 0
    for snapshot in query.stream(timeout=READ_TIMEOUT):
        with _apart(), about(path=snapshot.reference.path):
            unit = Unit.model_validate(snapshot.to_dict())
            fresh = claims.change(unit.job_id, unit.id, lambda stored: _swept(stored, grace))
            log.warning("%s since %s, woken again", fresh.state, unit.wake_by)
            wake(fresh)
            woken += 1
    return woken


def _swept(unit: Unit, grace: timedelta) -> Unit:
    return swept(unit, now(), grace) if overdue(unit, now(), grace) else unit


def _advance_still() -> int:
    before = now() - timedelta(seconds=settings().sweep_after_seconds)
    query = (
        firestore.client()
        .collection("jobs")
        .where(filter=FieldFilter("status", "in", [str(status) for status in UNFINISHED]))
        .where(filter=FieldFilter("updated_at", "<=", before))
        .limit(BATCH)
    )
    jobs = list(query.stream(timeout=READ_TIMEOUT))
    for snapshot in jobs:
        with _apart(), about(job=snapshot.id):
            advance(Job.model_validate(snapshot.to_dict()))
    return len(jobs)


@contextlib.contextmanager
def _apart() -> Iterator[None]:
    """One broken job must not keep the sweeper from the others: what goes wrong inside is logged."""
    try:
        yield
    except NotFound as gone:
        log.info("%s", gone)
    except Exception:
        log.exception("the sweeper goes on with the next one")
