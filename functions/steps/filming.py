"""Filming: what video generation and extension share. Submit once, look now and then, collect once."""

from datetime import datetime, timedelta
from functools import partial

from steps.context import StepContext
from steps.takes import until_it_comes
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import CallPending, CallUnconfirmed, ContentFiltered, ModelRejected, TransientModelError
from ugcgen.ledger import calls
from ugcgen.models import video
from ugcgen.models.catalog import Model, Provider, Role
from ugcgen.models.clip import ClipOrder
from ugcgen.pipeline.transitions import first_take

WEBHOOK_IS_LATE = timedelta(seconds=90)
"""How long a webhook is waited for before we look ourselves: longer than a clip usually takes."""


def filmed(step: StepContext, order: ClipOrder, by: Model | None = None) -> CallRecord:
    """The succeeded record of the order's call; its artifact is the clip. The quoted model films unless told otherwise.

    Raises CallPending while the operation runs, ContentFiltered or ModelRejected where it brought nothing.
    """
    model = by or step.model(Role.VIDEO)
    record, _ = until_it_comes(partial(_ordered, step, model, order), first=first_take(step.unit))
    if record.state is not CallState.SUBMITTED or record.operation is None:
        return record
    waiting = step.unit.waiting
    if waiting is None or waiting.call != record.key:
        raise CallPending("the clip was ordered", record.key, _next_look(step, record))
    try:
        return _collected(step, model, record)
    except CallUnconfirmed as lost:
        if lost.dear:
            raise
        return filmed(step, order, by)  # its record says so now: another take is ordered


def _ordered(step: StepContext, model: Model, order: ClipOrder, take: int) -> CallRecord:
    """The record of one take. One whose answer was lost is looked for, or waited for while a webhook may still say
    which operation it is."""
    try:
        return video.submit(step.account, model, order, video.question(step.account, model, order, take))
    except CallUnconfirmed as lost:
        record = calls.read(lost.call)
        ended = video.found(model, record) if record else None
        if record is not None and ended is not None:
            return _closed(step, record, ended)
        announced = settings().webhook_secret is not None
        hope = lost.sent_at + timedelta(seconds=settings().lost_after_seconds)
        if now() < hope and (announced or model.provider is Provider.AGENT_PLATFORM):
            raise CallPending(str(lost), lost.call, min(hope, next_look(lost.sent_at, announced))) from lost
        raise


def _collected(step: StepContext, model: Model, record: CallRecord) -> CallRecord:
    try:
        ended = video.ended(model, record)
    except TransientModelError as trouble:
        raise CallPending(str(trouble), record.key, _next_look(step, record)) from trouble
    if ended is None:
        raise CallPending("the clip is being made", record.key, _next_look(step, record))
    return _closed(step, record, ended)


def _closed(step: StepContext, record: CallRecord, ended: video.Ended) -> CallRecord:
    """The record with its clip. Raises ContentFiltered, ModelRejected or CallUnconfirmed where there is none."""
    if ended.answer is not None:
        return step.account.finish(record.key, ended.answer)
    if ended.state is CallState.UNCONFIRMED:
        step.account.lose(record.key, ended.reason, dear=video.is_dear(record.price))
    step.account.close(record.key, ended.state, ended.reason)
    if ended.state is CallState.REFUSED:
        raise ContentFiltered(f"{record.model} withheld the clip: {ended.reason}")
    raise ModelRejected(f"{record.model} could not make the clip: {ended.reason}")


def _next_look(step: StepContext, record: CallRecord) -> datetime:
    # The webhook wakes the unit that ordered the clip; another one that wants the same has to look for itself.
    ordered_here = (record.job_id, record.unit_id) == (step.job.id, step.unit.id)
    announced = ordered_here and video.is_announced(step.model(Role.VIDEO))
    return next_look(record.sent_at or now(), announced)


def next_look(sent_at: datetime, announced: bool = True) -> datetime:
    """When to look again: a quarter of the time gone by; late where a webhook will say it, since each look is a claim
    and a settle that only find out that nothing has happened."""
    if announced and settings().webhook_secret is not None:
        return now() + WEBHOOK_IS_LATE
    elapsed = (now() - sent_at).total_seconds()
    return now() + timedelta(seconds=min(60.0, max(3.0, elapsed / 4)))
