"""Handling one wake-up: claim, work, settle, advance. Every function and the post-production service do just this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ugcgen.cloud.logs import about, log
from ugcgen.domain.enums import UnitState
from ugcgen.domain.errors import LeaseHeld, LostUnit, NotFound, UgcgenError
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.engine import claims, lease
from ugcgen.engine.advance import advance
from ugcgen.engine.claims import Hold
from ugcgen.engine.refs import read_results
from ugcgen.engine.wake import wake as wake_unit
from ugcgen.pipeline.freshness import inputs, made_from, reads
from ugcgen.pipeline.steps import Service
from ugcgen.pipeline.transitions import Claimed, Fail, Finished, Held, Outcome, Outdated, Stale


@dataclass(frozen=True)
class Task:
    """What a worker gets: the unit as claimed, its job as it was at the claim, and what the unit reads: results of
    other units, by unit id."""

    unit: Unit
    job: Job
    results: Mapping[str, dict[str, Any]] = field(default_factory=dict)


Work = Callable[[Task], Outcome]


class TryAgain(Exception):
    """The work failed in a way that may pass. Raised out of the handler, so that the message is delivered again."""


def handle(message: WakeUp, work: Work, close: Work, here: Service) -> None:
    """Handle a wake-up with ``work``; a unit of a cancelled job goes to ``close``, which ends what is open.
    ``here`` is the service we run in: a phase of the other one is left to it.

    Raises LeaseHeld where a live worker has the unit and TryAgain after a failure that may pass: both ask for
    redelivery. Everything else is settled in the unit.
    """
    with about(job=message.job, unit=message.unit):
        try:
            claim, job, hold = claims.claim(message, here)
        except NotFound as gone:
            log.info("%s", gone)
            return
        match claim:
            case Stale(why=why):
                log.debug("nothing to do: %s", why)
            case Held(until=until):
                raise LeaseHeld(f"{message.job}/{message.unit} is held by another worker until {until:%H:%M:%S}")
            case Finished():
                advance(job)
            case Claimed(unit=unit, cancelling=cancelling):
                assert hold
                with about(step=unit.step, scene=unit.scene, phase=unit.phase):
                    _work(Task(unit, job), close if cancelling else _up_to_date(work), hold)


def _up_to_date(work: Work) -> Work:
    """The work, given just what the unit reads, and done only if that is what this run is to be made from.

    So a result is what its fingerprint says, whatever was edited, made again or taken back meanwhile.
    """

    def checked(task: Task) -> Outcome:
        wanted = reads(task.unit.key, task.job)
        found = read_results(task.job.id, wanted.results)
        if made_from(wanted, found) != task.unit.made_from:
            return Outdated()
        return work(replace(task, results=inputs(wanted, found)))

    return checked


def _work(task: Task, work: Work, hold: Hold) -> None:
    try:
        with lease.kept(hold):
            outcome = _outcome(task, work)
        settled = claims.settle(hold, outcome)
    except LostUnit as lost:
        log.warning("%s", lost)
        return
    except _Passing as passing:
        _after_transient(task, hold, passing)
        return
    log.info("%s after phase %s", settled.state, task.unit.phase)
    if settled.wake_by is not None:
        wake_unit(settled)
    if settled.rests or settled.state not in {UnitState.READY, UnitState.WAITING}:
        advance(task.job)


_PASSING = {"unavailable", "aborted", "internal", "unknown"}
"""Error codes after which the same work may succeed."""


class _Passing(Exception):
    """Carries an error that may pass out of the work."""


def _outcome(task: Task, work: Work) -> Outcome:
    try:
        return work(task)
    except LostUnit:
        raise
    except UgcgenError as error:
        if error.code in _PASSING:
            raise _Passing(str(error)) from error
        return Fail(str(error))
    except Exception as error:
        raise _Passing(f"{type(error).__name__}: {error}") from error


def _after_transient(task: Task, hold: Hold, passing: _Passing) -> None:
    log.warning("the work failed: %s", passing, exc_info=passing.__cause__)
    try:
        settled = claims.settle_transient(hold, str(passing))
    except LostUnit as lost:
        log.warning("%s", lost)
        return
    if settled.state is UnitState.FAILED:
        advance(task.job)
    else:
        raise TryAgain(f"{settled.job_id}/{settled.id}: {passing} (failure {settled.failures}, tried again)")
