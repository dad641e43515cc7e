"""A small world in which the engine runs step by step: its store, its messages, its clock and its workers.

Every worker is a thread that stops ahead of each request, each message and in the middle of its work, until the test
lets it go on or kills it there. So a test decides every interleaving, and the same choices give the same run.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from api.caller import Caller
from api.edits import EditJob, edit_job
from api.jobs import DecideStoryboard, JobRequest, ResumeJob, cancel_job, decide_storyboard, resume_job
from tests.unit.core.jobs import PRICE, START
from tests.unit.core.memory import Memory
from tests.unit.core.work import work
from ugcgen.cloud.firestore import to_document
from ugcgen.domain.enums import JobStatus, PipelineStep, UnitState
from ugcgen.domain.errors import Contended, LeaseHeld, NotFound, WrongState
from ugcgen.domain.job import Job
from ugcgen.domain.money import dollars
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.engine.handle import Task, TryAgain, handle
from ugcgen.engine.sweep import sweep
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.steps import Service
from ugcgen.pipeline.transitions import Cancelled, Outcome, held

LEASE = timedelta(seconds=60)
OPERATION = timedelta(seconds=10)
CLOCKS = ("advance", "allotment", "claims", "sweep")
_PATIENCE = 20.0


class Killed(BaseException):
    """The process of a worker ends here."""


EXPECTED = (type(None), Killed, LeaseHeld, TryAgain, Contended, WrongState, NotFound)
"""How a worker may end; the last two where a person decides what another has just decided otherwise."""


@dataclass
class Message:
    wake: WakeUp
    service: Service
    due: datetime
    taken: bool = False


class Worker:
    """A thread that runs only while the test waits for it. ``at`` says ahead of what it stands."""

    def __init__(self, act: Callable[[], None], ended: Callable[[BaseException | None], None]) -> None:
        self.at: str | None = "start"
        self.verdict: BaseException | None = None
        self._act = act
        self._ended = ended
        self._go = threading.Semaphore(0)
        self._parked = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def step(self, verdict: BaseException | None = None) -> None:
        """Go on to the next stop; a verdict is raised where the worker stands instead."""
        self.verdict = verdict
        self._go.release()
        assert self._parked.acquire(timeout=_PATIENCE), f"the worker did not come back from {self.at}"
        if self.at is None:
            self._thread.join(_PATIENCE)

    def stop(self, at: str) -> None:
        self.at = at
        self._parked.release()
        self._go.acquire()
        if self.verdict is not None:
            raise self.verdict

    def _run(self) -> None:
        self._go.acquire()
        error: BaseException | None = None
        try:
            if self.verdict is not None:
                raise self.verdict
            self._act()
        except (Killed, Exception) as raised:
            error = raised
        self.at = None
        self._ended(error)
        self._parked.release()


class World:
    """One job and everything that moves it."""

    def __init__(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
        self.job_id = job.id
        self.planned = plan_of(job)
        self.clock = START
        self.messages: list[Message] = []
        self.workers: list[Worker] = []
        self.errors: list[BaseException] = []
        """What workers ended with that nothing explains."""
        self._names: set[str] = set()
        self._mine = threading.local()
        self.store = Memory()
        self.store.documents[f"jobs/{job.id}"] = (to_document(job), 0)
        self.store.before = self._stop
        self.store.after = self._check_commit
        monkeypatch.setattr("ugcgen.cloud.firestore.client", lambda: self.store)
        monkeypatch.setattr("ugcgen.cloud.firestore.time", SimpleNamespace(sleep=lambda _: self._stop("contended")))
        monkeypatch.setattr("ugcgen.cloud.pubsub.publish", self._publish)
        monkeypatch.setattr("ugcgen.cloud.tasks.enqueue", self._enqueue)
        for module in CLOCKS:
            monkeypatch.setattr(f"ugcgen.engine.{module}.now", lambda: self.clock)
        monkeypatch.setattr("api.jobs.now", lambda: self.clock)

    # What is there

    @property
    def job(self) -> Job:
        return Job.model_validate(self.store.documents[f"jobs/{self.job_id}"][0])

    @property
    def units(self) -> dict[str, Unit]:
        prefix = f"jobs/{self.job_id}/units/"
        there = [fields for path, (fields, _) in self.store.documents.items() if path.startswith(prefix)]
        return {unit.id: unit for unit in map(Unit.model_validate, there)}

    @property
    def due(self) -> list[Message]:
        return [message for message in self.messages if message.due <= self.clock and not message.taken]

    # What can happen

    def deliver(self, message: Message, again: bool = False) -> Worker:
        """A worker for the message, which comes back unless the worker ends well. ``again``: a second delivery."""
        message.taken = not again

        def act() -> None:
            handle(message.wake, self._work, lambda task: Cancelled(), message.service)

        def ended(error: BaseException | None) -> None:
            message.taken = False
            if isinstance(error, LeaseHeld):
                message.due = self.clock + timedelta(seconds=1)  # heard again at once it would come back for ever
            if error is None and not again and message in self.messages:
                self.messages.remove(message)

        return self.start(act, ended)

    def start(
        self, act: Callable[[], object], ended: Callable[[BaseException | None], None] = lambda error: None
    ) -> Worker:
        def run() -> None:
            self._mine.worker = worker
            act()

        def over(error: BaseException | None) -> None:
            self.workers.remove(worker)
            if not isinstance(error, EXPECTED):
                self.errors.append(error)
            ended(error)

        worker = Worker(run, over)
        self.workers.append(worker)
        return worker

    def lose(self, message: Message) -> None:
        self.messages.remove(message)

    def sweep(self) -> Worker:
        return self.start(sweep)

    def begin(self) -> Worker:
        from ugcgen.engine.advance import advance

        return self.start(lambda: advance(self.job))

    def cancel(self) -> Worker:
        return self.start(lambda: cancel_job(Caller(uid="u1"), JobRequest(job_id=self.job_id)))

    def approve(self) -> Worker:
        return self._decide(DecideStoryboard(job_id=self.job_id, decision="approve"))

    def retake(self, scene: int = 1) -> Worker:
        return self._decide(DecideStoryboard(job_id=self.job_id, decision="retake", scenes=[scene], note="brighter"))

    def resume(self, more: int = 0) -> Worker:
        """Go on after a pause or a failure, with a cap that is higher by ``more`` micros."""
        budget = dollars(self.job.money.cap + more) if more else None
        return self.start(lambda: resume_job(Caller(uid="u1"), ResumeJob(job_id=self.job_id, budget_usd=budget)))

    def edit(self, **changes: Any) -> Worker:
        return self.start(lambda: edit_job(Caller(uid="u1"), EditJob(job_id=self.job_id, **changes)))

    def flow(self, count: int) -> None:
        """Let so many workers and messages go to their end, one after another, as on a normal day."""
        for _ in range(count):
            self._go_on()

    def finish(self) -> None:
        """Let everyone finish, sweeping and helping as a person would, until nothing moves."""
        for _ in range(400):
            if self._go_on():
                continue
            if self.job.status in {JobStatus.COMPLETED, JobStatus.CANCELLED} and not self._open():
                return
            self._help()
        raise AssertionError(f"nothing ends: {self.job.status}, open {self._open()}, errors {self.errors}")

    def _go_on(self) -> bool:
        if not self.workers and not self.due:
            return False
        self.run_out(self.workers[0] if self.workers else self.deliver(self.due[0]))
        return True

    def _help(self) -> None:
        self.clock += 2 * LEASE
        status, units = self.job.status, self.units
        review = units.get(PipelineStep.STORYBOARD_REVIEW)
        if review is not None and review.state is UnitState.BLOCKED and status is not JobStatus.CANCELLING:
            self.run_out(self.approve())
        elif status in {JobStatus.PAUSED, JobStatus.FAILED}:
            self.run_out(self.resume(more=PRICE if status is JobStatus.PAUSED else 0))
        self.run_out(self.sweep())

    def run_out(self, worker: Worker, until: str | None = None) -> None:
        """Let a worker go on to its end, or until it next stands ahead of ``until``."""
        for _ in range(2_000):
            if worker.at is not None:
                worker.step()
            if worker.at in {None, until}:
                return
        raise AssertionError(f"a worker does not end: it stands at {worker.at}")

    def _open(self) -> list[str]:
        return [unit_id for unit_id, unit in self.units.items() if unit.state.is_open]

    def _decide(self, decision: DecideStoryboard) -> Worker:
        return self.start(lambda: decide_storyboard(Caller(uid="u1"), decision))

    # What the engine reaches out to

    def _stop(self, at: str) -> None:
        worker: Worker | None = getattr(self._mine, "worker", None)
        if worker is not None:
            worker.stop(at)

    def _publish(self, topic: str, data: bytes, attributes: Mapping[str, str] | None = None) -> str:
        self._stop("publish")
        self.messages.append(Message(WakeUp.model_validate_json(data), Service.FUNCTIONS, self.clock))
        return "1"

    def _enqueue(self, queue: str, url: str, body: Mapping[str, Any], name: str, at: datetime | None = None) -> bool:
        self._stop("publish")
        if name in self._names:
            return False
        self._names.add(name)
        poll = queue == "pollUnit"
        if "event_id" in body.get("data", {}):
            return True  # what others are told of moves nothing here
        wake = WakeUp.model_validate(json.loads(json.dumps(body["data"] if poll else body)))
        self.messages.append(Message(wake, Service.FUNCTIONS if poll else Service.POSTPROD, at or self.clock))
        return True

    def _work(self, task: Task) -> Outcome:
        self._stop("work")
        return work(task, self.clock + OPERATION)

    # What must always hold

    def _check_commit(self, before: Mapping[str, tuple[dict[str, Any], int]]) -> None:
        job, units = self.job, self.units
        taken = sum(held(unit) for unit in units.values())
        assert taken <= job.money.cap, f"{taken} of {job.money.cap} are held"
        assert all(unit.spent <= unit.allotted for unit in units.values())
        earlier = Job.model_validate(before[f"jobs/{self.job_id}"][0])
        assert job.progress >= earlier.progress or job.version > earlier.version
        assert job.money.allotted == sum(unit.allotted for unit in units.values())
        for unit in units.values():
            path = f"jobs/{self.job_id}/units/{unit.id}"
            was = Unit.model_validate(before[path][0]) if path in before else None
            if was is None:
                over = earlier.status in {JobStatus.CANCELLING, JobStatus.CANCELLED}
                assert not (over and unit.allotted), f"{unit.id} is new work"
            elif not was.state.is_open and unit != was:
                assert unit.run == was.run + 1, f"{unit.id} was {was.state} and changed in the same run"
