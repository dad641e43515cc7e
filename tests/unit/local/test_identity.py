"""The local accounts, asked as Firebase's SDKs ask."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from infra.local.accounts import Accounts
from infra.local.identity import Identity, build_app

ACCOUNTS = "/identitytoolkit.googleapis.com/v1/accounts:"
ANN = {"email": "Ann@example.com", "password": "correct horse"}


def served(folder: Path) -> FlaskClient:
    return build_app(Identity(Accounts(folder / "accounts.json"), "demo", "http://site")).test_client()


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return served(tmp_path)


def post(client: FlaskClient, method: str, **asked: Any) -> Any:
    answer = client.post(ACCOUNTS + method, json=asked)
    return answer.json if answer.status_code == 200 else answer.json["error"]["message"]


def test_accounts_outlive_their_server(client: FlaskClient, tmp_path: Path) -> None:
    made = post(client, "signUp", **ANN)
    again = served(tmp_path)
    assert post(again, "signInWithPassword", **ANN)["localId"] == made["localId"]
    [found] = post(again, "lookup", idToken=made["idToken"])["users"]
    assert (found["email"], found["providerUserInfo"][0]["providerId"]) == ("ann@example.com", "password")


def test_refusals_are_firebase_s(client: FlaskClient) -> None:
    post(client, "signUp", **ANN)
    assert post(client, "signUp", **ANN) == "EMAIL_EXISTS"
    assert post(client, "signUp", email="b@example.com", password="five5").startswith("WEAK_PASSWORD")
    assert post(client, "signUp", email="nobody", password="long enough") == "INVALID_EMAIL"
    wrong = [ANN | {"password": "another"}, ANN | {"email": "else@example.com"}]
    assert {post(client, "signInWithPassword", **each) for each in wrong} == {"INVALID_LOGIN_CREDENTIALS"}


def test_a_reset_is_done_once_and_signs_out_everywhere(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    session = post(client, "signUp", **ANN)
    for email in ("ann@example.com", "nobody@example.com"):
        assert post(client, "sendOobCode", requestType="PASSWORD_RESET", email=email) == {"email": email}
    [mail] = client.get("/emulator/v1/projects/demo/oobCodes").json["oobCodes"]  # type: ignore[index]
    assert mail["oobLink"].startswith("http://site/reset?mode=resetPassword&oobCode=")
    assert post(client, "resetPassword", oobCode=mail["oobCode"])["email"] == "ann@example.com"

    monkeypatch.setattr("infra.local.identity.time.time", lambda: session_time(session) + 5)
    post(client, "resetPassword", oobCode=mail["oobCode"], newPassword="another one")
    assert post(client, "resetPassword", oobCode=mail["oobCode"], newPassword="a third") == "INVALID_OOB_CODE"
    assert post(client, "signInWithPassword", **ANN) == "INVALID_LOGIN_CREDENTIALS"
    assert post(client, "lookup", idToken=session["idToken"]) == "TOKEN_EXPIRED"
    refreshed = client.post(
        "/securetoken.googleapis.com/v1/token",
        data={"grant_type": "refresh_token", "refresh_token": session["refreshToken"]},
    )
    assert refreshed.json["error"]["message"] == "TOKEN_EXPIRED"  # type: ignore[index]


def session_time(session: dict[str, Any]) -> int:
    import jwt

    return int(jwt.decode(session["idToken"], options={"verify_signature": False})["iat"])
