"""Signing in to a deployed endpoint, and staying signed in."""

import stat
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_config_path

from tests.integration.cli.identity_server import EMAIL, PASSWORD, USER, Identity, identity_server
from ugcgen_cli.sign_in import SignIn, SignIns, load

Ugcgen = Callable[..., Any]
REFRESH = "/securetoken.googleapis.com/v1/token"


@pytest.fixture
def identity(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Identity]:
    """A deployed endpoint with one account."""
    monkeypatch.setenv("UGCGEN_PASSWORD", PASSWORD)
    with identity_server("demo-ugcgen") as running:
        monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", running.host)
        yield running


def kept_file() -> Path:
    return user_config_path("ugcgen") / "sign-ins.json"


def change_kept(url: str, **fields: Any) -> SignIn:
    kept = load()
    changed = kept.by_url[url].model_copy(update=fields)
    kept_file().write_text(SignIns(last=kept.last, by_url={**kept.by_url, url: changed}).model_dump_json())
    return changed


def sign_in(ugcgen: Ugcgen, identity: Identity) -> None:
    ended = ugcgen("login", identity.url, "--email", EMAIL, "--functions-url", f"{identity.url}/functions")
    assert (ended.code, ended.out) == (0, f"signed in to {identity.url} as {EMAIL}\n")


def test_login_keeps_the_tokens_private_and_calls_carry_them(identity: Identity, ugcgen: Ugcgen) -> None:
    sign_in(ugcgen, identity)
    assert stat.S_IMODE(kept_file().stat().st_mode) == 0o600
    assert load().by_url[identity.url].user_id == USER
    assert PASSWORD not in kept_file().read_text()
    assert ugcgen("cancel", "job1").out == "job job1 is cancelling; $0.070 was spent\n"
    assert REFRESH not in identity.seen


def test_the_functions_are_where_firebase_deploys_them(identity: Identity, ugcgen: Ugcgen) -> None:
    assert ugcgen("login", identity.url, "--email", EMAIL, "--region", "europe-west1").code == 0
    assert load().by_url[identity.url].functions_url == "https://europe-west1-demo-ugcgen.cloudfunctions.net"


def test_a_wrong_password_keeps_nothing(identity: Identity, ugcgen: Ugcgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UGCGEN_PASSWORD", "wrong")
    ended = ugcgen("login", identity.url, "--email", EMAIL)
    assert (ended.code, ended.err) == (1, f"ugcgen: {EMAIL} and this password are not known at {identity.url}\n")
    assert not kept_file().exists()


def test_an_expired_token_is_refreshed_once_and_kept(identity: Identity, ugcgen: Ugcgen) -> None:
    sign_in(ugcgen, identity)
    change_kept(identity.url, expires_at=datetime.now(UTC) - timedelta(hours=2))
    assert ugcgen("cancel", "job1").code == 0
    assert ugcgen("cancel", "job1").code == 0
    assert identity.seen.count(REFRESH) == 1
    assert load().by_url[identity.url].id_token == identity.issued[-1]
    assert stat.S_IMODE(kept_file().stat().st_mode) == 0o600


def test_a_token_the_service_no_longer_takes_is_refreshed(identity: Identity, ugcgen: Ugcgen) -> None:
    sign_in(ugcgen, identity)
    change_kept(identity.url, id_token="of-before-the-keys-changed")
    assert ugcgen("cancel", "job1").code == 0
    assert identity.seen.count(REFRESH) == 1


def test_a_revoked_sign_in_says_to_sign_in_again(identity: Identity, ugcgen: Ugcgen) -> None:
    sign_in(ugcgen, identity)
    change_kept(identity.url, expires_at=datetime.now(UTC) - timedelta(hours=2))
    identity.revoked = True
    ended = ugcgen("cancel", "job1")
    assert ended.code == 1
    assert ended.err == (
        f"ugcgen: your sign-in at {identity.url} has ended (TOKEN_EXPIRED); "
        f"sign in again with 'ugcgen login {identity.url}'\n"
    )


def test_a_service_that_stumbles_is_asked_again(identity: Identity, ugcgen: Ugcgen) -> None:
    sign_in(ugcgen, identity)
    identity.broken_replies = 2
    assert ugcgen("cancel", "job1").code == 0
    assert identity.seen.count("/functions/call/cancelJob") == 3


def test_a_service_that_is_away_is_named_and_nothing_else_is_written(
    identity: Identity, ugcgen: Ugcgen, start_process: Callable[..., subprocess.Popen[str]]
) -> None:
    sign_in(ugcgen, identity)
    change_kept(identity.url, functions_url="http://127.0.0.1:9")
    process = start_process("cancel", "job1", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate(timeout=60)
    sentence = f"ugcgen: {identity.url} cannot be reached at http://127.0.0.1:9/call/cancelJob; try again in a moment\n"
    assert (process.returncode, out, err) == (1, "", sentence)


def test_an_address_that_is_no_ugcgen(identity: Identity, ugcgen: Ugcgen) -> None:
    not_there = ugcgen("login", "http://127.0.0.1:9", "--email", EMAIL)
    assert not_there.err == "ugcgen: http://127.0.0.1:9 cannot be reached; check the address and your network\n"
    with identity_server("another") as other:
        other.get = lambda path: (404, {})  # type: ignore[method-assign]
        assert f"{other.url} is no UGCGen" in ugcgen("login", other.url, "--email", EMAIL).err


def test_logout_forgets(identity: Identity, ugcgen: Ugcgen) -> None:
    sign_in(ugcgen, identity)
    token = load().by_url[identity.url].refresh_token
    assert ugcgen("logout").out == f"signed out of {identity.url}\n"
    assert token not in kept_file().read_text()
    assert "'ugcgen login URL'" in ugcgen("cancel", "job1").err
    assert ugcgen("logout").out == "nobody was signed in\n"


def test_a_damaged_file_is_named(identity: Identity, ugcgen: Ugcgen) -> None:
    kept_file().parent.mkdir(parents=True)
    kept_file().write_text("{")
    assert f"{kept_file()} cannot be read" in ugcgen("cancel", "job1").err
