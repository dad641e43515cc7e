"""The functions' own code in this process, on Google's emulators and the real studio."""

import io
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress

import pytest
from google.api_core.exceptions import AlreadyExists
from PIL import Image

from infra.local.cloud import PROJECT, LocalCloud
from tests.integration.functions.doors import Doors, doors
from tests.integration.functions.identity import identity
from tests.integration.studio.running import Running, running
from ugcgen.cloud import firestore, pubsub, storage, tasks
from ugcgen.cloud.settings import settings
from ugcgen.ledger.account import Account
from ugcgen.ledger.record import Holder
from ugcgen.models import cloud_speech, provider
from ugcgen.models.media import Picture
from ugcgen.pipeline.steps import STEPS

WEBHOOK_SECRET = "whsec_c2VjcmV0"
CACHED = (
    settings,
    firestore.client,
    storage.bucket,
    storage.signer,
    pubsub.client,
    tasks.client,
    provider._with_environment_key,
    provider._agent_platform,
    cloud_speech.client,
)


def forget_clients() -> None:
    """What a fresh process has not: settings and clients made for another environment."""
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture(scope="session")
def shared_studio(cloud_parts: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STORAGE_EMULATOR_HOST", cloud_parts.env["STORAGE_EMULATOR_HOST"])
            options = ("--workers", "1", "--webhook-secret", WEBHOOK_SECRET)
            studio = stack.enter_context(running(tmp_path_factory.mktemp("functions-studio"), *options))
        yield studio


@pytest.fixture
def studio(shared_studio: Running) -> Running:
    """The studio on a good day with an empty journal."""
    shared_studio.call("DELETE", "/studio/faults")
    shared_studio.call("DELETE", "/studio/log")
    shared_studio.call("POST", "/studio/latency", {})
    return shared_studio


@pytest.fixture
def product(
    cloud_env: Mapping[str, str], studio: Running, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """The product's environment; calling it with variables changes them, as a new process would see them."""

    def change(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        forget_clients()

    monkeypatch.delenv("WEBHOOK_SECRET", raising=False)
    # A key of the test's own: what a provider said of another test's key is remembered.
    change(GOOGLE_GEMINI_BASE_URL=studio.base, GEMINI_API_KEY=f"local-studio-{uuid.uuid4().hex}")
    yield change
    monkeypatch.undo()
    forget_clients()


@pytest.fixture
def topics(product: object) -> None:
    """The topic of every step, as deploying the functions makes them."""
    for step in STEPS.values():
        with suppress(AlreadyExists):
            pubsub.client().create_topic(name=topic_path(step.topic))


def topic_path(topic: str) -> str:
    return f"projects/{settings().google_cloud_project}/topics/{topic}"


@pytest.fixture(scope="session")
def open_doors(cloud_parts: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """The doors of a process that checks the signature and the account of every caller."""
    with identity(PROJECT) as stand_in, doors(cloud_parts, stand_in, tmp_path_factory.mktemp("doors")) as opened:
        yield opened


@pytest.fixture
def user() -> str:
    """A user of the test's own: what others asked for has other keys."""
    return f"user-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def account(product: object, user: str) -> Account:
    """An account with a dollar to spend."""
    return account_of(user)


def account_of(user: str, unit: str = "storyboard-01", allotted: int = 1_000_000) -> Account:
    return Account(Holder(user_id=user, job_id=f"job-of-{user}", unit_id=unit, fence=1), allotted=allotted)


def stored_picture(user: str, color: str, size: tuple[int, int] = (360, 640)) -> Picture:
    """A plain picture in Storage, as an upload is kept."""
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    _, artifact = storage.put_once(f"users/{user}/media/{color}.png", out.getvalue(), "image/png")
    return Picture(name=artifact.name, sha256=artifact.sha256, label=f"a {color} picture")
