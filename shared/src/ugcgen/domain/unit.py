"""A unit of work: one step of a job, for the whole job, one scene or one segment. See ``docs/pipeline.md``."""

from datetime import datetime
from typing import Any

from pydantic import Field

from ugcgen.domain.enums import BlockReason, PipelineStep, UnitState
from ugcgen.domain.model import Document, Value
from ugcgen.domain.money import Micros


class UnitKey(Value):
    """Names a unit inside its job. Exactly one of ``scene`` and ``segment`` is set, or neither."""

    step: PipelineStep
    scene: int | None = None
    segment: str | None = None

    @property
    def id(self) -> str:
        if self.scene is not None:
            return f"{self.step}-{self.scene:02d}"
        return f"{self.step}-{self.segment}" if self.segment else str(self.step)

    @classmethod
    def parse(cls, unit_id: str) -> "UnitKey":
        """The key of a unit id. Raises ValueError for an id that names no step."""
        name, _, rest = unit_id.partition("-")
        step = PipelineStep(name)
        if not rest:
            return cls(step=step)
        return cls(step=step, scene=int(rest)) if rest.isdigit() else cls(step=step, segment=rest)


class Waiting(Document):
    """What a waiting unit waits for: a call of the ledger, looked at again at ``due_at``."""

    call: str
    poll_seq: int
    due_at: datetime


class Blocked(Document):
    """Why a unit stands still; ``message`` is the sentence that a person reads. ``until`` is when it tries again by
    itself; without it a person has to act."""

    reason: BlockReason
    message: str
    needed: Micros = 0
    call: str | None = None
    until: datetime | None = None


class Unit(Document):
    """A unit document, ``jobs/{job_id}/units/{id}``.

    ``run`` rises when the inputs change, ``fence`` at every claim: together they say whose outcome counts.
    ``made_from`` is the fingerprint of what this run reads (``pipeline/freshness.py``); empty where none has begun.
    ``allotted`` is the money the job set aside for this unit, ``paid`` what each of its calls has cost.
    ``wake_by`` is when it should be moving again, for the sweeper, and ``sweeps`` how often that has woken it since a
    worker took it last.
    ``memo`` carries facts from one phase to the next, ``inputs`` what a person decided, ``result`` what others read.
    """

    job_id: str
    user_id: str
    step: PipelineStep
    scene: int | None = None
    segment: str | None = None
    state: UnitState
    run: int = 1
    made_from: str = ""
    phase: str
    fence: int = 0
    lease_until: datetime | None = None
    waiting: Waiting | None = None
    blocked: Blocked | None = None
    allotted: Micros = 0
    paid: dict[str, Micros] = Field(default_factory=dict)
    failures: int = 0
    inputs: dict[str, Any] = Field(default_factory=dict)
    memo: dict[str, Any] = Field(default_factory=dict)
    result: dict[str, Any] = Field(default_factory=dict)
    error: str | None = None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    wake_by: datetime | None = None
    sweeps: int = 0

    @property
    def key(self) -> UnitKey:
        return UnitKey(step=self.step, scene=self.scene, segment=self.segment)

    @property
    def id(self) -> str:
        return self.key.id

    @property
    def rests(self) -> bool:
        """Whether it waits for what it needs to be made again; it then begins a new run."""
        return self.state is UnitState.READY and not self.made_from

    @property
    def spent(self) -> Micros:
        return sum(self.paid.values())


class WakeUp(Value):
    """The message that wakes a unit. It carries no state: Firestore is the truth.

    ``early`` says that the thing waited for is known to be there (a provider's webhook), so that the wait may end
    before it is due.
    """

    job: str
    unit: str
    run: int
    early: bool = False
