"""The master prompt: nine blocks in one order, the same words for the same scene."""

import re
from pathlib import Path

from pytest import mark

from agents.scene_prompts import NEGATIVE, ScenePrompts, compose
from tests.unit.functions.making import bible, scene
from ugcgen.domain.enums import ProductVisibility, SpeechMode

BLOCKS = ["REALISM", "CHARACTER", "SCENE", "ENVIRONMENT", "CAMERA", "SKIN", "AUDIO", "CONSISTENCY", "NEGATIVE"]
GOLDEN = Path(__file__).parent / "golden" / "scene_prompts.txt"


def blocks(prompt: str) -> dict[str, str]:
    return dict(re.findall(r"^\[([A-Z]+)\] (.+)$", prompt, flags=re.MULTILINE))


def as_text(prompts: ScenePrompts) -> str:
    return (
        f"STORYBOARD\n\n{prompts.storyboard_prompt}\n\nVIDEO\n\n{prompts.video_prompt}\n\n"
        f"NEGATIVE\n\n{prompts.negative_prompt}\n"
    )


def test_one_scene_word_for_word() -> None:
    told = scene(audio_notes="kettle in the background", product_action="She lifts the dropper")
    assert as_text(compose(told, bible(), SpeechMode.NATIVE)) == GOLDEN.read_text(encoding="utf-8")


@mark.parametrize("speech", SpeechMode)
@mark.parametrize("with_person", [True, False])
@mark.parametrize("visibility", ProductVisibility)
def test_nine_blocks_in_order(speech: SpeechMode, with_person: bool, visibility: ProductVisibility) -> None:
    prompts = compose(scene(product_visibility=visibility), bible(with_person), speech)
    for prompt in (prompts.storyboard_prompt, prompts.video_prompt):
        assert list(blocks(prompt)) == BLOCKS
        assert len(prompt.split("\n\n")) == len(BLOCKS)


def test_only_a_clip_that_speaks_for_itself_is_given_the_words() -> None:
    told = scene(dialogue="It smells of oranges.")
    voiced, native = (compose(told, bible(), mode) for mode in (SpeechMode.VOICEOVER, SpeechMode.NATIVE))
    assert "oranges" in blocks(native.video_prompt)["AUDIO"]
    assert "oranges" not in native.storyboard_prompt
    assert "oranges" not in voiced.video_prompt
    assert "No speech" in blocks(compose(scene(dialogue=""), bible(), SpeechMode.NATIVE).video_prompt)["AUDIO"]


def test_what_must_not_change_is_locked_in_every_prompt() -> None:
    prompts = compose(scene(), bible(), SpeechMode.VOICEOVER)
    for prompt in (prompts.storyboard_prompt, prompts.video_prompt):
        locked = blocks(prompt)["CONSISTENCY"]
        assert "hair stays long and red" in locked
        assert "the cap stays black; the label reads LUMI." in locked
    assert prompts.negative_prompt == NEGATIVE


def test_without_a_person_none_is_described() -> None:
    prompts = compose(scene(), bible(with_person=False), SpeechMode.VOICEOVER)
    assert "red hair" not in prompts.video_prompt
    assert blocks(prompts.video_prompt)["CHARACTER"] == "No person is needed; hands may hold the product."
