"""Filming a unit, and closing one of a cancelled job, with the studio as the provider."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from steps.collection import collect
from steps.context import StepContext
from steps.filming import WEBHOOK_IS_LATE, filmed, next_look
from steps.work import close
from tests.integration.functions.conftest import WEBHOOK_SECRET
from tests.integration.postprod.shoot import job_of, unit_of
from tests.integration.studio.running import Running, until
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, PipelineStep, UnitState
from ugcgen.domain.errors import CallPending, CallUnconfirmed, ContentFiltered
from ugcgen.domain.job import Job
from ugcgen.domain.unit import UnitKey, Waiting
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import job_ref, read_unit, unit_ref
from ugcgen.ledger import calls
from ugcgen.models import video
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.clip import ClipOrder
from ugcgen.pipeline.transitions import Cancelled

SCENE = UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1)
VEO = catalog().models["veo-3.1-lite-generate-001"]


def order(**changes: Any) -> ClipOrder:
    usual: dict[str, Any] = {"seconds": 3, "ratio": "9:16", "resolution": "360p", "seed": 7, "negative": ""}
    return ClipOrder(**{"prompt": "A woman holds a jar"} | usual | changes)


@pytest.fixture
def job(product: object, user: str) -> Job:
    return job_of(user, SceneWish(seconds=3))


def step_of(job: Job, call: str | None = None) -> StepContext:
    """The scene's unit with its money; waiting for a call if one is named."""
    waits: dict[str, Any] = {}
    if call is not None:
        waits = {"waiting": Waiting(call=call, poll_seq=1, due_at=now())}
    unit = unit_of(job, SCENE, UnitState.RUNNING, allotted=5_000_000, fence=1, **waits)
    return StepContext(Task(unit, job))


def ordered(job: Job) -> str:
    """The key of a clip that was ordered for the scene."""
    with pytest.raises(CallPending) as pending:
        filmed(step_of(job), order())
    return pending.value.call


def collected(job: Job, call: str) -> CallRecord:
    """The record once the clip is there, looking as the polls do."""

    def look() -> CallRecord | None:
        try:
            return filmed(step_of(job, call), order())
        except CallPending:
            return None

    found: CallRecord = until(look, 60)
    return found


def known(call: str) -> CallRecord:
    record = calls.read(call)
    assert record
    return record


# Filming.


def test_a_clip_is_ordered_once_collected_once_and_kept(job: Job, studio: Running) -> None:
    call = ordered(job)
    assert known(call).state is CallState.SUBMITTED
    record = collected(job, call)
    assert record.state is CallState.SUCCEEDED
    assert record.fixed < record.cost < record.price, "by the provider's usage"
    assert record.answer["video"]
    facts = storage.facts(record.artifacts[0].name)
    assert facts
    assert facts.size == record.artifacts[0].size > 10_000
    assert filmed(step_of(job), order()) == record, "a later run finds it in the ledger"
    assert len(studio.log()["calls"]) == 1


def test_a_withheld_clip_closes_its_record(job: Job, studio: Running) -> None:
    studio.fault(fault="block_output")
    call = ordered(job)
    with pytest.raises(ContentFiltered, match="withheld the clip"):
        collected(job, call)
    assert (known(call).state, known(call).cost) == (CallState.REFUSED, 0)


