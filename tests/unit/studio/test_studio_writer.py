"""The writer: scripts that follow their outline, documents that fit their schema, answers on the subject."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from infra.local.studio.errors import ApiError
from infra.local.studio.prompt import Prompt, Turn
from infra.local.studio.script import brief_of, written
from infra.local.studio.writer import write

CAMERA = {"shot_type": {"type": "STRING", "enum": ["EXTREME_CLOSE_UP", "CLOSE_UP", "MEDIUM", "WIDE"]}}
SCENE = {
    "scene_number": {"type": "INTEGER"},
    "scene_type": {"type": "STRING"},
    "duration_seconds": {"type": "NUMBER"},
    "dialogue": {"type": "STRING"},
    "action": {"type": "STRING"},
    "camera": {"type": "OBJECT", "properties": CAMERA},
    "product_visibility": {"type": "STRING", "enum": ["primary", "secondary", "background", "none"]},
    "notes_for_the_cutter": {"type": "STRING"},
}
SCRIPT = {
    "type": "OBJECT",
    "properties": {
        "title": {"type": "STRING"},
        "total_duration": {"type": "NUMBER"},
        "scenes": {"type": "ARRAY", "items": {"type": "OBJECT", "properties": SCENE}},
    },
}
TYPES = ["hook", "intro", "problem", "solution", "demonstration", "unboxing", "application", "testimonial", "cta"]
GLOW: dict[str, Any] = {
    "product_name": "Vitamin C Glow Serum",
    "brand": "Lumea",
    "prompt": "She is tired of dull skin in winter, and saw a change after two weeks.",
    "selling_points": ["10% vitamin C", "absorbs in seconds", "fragrance-free", "no sticky residue"],
    "background": "kitchen",
    "outline": [
        {"scene_number": i, "scene_type": kind, "duration_seconds": 8, "max_words": 20}
        for i, kind in enumerate(["hook", "problem", "solution", "demonstration", "cta"], start=1)
    ],
}


def ask(text: str, schema: dict[str, Any] | None = None) -> str:
    return write(Prompt((Turn("user", text),)), schema)


def script(brief: dict[str, Any]) -> dict[str, Any]:
    document = json.loads(ask(f"Write the script.\n<brief>{json.dumps(brief)}</brief>", SCRIPT))
    assert isinstance(document, dict)
    return document


def test_a_script_follows_its_outline_and_fits_the_schema() -> None:
    document = script(GLOW)
    assert document["total_duration"] == 40
    assert [scene["scene_type"] for scene in document["scenes"]] == [b["scene_type"] for b in GLOW["outline"]]
    for scene in document["scenes"]:
        assert set(scene) == set(SCENE)
        assert 14 <= len(scene["dialogue"].split()) <= 20, scene["dialogue"]
        assert scene["camera"]["shot_type"] in CAMERA["shot_type"]["enum"]
    assert script(GLOW) == document


def test_a_script_uses_the_words_of_the_brief() -> None:
    scenes = script(GLOW)["scenes"]
    said = " ".join(scene["dialogue"] for scene in scenes)
    assert "dull skin in winter" in scenes[1]["dialogue"]
    assert sum(point in said for point in GLOW["selling_points"]) >= 2
    assert "Vitamin C Glow Serum" in scenes[0]["dialogue"] + scenes[2]["dialogue"]
    assert "Vitamin C Glow Serum" in scenes[-1]["dialogue"] or "Lumea" in scenes[-1]["dialogue"]
    assert re.search(r"\b(I|I'm|I've|my|me)\b", said)
    assert all("kitchen" in scene["action"] for scene in scenes)


def test_most_scenes_show_the_product() -> None:
    shown = [scene["product_visibility"] != "none" for scene in script(GLOW)["scenes"]]
    assert sum(shown) / len(shown) >= 0.8


@settings(max_examples=60, deadline=None, phases=set(Phase) - {Phase.shrink, Phase.explain})
@given(
    name=st.sampled_from(["Zen Matcha", "Aqua", "The Everyday Carry Backpack 20L", "Nimbus Dog Treats"]),
    points=st.lists(st.sampled_from([*GLOW["selling_points"], "saves money", "Steeped for 20 hours", "it floats"])),
    tone=st.sampled_from(["warm", "energetic and fun", "calm", "funny", "premium", ""]),
    beats=st.lists(st.tuples(st.sampled_from(TYPES), st.integers(6, 45)), min_size=1, max_size=8),
)
def test_every_scene_keeps_to_its_words(name: str, points: list[str], tone: str, beats: list[tuple[str, int]]) -> None:
    outline = [
        {"scene_number": i, "scene_type": kind, "duration_seconds": 6, "max_words": most}
        for i, (kind, most) in enumerate(beats, start=1)
    ]
    brief = {"product_name": name, "selling_points": points, "tone": tone, "outline": outline}
    scenes = written(brief_of(f"<brief>{json.dumps(brief)}</brief>"))["scenes"]
    for scene, (_, most) in zip(scenes, beats, strict=True):
        count = len(scene["dialogue"].split())
        assert 0.7 * most <= count <= most, (most, scene["dialogue"])
        assert "{" not in scene["dialogue"] + scene["action"] + scene["product_action"]
    sentences = [s for scene in scenes for s in re.split(r"(?<=[.!?]) ", scene["dialogue"])]
    spoken = [s for s in sentences if len(s.split()) > 4]
    assert len(spoken) == len(set(spoken)), "nobody says the same sentence twice"


def test_without_an_outline_the_pace_gives_the_length() -> None:
    scenes = script({"product_name": "Zen Matcha", "words_per_minute": 120})["scenes"]
    assert len(scenes) == 5
    assert all(0.7 * 16 <= len(scene["dialogue"].split()) <= 16 for scene in scenes)


def test_a_brief_that_is_none_is_refused() -> None:
    with pytest.raises(ApiError, match="is not a brief"):
        ask('<brief>{"outline": [{}]}</brief>', SCRIPT)


def test_any_schema_is_filled_from_the_prompt() -> None:
    schema = {
        "type": "object",
        "properties": {
            "intent": {"type": "string", "enum": ["CHAT", "SCRIPT", "VIDEO"]},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "tags": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
            "short": {"type": "string", "maxLength": 12},
            "children": {"type": "array", "items": {"$ref": "#"}, "maxItems": 1},
            "kind": {"const": "plan"},
            "due": {"type": "string", "format": "date"},
            "nothing": {"type": ["null", "string"]},
        },
        "required": ["intent", "tags"],
    }
    document = json.loads(ask("Please write a script for a running shoe ad", schema))
    assert document["intent"] == "SCRIPT"
    assert 0 <= document["confidence"] <= 1
    assert len(document["tags"]) == 2
    assert len(set(document["tags"])) == 2
    assert len(document["short"]) <= 12
    assert document["kind"] == "plan"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", document["due"])
    assert re.search("running|shoe", json.dumps(document))


@pytest.mark.parametrize(
    "schema", [{"type": "object", "properties": {"a": {"$ref": "#/$defs/missing"}}}, {"$ref": "#"}]
)
def test_a_schema_that_cannot_be_followed_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(ApiError, match="the schema refers to"):
        ask("x", schema)


def test_answers_stay_on_the_subject() -> None:
    assert "Zen Matcha" in ask("Can you think of a hook for Zen Matcha?")
    assert "running" in ask("How do I show running in the rain?")
    assert ask("hello") != ask("How much does it cost?")
