import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from ugcgen.domain.enums import AspectRatio
from ugcgen.domain.errors import InvalidInput
from ugcgen.models.catalog import Catalog, Model, Price, Provider, Retired, Role, catalog

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
        roles={},
    )
    model, notice = old.resolve("old", TODAY)
    assert model.id == "new"
    assert notice == "old was shut down on 2025-01-01; new is used instead"


def test_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        InvalidInput, match=re.escape("there is no model 'sora'; known are gemini-3-pro-image, gemini-")
    ):
        SHIPPED.resolve("sora", TODAY)


@pytest.mark.parametrize("role", Role)
def test_the_first_of_the_chain_is_chosen(role: Role) -> None:
    choice = SHIPPED.choose(role, TODAY)
    assert choice.model.id == SHIPPED.roles[role][0]
    assert choice.why == f"first of the chain for {role} that can do it"
    assert choice.notice is None


def test_the_chain_goes_by_the_date() -> None:
    def made(name: str, shutdown: date | None) -> Model:
        return Model(id=name, provider=Provider.GEMINI, roles=frozenset({Role.TEXT}), shutdown=shutdown, price=Price())

    known = {"first": made("first", date(2026, 12, 1)), "second": made("second", None)}
    here = Catalog(models=known, retired={}, roles={Role.TEXT: ("first", "second")})
    assert here.choose(Role.TEXT, date(2026, 11, 30)).model.id == "first"
    assert here.choose(Role.TEXT, date(2026, 12, 1)).model.id == "second"


def test_a_named_model_is_taken_if_it_can_do_the_work() -> None:
    choice = SHIPPED.choose(Role.VIDEO, TODAY, "veo-3.1-lite-generate-001", AspectRatio.PORTRAIT, extend=True)
    assert (choice.model.id, choice.why, choice.notice) == ("veo-3.1-lite-generate-001", "named for video", None)


def test_a_retired_name_is_chosen_with_its_notice() -> None:
    assert SHIPPED.choose(Role.VIDEO, TODAY, "veo-3.1-fast").notice is not None


@pytest.mark.parametrize(
    ("role", "name", "ratio", "extend", "sentence"),
    [
        (
            Role.VIDEO,
            "gemini-omni-1.2-flash",
            AspectRatio.SQUARE,
            False,
            "gemini-omni-1.2-flash makes 9:16, 16:9, not 1:1; choose another ratio or shorter scenes",
        ),
        (
            Role.VIDEO,
            "gemini-3.8-flash",
            None,
            False,
            "gemini-3.8-flash is no model for video; "
            "use gemini-omni-1.2-flash or gemini-omni-1.1-flash or veo-3.1-lite-generate-001",
        ),
    ],
)
def test_a_named_model_that_cannot_do_the_work_is_refused_with_those_that_can(
    role: Role, name: str, ratio: AspectRatio | None, extend: bool, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=re.escape(sentence) + "$"):
        SHIPPED.choose(role, TODAY, name, ratio, extend)


def test_a_model_that_cannot_extend_is_refused_and_passed_over() -> None:
    def made(name: str, extensions: tuple[float, ...]) -> Model:
        return Model(
            id=name,
            provider=Provider.GEMINI,
            roles=frozenset({Role.VIDEO}),
            ratios=("9:16",),
            lengths=(8,),
            extension_lengths=extensions,
            price=Price(),
        )

    known = {"brief": made("brief", ()), "long": made("long", (7,))}
    here = Catalog(models=known, retired={}, roles={Role.VIDEO: ("brief", "long")})
    assert here.choose(Role.VIDEO, TODAY).model.id == "brief"
    assert here.choose(Role.VIDEO, TODAY, extend=True).model.id == "long"
    with pytest.raises(InvalidInput, match=r"brief cannot extend a clip; use long$"):
        here.choose(Role.VIDEO, TODAY, "brief", extend=True)


def test_no_model_at_all_is_said() -> None:
    with pytest.raises(InvalidInput, match="no model for video can do this"):
        SHIPPED.choose(Role.VIDEO, TODAY, ratio=AspectRatio.SQUARE)


def test_the_shipped_catalog_is_whole() -> None:
    for role, chain in SHIPPED.roles.items():
        assert chain
        for name in chain:
            assert role in SHIPPED.models[name].roles
    for name, model in SHIPPED.models.items():
        assert name not in SHIPPED.retired
        assert model.price.input or model.price.second or model.price.image
        if Role.VIDEO in model.roles:
            assert model.lengths == tuple(sorted(model.lengths))
            assert set(model.price.second) == set(model.resolutions)
        if Role.IMAGE in model.roles:
            assert set(model.price.image) == set(model.sizes)
        if model.shutdown:
            assert model.replacement in SHIPPED.models


def test_every_entry_of_the_file_is_read() -> None:
    text = tomllib.loads((files("ugcgen.models") / "catalog.toml").read_text())
    assert text.keys() == {"roles", "models", "retired"}
    assert text["models"].keys() == SHIPPED.models.keys()
    assert text["retired"].keys() == SHIPPED.retired.keys()


def test_a_price_changes_on_its_day() -> None:
    model = SHIPPED.models["gemini-3.8-flash"]
    assert model.price_on(date(2026, 12, 31)).output == 3.75
    assert model.price_on(date(2027, 1, 1)).output == 7.50
