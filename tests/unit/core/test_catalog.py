import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from ugcgen.domain.enums import Quality
from ugcgen.domain.errors import InvalidInput
from ugcgen.models.catalog import Catalog, Model, Provider, Retired, Role, catalog
from ugcgen.models.nearest import pixels

TODAY = date(2026, 11, 23)
SHIPPED = catalog()


@pytest.mark.parametrize("name", SHIPPED.retired)
def test_a_retired_id_means_its_replacement_and_says_so(name: str) -> None:
    model, notice = SHIPPED.resolve(name, TODAY)
    ended = SHIPPED.retired[name]
    assert model.id == ended.replacement
    assert notice == f"{name} was shut down on {ended.shutdown}; {model.id} is used instead"


@pytest.mark.parametrize("name", SHIPPED.models)
def test_a_served_model_means_itself_without_a_notice(name: str) -> None:
    model = SHIPPED.models[name]
    assert SHIPPED.resolve(name, (model.shutdown and date(2026, 1, 1)) or TODAY) == (model, None)


def test_a_model_is_replaced_from_the_day_of_its_shutdown_on() -> None:
    assert SHIPPED.resolve("veo-3.1-generate-001", date(2026, 11, 16))[1] is None
    model, notice = SHIPPED.resolve("veo-3.1-generate-001", date(2026, 11, 17))
    assert model.id == "veo-3.1-lite-generate-001"
    assert notice and "2026-11-17" in notice


def test_a_chain_of_replacements_is_followed_to_its_end() -> None:
    def made(name: str, **facts: object) -> Model:
        return Model.model_validate({"id": name, "provider": "gemini", "roles": ["text"], "price": {}} | facts)

    models = [made("new"), made("middle", shutdown=date(2026, 6, 1), replacement="new")]
    old = Catalog(
        models={model.id: model for model in models},
        retired={"old": Retired(shutdown=date(2025, 1, 1), replacement="middle")},
        tiers={},
    )
    model, notice = old.resolve("old", TODAY)
    assert model.id == "new"
    assert notice == "old was shut down on 2025-01-01; new is used instead"


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("gemini-3.8-flahs", "did you mean gemini-3.8-flash?"),
        ("GEMINI-OMNI-1.2", "did you mean gemini-omni-1.2-flash?"),
        ("google-tts", "did you mean google-cloud-tts?"),
        ("sora", "known are gemini-3-pro-image, gemini-"),
    ],
)
def test_an_unknown_id_is_refused_with_the_nearest_one(name: str, instead: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(f"there is no model {name!r}; {instead}")):
        SHIPPED.resolve(name, TODAY)


def test_a_model_is_not_used_before_its_release() -> None:
    with pytest.raises(InvalidInput, match="is served from 2026-11-05 on; name another model until then"):
        SHIPPED.resolve("gemini-omni-1.2-flash", date(2026, 11, 4))
    assert SHIPPED.resolve("gemini-omni-1.2-flash", date(2026, 11, 5))[1] is None


@pytest.mark.parametrize(
    ("model", "makes"),
    [
        ("gemini-omni-1.2-flash", {"draft": "360p", "standard": "720p", "high": "1080p"}),
        ("veo-3.1-lite-generate-001", {"draft": "720p", "standard": "720p", "high": "1080p"}),
        ("gemini-3-pro-image", {"draft": "1K", "standard": "1K", "high": "2K"}),
        ("gemini-3.1-flash-lite-image", {"draft": "1K", "standard": "1K", "high": "1K"}),
    ],
)
def test_a_quality_means_a_size_on_each_model_or_the_nearest_it_has(model: str, makes: dict[str, str]) -> None:
    known = SHIPPED.models[model]
    (role,) = known.roles
    assert {quality: SHIPPED.tiers[Quality(quality)][role].on(known) for quality in makes} == makes


def test_the_shipped_catalog_is_whole() -> None:
    assert SHIPPED.tiers.keys() == set(Quality)
    for tiers in SHIPPED.tiers.values():
        assert tiers.keys() == set(Role)
        for role, tier in tiers.items():
            assert tier.chain
            assert (tier.makes is not None) == (role in {Role.IMAGE, Role.VIDEO})
            for name in tier.chain:
                assert role in SHIPPED.models[name].roles
    for name, model in SHIPPED.models.items():
        assert name not in SHIPPED.retired
        assert model.price.input or model.price.second or model.price.image or model.price.character
        assert (model.voice_family is not None) == bool(model.voices) == (model.provider is Provider.CLOUD_TTS)
        if Role.VIDEO in model.roles:
            assert model.lengths == tuple(sorted(model.lengths))
            assert set(model.price.second) == set(model.resolutions)
            assert list(model.resolutions) == sorted(model.resolutions, key=pixels)
        if Role.IMAGE in model.roles:
            assert list(model.sizes) == sorted(model.sizes, key=pixels)
            assert set(model.price.image) == set(model.sizes)
        if model.shutdown:
            assert model.replacement in SHIPPED.models


def test_every_entry_of_the_file_is_read() -> None:
    text = tomllib.loads((files("ugcgen.models") / "catalog.toml").read_text())
    assert text.keys() == {"tiers", "models", "retired"}
    assert text["models"].keys() == SHIPPED.models.keys()
    assert text["retired"].keys() == SHIPPED.retired.keys()


def test_a_price_changes_on_its_day() -> None:
    model = SHIPPED.models["gemini-3.8-flash"]
    assert model.price_on(date(2026, 12, 31)).output == 3.75
    assert model.price_on(date(2027, 1, 1)).output == 7.50
