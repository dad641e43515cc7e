"""The script service: scripts that hold their constraints before anything dear is made from them.

A draft that breaks one is asked for again with the violations named; what it still breaks is put right by rule.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from agents import copilot
from agents.copilot import SHOWN_SHARE
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import ProductVisibility
from ugcgen.domain.script import Script, ScriptScene, Writing
from ugcgen.domain.words import COMMAS, FULL_COMMAS, FULL_STOPS, STOPS, count_words, first_words, full_stop
from ugcgen.ledger.account import Account
from ugcgen.models.catalog import Model
from ugcgen.models.text import Asked

_SENTENCE = re.compile(rf".+?(?:[{FULL_STOPS}]+\s*|[{STOPS}]+(?=\s|$)\s*|$)", re.DOTALL)
_CLAUSE = re.compile(rf".+?(?:[{FULL_STOPS}{FULL_COMMAS}]+\s*|$)", re.DOTALL)

Draft = Callable[[Sequence[str]], Asked[Script]]
"""A draft that keeps the rules which are named."""


class Written(NamedTuple):
    script: Script
    writing: Writing


def generate_script(
    account: Account, model: Model, brief: Brief, bible: ProductionBible, outline: list[PlannedScene]
) -> Written:
    """A script that keeps every constraint, and how it came about. Raises what ``text.ask`` raises."""
    return _kept(lambda wrong: copilot.generate_script(account, model, brief, bible, outline, wrong), bible, outline)


def refine_script(
    account: Account,
    model: Model,
    brief: Brief,
    bible: ProductionBible,
    outline: list[PlannedScene],
    script: Script,
    feedback: str,
) -> Written:
    """The script with what the feedback asks for, within the same constraints."""

    def draft(wrong: Sequence[str]) -> Asked[Script]:
        return copilot.refine_script(account, model, brief, bible, outline, script, feedback, wrong)

    return _kept(draft, bible, outline)


def _kept(draft: Draft, bible: ProductionBible, outline: list[PlannedScene]) -> Written:
    first = draft(())
    asked, broken = [first], violations(first.answer, outline)
    if broken:
        asked.append(draft(broken))
    left = violations(asked[-1].answer, outline)
    writing = Writing(
        json_repairs=sum(one.repaired for one in asked),
        json_retries=sum(one.retries for one in asked),
        violations=broken,
        put_right_by_rule=left,
    )
    return Written(hold(asked[-1].answer, bible, outline), writing)


def violations(script: Script, outline: Sequence[PlannedScene]) -> list[str]:
    """What the script breaks, one sentence each."""
    if len(script.scenes) != len(outline):
        return [f"there are {len(script.scenes)} scenes, the outline has {len(outline)}"]
    found = [sentence for pair in zip(script.scenes, outline, strict=True) for sentence in _broken(*pair)]
    shown = sum(scene.product_visibility is not ProductVisibility.NONE for scene in script.scenes)
    if shown < SHOWN_SHARE * len(outline):
        found.append(f"the product is seen in {shown} of {len(outline)} scenes, it must be in {SHOWN_SHARE:.0%}")
    total = sum(planned.seconds for planned in outline)
    if abs(script.total_duration - total) > 0.01:
        found.append(f"total_duration is {script.total_duration:g} s, the ad is {total:g} s long")
    return found


def _broken(scene: ScriptScene, planned: PlannedScene) -> list[str]:
    number, found = planned.scene_number, list[str]()
    words = count_words(scene.dialogue)
    if scene.scene_number != number:
        found.append(f"scene {number} is numbered {scene.scene_number}")
    if scene.scene_type is not planned.scene_type:
        found.append(f"scene {number} is a {scene.scene_type} scene, the outline has {planned.scene_type} there")
    if abs(scene.duration_seconds - planned.seconds) > 0.01:
        found.append(f"scene {number} lasts {scene.duration_seconds:g} s, the outline has {planned.seconds:g} s")
    if words > planned.max_words:
        found.append(f"scene {number} has {words} words, at most {planned.max_words} fit")
    return found


def hold(script: Script, bible: ProductionBible, outline: Sequence[PlannedScene]) -> Script:
    """The script made to keep the constraints by rule: lengths and types of the outline, dialogue cut where a sentence
    ends, the product shown as often as it must be; every scene in the bible's light, by the bible's camera."""
    scenes = list(script.scenes[: len(outline)])
    while len(scenes) < len(outline):
        scenes.append(scenes[-1])
    held = [_held(scene, bible, planned) for scene, planned in zip(scenes, outline, strict=True)]
    hidden = [i for i, scene in enumerate(held) if scene.product_visibility is ProductVisibility.NONE]
    excess = len(hidden) - int(len(held) * (1 - SHOWN_SHARE) + 1e-9)
    for index in hidden[: max(0, excess)]:
        held[index] = held[index].model_copy(update={"product_visibility": ProductVisibility.SECONDARY})
    total = sum(planned.seconds for planned in outline)
    return script.model_copy(update={"scenes": held, "total_duration": total})


def _held(scene: ScriptScene, bible: ProductionBible, planned: PlannedScene) -> ScriptScene:
    equipment = {"body": bible.camera.body, "lens": bible.camera.lens}
    return scene.model_copy(
        update={
            "scene_number": planned.scene_number,
            "scene_type": planned.scene_type,
            "duration_seconds": planned.seconds,
            "dialogue": trimmed(scene.dialogue, planned.max_words),
            "camera": scene.camera.model_copy(update=equipment),
            "lighting": bible.lighting,
        }
    )


def trimmed(dialogue: str, max_words: int) -> str:
    """At most ``max_words`` words: as many whole sentences as fit, else clauses of a script without spaces, which may
    not be broken anywhere, or the first words of the first one."""
    if count_words(dialogue) <= max_words:
        return dialogue.strip()
    if whole := _fitting(_SENTENCE.findall(dialogue), max_words):
        return whole
    kept = _fitting(_CLAUSE.findall(dialogue), max_words) or first_words(dialogue, max_words)
    return kept.rstrip(COMMAS + "-" + FULL_COMMAS) + full_stop(kept)


def _fitting(pieces: Sequence[str], max_words: int) -> str:
    kept = ""
    for piece in pieces:
        if count_words(kept + piece) > max_words:
            break
        kept += piece
    return kept.strip()
