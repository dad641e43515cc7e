"""Jobs in Firestore for one test, and every wake-up that was sent for them."""

import contextlib
import itertools
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from api.caller import Caller
from api.jobs import DecideStoryboard, JobRequest, cancel_job, decide_storyboard
from tests.unit.core.jobs import brief, result
from tests.unit.core.jobs import job as made_job
from tests.unit.core.work import COST, work
from ugcgen.cloud import firestore
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import SpeechMode, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.engine.advance import advance
from ugcgen.engine.handle import Task, Work, handle
from ugcgen.engine.refs import job_ref, read_results, unit_ref
from ugcgen.pipeline.freshness import made_from, reads
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.steps import Service, service_of
from ugcgen.pipeline.transitions import Cancelled, Outcome, new_unit

SetTo = Callable[..., None]
TWO = brief(4, 4)
ONE = brief(4, speech=SpeechMode.NATIVE)
SCRIPTED = ("script_generation", "scene_prompts-01", "scene_prompts-02")
"""What is done before the frames of ``TWO`` are drawn."""
PATIENCE = 20

_numbers = itertools.count(1)


class Crash(Exception):
    """The process ends between a commit and its message."""


@dataclass(frozen=True)
class Wake:
    """A wake-up that was published (``due`` is then None) or enqueued, and who handles it."""

    message: WakeUp
    service: Service
    due: datetime | None = None


@dataclass
class Sent:
    """Every wake-up that Pub/Sub or Cloud Tasks took, in order. ``crash_at`` counts from 1: that one is not sent."""

    wakes: list[Wake] = field(default_factory=list)
    tries: int = 0
    crash_at: int | None = None

    def to(self, unit_id: str) -> list[Wake]:
        return [wake for wake in self.wakes if wake.message.unit == unit_id]

    def try_one(self) -> None:
        self.tries += 1
        if self.tries == self.crash_at:
            raise Crash


@dataclass
class Stage:
    """The jobs of one test."""

    sent: Sent
    ids: list[str] = field(default_factory=list)

    def job(self, wanted: Brief, cap: int | None = None, **changes: Any) -> Job:
        """A new job without units."""
        moment = datetime.now(UTC)
        job = made_job(wanted, cap, job_id=f"core-{next(_numbers)}").model_copy(
            update={"created_at": moment, "updated_at": moment} | changes
        )
        self.ids.append(job.id)
        job_ref(job.id).set(firestore.to_document(job))
        return job

    def unit(self, job: Job, unit_id: str, **changes: Any) -> Unit:
        """A unit of the job, made from what is there and ready unless changed."""
        planned = plan_of(job)[unit_id]
        wanted = reads(planned.key, job)
        of = made_from(wanted, read_results(job.id, wanted.results))
        unit = new_unit(job.id, job.user_id, planned, of, job.quote.of(unit_id), datetime.now(UTC))
        unit = unit.model_copy(update=changes)
        unit_ref(job.id, unit_id).set(firestore.to_document(unit))
        allotted = stored_job(job.id).money.allotted + unit.allotted
        job_ref(job.id).update({"money.allotted": allotted, "status": "running"})
        return unit

    def done(self, job: Job, *unit_ids: str) -> None:
        """Units that are done and have spent what they usually do."""
        for unit_id in unit_ids:
            key = plan_of(job)[unit_id].key
            paid = {f"call-{unit_id}": COST} if job.quote.of(unit_id) else {}
            made = result(key, of=unit_id)
            self.unit(job, unit_id, state=UnitState.DONE, paid=paid, result=made, wake_by=None)

    def drive(self, job: Job) -> None:
        """Handle every wake-up of the job, one after another, until none is left; a crash loses its message."""
        while found := next((wake for wake in self.sent.wakes if wake.message.job == job.id), None):
            self.sent.wakes.remove(found)
            with contextlib.suppress(Crash):
                handle(found.message, at_once, closed, found.service)


def at_once(task: Task) -> Outcome:
    """Work whose operations have ended by the time they are looked at."""
    return work(task, datetime.now(UTC))


def closed(task: Task) -> Outcome:
    return Cancelled()


def wake_of(unit: Unit, early: bool = False) -> WakeUp:
    return WakeUp(job=unit.job_id, unit=unit.id, run=unit.run, early=early)


def deliver(unit: Unit, work_with: Work = at_once, early: bool = False) -> None:
    """Handle a wake-up of the unit in the service that has its phase."""
    handle(wake_of(unit, early), work_with, closed, service_of(unit.step, unit.phase))


def stored_unit(job: Job, unit_id: str) -> Unit:
    return Unit.model_validate(unit_ref(job.id, unit_id).get().to_dict())


def stored_job(job_id: str) -> Job:
    return Job.model_validate(job_ref(job_id).get().to_dict())


def before(happens: Callable[[], object]) -> Work:
    """The usual work, before which something happens."""

    def checked(task: Task) -> Outcome:
        happens()
        return at_once(task)

    return checked


def approve(job: Job) -> None:
    decide_storyboard(Caller(uid="u1"), DecideStoryboard(job_id=job.id, decision="approve"))


def begin(job: Job) -> None:
    advance(job)


def cancel(job: Job) -> None:
    cancel_job(Caller(uid="u1"), JobRequest(job_id=job.id))


def in_future(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def outcome_of(future: "Future[None]") -> str:
    """The name of what a worker raised, or ``ok``."""
    error = future.exception(timeout=PATIENCE)
    return "ok" if error is None else type(error).__name__
