"""The operations on API keys as clients call them: own keys, the pool for admins, and a key that nobody gets to see."""

import json
import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from firebase_functions import https_fn
from firebase_functions.https_fn import FunctionsErrorCode as Code
from pydantic import SecretStr

from api import pool
from api.callable import serve
from api.operation import declared_in
from infra.local.cloud import PROJECT, LocalCloud
from tests.integration.functions.refusing import refusing
from tests.integration.local.test_rules import Firestore
from tests.unit.functions.making import asked
from ugcgen.cloud.logs import JsonLines
from ugcgen.ledger import key_store, keyring

MASTER = secrets.token_hex(32)
OF_ADMINS = [each.name for each in declared_in(pool)]


@pytest.fixture(autouse=True)
def master(product: Callable[..., None]) -> Iterator[None]:
    product(API_KEY_ENCRYPTION_SECRET=MASTER)
    yield
    for key in key_store.keys_of(None):
        key_store.remove(None, key.id)


def a_key() -> str:
    return f"AIza{secrets.token_hex(18)}"


def ask(operation: str, user: str, data: dict[str, Any] | None = None, **claims: Any) -> Any:
    return serve(operation, asked(data or {}, user, **claims))


def refusal(operation: str, user: str, data: dict[str, Any] | None = None, **claims: Any) -> https_fn.HttpsError:
    with pytest.raises(https_fn.HttpsError) as caught:
        ask(operation, user, data, **claims)
    return caught.value


def added(user: str, text: str | None = None) -> Any:
    return ask("addApiKey", user, {"label": "mine", "key": text or a_key()})


# Own keys.


def test_a_key_is_added_listed_changed_and_removed(user: str) -> None:
    text = a_key()
    key = added(user, f" {text}\n")
    assert (key["label"], key["hint"], key["status"], key["user_id"]) == ("mine", text[-4:], "active", user)
    assert ask("listApiKeys", user) == {"keys": [key]}
    assert keyring.lend(user).secret == SecretStr(text)

    off = ask("updateApiKey", user, {"key_id": key["id"], "enabled": False})
    assert off["status"] == "disabled"
    assert keyring.lend(user).key.label == "GEMINI_API_KEY"
    on = ask("updateApiKey", user, {"key_id": key["id"], "enabled": True, "label": "again"})
    assert (on["status"], on["label"]) == ("active", "again")

    assert ask("removeApiKey", user, {"key_id": key["id"]})["id"] == key["id"]
    assert ask("listApiKeys", user) == {"keys": []}
    assert refusal("removeApiKey", user, {"key_id": key["id"]}).code is Code.NOT_FOUND


@pytest.mark.parametrize("operation", ["updateApiKey", "removeApiKey"])
def test_another_user_s_key_is_not_there(user: str, operation: str) -> None:
    data = {"key_id": added(user)["id"]}
    assert refusal(operation, "someone-else", data).code is Code.NOT_FOUND
    assert len(ask("listApiKeys", user)["keys"]) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "short"}, "key"),
        ({"key": "AIza with a space in it"}, "key"),
        ({"key": "AIza" + "x" * 300}, "key"),
        ({"label": ""}, "label"),
        ({"service": "aws"}, "service"),
        ({"service": "gcs"}, "service"),
    ],
)
def test_what_is_no_key_is_refused_by_its_field_and_not_shown(user: str, changes: dict[str, str], field: str) -> None:
    data = {"label": "mine", "key": a_key()} | changes
    refused = refusal("addApiKey", user, data)
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": field})
    told = "".join(traceback.format_exception(refused))
    assert data["key"] not in told
    assert ask("listApiKeys", user) == {"keys": []}


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [
        (400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
        (403, "PERMISSION_DENIED", "Permission denied: Consumer 'api_key:{key}' has been suspended."),
        (401, "UNAUTHENTICATED", "API keys are not supported by this API."),
    ],
)
def test_a_key_that_the_provider_refuses_is_not_kept(
    user: str, product: Callable[..., None], caplog: pytest.LogCaptureFixture, code: int, status: str, message: str
) -> None:
    text = a_key()
    with refusing(code, status, message) as provider, caplog.at_level(logging.DEBUG):
        product(GOOGLE_GEMINI_BASE_URL=provider.url)
        refused = refusal("addApiKey", user, {"label": "mine", "key": text})
    assert provider.keys == [text]
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "key"})
    assert refused.message.startswith("the Gemini API does not accept this key (")
    assert message.split(":", maxsplit=1)[0] in refused.message
    assert ask("listApiKeys", user) == {"keys": []}
    seen = [*(JsonLines().format(record) for record in caplog.records), "".join(traceback.format_exception(refused))]
    assert not [line for line in seen if text in line]


