"""Planning and refining: a strategy of the brief's words, feedback that changes the script, and bad scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.local.studio.bad_script import hiding, overlong
from infra.local.studio.errors import ApiError
from infra.local.studio.prompt import Prompt, Turn
from infra.local.studio.writer import write

BRIEF: dict[str, Any] = {
    "product_name": "Lumi Glow",
    "prompt": "She is tired of dull skin in winter.",
    "selling_points": [
        "10% vitamin C",
        "absorbs in seconds",
        "vegan and fragrance-free",
        "a glass bottle to refill",
        "made in Lyon",
    ],
    "tone": "warm",
    "outline": [
        {"scene_number": i, "scene_type": kind, "duration_seconds": 8, "max_words": 20}
        for i, kind in enumerate(["hook", "problem", "solution", "demonstration", "cta"], start=1)
    ],
}
TEXT = {"type": "string"}
SCENE = {"scene_number": {"type": "integer"}, "scene_type": TEXT, "dialogue": TEXT, "product_visibility": TEXT}
SCRIPT = {
    "type": "object",
    "properties": {"title": TEXT, "scenes": {"type": "array", "items": {"type": "object", "properties": SCENE}}},
}
NAMES = ("hook_strategy", "pain_point", "emotional_journey", "cta_approach")
POINTS = {"type": "array", "items": TEXT}
STRATEGY = {"type": "object", "properties": {**dict.fromkeys(NAMES, TEXT), "key_selling_points": POINTS}}


def ask(schema: dict[str, Any], **material: Any) -> dict[str, Any]:
    text = "\n".join(f"<{name}>\n{json.dumps(value)}\n</{name}>" for name, value in material.items())
    document = json.loads(write(Prompt((Turn("user", text),)), schema))
    assert isinstance(document, dict)
    return document


def refined(feedback: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The scenes before and after."""
    before = ask(SCRIPT, brief=BRIEF)
    after = ask(SCRIPT, brief=BRIEF, script=before, feedback=feedback)
    assert [scene["scene_number"] for scene in after["scenes"]] == [1, 2, 3, 4, 5]
    return before["scenes"], after["scenes"]


def words(scenes: list[dict[str, Any]]) -> int:
    return sum(len(scene["dialogue"].split()) for scene in scenes)


def changed(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[int]:
    return [a["scene_number"] for a, b in zip(before, after, strict=True) if a != b]


def test_a_strategy_is_made_of_the_brief_and_the_script_follows_it() -> None:
    plan = ask(STRATEGY, brief=BRIEF)
    assert plan["pain_point"] == "dull skin in winter"
    assert plan["key_selling_points"] == BRIEF["selling_points"]
    assert all(plan[name] for name in NAMES)
    followed = {"pain_point": "flaky patches", "key_selling_points": []}
    said = ask(SCRIPT, brief=BRIEF | {"creative_brief": followed})["scenes"][1]["dialogue"]
    assert "flaky patches" in said


def test_shorter_is_shorter() -> None:
    before, after = refined("Make it shorter, please")
    assert words(after) < 0.8 * words(before)
    assert all(scene["dialogue"] for scene in after)


def test_what_the_feedback_does_not_concern_comes_back_word_for_word() -> None:
    assert changed(*refined("Scene 2 sounds stiff, say it differently")) == [2]
    assert changed(*refined("I want another hook")) == [1]
    before, after = refined("Show the product more in scene 4")
    assert after[3]["product_visibility"] == "primary"
    assert before[:3] == after[:3]


def test_a_funnier_script_has_other_words_within_the_same_bounds() -> None:
    before, after = refined("make it funnier")
    assert len(changed(before, after)) >= 3
    assert all(len(scene["dialogue"].split()) <= 20 for scene in after)


def test_more_benefits_are_named() -> None:
    before, after = refined("Name more of the benefits")

    def told(scenes: list[dict[str, Any]]) -> int:
        said = " ".join(scene["dialogue"] for scene in scenes).lower()
        return sum(point.lower() in said for point in BRIEF["selling_points"])

    assert told(after) > told(before)
    assert all(len(scene["dialogue"].split()) <= 20 for scene in after)


def test_a_script_to_refine_that_does_not_parse_is_refused() -> None:
    prompt = Prompt((Turn("user", "<script>{broken}</script> <feedback>shorter</feedback>"),))
    with pytest.raises(ApiError, match="between <script> and </script> does not parse"):
        write(prompt, SCRIPT)


def test_bad_scripts_break_their_rule_and_no_other() -> None:
    good = ask(SCRIPT, brief=BRIEF)
    long = json.loads(overlong(json.dumps(good)))["scenes"]
    assert all(len(scene["dialogue"].split()) > 20 for scene in long)
    hidden = json.loads(hiding(json.dumps(good)))["scenes"]
    assert [scene["product_visibility"] != "none" for scene in hidden] == [True, False, False, False, False]
    assert [scene["dialogue"] for scene in hidden] == [scene["dialogue"] for scene in good["scenes"]]
