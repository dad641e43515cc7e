"""Parts of the local cloud for tests that talk to Firestore, Pub/Sub, Storage and Cloud Tasks."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from infra.local.cloud import LocalCloud
from tests.processes import any_alive, watch


@pytest.fixture(scope="session")
def cloud_parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """Firestore with our rules, Pub/Sub, Storage with the bucket, and Cloud Tasks, once for the whole session.

    Tests share it, so each uses document ids, topics and queues of its own.
    """
    with LocalCloud(tmp_path_factory.mktemp("cloud"), parts=("firestore", "pubsub", "storage", "tasks")) as cloud:
        yield cloud
        parts = watch(cloud.pids.values())
    assert not any_alive(parts)


@pytest.fixture
def cloud_env(cloud_parts: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The environment of this process as a product process of `cloud_parts` has it, for one test."""
    for name, value in cloud_parts.env.items():
        monkeypatch.setenv(name, value)
    return cloud_parts.env


@pytest.fixture
def until() -> Callable[[Callable[[], object], float], None]:
    """`until(condition, seconds)` waits for a condition and fails the test where it does not come true in time."""
    import time

    def wait(condition: Callable[[], object], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not true within {seconds} s"
            time.sleep(0.02)

    return wait
