"""docs/keys.md names every status and every callable on keys."""

import re
from pathlib import Path

from api import keys, pool
from api.operation import declared_in
from tests.unit.markdown import table
from ugcgen.domain.enums import ApiKeyStatus
from ugcgen.ledger.key_status import REFUSALS_IN_A_ROW
from ugcgen.ledger.key_store import REMEMBERED_SECONDS

GUIDE = Path(__file__).parents[2] / "docs" / "keys.md"


def test_every_status_is_explained() -> None:
    assert [row[0].strip("`") for row in table(GUIDE, "Statuses")] == [str(status) for status in ApiKeyStatus]


def test_every_callable_on_keys_is_named_beside_who_may_call_it() -> None:
    for row, module in zip(table(GUIDE, "Who may do what"), (keys, pool), strict=True):
        named = re.findall(r"`(\w+)`", row[1])
        assert named == [each.name for each in declared_in(module)]


def test_the_figures_are_the_code_s() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert f"refused the key {REFUSALS_IN_A_ROW} times in a row" in text
    assert f"in the process for {REMEMBERED_SECONDS:g} seconds" in text
