"""A selection of ``make chaos``: one run of each fault, on one local cloud."""

from collections.abc import Iterator

import pytest

from tests.chaos.boundaries import boundaries
from tests.chaos.matrix import Run, runs
from tests.chaos.plan import Fault
from tests.chaos.report import line
from tests.chaos.runner import Theatre
from tests.chaos.scenarios import BY_VEO, SMALL

pytestmark = pytest.mark.timeout(600)

SELECTION = {
    Fault.KILL: "small: engine.claims:settle transaction after kill",
    Fault.EXCEPTION: "small: ledger.account:Account._settle transaction after exception",
    Fault.CONFLICT: "small: engine.advance:advance transaction before conflict",
    Fault.DELAY: "small: engine.claims:settle transaction before delay",
    Fault.DUPLICATE: "small: steps.trigger:run handling before duplicate",
    Fault.REORDER: "small: engine.wake:wake publish before reorder",
    Fault.LOST: "small: engine.wake:wake enqueue before lost",
    Fault.FULL_DISK: "small: postprod.app:create_app handling before full_disk in post_production-film",
    Fault.RESTART: "small: engine.claims:settle transaction before restart in audio_generation-01 of firestore",
    Fault.LOST_REPLY: "small: models.interactions:prepare paid_call before lost_reply",
    Fault.RATE_LIMIT: "small: models.image:make paid_call before rate_limit",
    Fault.ERROR: "small: models.speech:speak paid_call before error",
    Fault.EXPIRED: "veo: models.agent_platform:prepare paid_call after expired",
}


@pytest.fixture(scope="module")
def theatre() -> Iterator[Theatre]:
    with Theatre(stages=1) as theatre:
        yield theatre


@pytest.fixture(scope="module")
def matrix(theatre: Theatre) -> dict[str, Run]:
    expected = theatre.rehearse([SMALL, BY_VEO])
    passed = {boundary for scenario in expected.values() for boundary in scenario.passed}
    assert passed <= {boundary.id for boundary in boundaries()}
    return {run.id: run for run in runs(expected)}


def test_every_fault_is_selected() -> None:
    assert SELECTION.keys() == set(Fault)


@pytest.mark.parametrize("fault", SELECTION)
def test_nothing_is_lost_and_nothing_paid_twice(fault: Fault, theatre: Theatre, matrix: dict[str, Run]) -> None:
    [result] = theatre.play([matrix[SELECTION[fault]]])
    assert result.ok, line(result)
