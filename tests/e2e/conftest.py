"""One local cloud for all end-to-end tests, and one undisturbed job that the disturbed ones are held against."""

from collections.abc import Iterator

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore

from infra.local.cloud import LocalCloud
from tests.e2e import outside
from tests.e2e.backstage import Backstage, Finished
from tests.e2e.briefs import small
from tests.e2e.person import Person
from tests.processes import any_alive, watch

SETTINGS = {
    # A worker that died is noticed after seconds instead of a minute, a lost reply given up after a few more.
    "LEASE_SECONDS": "4",
    "SWEEP_AFTER_SECONDS": "1",
    "LOST_AFTER_SECONDS": "15",
    # Looking at frames is what the studio works longest at: one or two of each clip are enough here.
    "CONSISTENCY_FRAME_SAMPLE_RATE": "0.3",
    "ALLOWED_PRIVATE_HOSTS": f"127.0.0.1:{outside.PORT}",
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "full: a job at full size, about a minute of two cores")


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with LocalCloud(tmp_path_factory.mktemp("cloud"), env=SETTINGS) as cloud:
        yield cloud
        parts = watch(cloud.pids.values())
    assert not any_alive(parts)


@pytest.fixture(scope="session")
def client(cloud: LocalCloud) -> Iterator[firestore.Client]:
    """Firestore as the server sees it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", cloud.env["FIRESTORE_EMULATOR_HOST"])
        client = firestore.Client(project=cloud.env["GOOGLE_CLOUD_PROJECT"], credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
    yield client
    client.close()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def stage(cloud: LocalCloud, client: firestore.Client) -> Backstage:
    return Backstage(cloud, client)


@pytest.fixture
def person(stage: Backstage) -> Person:
    """Somebody who has made nothing yet."""
    return stage.person()


@pytest.fixture(autouse=True)
def good_day(stage: Backstage) -> Iterator[None]:
    """A bad day ends with its test, and every part that was killed is up again."""
    yield
    for part in set(stage.cloud.parts) - set(stage.cloud.pids):
        stage.cloud.start(part)
    stage.studio.good_day()


@pytest.fixture(scope="session")
def undisturbed(stage: Backstage) -> Finished:
    person = stage.person()
    mark = stage.studio.mark()
    job_id = person.start(small())
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.job and seen.job.completed_at, 240)
    return Finished(person, stage.job(job_id), seen.jobs, stage.studio.bill(mark), stage.artifacts(job_id))
