"""Scripts written through the ledger on the writer's bad days: what is asked again, counted, and paid."""

import pytest

from agents import copilot, production_bible, script
from agents.script import Written
from tests.integration.functions.conftest import account_of
from tests.integration.studio.running import Running
from tests.unit.functions.demo import BRIEF, MIA, MODEL, OUTLINE, SERUM, THREE_PHOTOS
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.script import Writing
from ugcgen.ledger.account import Account


@pytest.fixture
def account(product: object, user: str) -> Account:
    return account_of(user, "script_generation")


@pytest.fixture
def bible(account: Account, studio: Running) -> ProductionBible:
    strategy = copilot.expand_brief(account, MODEL, BRIEF)
    studio.call("DELETE", "/studio/log")
    return production_bible.assembled(BRIEF, 40, strategy, SERUM, MIA, THREE_PHOTOS)


def write(account: Account, bible: ProductionBible) -> Written:
    return script.generate_script(account, MODEL, BRIEF, bible, OUTLINE)


def posts(studio: Running) -> int:
    return len(studio.call("GET", "/studio/log")["calls"])


def test_a_script_that_is_too_long_is_asked_for_once_more(
    account: Account, bible: ProductionBible, studio: Running
) -> None:
    studio.call("POST", "/studio/faults", {"fault": "long_script", "times": 1})
    written = write(account, bible)
    assert len(written.writing.violations) == len(OUTLINE)
    assert written.writing.put_right_by_rule == []
    assert script.violations(written.script, OUTLINE) == []
    assert posts(studio) == 2
    assert write(account, bible) == written, "and is found as it is, with how it came about"
    assert posts(studio) == 2


@pytest.mark.parametrize("fault", ["long_script", "hidden_product"])
def test_a_writer_that_does_not_learn_is_put_right_by_rule(
    account: Account, bible: ProductionBible, studio: Running, fault: str
) -> None:
    studio.call("POST", "/studio/faults", {"fault": fault, "times": None})
    written = write(account, bible)
    assert written.writing.put_right_by_rule == written.writing.violations != []
    assert script.violations(written.script, OUTLINE) == []
    assert posts(studio) == 2


def test_malformed_json_is_asked_for_again_and_counted(
    account: Account, bible: ProductionBible, studio: Running
) -> None:
    studio.call("POST", "/studio/faults", {"fault": "malformed", "times": 2})
    assert write(account, bible).writing == Writing(json_retries=2)
    assert posts(studio) == 3


def test_a_note_pays_for_the_refining_alone(account: Account, bible: ProductionBible, studio: Running) -> None:
    first = write(account, bible).script
    refined, _ = script.refine_script(
        account, MODEL, BRIEF, bible, OUTLINE, write(account, bible).script, "Scene 4: ask"
    )
    assert posts(studio) == 2
    assert [a == b for a, b in zip(first.scenes, refined.scenes, strict=True)] == [True, True, True, False, True]
