"""docs/models.md says what the catalog says: every figure of a paid call can be looked up there with its source."""

from pathlib import Path

from pytest import mark

from tests.unit.markdown import table
from ugcgen.domain.errors import ContentFiltered, ModelGone, ModelRejected, QuotaExhausted
from ugcgen.models.catalog import SOON, Model, catalog
from ugcgen.models.fallback import NOT_BEGUN, NOT_SPOKEN
from ugcgen.models.overview import prices
from ugcgen.models.voices import Gender

GUIDE = Path(__file__).parents[2] / "docs" / "models.md"
CATALOG = catalog()
FILMING = [model for model in CATALOG.models.values() if model.lengths]


def numbers(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values) or "none"


def yes(value: bool) -> str:
    return "yes" if value else "no"


def test_what_every_quality_means() -> None:
    rows = [
        [quality, role, ", ".join(f"`{name}`" for name in tier.chain), tier.makes or ""]
        for quality, roles in CATALOG.tiers.items()
        for role, tier in roles.items()
    ]
    assert table(GUIDE, "Which model does what") == rows


def test_when_the_next_model_is_asked() -> None:
    said = {row[0]: row[1:] for row in table(GUIDE, "When a model cannot be had")}
    gone, withheld, rejected, *waits = said.values()
    assert {ModelGone, QuotaExhausted} == set(NOT_BEGUN)
    assert gone == ["the next model", "the next model"]
    assert {ContentFiltered, ModelRejected} == set(NOT_SPOKEN) - set(NOT_BEGUN)
    assert withheld == rejected == ["no", "the next model"]
    assert not any("next" in cell for row in waits for cell in row)


def test_a_model_ends_soon_as_long_before_as_the_guide_says() -> None:
    assert f"is said to end soon from {SOON.days} days before its shutdown" in GUIDE.read_text(encoding="utf-8")


def test_every_voice_of_cloud_speech() -> None:
    rows = [
        [f"`{model.id}`", model.voice_family, ", ".join(letters(model))]
        for model in CATALOG.models.values()
        if model.voices
    ]
    assert [row[:3] for row in table(GUIDE, "Voices")] == rows


def letters(model: Model) -> list[str]:
    return [f"{locale} {of.get(Gender.FEMALE, '–')} {of.get(Gender.MALE, '–')}" for locale, of in model.voices.items()]


def test_every_model_and_its_price() -> None:
    rows = [
        [f"`{model.id}`", model.provider, prices(model), str(model.shutdown or "none known")]
        for model in CATALOG.models.values()
    ]
    assert [row[:4] for row in table(GUIDE, "Prices")] == rows


def test_what_each_model_can_film() -> None:
    rows = [
        [
            f"`{model.id}`",
            numbers(model.lengths),
            numbers(model.extension_lengths),
            f"{model.longest:g}",
            ", ".join(model.resolutions),
            ", ".join(model.ratios),
            str(model.references),
            f"{yes(model.first_frame)}, {yes(model.last_frame)}",
            yes(model.negative_prompt),
        ]
        for model in FILMING
    ]
    assert [row[:9] for row in table(GUIDE, "Clips")] == rows


def test_what_each_model_can_draw() -> None:
    drawing = [model for model in CATALOG.models.values() if model.sizes]
    rows = [[f"`{m.id}`", ", ".join(m.sizes), ", ".join(m.ratios), str(m.references)] for m in drawing]
    assert [row[:4] for row in table(GUIDE, "Pictures")] == rows


def test_every_retired_name() -> None:
    rows = [[f"`{name}`", str(ended.shutdown), f"`{ended.replacement}`"] for name, ended in CATALOG.retired.items()]
    assert [row[:3] for row in table(GUIDE, "Retired names")] == rows


@mark.parametrize("heading", ["Prices", "Clips", "Pictures", "Voices", "Retired names"])
def test_every_figure_has_a_source(heading: str) -> None:
    known = {row[0] for row in table(GUIDE, "Sources")}
    for row in table(GUIDE, heading):
        named = row[-1].split(", ")
        assert set(named) <= known, f"{row[0]}: {row[-1]} is not among the sources {sorted(known)}"
