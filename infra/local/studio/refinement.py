"""Refining a script: feedback in words, the same script with what it asks for and nothing else.

Feedback is obeyed as far as it is understood: for the scenes it names, shorter or longer, in another tone, with the
selling points that are not yet said, with the product seen more; else those scenes are written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from infra.local.studio.errors import invalid
from infra.local.studio.script import Brief, sentences, tone_of, written

Scene = Mapping[str, Any]

_SCRIPT = re.compile(r"<script>\s*(\{.*\})\s*</script>", re.S)
_FEEDBACK = re.compile(r"<feedback>\s*(.*?)\s*</feedback>", re.S)
_SHORTER = re.compile(r"\b(?:shorter|shorten|trim|tighter|fewer words|too long|less text|cut)\b", re.I)
_BENEFITS = re.compile(r"\b(?:benefits?|selling points?|features?|ingredients?|reasons?)\b", re.I)
_SHOW = re.compile(r"\b(?:show|see|seen|visible)\b.{0,40}\bproduct\b|\bproduct\b.{0,30}\b(?:more|visible|seen)\b", re.I)
_PLACES = (
    (re.compile(r"\b(?:hook|opening|opener|beginning|start|first scene)\b", re.I), ("hook", "intro")),
    (re.compile(r"\b(?:ending|end|cta|call to action|last scene)\b", re.I), ("cta",)),
    (re.compile(r"\bproblem\b", re.I), ("problem",)),
    (re.compile(r"\bsolution\b", re.I), ("solution",)),
    (re.compile(r"\b(?:demo|demonstration)\b", re.I), ("demonstration",)),
)


def material(text: str) -> tuple[dict[str, Any], str] | None:
    """The script and the feedback that a prompt gives; None where it does not ask to refine one."""
    script, feedback = _SCRIPT.search(text), _FEEDBACK.search(text)
    if not script or not feedback:
        return None
    try:
        document = json.loads(script.group(1))
    except json.JSONDecodeError as error:
        raise invalid(f"The JSON between <script> and </script> does not parse: {error}") from None
    return document, feedback.group(1).strip().strip('"')


def refined(script: dict[str, Any], feedback: str, brief: Brief) -> dict[str, Any]:
    """The script with what the feedback asks for."""
    scenes: Sequence[Scene] = script.get("scenes", [])
    concerned = _concerned(scenes, feedback)
    tone = tone_of(feedback)
    if _SHORTER.search(feedback):
        changed = {at: _shortened(scenes[at]) for at in concerned}
    elif _SHOW.search(feedback):
        changed = {at: {**scenes[at], "product_visibility": "primary"} for at in concerned}
    elif _BENEFITS.search(feedback):
        changed = _with_points(scenes, brief)
    else:
        wanted = brief if tone == "default" else brief.model_copy(update={"tone": tone, "style": None})
        again = written(wanted, [_said(scene) for scene in scenes])["scenes"]
        changed = {at: {**scenes[at], "dialogue": again[at % len(again)]["dialogue"]} for at in concerned}
    return {**script, "scenes": [changed.get(at, scene) for at, scene in enumerate(scenes)]}


def _concerned(scenes: Sequence[Scene], feedback: str) -> list[int]:
    """The places of the scenes that the feedback names, by number or by kind; all of them where it names none."""
    numbers = {int(number) for number in re.findall(r"\bscene\s+(\d+)", feedback, re.I)}
    kinds = {kind for pattern, named in _PLACES if pattern.search(feedback) for kind in named}
    found = [
        at
        for at, scene in enumerate(scenes)
        if (scene.get("scene_number") in numbers if numbers else scene.get("scene_type") in kinds)
    ]
    return found or list(range(len(scenes)))


def _said(scene: Scene) -> str:
    return str(scene.get("dialogue", ""))


def _shortened(scene: Scene) -> Scene:
    """The scene without its last sentence, or with two thirds of the words of its only one."""
    said = sentences(_said(scene))
    if len(said) > 1:
        return {**scene, "dialogue": " ".join(said[:-1])}
    words = " ".join(said).split()
    return {**scene, "dialogue": " ".join(words[: max(1, len(words) * 2 // 3)]).rstrip(".,;!?") + "." if words else ""}


def _with_points(scenes: Sequence[Scene], brief: Brief) -> dict[int, Scene]:
    """Scenes that make the selling points which nobody has said yet, after as much of their own as still fits."""
    told = " ".join(_said(scene) for scene in scenes).lower()
    unsaid = [point.strip().rstrip(".") for point in brief.points if point.lower() not in told]
    places = [at for at, scene in enumerate(scenes) if scene.get("scene_type") not in ("hook", "cta")]
    return {at: _claiming(scenes[at], point, brief) for at, point in zip(places, unsaid, strict=False)}


def _claiming(scene: Scene, point: str, brief: Brief) -> Scene:
    beat = next((beat for beat in brief.outline if beat.scene_number == scene.get("scene_number")), brief.outline[0])
    claim = f"Plus, {point}."
    left = brief.words_in(beat) - len(claim.split())
    kept = []
    for sentence in sentences(_said(scene)):
        if len(sentence.split()) <= left:
            kept.append(sentence)
            left -= len(sentence.split())
    return {**scene, "dialogue": " ".join([*kept, claim])}
