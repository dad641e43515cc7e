"""REST and callables answer the same, each in its shape; what only REST has is told in that shape too."""

import json
import uuid
from typing import Any

import pytest
import requests
from google.cloud import firestore

from api.openapi import document
from api.registry import named
from api.web import MAX_BODY
from infra.local.cloud import LocalCloud
from tests.integration.functions.doors import BRIEF, TIMEOUT_S, Doors, bearer


@pytest.fixture(scope="module")
def token(open_doors: Doors) -> str:
    return open_doors.user()[1]


@pytest.fixture(scope="module")
def job_id(open_doors: Doors, token: str) -> str:
    return open_doors.job(token, open_doors.photo(token))


ASKED: list[tuple[str, dict[str, Any], int]] = [
    ("quoteGeneration", {"brief": BRIEF}, 200),
    ("quoteGeneration", {"brief": BRIEF | {"voice": "Nobody"}}, 400),
    ("quoteGeneration", {"brief": BRIEF | {"colour": "blue"}}, 400),
    ("listModels", {}, 200),
    ("listJobs", {"status": ["failed", "cancelled"], "limit": 2}, 200),
    ("listJobs", {"limit": 101}, 400),
    ("listJobs", {"cursor": "none"}, 400),
    ("openUpload", {"media_type": "image/gif", "size": 1}, 400),
    ("listApiKeys", {}, 200),
    ("listPoolKeys", {}, 403),
    ("getJob", {"job_id": "of-nobody"}, 404),
    ("getJob", {"job_id": "no id"}, 400),
    ("decideStoryboard", {"job_id": "JOB", "decision": "approve"}, 400),
    ("resumeJob", {"job_id": "JOB", "budget_usd": 0.01}, 400),
    ("editJob", {"job_id": "JOB", "voice": "Puck", "preview": True}, 200),
    ("editJob", {"job_id": "JOB", "scenes": {"9": {"dialogue": "Hi."}}}, 400),
    ("streamJob", {"job_id": "of-nobody"}, 404),
]


@pytest.mark.parametrize(("name", "data", "status"), ASKED, ids=lambda value: str(value)[:40])
def test_both_doors_say_the_same(
    open_doors: Doors, token: str, job_id: str, name: str, data: dict[str, Any], status: int
) -> None:
    data = data | ({"job_id": job_id} if data.get("job_id") == "JOB" else {})
    called = open_doors.call(name, token, data)
    operation = named(name)
    scripted = open_doors.rest(operation, operation.paths[0], token, data)
    assert scripted.status == status
    assert called.status in {status, 0}
    assert (called.code, called.message, called.field) == (scripted.code, scripted.message, scripted.field)
    assert called.answer == scripted.answer
    assert bool(called.code) == (status != 200)


@pytest.mark.parametrize(
    "field",
    ["status", "current_step", "user_id", "money", "quote", "progress", "parent_job_id", "deleted_at", "search"],
)
def test_what_a_caller_may_not_set_cannot_be_patched(open_doors: Doors, token: str, job_id: str, field: str) -> None:
    for data in ({field: "x"}, {field: None}, {"voice": "Puck", field: 1}):
        reply = open_doors.rest(named("editJob"), "/jobs/{job_id}", token, {"job_id": job_id} | data)
        assert (reply.status, reply.code, reply.field) == (400, "invalid_argument", field)
    assert open_doors.call("getJob", token, {"job_id": job_id}).answer["job"]["version"] == 1


WRONG: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/nothing", {}, 404, "not_found"),
    ("GET", "/jobs/a/b/c", {}, 404, "not_found"),
    ("PUT", "/jobs", {}, 405, "method_not_allowed"),
    ("GET", "/generation/start", {}, 405, "method_not_allowed"),
    ("POST", "/generation/quote", {"data": "{"}, 400, "invalid_argument"),
    ("POST", "/generation/quote", {"data": "[1]"}, 400, "invalid_argument"),
    ("POST", "/generation/quote", {"data": '{"brief": NaN}'}, 400, "invalid_argument"),
    ("POST", "/generation/quote", {"data": "[" * 100_000}, 400, "invalid_argument"),
    ("POST", "/generation/quote", {"data": b"\xff\xfe"}, 400, "invalid_argument"),
    ("POST", "/generation/quote", {"data": b" " * (MAX_BODY + 1)}, 413, "too_large"),
    ("GET", "/jobs?limit=1&limit=2", {}, 400, "invalid_argument"),
    ("GET", "/jobs?colour=blue", {}, 400, "invalid_argument"),
    ("PATCH", "/jobs/a", {"json": {"job_id": "b"}}, 400, "invalid_argument"),
]


