"""Money inside a job: every unit is given its price when it is created, and never may the sum pass the cap."""

from collections.abc import Iterable

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.domain.errors import NotFound
from ugcgen.domain.job import Job, Money
from ugcgen.domain.money import Micros
from ugcgen.domain.unit import Unit
from ugcgen.engine.refs import job_ref, read_units, unit_ref
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.transitions import GIVES_BACK, owned


def given_back(units: Iterable[Unit]) -> Micros:
    """What finished units did not use. It only grows, so a snapshot that is a little old errs on the safe side."""
    return sum(max(0, unit.allotted - unit.spent) for unit in units if unit.state in GIVES_BACK)


def free(money: Money, returned: Micros) -> Micros:
    """What may still be allotted under the cap, when finished units gave ``returned`` back."""
    return max(0, money.cap - (money.allotted - returned))


def draw(unit: Unit, amount: Micros) -> Unit | None:
    """Allot ``amount`` more to a unit that we hold, for a retake. Returns the unit, or None where the cap forbids it.

    What the units still to come were quoted is not touched: a frame drawn once more must not cost a clip.
    Raises LostUnit where the unit is no longer ours.
    """
    units = read_units(unit.job_id)
    returned = given_back(units.values())

    def attempt(atomic: Atomic) -> Unit | None:
        job, job_seen = atomic.read(Job, job_ref(unit.job_id))
        stored, unit_seen = atomic.read(Unit, unit_ref(unit.job_id, unit.id))
        if job is None or stored is None:
            raise NotFound(f"there is no unit {unit.id} of job {unit.job_id}")
        held = owned(stored, unit.run, unit.fence)
        to_come = sum(job.quote.of(unit_id) for unit_id in plan_of(job) if unit_id not in units)
        if amount > free(job.money, returned) - to_come:
            return None
        larger = held.model_copy(update={"allotted": held.allotted + amount})
        atomic.update(job_seen, {"money.allotted": job.money.allotted + amount, "updated_at": now()})
        atomic.replace(unit_seen, larger)
        return larger

    return firestore.atomically(attempt)