def test_a_provider_that_cannot_be_asked_is_no_refusal(user: str, product: Callable[..., None]) -> None:
    with refusing(503, "UNAVAILABLE", "The service is currently unavailable.") as provider:
        product(GOOGLE_GEMINI_BASE_URL=provider.url)
        refused = refusal("addApiKey", user, {"label": "mine", "key": a_key()})
    assert refused.code is Code.UNAVAILABLE
    assert len(provider.keys) == 1


def test_without_a_master_key_no_key_is_taken(
    user: str, product: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("API_KEY_ENCRYPTION_SECRET")
    product()
    refused = refusal("addApiKey", user, {"label": "mine", "key": a_key()})
    assert refused.code is Code.FAILED_PRECONDITION
    assert "set API_KEY_ENCRYPTION_SECRET to 32 random bytes" in refused.message


# The pool.


@pytest.mark.parametrize("operation", OF_ADMINS)
@pytest.mark.parametrize("claims", [{}, {"admin": False}, {"admin": "true"}, {"admin": 1}, {"role": "admin"}])
def test_only_admins_administer_the_pool(user: str, operation: str, claims: dict[str, Any]) -> None:
    refused = refusal(operation, user, {"label": "pool", "key": a_key()}, **claims)
    assert refused.code is Code.PERMISSION_DENIED
    assert key_store.keys_of(None) == []


def test_an_admin_adds_lists_disables_enables_and_removes(user: str) -> None:
    assert len(OF_ADMINS) == 5
    text = a_key()
    key = ask("addPoolKey", user, {"label": "team", "key": text}, admin=True)
    assert key["user_id"] is None
    assert ask("listPoolKeys", user, admin=True) == {"keys": [key]}
    assert ask("listApiKeys", user) == {"keys": []}
    assert keyring.lend("anybody").secret == SecretStr(text)
    change = {"key_id": key["id"], "enabled": False}
    assert ask("updatePoolKey", user, change, admin=True)["status"] == "disabled"
    assert keyring.lend("anybody").key.label == "GEMINI_API_KEY"
    ask("updatePoolKey", user, change | {"enabled": True}, admin=True)
    assert keyring.lend("anybody").secret == SecretStr(text)
    assert refusal("removeApiKey", user, {"key_id": key["id"]}).code is Code.NOT_FOUND
    ask("removePoolKey", user, {"key_id": key["id"]}, admin=True)
    assert key["id"] not in {listed["id"] for listed in ask("listPoolKeys", user, admin=True)["keys"]}


def test_an_admin_rotates_the_master_key(user: str, product: Callable[..., None]) -> None:
    text = a_key()
    added(user, text)
    new = secrets.token_hex(32)
    product(API_KEY_ENCRYPTION_SECRET=f"{new},{MASTER}")
    assert ask("rotateMasterKey", user, admin=True)["resealed"] >= 1
    again = ask("rotateMasterKey", user, admin=True)
    assert (again["resealed"], again["remaining"]) == (0, 0)
    product(API_KEY_ENCRYPTION_SECRET=new)
    assert keyring.lend(user).secret == SecretStr(text)


# What a client gets to see.


def test_neither_the_owner_nor_an_admin_reads_a_key_back(user: str, cloud_parts: LocalCloud) -> None:
    from infra.local.auth import unsigned_token

    text, team = a_key(), a_key()
    key = added(user, text)
    shared = ask("addPoolKey", user, {"label": "team", "key": team}, admin=True)
    client = Firestore(cloud_parts.urls["firestore"], unsigned_token(user, PROJECT, admin=True))
    read = client._call("GET", f"/users/{user}/apiKeys/{key['id']}")
    assert read.status_code == 200 and key["hint"] in read.text
    answers = [read.text, json.dumps(ask("listApiKeys", user))]
    answers.append(json.dumps(ask("listPoolKeys", user, admin=True)))
    assert not [answer for answer in answers if text in answer or team in answer]
    closed = [f"secrets/{key['id']}", f"secrets/{shared['id']}", f"poolKeys/{shared['id']}"]
    assert [client.get(path) for path in closed] == [403, 403, 403]
