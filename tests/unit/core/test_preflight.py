"""What is found about models before they are used, on days around their last."""

import logging
from datetime import date

import pytest

from ugcgen.models import preflight as module
from ugcgen.models.catalog import Catalog, Model, Price, Provider, Role, catalog
from ugcgen.models.preflight import Lifecycle, defaults, finding, preflight

END = date(2026, 12, 31)


def model(name: str, **facts: object) -> Model:
    usual = {"id": name, "provider": Provider.GEMINI, "roles": frozenset({Role.TEXT}), "price": Price()}
    return Model.model_validate(usual | facts)


OLD = model("old", shutdown=END, replacement="new")
HERE = Catalog({"old": OLD, "new": model("new"), "last": model("last", shutdown=END)}, {}, {})


@pytest.mark.parametrize(
    ("day", "lifecycle", "sentence"),
    [
        (date(2026, 11, 30), Lifecycle.SERVED, "old is served"),
        (date(2026, 12, 1), Lifecycle.SOON_RETIRED, "old is shut down on 2026-12-31, in 30 days; new is used from"),
        (date(2026, 12, 30), Lifecycle.SOON_RETIRED, "old is shut down on 2026-12-31, in 1 day; new is used from"),
        (END, Lifecycle.RETIRED, "old was shut down on 2026-12-31; new is used instead"),
    ],
)
def test_a_model_is_said_to_end_soon_for_thirty_days(day: date, lifecycle: Lifecycle, sentence: str) -> None:
    found = finding(HERE, "old", day)
    assert found.lifecycle is lifecycle
    assert found.sentence.startswith(sentence)
    assert preflight(HERE, ["new", "old", "old"], day) == ([] if lifecycle is Lifecycle.SERVED else [found])


def test_a_model_without_a_successor_wants_another_named() -> None:
    assert finding(HERE, "last", date(2026, 12, 30)).sentence.endswith("name another model before then")


def test_a_name_that_is_no_model_is_found_with_the_nearest() -> None:
    found = finding(HERE, "ne", date(2026, 11, 1))
    assert (found.lifecycle, found.sentence) == (Lifecycle.UNKNOWN, "there is no model 'ne'; did you mean new?")


def test_no_default_is_retired_or_unknown_when_it_is_shipped() -> None:
    found = preflight(catalog(), defaults(catalog()), date(2026, 11, 23))
    assert not [each for each in found if each.lifecycle is not Lifecycle.SOON_RETIRED]


def test_a_process_says_once_what_is_wrong_with_its_defaults(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = module.settings().model_copy(update={"consistency_model": "gemini-2.5-flash"})
    monkeypatch.setattr(module, "settings", lambda: settings)
    module.warn_once.cache_clear()
    with caplog.at_level(logging.WARNING, logger="ugcgen"):
        module.warn_once()
        module.warn_once()
    said = [record.getMessage() for record in caplog.records]
    assert said == ["model gemini-2.5-flash was shut down on 2026-10-16; gemini-3.5-flash-lite is used instead"]
