"""Serving a callable: who calls, what is asked, and one shape for every error. No database is touched here."""

from datetime import timedelta
from typing import Any

from firebase_functions import https_fn
from firebase_functions.https_fn import FunctionsErrorCode as Code
from pytest import MonkeyPatch, fixture, mark, raises

from api.callable import refusal as told
from api.callable import serve
from api.failure import Failure
from tests.unit.functions.making import asked
from ugcgen.cloud.clock import now
from ugcgen.domain import errors
from ugcgen.domain.errors import InvalidInput, UgcgenError
from ugcgen.ledger import keyring

BRIEF = {"product_name": "Lumi Glow", "prompt": "Show the glow", "scenes": [{"seconds": 6}, {"seconds": 12}]}


@fixture(autouse=True)
def accounts_are_not_asked(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:1")


def refusal(operation: str, data: Any, uid: str | None = "u1") -> https_fn.HttpsError:
    with raises(https_fn.HttpsError) as caught:
        serve(operation, asked(data, uid))
    return caught.value


def quoting(**changes: Any) -> dict[str, Any]:
    return {"brief": BRIEF | changes}


def test_a_good_request_is_answered_with_plain_json(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "check", lambda user_id: None)
    answer = serve("quoteGeneration", asked(quoting()))
    assert [scene["seconds"] for scene in answer["outline"]] == [6, 12]
    assert answer["outline"][1]["extension_seconds"] == 4
    assert answer["quote"]["total"] == sum(line["price"] for line in answer["quote"]["lines"]) > 0
    assert answer["seconds"] == 18
    assert [(one["code"], one["blocks"]) for one in answer["requirements"]] == [
        ("avatar", False),
        ("platform", False),
        ("script", False),
    ]


@mark.parametrize("uid", [None, ""])
def test_nobody_is_told_to_sign_in(uid: str | None) -> None:
    refused = refusal("quoteGeneration", quoting(), uid)
    assert (refused.code, refused.message) == (Code.UNAUTHENTICATED, "sign in first")


@mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "brief", "brief: Field required"),
        (None, "brief", "brief: Field required"),
        ([1], None, "Input should be a valid dictionary or instance of QuoteRequest"),
        ("x", None, "Input should be a valid dictionary or instance of QuoteRequest"),
        (quoting() | {"sceens": 1}, "sceens", "sceens: Extra inputs are not permitted"),
        (
            quoting(scenes=[{"seconds": 6}, {"seconds": -1}]),
            "brief.scenes.1.seconds",
            "brief.scenes.1.seconds: Input should be greater than 0",
        ),
        (
            quoting(total_seconds=20),
            "brief",
            "brief: total_seconds is 20 but the scenes add up to 18; keep one of the two",
        ),
        (
            {"brief": {"prompt": ""}, "product_images": 0},
            "brief.product_name",
            "brief.product_name: Field required (1 more)",
        ),
    ],
)
def test_a_wrong_request_is_told_in_one_sentence_which_field_it_is(data: Any, field: str | None, sentence: str) -> None:
    refused = refusal("quoteGeneration", data)
    assert refused.code is Code.INVALID_ARGUMENT
    assert refused.message == sentence
    assert refused.details == ({"field": field} if field else None)


@mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"voice": "Nobody"}, "voice", "there is no voice 'Nobody'"),
        ({"models": {"video": "sora-9"}}, "models", "there is no model 'sora-9'"),
        ({"scenes": [{"seconds": 50}]}, "scenes.0.seconds", "shorten the scene to 40 s or split it"),
    ],
)
def test_what_no_model_can_do_is_refused_by_the_same_shape(changes: dict[str, Any], field: str, message: str) -> None:
    refused = refusal("quoteGeneration", quoting(**changes))
    assert refused.code is Code.INVALID_ARGUMENT
    assert message in refused.message
    assert refused.details == {"field": field}


@mark.parametrize(
    ("request_data", "field"),
    [
        ({"media_type": "image/gif", "size": 10}, "media_type"),
        ({"media_type": "audio/midi", "size": 10}, "media_type"),
        ({"media_type": "image/png", "size": 11 * 2**20}, "size"),
        ({"media_type": "audio/wav", "size": 51 * 2**20}, "size"),
    ],
)
def test_an_upload_that_would_be_refused_is_refused_before_it_is_sent(request_data: Any, field: str) -> None:
    assert refusal("openUpload", request_data).details == {"field": field}


@mark.parametrize("job_id", ["", "../units", "a/b", "x" * 65, "ä"])
def test_a_job_id_that_is_a_path_is_no_job_id(job_id: str) -> None:
    assert refusal("getJob", {"job_id": job_id}).code is Code.INVALID_ARGUMENT


def error_classes(root: type[UgcgenError] = UgcgenError) -> list[type[UgcgenError]]:
    return [root, *(found for child in root.__subclasses__() for found in error_classes(child))]


OF_THE_DOMAIN = [kind for kind in error_classes() if kind.__module__ == errors.__name__]


@mark.parametrize("kind", OF_THE_DOMAIN, ids=lambda kind: kind.__name__)
def test_every_error_of_the_domain_has_a_code_that_clients_know(kind: type[UgcgenError]) -> None:
    # Some take more than a sentence; their code is what counts here.
    failure = Failure.of(kind.__new__(kind, "what was wrong"))
    shown = told(failure)
    assert shown.code.value.replace("-", "_") == kind.code
    assert shown._http_error_code.status == failure.status


def test_the_field_to_blame_is_a_detail() -> None:
    assert told(Failure.of(InvalidInput("no", field="voice"))).details == {"field": "voice"}
    assert told(Failure.of(errors.NotFound("there is no job x"))).details is None


def test_when_to_come_back_is_told() -> None:
    limited = Failure.of(errors.RateLimited("too many", retry_after=6.2))
    assert (limited.status, limited.retry_after) == (429, 7)
    assert told(limited).details == {"retry_after": 7}
    until = now() + timedelta(minutes=2)
    assert Failure.of(errors.QuotaExhausted("spent", until)).retry_after in {119, 120}


def test_an_unknown_operation_and_one_that_streams_are_told() -> None:
    assert refusal("noSuchThing", {}).code is Code.NOT_FOUND
    assert "stream/streamJob" in refusal("streamJob", {"job_id": "j"}).message
