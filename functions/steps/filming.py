"""Filming: what video generation and extension share. Submit once, look now and then, collect once."""

from datetime import datetime, timedelta
from functools import partial

from steps.context import StepContext
from steps.takes import until_it_comes
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import CallPending, CallUnconfirmed, ContentFiltered, ModelRejected, TransientModelError
from ugcgen.ledger.account import Answer
from ugcgen.models import video
from ugcgen.models.catalog import Model, Role
from ugcgen.models.clip import ClipOrder, Operation, Progress

GIVE_UP = timedelta(hours=2)
"""An operation that has not ended by then is closed as failed; providers promise minutes."""

WEBHOOK_IS_LATE = timedelta(seconds=90)
"""How long a webhook is waited for before we look ourselves: longer than a clip usually takes."""


def filmed(step: StepContext, order: ClipOrder) -> CallRecord:
    """The succeeded record of the order's call; its artifact is the clip.

    Raises CallPending while the operation runs, ContentFiltered or ModelRejected where it brought nothing.
    """
    model = step.model(Role.VIDEO)
    record, _ = until_it_comes(partial(_ordered, step, model, order), first=step.unit.inputs.get("take", 1))
    if record.state is not CallState.SUBMITTED or record.operation is None:
        return record
    waiting = step.unit.waiting
    if waiting is None or waiting.call != record.key:
        raise CallPending("the clip was ordered", record.key, _next_look(step, record))
    return _collect(step, model, record, record.operation)


def _ordered(step: StepContext, model: Model, order: ClipOrder, take: int) -> CallRecord:
    """The record of one take. One whose answer was lost is waited for while a webhook may still say which it is."""
    try:
        return video.submit(step.account, model, order, video.question(step.account, model, order, take))
    except CallUnconfirmed as lost:
        hope = lost.sent_at + timedelta(seconds=settings().lost_after_seconds)
        if settings().webhook_secret is not None and now() < hope:
            raise CallPending(str(lost), lost.call, min(hope, next_look(lost.sent_at))) from lost
        raise


def _collect(step: StepContext, model: Model, record: CallRecord, operation: str) -> CallRecord:
    sent_at = record.sent_at or now()
    try:
        seen = video.look(model, operation)
        data = video.fetch(model, seen.video) if seen.progress is Progress.READY and seen.video else b""
    except TransientModelError as trouble:
        seen, data = Operation(Progress.RUNNING, reason=str(trouble)), b""
    if seen.progress is Progress.RUNNING:
        if now() - sent_at < GIVE_UP:
            raise CallPending("the clip is being made", record.key, _next_look(step, record))
        seen = Operation(Progress.FAILED, reason=f"the operation did not end within {GIVE_UP}")
    if seen.progress is not Progress.READY:
        step.account.close(record.key, video.closing_state(seen), seen.reason or "")
        if seen.progress is Progress.FILTERED:
            raise ContentFiltered(f"{model.id} withheld the clip: {seen.reason}")
        raise ModelRejected(f"{model.id} could not make the clip: {seen.reason}")
    _, artifact = storage.put_once(storage.artifact_name(step.account.user_id, record.key, "mp4"), data, "video/mp4")
    return step.account.finish(
        record.key, Answer(cost=record.price, artifacts=[artifact], data={"video": seen.video or ""})
    )


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
