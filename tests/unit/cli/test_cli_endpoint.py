"""Which UGCGen a command talks to."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from platformdirs import user_config_path

from ugcgen_cli import endpoint
from ugcgen_cli.errors import CliError
from ugcgen_cli.sign_in import SignIn, SignIns


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with no cloud above it, and nobody signed in."""
    for name in ("UGCGEN_LOCAL", "UGCGEN_ENDPOINT", "FIRESTORE_EMULATOR_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def describe_cloud(data: Path, pid: int) -> None:
    data.mkdir(parents=True)
    urls = {"functions": "http://127.0.0.1:21000", "firestore": "http://127.0.0.1:21001"}
    (data / "cloud.json").write_text(json.dumps({"pid": pid, "project": "demo", "urls": urls}))


def signed_in_at(*urls: str) -> None:
    kept = {
        url: SignIn(
            url=url,
            project="p",
            api_key="k",
            functions_url="https://us-central1-p.cloudfunctions.net",
            email="ann@example.com",
            user_id="ann",
            refresh_token="r",
            id_token="t",
            expires_at=datetime.now(UTC) + timedelta(hours=1),
        )
        for url in urls
    }
    path = user_config_path("ugcgen") / "sign-ins.json"
    path.parent.mkdir(parents=True)
    path.write_text(SignIns(last=urls[-1], by_url=kept).model_dump_json())


def a_dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_local_cloud_is_found_from_a_folder_below(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    describe_cloud(elsewhere / ".local", os.getpid())
    below = elsewhere / "examples" / "photos"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    signed_in_at("https://a.web.app")
    found = endpoint.find(None)
    assert (found.functions_url, found.firestore, found.user_id) == (
        "http://127.0.0.1:21000",
        "127.0.0.1:21001",
        "local-user",
    )
    found.check_up()
    (elsewhere / ".local" / "cloud.json").unlink()
    with pytest.raises(CliError, match="the local cloud was stopped"):
        found.check_up()


def test_a_cloud_that_was_killed_is_not_taken_for_running(elsewhere: Path) -> None:
    describe_cloud(elsewhere / ".local", a_dead_process())
    with pytest.raises(CliError, match=r"ugcgen up.*ugcgen login"):
        endpoint.find(None)
    with pytest.raises(CliError, match="no local cloud is running in"):
        endpoint.find("local")


def test_the_environment_names_the_folder(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UGCGEN_LOCAL", str(elsewhere / "mine"))
    signed_in_at("https://a.web.app")
    with pytest.raises(CliError, match=f"no local cloud is running in {elsewhere / 'mine'}"):
        endpoint.find(None)
    describe_cloud(elsewhere / "mine", os.getpid())
    assert endpoint.find(None).local_data == elsewhere / "mine"


def test_without_a_local_cloud_the_last_sign_in_counts_and_any_other_can_be_named() -> None:
    signed_in_at("https://a.web.app", "https://b.web.app")
    last = endpoint.find(None)
    assert (last.name, last.firestore, last.local_data) == ("https://b.web.app", "firestore.googleapis.com:443", None)
    assert endpoint.find("a.web.app/").name == "https://a.web.app"
    with pytest.raises(CliError, match=r"not signed in at https://c\.web\.app"):
        endpoint.find("https://c.web.app")


def test_nothing_to_talk_to() -> None:
    with pytest.raises(CliError, match=r"ugcgen up.*ugcgen login URL"):
        endpoint.find(None)


def test_an_address_has_to_be_encrypted() -> None:
    with pytest.raises(CliError, match=r"is not encrypted; use https://a\.web\.app"):
        endpoint.find("http://a.web.app")
