"""An account pays for calls: those of one unit, out of what the unit was allotted.

``allowance.DayAccount`` pays for what a user asks outside any job, by the same rules.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NoReturn, Protocol, TypeVar

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import (
    CallPending,
    CallUnconfirmed,
    ConfigurationError,
    ContentFiltered,
    KeyRefused,
    ModelRefusedToStart,
    ModelRejected,
    OverBudget,
    QuotaExhausted,
    RateLimited,
    ReplyLost,
    WrongState,
)
from ugcgen.domain.money import Micros, show
from ugcgen.ledger import calls, keyring, retry
from ugcgen.ledger import record as life
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Holder, Known, Later, Lost, Permission, Question, Send

T = TypeVar("T")

MOST_KEYS = 5
"""How many API keys are tried for one call, one after another, before it waits."""

_ANSWERED = {CallState.SUCCEEDED, CallState.REFUSED}


@dataclass(frozen=True)
class Answer:
    """What a call brought: stored artifacts, small data, and what it cost by the provider's usage."""

    cost: Micros
    artifacts: list[Artifact] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


class Telling(Protocol):
    """An answer on its way: its words as they come, what it costs by the usage reported so far, and whether the
    provider has said that it ended. None among the words is a moment without one; to close the iterator is to hang
    up."""

    cost: Micros
    ended: bool

    def words(self) -> Generator[str | None, None, None]: ...


Waiting = Generator[None, None, Telling]
"""An answer that has not begun: None for each moment until it does. To close it is to hang up."""

Sender = Callable[[Lent | None], T]
"""Lets go exactly one POST, with the API key it is lent where the provider wants one."""


class _OtherKey(Exception):
    """The key is at fault, not the call: another one may be tried."""


