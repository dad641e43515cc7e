"""The life of a unit, as pure functions: what a claim, an outcome and a sweep make of it.

The engine applies them to stored documents by compare-and-set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ugcgen.domain.enums import BlockReason, JobStatus, UnitState
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.money import Micros
from ugcgen.domain.unit import Blocked, Unit, Waiting, WakeUp
from ugcgen.pipeline.plan import PlannedUnit
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS, MAX_STEP_RETRIES, STEPS

# Outcomes: what the work on one phase came to. ``view`` is what the client is shown of the unit's scene, by the scene's
# number where the unit is of no scene; ``paid`` is what each call has cost.

Paid = dict[str, Micros]
View = dict[Any, Any]


@dataclass(frozen=True)
class Done:
    """The unit is finished; ``result`` is what its successors read."""

    result: dict[str, Any] = field(default_factory=dict)
    paid: Paid = field(default_factory=dict)
    view: View = field(default_factory=dict)


@dataclass(frozen=True)
class Wait:
    """Look again at ``call`` at ``due_at``: an operation of a provider, or another job's identical call."""

    call: str
    due_at: datetime
    memo: dict[str, Any] = field(default_factory=dict)
    paid: Paid = field(default_factory=dict)
    view: View = field(default_factory=dict)


@dataclass(frozen=True)
class Next:
    """The phase is finished and ``phase`` goes on, perhaps in the other service."""

    phase: str
    memo: dict[str, Any] = field(default_factory=dict)
    paid: Paid = field(default_factory=dict)
    view: View = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """Only a person can help."""

    blocked: Blocked
    paid: Paid = field(default_factory=dict)


@dataclass(frozen=True)
class Fail:
    """The unit cannot be finished; ``error`` is the sentence that the person reads."""

    error: str
    paid: Paid = field(default_factory=dict)


@dataclass(frozen=True)
class Cancelled:
    """The job was cancelled and the unit's open call is closed."""

    paid: Paid = field(default_factory=dict)


@dataclass(frozen=True)
class Outdated:
    """What the unit was to be made from is not there any more: advance begins it again from what will be."""

    paid: Paid = field(default_factory=dict)


Outcome = Done | Wait | Next | Block | Fail | Cancelled | Outdated


# Claims.


@dataclass(frozen=True)
class Claimed:
    """The unit is ours. ``cancelling`` asks the worker to close what is open instead of going on."""

    unit: Unit
    cancelling: bool = False


@dataclass(frozen=True)
class Finished:
    """Nothing is left to do in the unit: advance the job from what is there now."""


@dataclass(frozen=True)
class Held:
    """A live worker has the unit; deliver the message again."""

    until: datetime


@dataclass(frozen=True)
class Stale:
    """The message is of another run, or the unit waits for a person or for a later time: acknowledge."""

    why: str


Claim = Claimed | Finished | Held | Stale


GIVES_BACK = frozenset({UnitState.DONE, UnitState.CANCELLED})
"""States in which a unit needs no more of the money it was allotted."""

OF_ONE_RUN = frozenset({"decision", "take"})
"""What a person decided about one run's work, and not about the next one's."""


def new_unit(job_id: str, user_id: str, planned: PlannedUnit, made_from: str, allotted: Micros, now: datetime) -> Unit:
    key = planned.key
    return Unit(
        job_id=job_id,
        user_id=user_id,
        step=key.step,
        scene=key.scene,
        segment=key.segment,
        state=UnitState.READY,
        made_from=made_from,
        phase=planned.first_phase,
        allotted=allotted,
        created_at=now,
        wake_by=now,
    )


def claim(unit: Unit, status: JobStatus, wake: WakeUp, now: datetime, lease: timedelta) -> Claim:
    """Whether the worker that got ``wake`` may work on the unit, and the unit as it then is."""
    if wake.run != unit.run:
        return Stale(f"the message is of run {wake.run}, the unit is in run {unit.run}")
    if not unit.state.is_open:
        return Finished()
    cancelling = status in {JobStatus.CANCELLING, JobStatus.CANCELLED}
    if unit.state is UnitState.RUNNING and unit.lease_until and unit.lease_until > now:
        return Held(unit.lease_until)
    if unit.state is UnitState.BLOCKED and not cancelling and not _passed(unit, now):
        return Stale("the unit waits for a person")
    waits = unit.state is UnitState.WAITING and not (cancelling or wake.early)
    if waits and unit.waiting and unit.waiting.due_at > now:
        return Stale(f"the wait ends at {unit.waiting.due_at:%H:%M:%S}")
    claimed = unit.model_copy(
        update={
            "state": UnitState.RUNNING,
            "fence": unit.fence + 1,
            "lease_until": now + lease,
            "wake_by": now + lease,
            "sweeps": 0,
            "started_at": unit.started_at or now,
        }
    )
    return Claimed(claimed, cancelling)


