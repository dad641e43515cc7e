"""The production bible: eight components from a brief, and edits that are laid over it and never into it."""

import pytest

from agents import production_bible
from agents.presets import PLATFORMS, SETTINGS, STYLES, TONES, tone_in_words
from agents.prompt_engineering import CAMERAS, LIGHTINGS, NEGATIVES, QUALITY, CameraPreset, Fault, Look
from tests.unit.functions import demo
from ugcgen.domain.bible import ProductionBible, Strategy
from ugcgen.domain.enums import (
    BackgroundSetting,
    LightingPreset,
    Platform,
    SceneType,
    ShotType,
    Tone,
    VideoStyle,
)
from ugcgen.domain.job_edits import JobEdits


@pytest.fixture
def bible() -> ProductionBible:
    with demo.answering():
        return demo.bible()


def test_all_eight_components_are_there(bible: ProductionBible) -> None:
    assert bible.product_dna == demo.SERUM
    assert (bible.avatar_dna, bible.character) == (demo.MIA, demo.THREE_PHOTOS)
    assert bible.style.duration_seconds == 40
    assert bible.creative_brief.hook_strategy
    assert bible.camera.shot(SceneType.HOOK).shot_type is ShotType.CLOSE_UP
    assert bible.camera.shot(SceneType.PROBLEM) == STYLES[VideoStyle.TESTIMONIAL].shot
    assert bible.lighting == LIGHTINGS[LightingPreset.NATURAL]
    assert bible.realism.product_fidelity.startswith("Exact label text")
    assert all(bible.master_prompt.model_dump().values()), "every common block is written"


def test_where_there_is_no_window_none_gives_the_light(bible: ProductionBible) -> None:
    outside = demo.BRIEF.model_copy(update={"background": BackgroundSetting.OUTDOOR})
    strategy = Strategy.model_validate(bible.creative_brief.model_dump(exclude={"prompt", "selling_points"}))
    other = production_bible.assembled(outside, 40, strategy, demo.SERUM, None)
    assert "window" not in other.master_prompt.environment
    assert other.lighting.type == "natural daylight"


def test_edits_are_laid_over_the_bible_and_not_written_into_it(bible: ProductionBible) -> None:
    before = bible.model_dump()
    edits = JobEdits().patched(
        {"bible": {"avatar_dna": {"eyes": "green"}, "master_prompt": {"skin_realism": "Pores."}}}
    )
    revised = production_bible.revised(bible, edits)
    assert "Eyes: green." in revised.master_prompt.character_dna, "the master prompt follows from the components"
    assert revised.master_prompt.skin_realism == "Pores.", "and a block in words of one's own wins"
    assert bible.model_dump() == before
    assert production_bible.revised(bible, JobEdits()) == bible


def test_an_edit_belongs_to_the_script_or_to_the_prompts_or_to_both() -> None:
    every = JobEdits().patched(
        {
            "bible": {
                "product_dna": {"shape": "jar"},
                "avatar_dna": {"eyes": "green"},
                "style": {"tone": "calm"},
                "setting": "A boat",
                "creative_brief": {"hook_strategy": "Ask"},
                "camera": {"body": "Pixel"},
                "lighting": {"type": "neon"},
                "realism": {"hands": "Gloves"},
                "master_prompt": {"environment": "At sea."},
            }
        }
    )
    script, prompts = (
        part.model_dump(exclude_none=True).keys() for part in (every.bible.of_script, every.bible.of_prompts)
    )
    assert set(script) == {"style", "creative_brief"}
    assert set(prompts) == set(every.bible.model_dump()) - {"creative_brief"}


def test_every_name_a_brief_may_use_has_its_words() -> None:
    assert set(STYLES) == set(VideoStyle)
    assert set(PLATFORMS) == set(Platform)
    assert set(SETTINGS) == set(BackgroundSetting)
    assert set(TONES) == set(Tone)
    assert set(LIGHTINGS) == set(LightingPreset)
    assert set(CAMERAS) == set(CameraPreset)
    assert set(QUALITY) == set(Look)
    assert set(NEGATIVES) == set(Fault)


def test_a_tone_is_named_or_told_in_own_words() -> None:
    assert tone_in_words("funny") == TONES[Tone.FUNNY]
    assert tone_in_words("funny, but kind") == "funny, but kind"