def test_an_operation_that_never_ends_is_given_up(job: Job, studio: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.call("POST", "/studio/latency", {"video": 60})
    call = ordered(job)
    with pytest.raises(CallPending):
        filmed(step_of(job, call), order())
    monkeypatch.setattr(video, "GIVE_UP", timedelta(0))
    with pytest.raises(CallPending) as pending:
        filmed(step_of(job, call), order())
    assert (known(call).state, known(call).owed) == (CallState.UNCONFIRMED, known(call).price)
    assert "did not end within" in (known(call).reason or "")
    assert pending.value.call != call, "a cheap clip is filmed in another take"


def test_a_person_is_asked_about_a_dear_clip_that_never_ends(
    job: Job, studio: Running, product: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    product(CONFIRM_FROM_USD="0.01")
    studio.call("POST", "/studio/latency", {"video": 60})
    call = ordered(job)
    monkeypatch.setattr(video, "GIVE_UP", timedelta(0))
    with pytest.raises(CallUnconfirmed, match="did not end within"):
        filmed(step_of(job, call), order())
    assert len(studio.log()["calls"]) == 1


def test_a_cheap_clip_that_expired_is_filmed_in_another_take(
    job: Job, studio: Running, product: Callable[..., None]
) -> None:
    product(LOST_AFTER_SECONDS="0")
    studio.fault(fault="expired")
    lost = ordered(job)

    def another() -> str | None:
        with pytest.raises(CallPending) as pending:
            filmed(step_of(job, lost), order())
        return pending.value.call if pending.value.call != lost else None

    taken: str = until(another, 60)
    assert (known(lost).state, known(lost).sends) == (CallState.UNCONFIRMED, 1)
    assert (known(taken).state, known(taken).sends) == (CallState.SUBMITTED, 1)


def test_an_operation_that_cannot_be_seen_is_looked_at_again(
    job: Job, studio: Running, product: Callable[..., None]
) -> None:
    call = ordered(job)
    product(GOOGLE_GEMINI_BASE_URL="http://127.0.0.1:1")
    with pytest.raises(CallPending):
        filmed(step_of(job, call), order())
    product(GOOGLE_GEMINI_BASE_URL=studio.base)
    assert collected(job, call).state is CallState.SUCCEEDED


def seconds_until(moment: Any) -> float:
    return float((moment - now()).total_seconds())


@pytest.mark.parametrize(("elapsed", "wait"), [(0, 3), (8, 3), (40, 10), (200, 50), (1000, 60), (9000, 60)])
def test_looks_grow_rarer(product: object, elapsed: float, wait: float) -> None:
    assert seconds_until(next_look(now() - timedelta(seconds=elapsed))) == pytest.approx(wait, abs=0.5)


def test_where_a_webhook_will_say_it_there_is_no_hurry_to_look(product: Callable[..., None]) -> None:
    product(WEBHOOK_SECRET=WEBHOOK_SECRET)
    for elapsed in (0, 1000):
        wait = seconds_until(next_look(now() - timedelta(seconds=elapsed)))
        assert wait == pytest.approx(WEBHOOK_IS_LATE.total_seconds(), abs=0.5)


def test_a_clip_of_a_provider_without_webhooks_is_looked_at_soon(job: Job, product: Callable[..., None]) -> None:
    product(WEBHOOK_SECRET=WEBHOOK_SECRET)
    models = job.quote.models | {Role.VIDEO: VEO.id}
    by_veo = job.model_copy(update={"quote": job.quote.model_copy(update={"models": models})})
    with pytest.raises(CallPending) as pending:
        filmed(step_of(by_veo), order(seconds=4, resolution="720p"))
    assert seconds_until(pending.value.due_at) < 5
    with pytest.raises(CallPending) as pending:
        filmed(step_of(job), order())
    assert seconds_until(pending.value.due_at) > 60


# Closing.


def closed(job: Job, call: str | None) -> Cancelled:
    step = step_of(job, call)
    outcome = close(Task(step.unit, job))
    assert isinstance(outcome, Cancelled)
    return outcome


def test_a_running_operation_is_stopped_and_costs_nothing(job: Job, studio: Running) -> None:
    studio.call("POST", "/studio/latency", {"video": 60})
    call = ordered(job)
    assert closed(job, call).paid == {call: 0}
    record = known(call)
    assert (record.state, record.cost) == (CallState.CANCELLED, 0)
    assert studio.client.interactions.get(record.operation).status == "cancelled"
    assert closed(job, call).paid == {}, "closing twice is closing once"


def test_an_operation_that_ended_before_it_could_be_stopped_is_paid_for(job: Job, studio: Running) -> None:
    call = ordered(job)
    studio.finished(known(call).operation or "")
    record = known(call)
    assert closed(job, call).paid == {call: record.price}
    assert known(call).state is CallState.SUBMITTED, "its result may still be had"
    forgotten(job, call)
    assert collect() == 1
    assert known(call).state is CallState.SUCCEEDED
    assert storage.facts(known(call).artifacts[0].name)
    assert record.fixed < known(call).cost < record.price
    assert collect() == 0


def test_what_cannot_be_reached_counts_as_paid(job: Job, product: Callable[..., None]) -> None:
    call = ordered(job)
    product(GOOGLE_GEMINI_BASE_URL="http://127.0.0.1:1")
    assert closed(job, call).paid == {call: known(call).price}


def test_veo_cannot_be_stopped_and_its_price_stays_counted_until_it_is_collected(job: Job) -> None:
    step, model = step_of(job), VEO
    record = submitted(step, model)
    assert closed(job, record.key).paid == {record.key: record.price}
    assert known(record.key).state is CallState.SUBMITTED


def test_what_a_unit_still_waits_for_is_left_to_it(job: Job, studio: Running) -> None:
    call = ordered(job)
    waiting = step_of(job, call).unit.model_copy(update={"state": UnitState.WAITING})
    unit_ref(job.id, waiting.id).set(firestore.to_document(waiting))
    studio.finished(known(call).operation or "")
    grown_old(call)
    assert collect() == 0
    assert known(call).state is CallState.SUBMITTED


def test_the_unit_that_went_on_learns_what_its_call_has_cost(job: Job, studio: Running) -> None:
    call = ordered(job)
    gone_on = step_of(job).unit.model_copy(update={"state": UnitState.DONE, "paid": {call: known(call).price}})
    unit_ref(job.id, gone_on.id).set(firestore.to_document(gone_on))
    studio.finished(known(call).operation or "")
    grown_old(call)
    assert collect() == 1
    stored = read_unit(job.id, gone_on.id)
    assert stored is not None and stored.paid == {call: known(call).cost}


def test_a_call_whose_sender_died_is_not_open_for_ever(job: Job) -> None:
    call = ordered(job)
    sending = known(call).model_copy(update={"state": CallState.SENDING})
    calls.reference(call).set(firestore.to_document(sending))
    forgotten(job, call)
    assert collect() == 1
    assert (known(call).state, known(call).owed) == (CallState.UNCONFIRMED, sending.price)


def forgotten(job: Job, call: str) -> None:
    """The call was sent long ago, and its unit was closed since."""
    calls.reference(call).update({"sent_at": now() - timedelta(hours=1)})
    unit_ref(job.id, SCENE.id).update({"state": UnitState.CANCELLED.value})


def grown_old(call: str) -> None:
    calls.reference(call).update({"sent_at": now() - timedelta(hours=1)})


def submitted(step: StepContext, model: Model) -> CallRecord:
    asked = order(seconds=4, resolution="720p")
    return video.submit(step.account, model, asked, video.question(step.account, model, asked, 1))


def test_a_clip_that_another_job_ordered_is_left_to_it(job: Job, user: str, studio: Running) -> None:
    studio.call("POST", "/studio/latency", {"video": 60})
    call = ordered(job)
    second = job_of(user, SceneWish(seconds=3))
    with pytest.raises(CallPending):
        filmed(step_of(second), order())
    assert closed(second, call).paid == {}
    assert known(call).state is CallState.SUBMITTED
    assert studio.client.interactions.get(known(call).operation).status == "in_progress"


def test_a_unit_that_waits_for_nothing_is_simply_closed(job: Job, studio: Running) -> None:
    assert closed(job, None).paid == {}
    assert calls.of_job(job.id) == []
    assert studio.log()["calls"] == []


def test_what_another_job_waits_for_too_is_left_to_that_job(job: Job, user: str, studio: Running) -> None:
    studio.call("POST", "/studio/latency", {"video": 60})
    call = ordered(job)
    second = job_of(user, SceneWish(seconds=3))
    job_ref(second.id).set(firestore.to_document(second))
    with pytest.raises(CallPending):
        filmed(step_of(second), order())
    assert closed(job, call).paid == {call: 0}
    record = known(call)
    assert (record.state, record.job_id, record.used_by) == (CallState.SUBMITTED, second.id, [])
    assert studio.client.interactions.get(record.operation).status == "in_progress"