def _passed(unit: Unit, now: datetime) -> bool:
    """Whether what a unit was blocked by has passed by itself."""
    return unit.blocked is not None and unit.blocked.until is not None and unit.blocked.until <= now


def owned(unit: Unit, run: int, fence: int) -> Unit:
    """The unit, if it is still in this run and held under this fence. Raises LostUnit otherwise."""
    if unit.run != run or unit.fence != fence or unit.state is not UnitState.RUNNING:
        raise _another_went_on(unit, run, fence)
    return unit


def _another_went_on(unit: Unit, run: int, fence: int) -> LostUnit:
    return LostUnit(
        f"{unit.job_id}/{unit.id}: held as run {run} fence {fence}, but it is run {unit.run} fence {unit.fence} "
        f"{unit.state}; another worker went on, this outcome is dropped"
    )


def as_claimed(stored: Unit, claimed: Unit) -> Unit:
    """The unit in the hands of a worker whose claim is not stored, if nobody has taken it since. Raises LostUnit."""
    untaken = (claimed.run, claimed.fence - 1, claimed.phase, UnitState.READY)
    if (stored.run, stored.fence, stored.phase, stored.state) != untaken:
        raise _another_went_on(stored, claimed.run, claimed.fence)
    names = ("state", "fence", "lease_until", "wake_by", "sweeps", "started_at")
    return stored.model_copy(update={name: getattr(claimed, name) for name in names})


def is_settled(unit: Unit, run: int, fence: int) -> bool:
    """Whether what was held under this fence was settled: by its holder, or by another who took the unit with a claim
    that was not stored. Anybody else raises the fence."""
    return (unit.run, unit.fence) == (run, fence) and unit.state is not UnitState.RUNNING


def renew(unit: Unit, run: int, fence: int, until: datetime) -> Unit:
    return owned(unit, run, fence).model_copy(update={"lease_until": until, "wake_by": until})


def settle(unit: Unit, run: int, fence: int, outcome: Outcome, now: datetime) -> Unit:
    """The unit after an outcome. Raises LostUnit if the worker no longer holds it."""
    held = owned(unit, run, fence)
    change: dict[str, Any] = {"lease_until": None, "waiting": None, "blocked": None, "wake_by": None}
    change["paid"] = held.paid | outcome.paid
    match outcome:
        case Done(result=result):
            change |= {"state": UnitState.DONE, "result": result, "error": None, "finished_at": now}
        case Next(phase=phase, memo=memo):
            if phase not in STEPS[held.step].phases:
                raise ValueError(f"{held.step} has no phase {phase!r}; the pipeline table names its phases")
            change |= {"state": UnitState.READY, "phase": phase, "memo": held.memo | memo, "failures": 0}
            change["wake_by"] = now
        case Wait(call=call, due_at=due_at, memo=memo):
            sequence = held.waiting.poll_seq + 1 if held.waiting and held.waiting.call == call else 1
            change |= {"state": UnitState.WAITING, "memo": held.memo | memo, "wake_by": due_at}
            change["waiting"] = Waiting(call=call, poll_seq=sequence, due_at=due_at)
        case Block(blocked=blocked):
            change |= {"state": UnitState.BLOCKED, "blocked": blocked, "wake_by": blocked.until}
        case Fail(error=error):
            change |= {"state": UnitState.FAILED, "error": error, "finished_at": now}
        case Cancelled():
            change |= {"state": UnitState.CANCELLED, "finished_at": now}
        case Outdated():
            change |= _OUTDATED
    return held.model_copy(update=change)


PAUSE = timedelta(seconds=2)
"""The sweeper leaves a unit alone for twice as long after its first failure, and twice that after each further one."""


def transient_failure(unit: Unit, run: int, fence: int, error: str, now: datetime) -> Unit:
    """The unit after a failure that may pass: ready for the redelivered message, or failed after the last try."""
    held = owned(unit, run, fence)
    failures = held.failures + 1
    # Redelivery has a pace of its own, which the sweeper must not quicken: what passes needs the time to.
    calm = now + PAUSE * 2**failures
    change: dict[str, Any] = {"lease_until": None, "wake_by": calm, "failures": failures, "error": error}
    if failures > MAX_STEP_RETRIES:
        change |= {"state": UnitState.FAILED, "wake_by": None, "finished_at": now}
    elif held.waiting:
        change |= {"state": UnitState.WAITING, "waiting": held.waiting.model_copy(update={"due_at": now})}
    else:
        change |= {"state": UnitState.READY}
    return held.model_copy(update=change)


_OUTDATED: dict[str, Any] = {"state": UnitState.READY, "made_from": "", "blocked": None, "wake_by": None}
"""At rest: it has no fingerprint, so the next advance that sees all it needs begins it."""


def withdrawn(unit: Unit) -> Unit:
    """A unit that asked for a decision on what is being made again. It asks anew once that is there."""
    return unit.model_copy(update=_OUTDATED)


