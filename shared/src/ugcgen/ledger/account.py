"""An account pays for the calls of one unit, out of what the unit was allotted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NoReturn, TypeVar

from google.cloud.firestore import DocumentReference, FieldFilter

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.cloud.logs import log
from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import (
    CallPending,
    CallUnconfirmed,
    ContentFiltered,
    ModelRefusedToStart,
    ModelRejected,
    OverBudget,
    ReplyLost,
)
from ugcgen.domain.money import Micros, show
from ugcgen.ledger import record as life
from ugcgen.ledger.record import Holder, Known, Later, Lost, Permission, Question, Send

T = TypeVar("T")

BACKOFF = timedelta(seconds=5)
_ANSWERED = {CallState.SUCCEEDED, CallState.REFUSED}


@dataclass(frozen=True)
class Answer:
    """What a synchronous call brought: stored artifacts, small data, and what it cost by the provider's usage."""

    cost: Micros
    artifacts: list[Artifact] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class Account:
    """Pays for one unit. ``paid`` is what each of the unit's own calls has cost; a result that another unit paid for
    costs nothing."""

    holder: Holder
    allotted: Micros
    paid: dict[str, Micros] = field(default_factory=dict)

    @property
    def spent(self) -> Micros:
        return sum(self.paid.values())

    @property
    def user_id(self) -> str:
        return self.holder.user_id

    def call(self, question: Question, prepare: Callable[[], Callable[[], Answer]]) -> CallRecord:
        """The settled record of a synchronous call, sending it only if nobody has.

        ``prepare`` gathers what the request needs and may fail freely; what it returns lets go exactly one POST.
        Raises OverBudget before it is sent; CallPending while it must wait; CallUnconfirmed where its answer was
        lost; ContentFiltered where the provider withheld the result; ModelRejected where it refused the request.
        """
        before = read(question.key)
        if before and before.state in _ANSWERED:
            return self._use(before)
        send = prepare()
        permission = self._ask(question)
        if isinstance(permission, Known):
            return self._use(permission.record)
        answer = self._let_go(question, send)
        return self._use(
            self._settle(
                question.key, CallState.SUCCEEDED, cost=answer.cost, artifacts=answer.artifacts, answer=answer.data
            )
        )

    def submit(self, question: Question, prepare: Callable[[], Callable[[], str]]) -> CallRecord:
        """The record of a long-running call: submitted under an operation id, or already settled.

        Raises as ``call`` does. The operation id is stored before anything else happens.
        """
        known = read(question.key)
        if known and known.state in _ANSWERED:
            return self._use(known)
        if known and known.state is CallState.SUBMITTED:
            return known
        send = prepare()
        permission = self._ask(question)
        if isinstance(permission, Known):
            return self._use(permission.record) if permission.record.state.is_final else permission.record
        operation = self._let_go(question, send)
        return _change(question.key, lambda record: life.submitted(record, operation))

    def finish(self, key: str, answer: Answer) -> CallRecord:
        """Close a submitted call with its result."""
        return self._use(
            self._settle(key, CallState.SUCCEEDED, cost=answer.cost, artifacts=answer.artifacts, answer=answer.data)
        )

    def close(self, key: str, state: CallState, reason: str, cost: Micros = 0) -> CallRecord:
        """Close a call that brought no result: failed, refused or cancelled. Never raises for the reason itself."""
        closed = self._settle(key, state, cost=cost, reason=reason)
        self._count(closed)
        return closed

    def _ask(self, question: Question) -> Known | Send:
        tried: list[CallRecord] = []

        def attempt(atomic: Atomic) -> Permission:
            reference = _ref(question.key)
            stored, seen = atomic.read(CallRecord, reference)
            if stored is not None and stored in tried:
                return Send(stored)  # our commit had landed, its answer had not: nothing has been sent yet
            permission = life.ask(stored, question, self.holder, now())
            if isinstance(permission, Send) and self.spent + question.price > self.allotted:
                needed = self.spent + question.price - self.allotted
                raise OverBudget(
                    f"{question.kind} by {question.model} costs {show(question.price)}, {show(needed)} more than is "
                    f"left of what was set aside for {self.holder.unit_id}.",
                    needed,
                )
            if stored is None:
                atomic.create(reference, permission.record)
            elif permission.record != stored:
                atomic.replace(seen, permission.record)
            if isinstance(permission, Send):
                tried.append(permission.record)
            return permission

        match firestore.atomically(attempt):
            case Later(record=waiting, due_at=due_at):
                raise CallPending(f"{waiting.model} is asked again later", waiting.key, due_at)
            case Lost(record=lost):
                self._lost(lost, question)
            case Known() | Send() as permission:
                return permission

    def _let_go(self, question: Question, send: Callable[[], T]) -> T:
        """Send the one POST; whatever it comes to is in the record before it is raised."""
        try:
            return send()
        except ContentFiltered as filtered:
            self._count(self._settle(question.key, CallState.REFUSED, reason=str(filtered)))
            raise
        except ModelRejected as rejected:
            self._count(self._settle(question.key, CallState.FAILED, reason=str(rejected)))
            raise
        except ModelRefusedToStart as refused:
            self._hold_back(question.key, refused)
        except ReplyLost as lost:
            if question.kind == "text":
                raise
            reason = str(lost)
            self._lost(_change(question.key, lambda record: life.unconfirmed(record, reason)), question)

    def _use(self, record: CallRecord) -> CallRecord:
        """The record, if it brought a result. Raises ContentFiltered or ModelRejected where it did not."""
        self._count(record)
        if record.state is CallState.REFUSED:
            raise ContentFiltered(f"{record.model} withheld the result: {record.reason}")
        if record.state in {CallState.FAILED, CallState.CANCELLED}:
            raise ModelRejected(f"{record.model}: {record.reason}")
        return record

    def _count(self, record: CallRecord) -> None:
        if self._is_ours(record):
            self.paid[record.key] = record.cost

    def _is_ours(self, record: CallRecord) -> bool:
        return record.job_id == self.holder.job_id and record.unit_id == self.holder.unit_id

    def _settle(self, key: str, state: CallState, **facts: Any) -> CallRecord:
        return _change(key, lambda record: life.settled(record, state, now(), **facts))

    def _hold_back(self, key: str, refused: ModelRefusedToStart) -> NoReturn:
        wait = timedelta(seconds=refused.retry_after) if refused.retry_after is not None else BACKOFF
        held = _change(key, lambda record: life.held_back(record, now() + wait, str(refused)))
        raise CallPending(str(refused), key, held.retry_at or now() + wait)

    def _lost(self, record: CallRecord, question: Question) -> NoReturn:
        # Until it is known better the money counts as spent: the cap must hold in the worst case.
        if self._is_ours(record):
            self.paid[record.key] = record.price
        raise CallUnconfirmed(
            f"{record.model} was asked for {record.kind} and its answer was lost; it may have charged "
            f"{show(record.price)}. Approve another take to go on, or cancel the job.",
            record.key,
            record.price,
            question.dear,
            record.sent_at or record.created_at,
        )


