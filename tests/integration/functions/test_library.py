"""The library on Google's emulator: pages, filters and search, and the indexes that the queries need."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from firebase_functions.https_fn import FunctionsErrorCode as Code

from api.callable import serve
from api.library import jobs_query
from infra.local.parts import REPO
from tests.integration.functions.test_api import BRIEF, refusal, request_of, start
from tests.unit.functions.making import asked
from ugcgen.cloud.clock import now
from ugcgen.domain.enums import JobStatus
from ugcgen.engine.refs import job_ref

INDEXES = json.loads((REPO / "infra" / "firestore.indexes.json").read_text())["indexes"]


def listed(user: str, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = serve("listJobs", asked(data, user))
    return answer


def found(user: str, **data: Any) -> list[str]:
    return [card["title"] for card in listed(user, **data)["jobs"]]


def pages(user: str, **data: Any) -> Iterable[list[str]]:
    cursor = None
    while True:
        answer = listed(user, cursor=cursor, **data)
        yield [card["title"] for card in answer["jobs"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return


def start_named(user: str, name: str) -> str:
    return str(start(user, request_of(user, brief=BRIEF | {"product_name": name}))["job_id"])


def test_a_library(topics: None, user: str) -> None:
    names = ["Lumi Glow", "Lumi Night", "Crème Brûlée", "Café Noir", "Glow Stick"]
    ids = {name: start_named(user, name) for name in names}
    start_named("somebody-else", "Lumi Other")
    newest = names[::-1]

    assert found(user) == newest
    [card, *_] = listed(user)["jobs"]
    assert (card["job_id"], card["status"], card["product_name"]) == (ids["Glow Stick"], "queued", "Glow Stick")
    assert card["thumbnail"].startswith("http") and card["video"] is None

    drawn = {"image": f"users/{user}/media/frame.png", "sha256": "a", "take": 1}
    frame = {"scene_number": 1, "variants": [drawn]}
    for field, value, name in [
        ("storyboard_scenes", [frame], "frame.png"),
        ("files", {"thumbnail.jpg": f"users/{user}/media/small.jpg"}, "small.jpg"),
        ("final_video_url", f"users/{user}/media/film.mp4", "film.mp4"),
    ]:
        job_ref(ids["Glow Stick"]).update({field: value})
        [card] = listed(user, limit=1)["jobs"]
        assert f"/{name}?" in (card["video"] or card["thumbnail"])

    turning = iter(pages(user, limit=2))
    assert next(turning) == newest[:2]
    start_named(user, "Late")  # what is new comes first, and moves no page
    assert list(turning) == [newest[2:4], newest[4:]]
    assert list(pages(user, limit=3)) == [["Late", *newest[:2]], newest[2:]]

    job_ref(ids["Lumi Night"]).update({"status": str(JobStatus.COMPLETED)})
    job_ref(ids["Café Noir"]).update({"status": str(JobStatus.FAILED)})
    assert found(user, status=["completed"]) == ["Lumi Night"]
    assert found(user, status=["completed", "failed", "failed"]) == ["Café Noir", "Lumi Night"]

    searches = {
        "lumi": ["Lumi Night", "Lumi Glow"],
        "GLO": ["Glow Stick", "Lumi Glow"],
        "creme": ["Crème Brûlée"],
        "brûl": ["Crème Brûlée"],
        "cafe-noir": ["Café Noir"],
        "glow lumi": ["Lumi Glow"],
        "lum gl": ["Lumi Glow"],
        "umi": [],
        "?!": ["Late", *newest],
    }
    assert {text: found(user, search=text) for text in searches} == searches
    assert list(pages(user, search="g l", limit=1)) == [["Lumi Glow"]]
    assert found(user, search="lumi", status=["queued"]) == ["Lumi Glow"]

    job_ref(ids["Lumi Glow"]).update({"deleted_at": now()})
    assert "Lumi Glow" not in found(user) and found(user, search="lumi") == ["Lumi Night"]


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "W10", "WyIyMDI2LTAxLTAxIiwgImEiXQ", "é" * 9, "W251bGwsIDFd"])
def test_a_cursor_that_no_page_has_named(topics: None, user: str, cursor: str) -> None:
    refused = refusal("listJobs", user, {"cursor": cursor})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "cursor"})


@pytest.mark.parametrize("statuses", [[], [JobStatus.FAILED]])
@pytest.mark.parametrize("words", [set(), {"lumi", "g"}])
def test_every_query_of_the_library_has_its_index(product: object, statuses: list[JobStatus], words: set[str]) -> None:
    filters = jobs_query("ann", statuses, words)._to_protobuf().where.composite_filter.filters
    paths = [one.field_filter.field.field_path or one.unary_filter.field.field_path for one in filters]
    kinds = {"search": {"arrayConfig": "CONTAINS"}}
    fields = [{"fieldPath": path} | kinds.get(path, {"order": "ASCENDING"}) for path in paths]
    fields.append({"fieldPath": "created_at", "order": "DESCENDING"})
    assert {"collectionGroup": "jobs", "queryScope": "COLLECTION", "fields": fields} in INDEXES
