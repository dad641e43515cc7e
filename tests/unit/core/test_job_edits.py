"""Edits as a layer over what was written."""

from typing import Any

import pytest

from tests.unit.core.jobs import result
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.enums import CameraMovement, Music
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.people import AvatarDNA, Character, detailed_dna
from ugcgen.domain.script import Script
from ugcgen.domain.unit import UnitKey

WRITTEN = result(UnitKey.parse("script_generation"), "looks")
SCENE = Script.model_validate(WRITTEN["script"]).scene(2)
BIBLE = ProductionBible.model_validate(WRITTEN["bible"])


def edits(*patches: dict[str, Any]) -> JobEdits:
    made = JobEdits()
    for patch in patches:
        made = made.patched(patch)
    return made


def test_without_edits_everything_is_as_it_was_written() -> None:
    assert JobEdits().scene(SCENE) == SCENE
    assert JobEdits().over(BIBLE) == BIBLE


def test_an_edit_changes_its_scene_alone() -> None:
    made = edits({"scenes": {1: {"dialogue": "One."}}}, {"scenes": {2: {"camera": {"movement": "static"}}}})
    expected = SCENE.model_copy(update={"camera": SCENE.camera.model_copy(update={"movement": CameraMovement.STATIC})})
    assert made.scene(SCENE) == expected


def test_a_scenes_own_light_wins_over_the_bibles_and_that_over_the_written_one() -> None:
    made = edits(
        {"bible": {"lighting": {"type": "candle light", "color_temp": "1900K"}}},
        {"scenes": {2: {"lighting": {"type": "neon"}}}},
    )
    light = made.scene(SCENE).lighting
    assert (light.type, light.color_temp, light.direction) == ("neon", "1900K", SCENE.lighting.direction)
    assert made.over(BIBLE).lighting.type == "candle light"


def test_the_bibles_setting_is_where_every_scene_is() -> None:
    assert edits({"bible": {"setting": "A boat"}}).over(BIBLE).style.setting == "A boat"


@pytest.mark.parametrize(
    ("patch", "left"),
    [
        ({"scenes": {2: {"dialogue": None}}}, {"scenes": {2: {"action": "waves"}}, "music": Music.CALM}),
        ({"scenes": {2: None}}, {"music": Music.CALM}),
        ({"scenes": None, "music": None}, {}),
        ({"music": None, "voice": "Puck"}, {"scenes": {2: {"dialogue": "Hi", "action": "waves"}}, "voice": "Puck"}),
    ],
)
def test_none_takes_an_edit_back(patch: dict[str, Any], left: dict[str, Any]) -> None:
    made = edits({"scenes": {2: {"dialogue": "Hi", "action": "waves"}}, "music": "calm"}, patch)
    assert made == JobEdits.model_validate(left)


def test_edits_survive_being_stored() -> None:
    made = edits({"scenes": {2: {"lighting": {"type": "neon"}}}, "voice": "Puck"})
    assert JobEdits.model_validate_json(made.model_dump_json()) == made


def test_the_detailed_text_of_a_person_follows_an_edit_of_the_dna() -> None:
    parts = dict.fromkeys(AvatarDNA.model_fields, "plain")
    dna = AvatarDNA.model_validate(parts)
    who = Character(unique_identifier="mia_creator_id_000001", detailed_dna=detailed_dna("mia_creator_id_000001", dna))
    known = BIBLE.model_copy(update={"avatar_dna": dna, "character": who})
    assert JobEdits().over(known) == known
    edited = edits({"bible": {"avatar_dna": {"eyes": "green"}}}).over(known)
    assert edited.character is not None
    assert "Eyes: green." in edited.character.detailed_dna
    assert "Eyes: plain." in who.detailed_dna, "what was extracted stays"
