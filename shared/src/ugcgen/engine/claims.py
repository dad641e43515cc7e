"""Claim, keep and settle: the atomic changes of one unit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic, Seen
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import UnitState
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.engine.refs import job_ref, scene_ref, unit_ref
from ugcgen.pipeline import transitions
from ugcgen.pipeline.steps import Service, service_of
from ugcgen.pipeline.transitions import Claim, Claimed, Done, Next, Outcome, Stale, Wait


@dataclass
class Hold:
    """A unit in the hands of one worker: as claimed, and its document as the worker last saw it, None where it is to
    be read. ``stored`` says whether the claim is in the document."""

    unit: Unit
    seen: Seen | None = None
    stored: bool = True


def claim(wake: WakeUp, here: Service) -> tuple[Claim, Job, Hold | None]:
    """Take the unit if it is free and its phase is done here. The job's status is read with it. Raises NotFound.

    What post-production does pays nothing and comes to the same whoever does it, so there a claim is stored only once
    the work takes a while (``lease.kept``). Two workers may then do it at once; one of them settles. What the sweeper
    has woken may well have two messages, so its claim is stored.
    """

    def attempt(atomic: Atomic) -> tuple[Claim, Job, Hold | None]:
        seen, job_seen = atomic.get(unit_ref(wake.job, wake.unit), job_ref(wake.job))
        unit, job = firestore.from_snapshot(Unit, seen), firestore.from_snapshot(Job, job_seen)
        if unit is None or job is None:
            raise NotFound(f"there is no unit {wake.unit} of job {wake.job}; the job was deleted")
        if unit.state.is_open and service_of(unit.step, unit.phase) is not here:
            # A late message of an earlier phase; whoever ended that phase has woken the other service.
            return Stale(f"phase {unit.phase} is not done by the {here}"), job, None
        decision = transitions.claim(unit, job.status, wake, now(), timedelta(seconds=settings().lease_seconds))
        if not isinstance(decision, Claimed):
            return decision, job, None
        quick = here is Service.POSTPROD and unit.state is UnitState.READY and unit.sweeps == 0
        hold = Hold(decision.unit, seen, stored=not quick)
        if hold.stored:
            atomic.replace(seen, decision.unit)
        return decision, job, hold

    (decision, job, hold), done = firestore.committed(attempt)
    if hold is not None and hold.stored:
        hold.seen = done.written(unit_ref(wake.job, wake.unit))
    return decision, job, hold


def keep(hold: Hold) -> None:
    """Hold the unit for another lease; from now on the claim is stored. Raises LostUnit."""
    held = hold.unit
    until = now() + timedelta(seconds=settings().lease_seconds)
    tried: list[Unit] = []

    def attempt(atomic: Atomic) -> Unit:
        unit, seen = _read(atomic, held.job_id, held.id)
        if not hold.stored and unit not in tried:  # else our commit had landed, its answer had not
            unit = transitions.as_claimed(unit, held)
        kept = transitions.renew(unit, held.run, held.fence, until)
        tried.append(kept)
        atomic.replace(seen, kept)
        return kept

    hold.unit, done = firestore.committed(attempt)
    hold.seen, hold.stored = done.written(unit_ref(held.job_id, held.id)), True


def settle(hold: Hold, outcome: Outcome) -> Unit:
    """Write what the work came to, and what the client is shown of its scene. Raises LostUnit."""

    def to(unit: Unit) -> Unit:
        return transitions.settle(unit, hold.unit.run, hold.unit.fence, outcome, now())

    def show(atomic: Atomic, settled: Unit) -> None:
        if isinstance(outcome, Done | Next | Wait) and outcome.view:
            views = outcome.view if settled.scene is None else {settled.scene: outcome.view}
            for scene, view in views.items():
                atomic.merge(scene_ref(settled.job_id, scene), {**view, "scene_number": scene, "updated_at": now()})

    return _ended(hold, to, show)


def settle_transient(hold: Hold, error: str) -> Unit:
    """Write that the work failed in a way that may pass. Raises LostUnit."""
    return _ended(hold, lambda unit: transitions.transient_failure(unit, hold.unit.run, hold.unit.fence, error, now()))


def _ended(hold: Hold, to: Callable[[Unit], Unit], also: Callable[[Atomic, Unit], None] | None = None) -> Unit:
    """The unit with its claim ended, written with what else belongs to that.

    Mostly the document still is as its worker last saw it, so nothing is read; otherwise (money was drawn, a call's
    cost was corrected, another worker went on) it is read and checked.
    """
    unread = hold.seen

    def attempt(atomic: Atomic) -> Unit:
        nonlocal unread
        if unread is not None:
            unit, seen, unread = hold.unit, unread, None
        else:
            unit, seen = _read(atomic, hold.unit.job_id, hold.unit.id)
            if transitions.is_settled(unit, hold.unit.run, hold.unit.fence):
                return unit  # our commit had landed, its answer had not; or one as good as ours
            if not hold.stored:
                unit = transitions.as_claimed(unit, hold.unit)
        ended = to(unit)
        atomic.replace(seen, ended)
        if also is not None:
            also(atomic, ended)
        return ended

    return firestore.atomically(attempt)


def change(job_id: str, unit_id: str, to: Callable[[Unit], Unit]) -> Unit:
    """Replace a unit by a pure function of itself, atomically and this unit alone. Raises NotFound."""

    def attempt(atomic: Atomic) -> Unit:
        stored, seen = _read(atomic, job_id, unit_id)
        changed = to(stored)
        if changed != stored:
            atomic.replace(seen, changed)
        return changed

    return firestore.atomically(attempt)


def _read(atomic: Atomic, job_id: str, unit_id: str) -> tuple[Unit, Seen]:
    stored, seen = atomic.read(Unit, unit_ref(job_id, unit_id))
    if stored is None:
        raise NotFound(f"there is no unit {unit_id} of job {job_id}")
    return stored, seen