@dataclass
class Account:
    """Pays for one unit. ``paid`` is what each of the unit's own calls has cost, or may have; a result that another
    unit paid for costs nothing."""

    holder: Holder
    allotted: Micros
    paid: dict[str, Micros] = field(default_factory=dict)

    @property
    def spent(self) -> Micros:
        return sum(self.paid.values())

    @property
    def user_id(self) -> str:
        return self.holder.user_id

    def call(self, question: Question, prepare: Callable[[], Sender[Answer]], keyed: bool = True) -> CallRecord:
        """The settled record of a synchronous call, sending it only if nobody has.

        ``prepare`` gathers what the request needs and may fail freely; what it returns lets go exactly one POST, with
        an API key where the provider is ``keyed``.
        Raises OverBudget before it is sent; CallPending while it must wait; QuotaExhausted where that takes long;
        CallUnconfirmed where its answer was lost; ContentFiltered where the provider withheld the result;
        ModelRejected where it refused the request; ConfigurationError where there is no key.
        """
        known = self._known(question.key)
        if known and known.state in _ANSWERED:
            return self._use(known)
        brought = self._sent(question, prepare(), keyed)
        if isinstance(brought, CallRecord):
            return self._use(brought)
        return self.finish(question.key, brought)

    def submit(self, question: Question, prepare: Callable[[], Sender[str]], keyed: bool = True) -> CallRecord:
        """The record of a long-running call: submitted under an operation id, or already settled.

        Raises as ``call`` does. The operation id is stored before anything else happens.
        """
        known = self._known(question.key)
        if known and known.state in _ANSWERED:
            return self._use(known)
        if known and known.state is CallState.SUBMITTED:
            return self.counted(known)
        brought = self._sent(question, prepare(), keyed)
        if isinstance(brought, CallRecord):
            return self._use(brought) if brought.state.is_final else self.counted(brought)
        return self.counted(self._change(question.key, lambda record: life.submitted(record, brought)))

    def tell(
        self, question: Question, prepare: Callable[[], Sender[Waiting]], keyed: bool = True
    ) -> Generator[str | None, None, None]:
        """The words of an answer as they come, None for each moment without one; to close the iterator is to stop the
        answer. It is settled once, however it ends, and its words are kept by whoever listens: a question that was told
        cannot be told again.

        Raises as ``call`` does, and what breaks the answer off: ReplyLost or ContentFiltered.
        """
        told = yield from self._begun(question, prepare(), keyed)
        if isinstance(told, CallRecord):
            self._use(told)
            raise WrongState(f"{question.kind} {question.key[:12]} was answered before; ask again under another name")
        try:
            yield from told.words()
        finally:
            self._told(question.key, told.cost, told.ended)

    def finish(self, key: str, answer: Answer) -> CallRecord:
        """Close a call with its result."""
        return self._use(
            self._settle(key, CallState.SUCCEEDED, cost=answer.cost, artifacts=answer.artifacts, answer=answer.data)
        )

    def close(self, key: str, state: CallState, reason: str, cost: Micros = 0) -> CallRecord:
        """Close a call that brought no result: failed, refused or cancelled. Never raises for the reason itself."""
        return self.counted(self._settle(key, state, cost=cost, reason=reason))

    def lose(self, key: str, reason: str, dear: bool) -> NoReturn:
        """Give up the result of a submitted call that may have been charged. Raises CallUnconfirmed."""
        self._lost(self._change(key, lambda record: life.lost(record, reason, now())), dear)

    def _known(self, key: str) -> CallRecord | None:
        """The record as it is, which knows from now on that this account's job uses it."""
        stored = calls.read(key)
        if stored is None or life.used(stored, self.holder) is stored:
            return stored
        return self._change(key, lambda record: life.used(record, self.holder))

    def _sent(self, question: Question, send: Sender[T], keyed: bool) -> CallRecord | T:
        """What one POST brought, or the record where none was needed. A key that is at fault makes room for another."""
        for _ in range(MOST_KEYS):
            asked, lent, known = self._permitted(question, keyed)
            if known is not None:
                return known
            with suppress(_OtherKey), self._letting_go(asked, lent):
                return send(lent)
        return self._stand_without_key(question.key)

    def _begun(
        self, question: Question, send: Sender[Waiting], keyed: bool
    ) -> Generator[None, None, CallRecord | Telling]:
        """The same for an answer that is waited for: whoever hangs up before it begins may have been charged."""
        for _ in range(MOST_KEYS):
            asked, lent, known = self._permitted(question, keyed)
            if known is not None:
                return known
            with suppress(_OtherKey), self._letting_go(asked, lent):
                try:
                    return (yield from send(lent))
                except GeneratorExit:
                    self._told(question.key, cost=0, ended=False)
                    raise
        return self._stand_without_key(question.key)

    def _permitted(self, question: Question, keyed: bool) -> tuple[Question, Lent | None, CallRecord | None]:
        """Leave to send the question with a key, or the record where nothing is to be sent."""
        lent = self._lent(question) if keyed else None
        asked = replace(question, credential=lent.id if lent else None)
        permission = self._ask(asked)
        return asked, lent, permission.record if isinstance(permission, Known) else None

    def _told(self, key: str, cost: Micros, ended: bool) -> None:
        self.counted(self._change(key, lambda record: life.told(record, now(), cost, ended)))

    def _lent(self, question: Question) -> Lent:
        try:
            return keyring.lend(self.user_id)
        except QuotaExhausted as none:
            if none.no_credit or none.until - now() > retry.PATIENCE:
                raise
            raise CallPending(str(none), question.key, none.until) from none

    def _ask(self, question: Question) -> Known | Send:
        tried: list[CallRecord] = []

        def attempt(atomic: Atomic) -> Permission:
            reference = calls.reference(question.key)
            stored, seen = atomic.read(CallRecord, reference)
            if stored is not None and stored in tried:
                return Send(stored)  # our commit had landed, its answer had not: nothing has been sent yet
            permission = life.ask(stored, question, self.holder, now())
            if isinstance(permission, Send):
                self._hold(atomic, question)
                tried.append(permission.record)
            if stored is None:
                atomic.create(reference, permission.record)
            elif permission.record != stored:
                atomic.replace(seen, permission.record)
            return permission

        match firestore.atomically(attempt):
            case Later(record=waiting, due_at=due_at):
                self._stand(
                    waiting.key, due_at, f"{waiting.model} is asked again later: {waiting.reason or 'it is being made'}"
                )
            case Lost(record=lost):
                self._lost(lost, question.dear)
            case Known() | Send() as permission:
                return permission

    def _hold(self, atomic: Atomic, question: Question) -> None:
        """Make sure that there is money for the question. Raises OverBudget."""
        if self.spent + question.price > self.allotted:
            needed = self.spent + question.price - self.allotted
            raise OverBudget(
                f"{question.kind} by {question.model} costs {show(question.price)}, {show(needed)} more than is "
                f"left of what was set aside for {self.holder.unit_id}.",
                needed,
            )

    @contextmanager
    def _letting_go(self, question: Question, lent: Lent | None) -> Iterator[None]:
        """Around the one POST; whatever it comes to is in the record before it is raised."""
        try:
            with keyring.unnamed(lent):
                yield
        except ContentFiltered as filtered:
            self.close(question.key, CallState.REFUSED, str(filtered), filtered.cost)
            raise
        except ModelRejected as rejected:
            self.close(question.key, CallState.FAILED, str(rejected))
            raise
        except (KeyRefused, ModelRefusedToStart) as refused:
            self._refused(question.key, refused, lent)
        except ReplyLost as lost:
            self.lose(question.key, str(lost), question.dear)
        if lent is not None:
            keyring.worked(lent)

    def _refused(self, key: str, refused: KeyRefused | ModelRefusedToStart, lent: Lent | None) -> NoReturn:
        """Nothing was started. Raises _OtherKey where the key is to blame, otherwise what makes the unit wait."""
        until = self._held_back(key, refused)
        match refused:
            case KeyRefused() if lent is None:
                raise ConfigurationError(f"{refused}; give the service account access to the model") from refused
            case KeyRefused() if lent is not None:
                keyring.refused(lent, str(refused))
            case QuotaExhausted() if lent is not None:
                keyring.exhausted(lent, refused.until, refused.no_credit)
            case QuotaExhausted():
                raise refused
            case RateLimited() if lent is not None:
                keyring.rate_limited(lent, until)
            case _:
                self._stand(key, until, str(refused))
        raise _OtherKey from refused

    def _held_back(self, key: str, refused: KeyRefused | ModelRefusedToStart) -> datetime:
        """The record back to ``reserved``, and when it may be tried again with the same key."""

        def back(record: CallRecord) -> CallRecord:
            match refused:
                case KeyRefused():
                    until = now()
                case QuotaExhausted():
                    until = refused.until
                case _:
                    until = now() + retry.wait(record.refusals + 1, refused.retry_after)
            return life.held_back(record, until, str(refused))

        return self._change(key, back).retry_at or now()

    def _stand(self, key: str, until: datetime, reason: str) -> NoReturn:
        """Wait quietly for a little, and with a reason that people see for long."""
        if until - now() > retry.PATIENCE:
            raise QuotaExhausted(reason, until)
        raise CallPending(reason, key, until)

    def _stand_without_key(self, key: str) -> NoReturn:
        self._stand(key, now() + retry.PATIENCE, "no API key is accepted or free now")

    def _use(self, record: CallRecord) -> CallRecord:
        """The record, if it brought a result. Raises ContentFiltered or ModelRejected where it did not."""
        self.counted(record)
        if record.state is CallState.REFUSED:
            raise ContentFiltered(f"{record.model} withheld the result: {record.reason}")
        if record.state in {CallState.FAILED, CallState.CANCELLED}:
            raise ModelRejected(f"{record.model}: {record.reason}")
        return record

    def counted(self, record: CallRecord) -> CallRecord:
        """The record, whose money is counted where this account's unit sent it."""
        if (record.job_id, record.unit_id) == (self.holder.job_id, self.holder.unit_id):
            self.paid[record.key] = record.owed
        return record

    def _settle(self, key: str, state: CallState, **facts: Any) -> CallRecord:
        return self._change(key, lambda record: life.settled(record, state, now(), **facts))

    def _change(self, key: str, to: Callable[[CallRecord], CallRecord]) -> CallRecord:
        return calls.change(key, to)

    def _lost(self, record: CallRecord, dear: bool) -> NoReturn:
        self.counted(record)
        if record.state is CallState.RESERVED:
            raise CallPending(f"{record.model}: {record.reason}", record.key, record.retry_at or now())
        if record.state is CallState.FAILED:
            raise ModelRejected(f"{record.model}: {record.reason}")
        raise CallUnconfirmed(
            f"{record.model} was asked for {record.kind} and its answer was lost ({record.reason}); it may have "
            f"charged {show(record.price)}. Approve another take to go on, or cancel the job.",
            record.key,
            record.price,
            dear,
            record.sent_at or record.created_at,
        )
