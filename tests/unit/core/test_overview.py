"""The catalog as it is shown: every model under its role, with its place, its price and its end."""

from datetime import date

import pytest

from ugcgen.domain.enums import Quality
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.overview import ModelFacts, overview
from ugcgen.models.preflight import Lifecycle

SHIPPED = catalog()
ROWS = overview(SHIPPED, date(2026, 11, 23))


def row(name: str, rows: list[ModelFacts] = ROWS) -> ModelFacts:
    return next(each for each in rows if each.id == name)


def test_every_name_of_the_catalog_is_there_and_each_ended_one_once() -> None:
    assert {each.id for each in ROWS} == SHIPPED.models.keys() | SHIPPED.retired.keys()
    ended = [each.id for each in ROWS if each.lifecycle is Lifecycle.RETIRED]
    assert len(ended) == len(set(ended))


@pytest.mark.parametrize("quality", Quality)
@pytest.mark.parametrize("role", Role)
def test_places_are_those_of_the_chain(role: Role, quality: Quality) -> None:
    placed = {each.places[quality]: each.id for each in ROWS if each.role is role and quality in each.places}
    assert tuple(placed[place] for place in sorted(placed)) == SHIPPED.tiers[quality][role].chain


def test_a_role_begins_with_its_standard_chain_and_ends_with_what_has_ended() -> None:
    names = [each.id for each in ROWS if each.role is Role.VIDEO]
    assert tuple(names[:3]) == SHIPPED.tiers[Quality.STANDARD][Role.VIDEO].chain
    assert names[3:] and all(row(name).lifecycle is Lifecycle.RETIRED for name in names[3:])


@pytest.mark.parametrize(
    ("name", "abilities", "price"),
    [
        (
            "veo-3.1-lite-generate-001",
            "4, 6, 8 s, extended to 37 s; 720p, 1080p; 9:16, 16:9; 3 references",
            "720p 0.05, 1080p 0.08 a second",
        ),
        ("google-cloud-tts", "speaks 17 locales", "16.00 per M characters"),
        (
            "gemini-3.8-flash",
            "",
            "0.75 in, 3.75 out per M tokens; from 2027-01-01 1.50 in, 7.50 out per M tokens",
        ),
        ("veo-2", "", ""),
    ],
)
def test_abilities_and_prices_are_put_in_words(name: str, abilities: str, price: str) -> None:
    assert (row(name).abilities, row(name).price) == (abilities, price)


def test_omni_films_any_whole_second() -> None:
    assert row("gemini-omni-1.2-flash").abilities.startswith("3 to 10 s, extended to 40 s; 360p")


def test_a_model_is_shown_as_it_stands_on_the_day() -> None:
    name = "veo-3.1-generate-001"
    before, after = (row(name, overview(SHIPPED, date(2026, 11, day))) for day in (16, 17))
    assert (before.lifecycle, before.shutdown) == (Lifecycle.SOON_RETIRED, date(2026, 11, 17))
    assert (after.lifecycle, after.replacement) == (Lifecycle.RETIRED, "veo-3.1-lite-generate-001")
    assert "gemini-omni-1.2-flash" not in {each.id for each in overview(SHIPPED, date(2026, 11, 4))}
