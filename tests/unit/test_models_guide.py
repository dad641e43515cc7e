"""docs/models.md says what the catalog says: every figure of a paid call can be looked up there with its source."""

from pathlib import Path

from pytest import mark

from tests.unit.markdown import table
from ugcgen.models.catalog import Model, Price, catalog

GUIDE = Path(__file__).parents[2] / "docs" / "models.md"
CATALOG = catalog()
FILMING = [model for model in CATALOG.models.values() if model.lengths]


def price(of: Price) -> str:
    tokens = [f"{rate:.2f} {way}" for way, rate in (("in", of.input), ("out", of.output)) if rate]
    parts = [", ".join(tokens) + " per M tokens"] if tokens else []
    parts += [", ".join(f"{size} {rate:g}" for size, rate in of.image.items()) + " an image"] if of.image else []
    parts += [", ".join(f"{size} {rate:g}" for size, rate in of.second.items()) + " a second"] if of.second else []
    return "; ".join(parts)


def prices(model: Model) -> str:
    later = f"; from {model.next_price.starts} {price(model.next_price)}" if model.next_price else ""
    return price(model.price) + later


def numbers(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values) or "none"


def yes(value: bool) -> str:
    return "yes" if value else "no"


def test_roles_and_their_chains() -> None:
    rows = [[role, ", ".join(f"`{name}`" for name in chain)] for role, chain in CATALOG.roles.items()]
    assert table(GUIDE, "Which model does what") == rows


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


@mark.parametrize("heading", ["Prices", "Clips", "Pictures", "Retired names"])
def test_every_figure_has_a_source(heading: str) -> None:
    known = {row[0] for row in table(GUIDE, "Sources")}
    for row in table(GUIDE, heading):
        named = row[-1].split(", ")
        assert set(named) <= known, f"{row[0]}: {row[-1]} is not among the sources {sorted(known)}"
