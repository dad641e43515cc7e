"""The indexes that the queries need: the emulator asks for none, Firestore refuses a query without its own."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product as every_pair
from types import SimpleNamespace
from typing import Any

import pytest
from google.cloud.firestore_v1.aggregation import AggregationQuery
from google.cloud.firestore_v1.base_query import FieldFilter
from google.cloud.firestore_v1.query import Query
from google.cloud.firestore_v1.types import StructuredQuery

from api.callable import serve
from api.deletion import purge_due
from api.deliveries import line_up_forgotten
from infra.local.parts import REPO
from tests.integration.functions.test_api import request_of, start
from tests.unit.functions.making import asked
from ugcgen.cloud.clock import now
from ugcgen.engine.events import announce_forgotten
from ugcgen.engine.refs import job_ref
from ugcgen.engine.sweep import sweep
from ugcgen.ledger import calls, key_store

STORED = json.loads((REPO / "infra" / "firestore.indexes.json").read_text())
SOURCES = [REPO / "functions", REPO / "shared" / "src", REPO / "cloudrun-postprod" / "src"]
EQUAL = {"EQUAL": "ASCENDING", "IN": "ASCENDING", "ARRAY_CONTAINS": "CONTAINS", "ARRAY_CONTAINS_ANY": "CONTAINS"}

Fields = tuple[tuple[str, str], ...]
Index = tuple[str, frozenset[tuple[str, str]], Fields]
"""A collection, the fields that are compared for equality, in any order, and those that order what is found."""


@dataclass
class Seen:
    """The queries that were made, and the lines that put a condition in one."""

    queries: list[StructuredQuery] = field(default_factory=list)
    lines: set[tuple[str, int]] = field(default_factory=set)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Queries are noted and find nothing."""
    noted = Seen()

    made = FieldFilter.__init__

    def condition(itself: FieldFilter, *args: Any) -> None:
        frame = sys._getframe(1)
        noted.lines.add((frame.f_code.co_filename, frame.f_lineno))
        made(itself, *args)

    def stream(query: Query, *args: Any, **kwargs: Any) -> Iterator[Any]:
        noted.queries.append(query._to_protobuf())
        return iter(())

    def count(query: AggregationQuery, *args: Any, **kwargs: Any) -> list[list[SimpleNamespace]]:
        noted.queries.append(query._nested_query._to_protobuf())
        return [[SimpleNamespace(value=0)]]

    monkeypatch.setattr(FieldFilter, "__init__", condition)
    monkeypatch.setattr(Query, "stream", stream)
    monkeypatch.setattr(AggregationQuery, "get", count)
    return noted


def conditions() -> Iterator[tuple[str, int]]:
    """Every line of the product that puts a condition in a query."""
    for file in [file for root in SOURCES for file in root.rglob("*.py")]:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if "FieldFilter(" in line:
                yield str(file), number


def needed(query: StructuredQuery) -> Index | None:
    """The composite index of a query. Equalities alone, and a single field, are served without one."""
    of = query.where.composite_filter.filters or [query.where]
    compared = [(one.field_filter.field.field_path, one.field_filter.op.name) for one in of if "field_filter" in one]
    equal = {(path, EQUAL[op]) for path, op in compared if op in EQUAL}
    equal |= {(one.unary_filter.field.field_path, "ASCENDING") for one in of if "unary_filter" in one}
    ordered = [(one.field.field_path, one.direction.name) for one in query.order_by]
    ordered = [one for one in ordered if one[0] != "__name__"]
    ordered = ordered or [(path, "ASCENDING") for path in dict.fromkeys(p for p, op in compared if op not in EQUAL)]
    if not ordered or len(equal) + len(ordered) < 2:
        return None
    return query.from_[0].collection_id, frozenset(equal), tuple(ordered)


def serves(index: dict[str, Any], wanted: Index) -> bool:
    collection, equal, ordered = wanted
    fields = [(one["fieldPath"], one.get("order") or one["arrayConfig"]) for one in index["fields"]]
    first, rest = fields[: len(equal)], tuple(fields[len(equal) :])
    return index["collectionGroup"] == collection and set(first) == equal and rest == ordered


def test_every_query_has_its_index(topics: None, user: str, seen: Seen) -> None:
    def call(operation: str, **data: Any) -> dict[str, Any]:
        answer: dict[str, Any] = serve(operation, asked(data, user))
        return answer

    for status, search in every_pair(([], ["failed", "completed"]), ("", "lumi g")):
        call("listJobs", status=status, search=search)
    for listing in ("listDeletedJobs", "listAvatars", "listProducts", "listChats", "listEdits", "listExamples"):
        call(listing)
    call("listExamples", category="beauty")
    call("getUsage")
    job_id = start(user, request_of(user))["job_id"]
    job_ref(job_id).update({"status": "cancelled"})
    call("listVersions", job_id=job_id)
    chat = {"chat_id": call("createChat")["id"]}
    call("listMessages", **chat)
    call("deleteChat", **chat)
    call("deleteJob", job_id=job_id, for_good=True)
    purge_due(), sweep(), announce_forgotten(), line_up_forgotten(), key_store.reseal()
    calls.of_job("j"), calls.used_by("j", ["complete"]), calls.left_open(now(), 1)

    assert sorted(set(conditions()) - seen.lines) == [], "run these queries here as well"
    wanted = {index for query in seen.queries if (index := needed(query))}
    missing = [one for one in wanted if not any(serves(index, one) for index in STORED["indexes"])]
    assert not missing

    across = {query.from_[0].collection_id for query in seen.queries if query.from_[0].all_descendants}
    overridden = {
        override["collectionGroup"]
        for override in STORED["fieldOverrides"]
        if any(index["queryScope"] == "COLLECTION_GROUP" for index in override["indexes"])
    }
    assert across == overridden