def asked_again(unit: Unit, inputs: Mapping[str, Any]) -> Unit:
    """A unit that a person wants once more, with other inputs: out of date, so advance begins it again."""
    return unit.model_copy(update={"made_from": "", "inputs": unit.inputs | dict(inputs)})


def sent_back(unit: Unit) -> Unit:
    """A unit whose result quality control found wanting: made once more, so that nothing of it is found again."""
    return asked_again(unit, {"mended": unit.inputs.get("mended", 0) + 1})


def first_take(unit: Unit) -> int:
    """The take that the unit's first call is. A unit sent back begins after all the takes of the time before."""
    begun: int = unit.inputs.get("mended", 0) * (MAX_REGEN_ATTEMPTS + 1) + 1
    return int(unit.inputs.get("take", begun))


def restart(unit: Unit, now: datetime) -> Unit:
    """The unit in a new run of the same work. Whoever works on the run before loses it."""
    return unit.model_copy(
        update={
            "state": UnitState.READY,
            "run": unit.run + 1,
            "phase": STEPS[unit.step].first_phase,
            "lease_until": None,
            "waiting": None,
            "blocked": None,
            "failures": 0,
            "memo": {},
            "result": {},
            "error": None,
            "finished_at": None,
            "wake_by": now,
        }
    )


def begin_again(unit: Unit, made_from: str, price: Micros, now: datetime) -> Unit:
    """The unit in a new run from what ``made_from`` stands for, with its price set aside once more.

    What the run before left over goes back to the job, so the unit keeps what it has spent; all that it was allotted
    only where a call may be on its way that nobody has counted yet.
    """
    may_be_paying = unit.state is UnitState.RUNNING or unit.failures > 0
    kept = {name: value for name, value in unit.inputs.items() if name not in OF_ONE_RUN}
    allotted = (unit.allotted if may_be_paying else unit.spent) + price
    return restart(unit, now).model_copy(update={"made_from": made_from, "inputs": kept, "allotted": allotted})


def held(unit: Unit) -> Micros:
    """The money that the job cannot give to others: all that the unit was allotted, or has spent once it is over."""
    return unit.spent if unit.state in GIVES_BACK else unit.allotted


def without_money(unit: Unit, blocked: Blocked) -> Unit:
    """A unit with its price set aside that cannot begin, because that price, ``blocked.needed``, is not free."""
    lacking = {"state": UnitState.BLOCKED, "blocked": blocked, "made_from": "", "wake_by": None}
    return unit.model_copy(update=lacking | {"allotted": unit.allotted - blocked.needed})


def waits_for_its_price(unit: Unit) -> bool:
    """Whether the unit has not begun for want of money. One that ran out of it while it worked is not meant."""
    lacks = unit.blocked is not None and unit.blocked.reason is BlockReason.BUDGET
    return lacks and unit.state is UnitState.BLOCKED and not unit.made_from


def with_money(unit: Unit, made_from: str, now: datetime) -> Unit:
    """A unit that waited for its price and gets it."""
    price = unit.blocked.needed if unit.blocked else 0
    return unblock(unit, {}, now).model_copy(update={"made_from": made_from, "allotted": unit.allotted + price})


def unblock(unit: Unit, inputs: Mapping[str, Any], now: datetime) -> Unit:
    """A blocked unit made ready again, with what the person decided. Deciding twice is deciding once."""
    if unit.state is not UnitState.BLOCKED:
        return unit
    return unit.model_copy(
        update={
            "state": UnitState.READY,
            "blocked": None,
            "inputs": unit.inputs | dict(inputs),
            "wake_by": now,
        }
    )


def overdue(unit: Unit, now: datetime, grace: timedelta) -> bool:
    """Whether the sweeper has to wake the unit: it should have moved ``grace`` ago and nobody moves it."""
    return unit.wake_by is not None and unit.wake_by <= now - grace


MOST_GRACE = 64
"""The longest that the sweeper lets pass from one message to the next, in times of what it lets pass at first."""


def swept(unit: Unit, now: datetime, grace: timedelta) -> Unit:
    """The unit as the sweeper leaves it: a wait gets a new poll number, so that its new task has a new name.

    Each time it is left alone for twice as long: a unit that stands in a long queue would otherwise add to the queue
    for as long as it stands in it, until the queue is of nothing else.
    """
    pause = grace * (min(2**unit.sweeps, MOST_GRACE) - 1)
    change: dict[str, Any] = {"wake_by": now + pause, "sweeps": unit.sweeps + 1}
    if unit.state is UnitState.BLOCKED and unit.blocked:
        change["blocked"] = unit.blocked.model_copy(update={"until": now})
    if unit.state is UnitState.WAITING and unit.waiting:
        change["waiting"] = unit.waiting.model_copy(update={"poll_seq": unit.waiting.poll_seq + 1, "due_at": now})
    return unit.model_copy(update=change)
