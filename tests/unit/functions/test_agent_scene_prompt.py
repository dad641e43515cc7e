"""The master prompt: nine blocks in one order, the same words for the same scene, and the photos a scene is given."""

import re
from typing import Any

import pytest

from agents.prompt_engineering import SKIN_REALISM
from agents.scene_prompt import ScenePrompts, composed, references, seen_from
from tests.unit.functions.demo import character
from tests.unit.functions.making import bible, scene, script
from ugcgen.domain.enums import ProductVisibility, ReferenceAngle, SpeechMode
from ugcgen.domain.job_edits import JobEdits

FRONT, LEFT, RIGHT, BACK = (
    ReferenceAngle.FRONT,
    ReferenceAngle.LEFT_PROFILE,
    ReferenceAngle.RIGHT_PROFILE,
    ReferenceAngle.BACK,
)
BLOCKS = [
    "REALISM_HEADER",
    "CHARACTER_DNA_BLOCK",
    "SCENE_SPECIFIC_BLOCK",
    "ENVIRONMENT_BLOCK",
    "CAMERA_BLOCK",
    "SKIN_REALISM_BLOCK",
    "AUDIO_DESCRIPTION_BLOCK",
    "CONSISTENCY_LOCK_BLOCK",
    "NEGATIVE_PROMPT_BLOCK",
]


def blocks(prompt: str) -> dict[str, str]:
    return {name: words.strip() for name, words in re.findall(r"^\[([A-Z_]+)\] ([^\[]+)", prompt, flags=re.MULTILINE)}


def compose(
    patch: dict[str, Any] | None = None,
    speech: SpeechMode = SpeechMode.VOICEOVER,
    with_person: bool = True,
    **fields: Any,
) -> ScenePrompts:
    return composed(
        script(scene(**fields)), 1, bible(with_person), JobEdits().patched(patch or {}), speech, ["a.jpg", "b.jpg"]
    )


@pytest.mark.parametrize("speech", SpeechMode)
@pytest.mark.parametrize("with_person", [True, False])
@pytest.mark.parametrize("visibility", ProductVisibility)
def test_nine_blocks_in_order(speech: SpeechMode, with_person: bool, visibility: ProductVisibility) -> None:
    prompts = compose(speech=speech, with_person=with_person, product_visibility=visibility)
    for prompt in (prompts.storyboard_prompt, prompts.video_prompt):
        assert list(blocks(prompt)) == BLOCKS
        assert blocks(prompt)["SKIN_REALISM_BLOCK"].startswith(SKIN_REALISM)


def test_only_a_clip_that_speaks_for_itself_is_given_the_words() -> None:
    line = "It smells of oranges."
    voiced, native = (compose(speech=mode, dialogue=line) for mode in (SpeechMode.VOICEOVER, SpeechMode.NATIVE))
    assert "oranges" in blocks(native.video_prompt)["AUDIO_DESCRIPTION_BLOCK"]
    assert "warm alto" in native.video_prompt, "it is cast as the DNA says"
    assert "oranges" not in native.storyboard_prompt
    assert "oranges" not in voiced.video_prompt
    mute = compose(speech=SpeechMode.NATIVE, dialogue="").video_prompt
    assert "No speech" in blocks(mute)["AUDIO_DESCRIPTION_BLOCK"]


def test_what_must_not_change_is_locked_and_forbidden_in_every_prompt() -> None:
    edit = {
        "avatar_dna": {"prohibited_drift": "Eye color ALWAYS green, skin tone NEVER changes"},
        "product_dna": {"prohibited_variations": ["Never alter bottle shape", "the cap stays black."]},
    }
    prompts = compose({"bible": edit})
    for prompt in (prompts.storyboard_prompt, prompts.video_prompt):
        locked, kept_out = blocks(prompt)["CONSISTENCY_LOCK_BLOCK"], blocks(prompt)["NEGATIVE_PROMPT_BLOCK"]
        for rule in ("Eye color ALWAYS green, skin tone NEVER changes", "Never alter bottle shape", "cap stays black"):
            assert rule in locked
        assert "alter bottle shape, eye color other than green, changed skin tone" in kept_out
        assert "black" not in kept_out, "what has to be there is not asked to be kept out"
    assert "changed skin tone" in prompts.negative_prompt
    assert "morphing product" in prompts.negative_prompt
    assert "morphing product" not in prompts.storyboard_prompt, "a still does not move"


def test_without_a_person_none_is_described() -> None:
    prompts = compose(with_person=False)
    assert "red hair" not in prompts.video_prompt
    assert blocks(prompts.video_prompt)["CHARACTER_DNA_BLOCK"] == "No person is needed; hands may hold the product."


