"""Money inside a job: every unit is given its price when it begins, and never may the sum pass the cap."""

from collections.abc import Iterable

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job, Money
from ugcgen.domain.money import Micros
from ugcgen.domain.unit import Unit
from ugcgen.engine.refs import job_ref, read_job, unit_ref
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.transitions import held, owned


def free(money: Money, units: Iterable[Unit]) -> Micros:
    """What may still be allotted under the cap.

    Units change beside the job. Whoever allots writes the job as well, so for a job as it was read the money that its
    units hold only falls, and units that were read a little earlier err on the safe side.
    """
    unused = sum(unit.allotted - held(unit) for unit in units)
    return max(0, money.cap - money.allotted + unused)


def draw(unit: Unit, amount: Micros) -> Unit | None:
    """Allot ``amount`` more to a unit that we hold, for a retake. Returns the unit, or None where the cap forbids it.

    What the units still to come were quoted is not touched: a frame drawn once more must not cost a clip.
    Raises LostUnit where the unit is no longer ours.
    """
    job = read_job(unit.job_id)
    planned = list(plan_of(job))

    def attempt(atomic: Atomic) -> Unit | None:
        job_seen, *seen = atomic.get(job_ref(unit.job_id), *(unit_ref(unit.job_id, unit_id) for unit_id in planned))
        found = {snapshot.id: snapshot for snapshot in seen if snapshot.exists}
        job = firestore.from_snapshot(Job, job_seen)
        if job is None or unit.id not in found:
            raise NotFound(f"there is no unit {unit.id} of job {unit.job_id}")
        units = {unit_id: Unit.model_validate(snapshot._data) for unit_id, snapshot in found.items()}
        ours = owned(units[unit.id], unit.run, unit.fence)
        to_come = sum(job.quote.of(unit_id) for unit_id in planned if unit_id not in units)
        if amount > free(job.money, units.values()) - to_come:
            return None
        larger = ours.model_copy(update={"allotted": ours.allotted + amount})
        atomic.update(job_seen, {"money.allotted": job.money.allotted + amount, "updated_at": now()})
        atomic.replace(found[unit.id], larger)
        return larger

    return firestore.atomically(attempt)
