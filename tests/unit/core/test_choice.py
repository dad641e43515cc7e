"""Which model is chosen, what may take its place, and what is said where none can do the work."""

import re
from datetime import date
from typing import Any

import pytest

from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import Quality
from ugcgen.domain.errors import InvalidInput
from ugcgen.models.ability import Need
from ugcgen.models.catalog import Catalog, Model, Price, Provider, Role, Tier, catalog
from ugcgen.models.choice import Request, chain, choose
from ugcgen.models.quote import choose_models

TODAY = date(2026, 11, 23)
SHIPPED = catalog()
VEO = "veo-3.1-lite-generate-001"


def ids(role: Role, day: date = TODAY, **request: Any) -> list[str]:
    return [choice.model.id for choice in chain(SHIPPED, role, Request(**request), day)]


def refusal(role: Role, **request: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        chain(SHIPPED, role, Request(**request), TODAY)
    return caught.value


def made(name: str, **facts: Any) -> Model:
    usual: dict[str, Any] = {"provider": Provider.GEMINI, "roles": frozenset({Role.VIDEO}), "price": Price()}
    return Model(**usual | {"id": name, "ratios": ("9:16",), "lengths": (8,), "resolutions": ("720p",)} | facts)


def catalog_of(*models: Model, makes: str | None = None) -> Catalog:
    tier = Tier(chain=tuple(model.id for model in models), makes=makes)
    return Catalog({model.id: model for model in models}, {}, {Quality.STANDARD: {Role.VIDEO: tier}})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("quality", Quality)
def test_without_a_wish_the_chain_of_the_quality_stands_in_its_order(role: Role, quality: Quality) -> None:
    choices = chain(SHIPPED, role, Request(quality=quality), TODAY)
    assert tuple(choice.model.id for choice in choices) == SHIPPED.tiers[quality][role].chain
    assert [choice.why for choice in choices] == [
        f"number {place} for {role} at {quality} quality" for place in range(1, len(choices) + 1)
    ]
    assert not any(choice.notice for choice in choices)


def test_a_quality_may_mean_another_model() -> None:
    assert ids(Role.SPEECH, quality=Quality.DRAFT)[0] == "gemini-3.8-flash-lite-tts"
    assert ids(Role.IMAGE, quality=Quality.HIGH)[0] == "gemini-3-pro-image"


def test_choosing_is_the_first_of_the_chain_with_the_rest_as_fallbacks() -> None:
    request = Request(quality=Quality.DRAFT)
    first, *rest = chain(SHIPPED, Role.SPEECH, request, TODAY)
    chosen = choose(SHIPPED, Role.SPEECH, request, TODAY)
    assert (chosen.model, chosen.why) == (first.model, first.why)
    assert chosen.fallbacks == tuple(choice.model for choice in rest)


def test_a_model_that_a_person_named_stands_alone() -> None:
    chosen = choose(SHIPPED, Role.VIDEO, Request(named=VEO), TODAY)
    assert (chosen.model.id, chosen.why, chosen.notice, chosen.fallbacks) == (VEO, "named for video", None, ())


def test_a_retired_name_is_taken_for_its_replacement_with_a_notice() -> None:
    chosen = choose(SHIPPED, Role.VIDEO, Request(named="veo-3.1-fast"), TODAY)
    assert chosen.model.id == "gemini-omni-1.2-flash"
    assert chosen.notice and "2026-10-22" in chosen.notice


def test_a_preferred_model_leads_and_the_others_stay_behind_it() -> None:
    assert ids(Role.VISION, preferred="gemini-3.8-flash") == ["gemini-3.8-flash", "gemini-3.5-flash-lite"]
    assert ids(Role.VISION, preferred="gemini-3.5-flash-lite") == ["gemini-3.5-flash-lite", "gemini-3.8-flash"]


def test_a_preferred_model_of_another_role_is_passed_over_and_that_is_said() -> None:
    first = chain(SHIPPED, Role.VISION, Request(preferred=VEO), TODAY)[0]
    assert first.model.id == "gemini-3.5-flash-lite"
    assert first.why.endswith(f"passed over: {VEO} is no model for vision")


def test_the_chain_goes_by_the_date() -> None:
    here = catalog_of(made("first", shutdown=date(2026, 12, 1)), made("second"), made("new", released=TODAY))
    before, after = (chain(here, Role.VIDEO, Request(), date(2026, m, d)) for m, d in ((11, 22), (12, 1)))
    assert [choice.model.id for choice in before] == ["first", "second"]
    assert [choice.model.id for choice in after] == ["second", "new"]
    assert after[0].why.endswith("passed over: first was shut down on 2026-12-01")


@pytest.mark.parametrize(
    ("need", "able"),
    [
        (Need(longest_clip=3), ["gemini-omni-1.2-flash", "gemini-omni-1.1-flash"]),
        (Need(longest_scene=7, longest_clip=8), ["gemini-omni-1.2-flash", "gemini-omni-1.1-flash", VEO]),
    ],
)
def test_what_a_model_cannot_film_is_left_to_others(need: Need, able: list[str]) -> None:
    assert ids(Role.VIDEO, need=need) == able


def test_a_model_that_cannot_do_the_work_is_passed_over_and_that_is_said() -> None:
    here = catalog_of(made("brief"), made("long", extension_lengths=(7,), longest=37))
    first = chain(here, Role.VIDEO, Request(need=Need(longest_scene=12)), TODAY)[0]
    assert first.model.id == "long"
    assert first.why == (
        "number 2 for video at standard quality; passed over: brief makes at most 8 s and cannot extend, not 12 s"
    )


@pytest.mark.parametrize(("language", "voice", "wavenet_only"), [("de", "Kore", False), ("fi", "Kore", True)])
def test_speech_falls_back_on_what_speaks_the_language(language: str, voice: str, wavenet_only: bool) -> None:
    spoken = ids(Role.SPEECH, need=Need(language=language, voice=voice))
    cloud = ["google-cloud-tts-wavenet"] if wavenet_only else ["google-cloud-tts", "google-cloud-tts-wavenet"]
    assert spoken == ["gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts", *cloud]


def test_a_voice_is_not_spoken_by_another_gender() -> None:
    assert "google-cloud-tts-wavenet" not in ids(Role.SPEECH, need=Need(language="fi", voice="Puck"))


@pytest.mark.parametrize(
    ("role", "request_", "field", "sentence"),
    [
        (
            Role.VIDEO,
            {"named": "gemini-omni-1.2-flash", "need": Need(ratio="1:1")},
            "aspect_ratio",
            "gemini-omni-1.2-flash makes 9:16 and 16:9, not 1:1; the nearest is 9:16",
        ),
        (
            Role.VIDEO,
            {"named": "gemini-3.8-flash"},
            "models.video",
            "gemini-3.8-flash is no model for video; "
            "use gemini-omni-1.2-flash or gemini-omni-1.1-flash or veo-3.1-lite-generate-001",
        ),
        (
            Role.VIDEO,
            {"named": VEO, "need": Need(longest_clip=3)},
            "max_scene_duration",
            f"{VEO} makes no clip below 4 s but max_scene_duration is 3 s; set it to 4 or more; "
            "use gemini-omni-1.2-flash or gemini-omni-1.1-flash",
        ),
        (
            Role.IMAGE,
            {"named": "gemini-3.1-flash-lite-image", "need": Need(references=5)},
            "models.image",
            "gemini-3.1-flash-lite-image takes at most 3 reference pictures, not 5; "
            "use gemini-nano-banana-2.1 or gemini-3-pro-image",
        ),
        (
            Role.IMAGE,
            {"named": "gemini-3.1-flash-lite-image", "quality": Quality.HIGH},
            "quality",
            "gemini-3.1-flash-lite-image makes at most 1K, not the 2K of this quality; "
            "use gemini-3-pro-image or gemini-nano-banana-2.1",
        ),
        (
            Role.SPEECH,
            {"named": "google-cloud-tts", "need": Need(language="fi", voice="Kore")},
            "language",
            "google-cloud-tts has no female voice for the language fi; "
            "use gemini-3.8-flash-tts or gemini-3.8-flash-lite-tts or google-cloud-tts-wavenet",
        ),
        (
            Role.VIDEO,
            {"need": Need(ratio="1:1")},
            "aspect_ratio",
            "no model for video can do this: gemini-omni-1.2-flash makes 9:16 and 16:9, not 1:1; the nearest is 9:16",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_nearest_that_can(
    role: Role, request_: dict[str, Any], field: str, sentence: str
) -> None:
    refused = refusal(role, **request_)
    assert str(refused).startswith(sentence)
    assert refused.field == field


def test_a_brief_that_names_models_has_no_fallbacks_for_them_alone() -> None:
    brief = Brief.model_validate({"product_name": "Dew", "prompt": "x", "models": {"video": "veo-3.1-fast"}})
    choices = choose_models(SHIPPED, brief, TODAY, "gemini-3.5-flash-lite", (2, 3))
    assert choices[Role.VIDEO].fallbacks == ()
    assert [model.id for model in choices[Role.SPEECH].fallbacks][-1] == "google-cloud-tts-wavenet"
    assert [model.id for model in choices[Role.VISION].fallbacks] == ["gemini-3.8-flash"]


def test_a_brief_is_refused_for_photos_that_its_model_cannot_take() -> None:
    named = {"image": "gemini-3.1-flash-lite-image"}
    brief = Brief.model_validate({"product_name": "Dew", "prompt": "x", "models": named})
    with pytest.raises(InvalidInput, match=re.escape("takes at most 3 reference pictures, not 5")):
        choose_models(SHIPPED, brief, TODAY, "gemini-3.5-flash-lite", (2, 3))
    assert choose_models(SHIPPED, brief, TODAY, "gemini-3.5-flash-lite", (9, 1))[Role.IMAGE].model.id == named["image"]