def test_a_hidden_product_is_neither_described_nor_shown() -> None:
    prompts = compose(product_visibility=ProductVisibility.NONE)
    assert "dropper bottle" not in blocks(prompts.storyboard_prompt)["SCENE_SPECIFIC_BLOCK"]
    assert prompts.references == []


@pytest.mark.parametrize(
    ("edit", "block", "words"),
    [
        ({"avatar_dna": {"hair": "short black hair"}}, "CHARACTER_DNA_BLOCK", "short black hair"),
        ({"product_dna": {"colors": {"primary": "#112233"}}}, "SCENE_SPECIFIC_BLOCK", "#112233"),
        ({"style": {"tone": "luxurious"}}, "REALISM_HEADER", "low and smooth"),
        ({"setting": "A boat"}, "ENVIRONMENT_BLOCK", "Setting: A boat."),
        ({"lighting": {"type": "candle light", "rim": True}}, "ENVIRONMENT_BLOCK", "with a rim light"),
        ({"camera": {"default": {"shot_type": "wide"}}}, "CAMERA_BLOCK", "wide shot"),
        ({"camera": {"body": "Pixel 12"}}, "CAMERA_BLOCK", "Pixel 12"),
        ({"camera": {"body": "Pixel 12"}}, "REALISM_HEADER", "shot on Pixel 12"),
        ({"realism": {"hands": "Painted nails"}}, "SKIN_REALISM_BLOCK", "Painted nails"),
        ({"master_prompt": {"consistency_lock": "All as drawn."}}, "CONSISTENCY_LOCK_BLOCK", "All as drawn."),
    ],
)
def test_an_edit_of_a_component_reaches_every_prompt(edit: dict[str, Any], block: str, words: str) -> None:
    prompts = compose({"bible": edit})
    for prompt in (prompts.storyboard_prompt, prompts.video_prompt):
        assert words in blocks(prompt)[block]
    assert words not in compose().storyboard_prompt


def test_a_scenes_own_camera_wins_over_that_of_its_type_and_that_over_the_default() -> None:
    camera = {
        "default": {"shot_type": "wide", "movement": "static"},
        "by_scene_type": {"hook": {"shot_type": "medium"}},
    }
    own = {1: {"camera": {"movement": "dolly_in"}}}
    shot = blocks(compose({"bible": {"camera": camera}, "scenes": own}).video_prompt)["CAMERA_BLOCK"]
    assert "medium shot" in shot
    assert "dolly in movement" in shot


def test_the_label_is_that_of_the_edited_product() -> None:
    assert compose({"bible": {"product_dna": {"branding_text": ["LUMI", "30 ml"]}}}).label_text == ["LUMI", "30 ml"]
    assert compose().label_text == []


@pytest.mark.parametrize(
    ("known", "fields", "expected"),
    [
        ([FRONT, LEFT, RIGHT], {}, ["front", "left_profile", "a", "right_profile", "b"]),
        ([FRONT, LEFT, RIGHT], {"action": "She turns right"}, ["front", "right_profile", "a", "left_profile", "b"]),
        ([LEFT, FRONT, BACK], {"camera": {"shot_type": "over_shoulder"}}, ["front", "back", "a", "left_profile", "b"]),
        ([RIGHT], {}, ["right_profile", "a", "b"]),
    ],
)
def test_the_front_comes_first_then_what_the_camera_sees(
    known: list[ReferenceAngle], fields: dict[str, Any], expected: list[str]
) -> None:
    found = references(scene(**fields), character(*known), ["a", "b"])
    assert [str(one.angle or one.image) for one in found] == expected
    assert [one.kind for one in found] == ["product" if name in "ab" else "person" for name in expected]


def test_a_photo_that_cannot_be_used_is_not_shown() -> None:
    who = character(FRONT)
    crowd = who.photos[0].model_copy(update={"image": "crowd.jpg", "angle": None, "faults": ["several_people"]})
    unknown = who.photos[0].model_copy(update={"image": "unknown.jpg", "angle": None})
    who = who.model_copy(update={"photos": [*who.photos, crowd, unknown]})
    assert [one.image for one in references(scene(), who, [])] == ["avatar-front.jpg", "unknown.jpg"]


def test_every_scene_is_seen_from_somewhere_near_the_front_first() -> None:
    assert seen_from(scene()) == [ReferenceAngle.THREE_QUARTER_LEFT, ReferenceAngle.LEFT_PROFILE]
    assert seen_from(scene(action="She walks by", camera={"movement": "tracking"}))[0] is LEFT


def test_a_still_asks_for_no_sound() -> None:
    assert "nothing is heard" in blocks(compose(speech=SpeechMode.NATIVE).storyboard_prompt)["AUDIO_DESCRIPTION_BLOCK"]
