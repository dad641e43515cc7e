"""Claim, renew and settle: the atomic changes of one unit."""

from collections.abc import Callable
from datetime import timedelta

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic, Seen
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.engine.refs import job_ref, scene_ref, unit_ref
from ugcgen.pipeline import transitions
from ugcgen.pipeline.steps import Service, service_of
from ugcgen.pipeline.transitions import Claim, Claimed, Done, Next, Outcome, Stale, Wait


def claim(wake: WakeUp, here: Service) -> tuple[Claim, Job, Seen | None]:
    """Take the unit if it is free and its phase is done here. The job's status is read with it.

    With the decision comes the unit's document as the claim left it, for ``settle``. Raises NotFound.
    """

    def attempt(atomic: Atomic) -> tuple[Claim, Job]:
        seen, job_seen = atomic.get(unit_ref(wake.job, wake.unit), job_ref(wake.job))
        unit, job = firestore.from_snapshot(Unit, seen), firestore.from_snapshot(Job, job_seen)
        if unit is None or job is None:
            raise NotFound(f"there is no unit {wake.unit} of job {wake.job}; the job was deleted")
        if unit.state.is_open and service_of(unit.step, unit.phase) is not here:
            # A late message of an earlier phase; whoever ended that phase has woken the other service.
            return Stale(f"phase {unit.phase} is not done by the {here}"), job
        decision = transitions.claim(unit, job.status, wake, now(), timedelta(seconds=settings().lease_seconds))
        if isinstance(decision, Claimed):
            atomic.replace(seen, decision.unit)
        return decision, job

    (decision, job), done = firestore.committed(attempt)
    as_claimed = done.written(unit_ref(wake.job, wake.unit)) if isinstance(decision, Claimed) else None
    return decision, job, as_claimed


def renew(unit: Unit) -> None:
    """Hold the unit for another lease. Raises LostUnit."""
    until = now() + timedelta(seconds=settings().lease_seconds)
    change(unit.job_id, unit.id, lambda stored: transitions.renew(stored, unit.run, unit.fence, until))


def settle(unit: Unit, outcome: Outcome, as_claimed: Seen | None = None) -> Unit:
    """Write what the work came to, and what the client is shown of its scene. Raises LostUnit.

    Quick work finds its document as the claim left it, so nothing is read; otherwise (the lease was renewed, money was
    drawn, another worker went on) it is read and checked.
    """
    unread = as_claimed

    def attempt(atomic: Atomic) -> Unit:
        nonlocal unread
        if unread is not None:
            stored, seen, unread = unit, unread, None
        else:
            stored, seen = _read(atomic, unit.job_id, unit.id)
            if transitions.is_settled(stored, unit.run, unit.fence):
                return stored  # our commit had landed, its answer had not
        settled = transitions.settle(stored, unit.run, unit.fence, outcome, now())
        atomic.replace(seen, settled)
        if isinstance(outcome, Done | Next | Wait) and outcome.view:
            views = outcome.view if settled.scene is None else {settled.scene: outcome.view}
            for scene, view in views.items():
                atomic.merge(scene_ref(settled.job_id, scene), {**view, "scene_number": scene, "updated_at": now()})
        return settled

    return firestore.atomically(attempt)


def settle_transient(unit: Unit, error: str) -> Unit:
    """Write that the work failed in a way that may pass. Raises LostUnit."""
    return change(
        unit.job_id,
        unit.id,
        lambda stored: transitions.transient_failure(stored, unit.run, unit.fence, error, now()),
    )


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
