"""What a user's paid calls cost: by day, by job and by model, added up from the ledger."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from google.cloud.firestore import FieldFilter

from ugcgen.cloud import firestore
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.domain.enums import CallState
from ugcgen.domain.model import Document, Value
from ugcgen.domain.money import Micros


class Spent(Value):
    """One call as usage counts it. ``cost`` is what it has cost or, while nobody knows, may cost."""

    at: datetime
    job_id: str | None
    model: str
    sends: int
    cost: Micros


class Line(Document):
    """``name`` is a date, the id of a job (None for work outside of jobs) or a model."""

    name: str | None
    calls: int = 0
    cost: Micros = 0


class Usage(Document):
    """Each list adds up to the total; days are in order, the others dearest first."""

    cost: Micros
    calls: int
    days: list[Line]
    jobs: list[Line]
    models: list[Line]


def usage_of(spent: Iterable[Spent]) -> Usage:
    """The sums. ``calls`` are those that were really sent."""
    every = list(spent)
    days = _added((one.at.astimezone(UTC).date().isoformat(), one) for one in every)
    return Usage(
        cost=sum(one.cost for one in every),
        calls=sum(one.sends for one in every),
        days=sorted(days, key=lambda line: line.name or ""),
        jobs=_dearest(_added((one.job_id, one) for one in every)),
        models=_dearest(_added((one.model, one) for one in every)),
    )


def spent_by(user_id: str, start: datetime, end: datetime) -> Iterator[Spent]:
    """The user's calls that were begun from ``start`` on and before ``end``."""
    query = (
        firestore.client()
        .collection("calls")
        .select(["created_at", "job_id", "model", "sends", "state", "price", "cost", "at_risk"])
        .where(filter=FieldFilter("user_id", "==", user_id))
        .where(filter=FieldFilter("created_at", ">=", start))
        .where(filter=FieldFilter("created_at", "<", end))
    )
    for snapshot in query.stream(timeout=READ_TIMEOUT):
        stored = snapshot.to_dict() or {}
        held = stored["price"] if stored["state"] in {CallState.SENDING, CallState.SUBMITTED} else stored["cost"]
        yield Spent(
            at=stored["created_at"],
            job_id=stored["job_id"],
            model=stored["model"],
            sends=stored["sends"],
            cost=held + stored["at_risk"],
        )


def _added(named: Iterable[tuple[str | None, Spent]]) -> list[Line]:
    lines: dict[str | None, Line] = {}
    for name, one in named:
        line = lines.setdefault(name, Line(name=name))
        line.calls += one.sends
        line.cost += one.cost
    return list(lines.values())


def _dearest(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.cost, line.name or ""))
