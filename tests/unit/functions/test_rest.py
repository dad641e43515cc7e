"""What REST makes of trouble and of limits, in this process: no database is touched here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from firebase_functions import https_fn
from flask import Flask, Response, request
from pytest import MonkeyPatch, fixture, mark, raises

from api import rest, streaming
from api.callable import serve
from api.registry import operations
from infra.local.auth import unsigned_token
from infra.local.signer import service_account_file
from tests.unit.functions.making import asked
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import RateLimited

PROJECT = "demo-ugcgen"


@fixture(autouse=True)
def environment(monkeypatch: MonkeyPatch) -> Iterator[MonkeyPatch]:
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:1")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", PROJECT)
    settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


def get(path: str, **headers: str) -> Response:
    import main  # noqa: F401 - it makes the app that tokens are checked for

    token = unsigned_token("ann", PROJECT)
    with Flask("test").test_request_context(path, headers={"Authorization": f"Bearer {token}"} | headers):
        return rest.serve(request)


def error(answer: Response) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(answer.get_data())["error"]
    return body


def test_when_to_come_back_is_a_header(monkeypatch: MonkeyPatch) -> None:
    def limited(*_: object) -> None:
        raise RateLimited("too many requests; wait", retry_after=6.5)

    monkeypatch.setattr(rest, "answer", limited)
    answer = get("/v1/models")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert error(answer) == {"code": "resource_exhausted", "message": "too many requests; wait", "retry_after": 7}


def test_trouble_of_our_own_keeps_its_insides(monkeypatch: MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the insides")

    monkeypatch.setattr("api.caller.bearer", broken)
    answer = get("/v1/models")
    assert answer.status_code == 500
    assert error(answer)["message"] == "something went wrong on our side; nothing was lost, try again"
    with Flask("test").test_request_context("/streamJob", method="POST", json={"data": {"job_id": "j"}}):
        told = streaming.serve(request).get_data(as_text=True)
    assert '"status": "INTERNAL"' in told and "insides" not in told


@mark.parametrize("headers", [{}, {"X-Firebase-AppCheck": "forged"}])
def test_where_only_our_apps_may_call_others_are_refused(
    environment: MonkeyPatch, tmp_path: Path, headers: dict[str, str]
) -> None:
    environment.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(service_account_file(tmp_path, PROJECT)))
    assert get("/v1/models", **headers).status_code == 200
    environment.setenv("REQUIRE_APP_CHECK", "true")
    settings.cache_clear()
    assert error(get("/v1/models", **headers))["code"] == "unauthenticated"
    with raises(https_fn.HttpsError) as refused:
        serve("listModels", asked({}))
    assert "App Check" in refused.value.message


@mark.parametrize("path", ["/v1/models", "/api/v1/models"])
def test_the_version_is_part_of_the_path_whoever_cut_off_the_function_s_name(path: str) -> None:
    assert get(path).status_code == 200


@mark.parametrize("path", ["/", "/v1", "/models", "/v2/models", "/v1models", "/api/api/v1/models"])
def test_other_addresses_lead_nowhere(path: str) -> None:
    assert error(get(path))["code"] == "not_found"


def test_no_two_operations_share_a_route() -> None:
    routes = [(each.method, path) for each in operations().values() for path in each.paths]
    assert len(set(routes)) == len(routes)


def test_every_field_of_a_path_is_one_that_the_request_needs() -> None:
    for each in operations().values():
        for path in each.paths:
            for name in (part[1:-1] for part in path.split("/") if part.startswith("{")):
                assert each.request.model_fields[name].is_required(), (each.name, path)


def test_every_operation_says_what_it_does_and_every_streamed_document_its_event() -> None:
    for each in operations().values():
        assert len(each.summary) > 15, each.name
        if each.streams:
            assert all(kind.model_fields["event"].default for kind in each.answers)
