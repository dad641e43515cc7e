"""One studio for the tests that need no studio of their own, and pictures to give it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local.studio.art import Picture, draw
from tests.integration.studio.running import Running, running


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("studio"), "--workers", "1", "--webhook-secret", "whsec_c2VjcmV0") as studio:
        yield studio


@pytest.fixture
def studio(shared: Running) -> Running:
    """The shared studio on a good day with an empty journal."""
    shared.call("DELETE", "/studio/faults")
    shared.call("DELETE", "/studio/log")
    shared.call("POST", "/studio/latency", {})
    return shared


def _picture(prompt: str, seed: int) -> bytes:
    return draw(Picture(prompt, (), 360, 640, seed))


@pytest.fixture(scope="session")
def woman() -> bytes:
    return _picture("front portrait of a woman with long red hair, fair skin, cream sweater, no product", 3)


@pytest.fixture(scope="session")
def man() -> bytes:
    return _picture("front portrait of a man with short black hair, brown skin, navy shirt, no product", 4)
