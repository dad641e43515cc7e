"""Collecting what was paid for and nobody waits for any more: its job was cancelled, or the unit has gone on.

A provider keeps a result for days at most. Collected, it is there for whoever asks the same again, and the record says
what it cost.
"""

from datetime import timedelta

from ugcgen.cloud.clock import now
from ugcgen.cloud.logs import about, log
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, UnitState
from ugcgen.domain.errors import NotFound, UgcgenError
from ugcgen.domain.unit import Unit
from ugcgen.engine import claims
from ugcgen.engine.refs import read_unit
from ugcgen.ledger import calls
from ugcgen.ledger import record as life
from ugcgen.models import video
from ugcgen.models.catalog import catalog

BATCH = 100


def collect() -> int:
    """End every call that has been open for long and that no unit waits for; returns how many ended."""
    ended = 0
    for record in calls.left_open(now() - timedelta(seconds=settings().lost_after_seconds), BATCH):
        with about(job=record.job_id, unit=record.unit_id, call=record.key[:12]):
            try:
                ended += _end(record)
            except UgcgenError as trouble:
                log.warning("it is looked at again later: %s", trouble)
            except Exception:
                log.exception("one broken record must not keep the others open")
    return ended


def _end(record: CallRecord) -> bool:
    unit = read_unit(record.job_id, record.unit_id) if record.job_id and record.unit_id else None
    if unit is not None and _waits_for(unit, record):
        return False
    closed = _closed(record)
    if closed is None:
        return False
    log.info("%s collected: %s", record.kind, closed.state)
    if unit is not None and record.key in unit.paid:
        _count(unit, closed)
    return True


def _waits_for(unit: Unit, record: CallRecord) -> bool:
    if unit.state is UnitState.RUNNING:
        return True
    return unit.state is UnitState.WAITING and unit.waiting is not None and unit.waiting.call == record.key


def _closed(record: CallRecord) -> CallRecord | None:
    """The record with what its operation came to; None while it runs."""
    if record.state is CallState.SENDING:
        if now() - (record.sent_at or record.created_at) < life.SENDING_DEADLINE:
            return None
        return calls.change(record.key, lambda stored: life.lost(stored, "whoever sent it has died", now()))
    ended = video.ended(catalog().models[record.model], record)
    if ended is None:
        return None
    if ended.state is CallState.UNCONFIRMED:
        return calls.change(record.key, lambda stored: life.lost(stored, ended.reason, now()))
    answer = ended.answer
    return calls.change(
        record.key,
        lambda stored: life.settled(
            stored,
            ended.state,
            now(),
            cost=answer.cost if answer else 0,
            artifacts=answer.artifacts if answer else None,
            answer=answer.data if answer else None,
            reason=ended.reason or None,
        ),
    )


def _count(unit: Unit, record: CallRecord) -> None:
    """The unit that ordered it paid for it: what was held becomes what it cost."""
    try:
        claims.change(unit.job_id, unit.id, lambda stored: _paid(stored, record))
    except NotFound:
        log.info("the job was deleted meanwhile")


def _paid(unit: Unit, record: CallRecord) -> Unit:
    return unit.model_copy(update={"paid": unit.paid | {record.key: record.owed}})