@pytest.mark.parametrize(("method", "path", "sent", "status", "code"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_no_request_is_told_in_the_same_shape(
    open_doors: Doors, token: str, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    reply = requests.request(method, open_doors.api + path, headers=bearer(token), timeout=TIMEOUT_S, **sent)
    assert reply.headers["Content-Type"] == "application/json"
    error = reply.json()["error"]
    assert (reply.status_code, error["code"]) == (status, code)
    assert set(error) <= {"code", "message", "field", "retry_after"} and error["message"]
    if status == 405:
        assert set(reply.headers["Allow"].split(", ")) <= {"GET", "POST", "PATCH", "DELETE"}


def test_a_refusal_says_how_to_sign_in(open_doors: Doors) -> None:
    reply = requests.get(f"{open_doors.api}/jobs", timeout=TIMEOUT_S)
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert reply.json() == {"error": {"code": "unauthenticated", "message": "sign in first"}}


def test_the_web_client_s_origin_is_let_in_and_no_other(open_doors: Doors, token: str) -> None:
    for address in (f"{open_doors.api}/jobs", f"{open_doors.url}/stream/streamJob"):
        asked = requests.options(address, headers={"Origin": "http://localhost:3000"}, timeout=TIMEOUT_S)
        assert asked.status_code == 204
        assert asked.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert (
        "PATCH" in requests.options(f"{open_doors.api}/jobs", timeout=TIMEOUT_S).headers["Access-Control-Allow-Methods"]
    )
    reply = requests.get(f"{open_doors.api}/jobs", headers=bearer(token) | {"Origin": "http://evil"}, timeout=TIMEOUT_S)
    assert reply.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


def test_the_description_is_served_with_a_page_that_needs_no_other_host(open_doors: Doors) -> None:
    served = requests.get(f"{open_doors.api}/openapi.json", timeout=TIMEOUT_S)
    assert served.json() == json.loads(json.dumps(document()))
    page = requests.get(f"{open_doors.api}/docs", timeout=TIMEOUT_S)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "openapi.json" in page.text
    assert "//" not in page.text.replace("// ", "")
    assert requests.head(f"{open_doors.api}/health", timeout=TIMEOUT_S).status_code == 200


def test_progress_comes_as_it_happens_by_both_doors(
    open_doors: Doors, token: str, job_id: str, cloud_env: Any, cloud_parts: LocalCloud
) -> None:
    mine = open_doors.job(token, open_doors.photo(token))
    document = firestore.Client(project=open_doors.identity.project).document(f"jobs/{mine}")
    called = open_doors.stream("streamJob", token, {"job_id": mine})
    address = f"{open_doors.api}/jobs/{mine}/stream"
    with requests.get(address, headers=bearer(token), timeout=TIMEOUT_S, stream=True) as reply:
        assert reply.headers["Content-Type"].startswith("text/event-stream")
        events = (part for part in reply.iter_lines(delimiter=b"\n\n") if part and not part.startswith(b":"))
        first = next(called).answer["message"]
        assert (first["job_id"], first["status"], first["progress"]) == (mine, "queued", 0)
        assert _event(next(events)) == ("progress", first)
        document.update({"progress": 40, "status": "running"})
        second = next(called).answer["message"]
        assert second == first | {"progress": 40, "status": "running"}
        assert _event(next(events)) == ("progress", second)
        document.update({"progress": 100, "status": "completed"})
        last = next(called).answer["message"]
        assert (last["status"], last["progress"]) == ("completed", 100)
        assert [_event(part) for part in events] == [("progress", last), ("done", {})]
        assert [reply.answer for reply in called] == [{"result": last}]


def test_a_stream_that_breaks_is_told_in_the_stream(
    open_doors: Doors, token: str, cloud_env: Any, cloud_parts: LocalCloud
) -> None:
    mine = open_doors.job(token, open_doors.photo(token))
    document = firestore.Client(project=open_doors.identity.project).document(f"jobs/{mine}")
    called = open_doors.stream("streamJob", token, {"job_id": mine})
    address = f"{open_doors.api}/jobs/{mine}/stream"
    with requests.get(address, headers=bearer(token), timeout=TIMEOUT_S, stream=True) as reply:
        events = (part for part in reply.iter_lines(delimiter=b"\n\n") if part and not part.startswith(b":"))
        assert (_event(next(events))[0], next(called).code) == ("progress", "")
        document.delete()
        [(name, error)] = [_event(part) for part in events]
        assert (name, error["error"]["code"]) == ("error", "not_found")
        assert [(reply.code, reply.message) for reply in called] == [("not_found", f"there is no job {mine}")]


def test_a_stream_is_called_as_a_stream(open_doors: Doors, token: str) -> None:
    wrong = [
        ("GET", "streamJob", None),
        ("POST", "getJob", {"data": {}}),
        ("POST", "no", {"data": 1}),
        ("POST", "streamJob", []),
    ]
    for method, name, body in wrong:
        reply = requests.request(
            method, f"{open_doors.url}/stream/{name}", json=body, headers=bearer(token), timeout=TIMEOUT_S
        )
        assert reply.status_code == 200
        [told] = [json.loads(line[6:]) for line in reply.text.splitlines() if line.startswith("data: ")]
        assert told["error"]["status"] in {"INVALID_ARGUMENT", "NOT_FOUND"}
    assert open_doors.call("getJob", token, {"job_id": uuid.uuid4().hex}).code == "not_found"


def _event(part: bytes) -> tuple[str, Any]:
    name, data = part.decode().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))
