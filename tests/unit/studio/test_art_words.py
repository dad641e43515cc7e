"""What the illustrator reads in a prompt."""

from __future__ import annotations

import pytest

from infra.local.studio.art.character import imagine
from infra.local.studio.art.colour import EYES, HAIR, SKIN, find_colour
from infra.local.studio.art.words import about, read_scene, spoken_line

TEMPLATE = """[REALISM_HEADER] A single still frame, shot by hand on a phone, testimonial style, warm and thoughtful.

[CHARACTER_DNA_BLOCK] The same person in every scene. Skin: Warm honey-brown, visible pores. Eyes: Almond-shaped, \
hazel. Hair: Rich dark brown, Type 2B waves, mid-back length. Wears: Sage silk blouse, no logos.

[SCENE_SPECIFIC_BLOCK] unboxing scene. She sits at the kitchen counter. Expression: Excited. The product is the main \
thing.

[ENVIRONMENT_BLOCK] modern bedroom. Natural window light. Light: golden_hour, from right, warm.

[CAMERA_BLOCK] iPhone, 24 mm, close up shot, low angle, dolly in movement.

[NEGATIVE_PROMPT_BLOCK] Avoid: wide shot, office, man with blonde hair."""


def test_each_block_is_asked_for_its_own_matter() -> None:
    scene = read_scene(TEMPLATE)
    assert (scene.place, scene.light, scene.light_from) == ("bedroom", "golden", "right")
    assert (scene.shot, scene.angle, scene.movement) == ("close-up", "low", "dolly in")
    assert (scene.action, scene.expression, scene.visibility) == ("unboxing", "excited", "primary")


def test_a_template_may_name_its_blocks_shortly() -> None:
    short = TEMPLATE.replace("_SPECIFIC_BLOCK", "").replace("_BLOCK", "")
    assert read_scene(short).shot == read_scene(TEMPLATE).shot == "close-up"
    assert read_scene(short).place == "bedroom"


def test_the_character_is_the_one_described_and_not_the_one_forbidden() -> None:
    who = imagine(read_scene(TEMPLATE).text, seed=4)
    assert (who.skin, who.hair, who.eyes) == (SKIN["honey"], HAIR["dark brown"], EYES["hazel"])
    assert (who.garment, who.hair_length, who.wave) == ("shirt", 1.0, 0.5)
    assert who.shoulders < 1.05


@pytest.mark.parametrize(
    ("prompt", "visibility", "action"),
    [
        ("she holds the bottle", "primary", "holding"),
        ("she holds nothing, the product is not visible", "none", "holding"),
        ("product_visibility: none", "none", "talking"),
        ("product_visibility: background, she talks", "background", "talking"),
        ("product shot on marble, no person", "primary", "display"),
    ],
)
def test_visibility_and_action(prompt: str, visibility: str, action: str) -> None:
    scene = read_scene(prompt)
    assert (scene.visibility, scene.action) == (visibility, action)


def test_words_before_a_noun_belong_to_it() -> None:
    text = "a man with short black hair and green eyes wearing a #336699 hoodie"
    assert find_colour(about(text, "hair"), HAIR) == HAIR["black"]
    assert find_colour(about(text, "eyes"), EYES) == EYES["green"]
    assert imagine(text, 1).top == (0x33, 0x66, 0x99)


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        ('The person speaks and says to camera: "I never speak of it."', "I never speak of it."),
        ("She says to camera: “Look at this!”", "Look at this!"),
        ('Dialogue: "Look at this!" (voiceover)', None),
        ('She speaks. Dialogue: "Look at this!" No speech in the clip.', None),
        ("She speaks to camera.", None),
    ],
)
def test_a_line_is_spoken_only_if_the_clip_speaks(prompt: str, line: str | None) -> None:
    assert spoken_line(prompt) == line
