"""Listening to a job through Firestore's rules: who may, what comes, and what survives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from google.cloud import firestore

from infra.local.cloud import PROJECT, LocalCloud
from tests.integration.cli.identity_server import USER, Identity, identity_server
from ugcgen_cli.endpoint import Endpoint
from ugcgen_cli.errors import CliError
from ugcgen_cli.listener import Listener, View
from ugcgen_cli.sign_in import SignedIn, SignIn

BRIEF = {"product_name": "Lumi Glow", "prompt": "x", "scenes": [{"seconds": 4}, {"seconds": 4}]}


@pytest.fixture
def server(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> firestore.Client:
    """Firestore as the functions see it."""
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", cloud.env["FIRESTORE_EMULATOR_HOST"])
    return firestore.Client(project=PROJECT)


def a_job(server: firestore.Client, job_id: str, user_id: str, moment: datetime) -> None:
    job: dict[str, Any] = {
        "id": job_id,
        "user_id": user_id,
        "request_id": "request-1",
        "brief": BRIEF,
        "outline": [
            {"scene_number": n, "scene_type": "hook", "seconds": 4, "clip_seconds": 4, "max_words": 9} for n in (1, 2)
        ],
        "quote": {"lines": [], "low": 5, "total": 10, "high": 10, "models": {}},
        "money": {"cap": 10},
        "product_name": "Lumi Glow",
        "product_images": ["p"],
        "created_at": moment,
        "updated_at": moment,
        "a_field_of_tomorrow": {"nested": True},
    }
    server.document(f"jobs/{job_id}").set(job)
    server.document(f"jobs/{job_id}/scenes/02").set({"scene_number": 2, "stage": "storyboard", "updated_at": moment})


@contextmanager
def told_until_heard(server: firestore.Client, job_id: str, progress: int) -> Iterator[None]:
    """Writes the progress again and again: the emulator may keep a change to itself that falls into a listener's
    beginning, and a restart makes every listener begin anew."""
    heard = threading.Event()

    def tell() -> None:
        while True:
            change = {"progress": progress, "updated_at": datetime.now(UTC)}
            server.document(f"jobs/{job_id}").update(change, timeout=30)
            if heard.wait(2):
                return

    teller = threading.Thread(target=tell, name="teller")
    teller.start()
    try:
        yield
    finally:
        heard.set()
        teller.join()


def until_progress(views: Iterator[View], progress: int) -> View:
    return next(view for view in views if view.job.progress == progress)


def test_changes_of_job_and_scenes_come_as_they_are_written(local: Endpoint, server: firestore.Client) -> None:
    a_job(server, "listened", local.user_id, datetime.now(UTC))
    with Listener(local, "listened") as listener:
        views = listener.views()
        first = next(views)
        assert [scene.scene_number for scene in first.scenes] == [1, 2]
        server.document("jobs/listened/scenes/01").set({"scene_number": 1})
        server.document("jobs/listened/scenes/02").update({"dialogue": "Look at this."})
        told = next(view for view in views if view.scenes[1].dialogue)
        assert told.scenes[1].dialogue == "Look at this."
        server.document("jobs/listened").update({"progress": 20})
        assert until_progress(views, 20).scenes == told.scenes


def test_a_job_of_somebody_else_is_not_shown(local: Endpoint, server: firestore.Client) -> None:
    a_job(server, "theirs", "bob", datetime.now(UTC))
    with Listener(local, "theirs") as listener, pytest.raises(CliError, match="no longer shows job theirs"):
        next(listener.views())


def test_a_listener_survives_a_restart_of_firestore(
    local: Endpoint, server: firestore.Client, cloud: LocalCloud
) -> None:
    a_job(server, "restarted", local.user_id, datetime.now(UTC))
    with Listener(local, "restarted") as listener:
        views = listener.views()
        next(views)
        cloud.restart("firestore")
        with told_until_heard(server, "restarted", 30):
            assert until_progress(views, 30).job.id == "restarted"


def test_a_listener_whose_streams_were_ended_begins_them_again(local: Endpoint, server: firestore.Client) -> None:
    a_job(server, "ended", local.user_id, datetime.now(UTC))
    with Listener(local, "ended") as listener:
        views = listener.views()
        next(views)
        for progress in (10, 20):
            for watch in listener.watches:
                watch.unsubscribe()
            server.document("jobs/ended").update({"progress": progress})
            assert until_progress(views, progress).job.id == "ended"


@pytest.fixture
def identity(here: Path) -> Iterator[Identity]:
    with identity_server(PROJECT) as running:
        yield running


@pytest.fixture
def deployed(identity: Identity, cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    """An endpoint that was signed in to with a token that has expired since; its Firestore is the emulator."""
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", identity.host)
    kept = SignIn(
        url=identity.url,
        project=PROJECT,
        api_key="k",
        functions_url=cloud.urls["functions"],
        email="ann@example.com",
        user_id=USER,
        refresh_token="refresh-1",
        id_token="expired",
        expires_at=datetime.now(UTC) - timedelta(minutes=1),
    )
    return Endpoint(
        name=kept.url,
        project=PROJECT,
        functions_url=kept.functions_url,
        firestore=cloud.env["FIRESTORE_EMULATOR_HOST"],
        user_id=USER,
        credentials=SignedIn(kept),
    )


def test_an_expired_token_is_refreshed_whenever_the_stream_begins_anew(
    deployed: Endpoint, identity: Identity, server: firestore.Client, cloud: LocalCloud
) -> None:
    a_job(server, "long", USER, datetime.now(UTC))
    with Listener(deployed, "long") as listener:
        views = listener.views()
        next(views)
        before = len(identity.issued)
        assert before >= 1
        deployed.credentials.expiry = datetime(2020, 1, 1)
        cloud.restart("firestore")
        with told_until_heard(server, "long", 40):
            assert until_progress(views, 40).job.user_id == USER
        assert len(identity.issued) > before


def test_a_revoked_sign_in_ends_listening_with_what_to_do(deployed: Endpoint, identity: Identity) -> None:
    identity.revoked = True
    with Listener(deployed, "any") as listener, pytest.raises(CliError, match=r"has ended .* sign in again"):
        next(listener.views())
