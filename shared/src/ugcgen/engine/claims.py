"""Claim, renew and settle: the atomic changes of one unit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, WakeUp
from ugcgen.engine.refs import job_ref, scene_ref, unit_ref
from ugcgen.pipeline import transitions
from ugcgen.pipeline.steps import Service, service_of
from ugcgen.pipeline.transitions import Claim, Claimed, Done, Next, Outcome, Stale, Wait


def claim(wake: WakeUp, here: Service) -> tuple[Claim, Job]:
    """Take the unit if it is free and its phase is done here. The job's status is read with it.

    Raises NotFound.
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

    return firestore.atomically(attempt)


def renew(unit: Unit) -> None:
    """Hold the unit for another lease. Raises LostUnit."""
    until = now() + timedelta(seconds=settings().lease_seconds)
    change(unit.job_id, unit.id, lambda stored: transitions.renew(stored, unit.run, unit.fence, until))


def settle(unit: Unit, outcome: Outcome) -> Unit:
    """Write what the work came to, and what the client is shown of its scene. Raises LostUnit."""
    view = outcome.view if isinstance(outcome, Done | Next | Wait) else {}
    return change(
        unit.job_id,
        unit.id,
        lambda stored: transitions.settle(stored, unit.run, unit.fence, outcome, now()),
        view=view,
    )


def settle_transient(unit: Unit, error: str) -> Unit:
    """Write that the work failed in a way that may pass. Raises LostUnit."""
    return change(
        unit.job_id,
        unit.id,
        lambda stored: transitions.transient_failure(stored, unit.run, unit.fence, error, now()),
    )


def change(job_id: str, unit_id: str, to: Callable[[Unit], Unit], view: dict[str, Any] | None = None) -> Unit:
    """Replace a unit by a pure function of itself, atomically and this unit alone. Raises NotFound."""

    def attempt(atomic: Atomic) -> Unit:
        stored, seen = atomic.read(Unit, unit_ref(job_id, unit_id))
        if stored is None:
            raise NotFound(f"there is no unit {unit_id} of job {job_id}")
        changed = to(stored)
        if changed != stored:
            atomic.replace(seen, changed)
        if view and changed.scene is not None:
            atomic.merge(scene_ref(job_id, changed.scene), {**view, "updated_at": now()})
        return changed

    return firestore.atomically(attempt)