def calls_of(job_id: str) -> list[CallRecord]:
    """Every call that a unit of this job sent."""
    query = firestore.client().collection("calls").where(filter=FieldFilter("job_id", "==", job_id))
    return [CallRecord.model_validate(snapshot.to_dict()) for snapshot in query.stream(timeout=READ_TIMEOUT)]


def found_after_all(key: str, operation: str) -> CallRecord | None:
    """A provider's webhook named this key and operation: remember it, if our submit's answer was lost."""
    if not _ref(key).get(timeout=READ_TIMEOUT).exists:
        return None
    healed = _change(key, lambda record: life.submitted(record, operation))
    log.info("call %s is operation %s", key[:12], operation)
    return healed


def read(key: str) -> CallRecord | None:
    return firestore.from_snapshot(CallRecord, _ref(key).get(timeout=READ_TIMEOUT))


def _ref(key: str) -> DocumentReference:
    return firestore.client().collection("calls").document(key)


def _change(key: str, to: Callable[[CallRecord], CallRecord]) -> CallRecord:
    def attempt(atomic: Atomic) -> CallRecord:
        stored, seen = atomic.read(CallRecord, _ref(key))
        if stored is None:
            raise LookupError(f"call {key} has no record; it must be asked for before it is changed")
        changed = to(stored)
        if changed != stored:
            atomic.replace(seen, changed)
        return changed

    return firestore.atomically(attempt)
