"""The script agent: words for the planned scenes, held to the outline's lengths and word budgets."""

import re

from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import ProductVisibility
from ugcgen.domain.script import Script, ScriptScene
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.pricing import WRITE_SCRIPT

SHOWN_SHARE = 0.8
"""Share of the scenes in which the product has to be seen."""

_DIRECTOR = """You are a director of user-generated-content ads with thirty years of experience for Nike, Apple, Sephora
and Amazon. You know what makes people stop scrolling, and you write the way people talk: first person, short sentences,
one thought at a time, no slogans. The product is seen in at least 80 % of the scenes and comes up by itself, never like
a commercial."""

_TASK = """Write the script of a {seconds:g} second ad in {language}.

{brief}

{bible}

Write exactly one scene for each entry of the outline, in its order, with its scene_number, scene_type and
duration_seconds. The dialogue of a scene has at most max_words words, because it is spoken in that time.
total_duration is the sum of the scenes. action says what the person does, expression how they look while doing it."""

_REPAIR = """

A first draft broke these rules; write it again so that it keeps them:
{violations}"""


def write(
    account: Account, model: Model, brief: Brief, bible: ProductionBible, outline: list[PlannedScene], note: str = ""
) -> Script:
    """A script that keeps every constraint: asked for, asked again with the violations named, then trimmed by rule."""
    prompt = _prompt(brief, bible, outline, note)
    draft = text.ask(account, model, WRITE_SCRIPT, prompt, Script, system=_DIRECTOR)
    wrong = violations(draft, outline)
    if wrong:
        repair = _REPAIR.format(violations="\n".join(f"- {sentence}" for sentence in wrong))
        draft = text.ask(account, model, WRITE_SCRIPT, prompt + repair, Script, system=_DIRECTOR)
    return hold(draft, outline)


def violations(script: Script, outline: list[PlannedScene]) -> list[str]:
    """What the script breaks, one sentence each."""
    if len(script.scenes) != len(outline):
        return [f"there are {len(script.scenes)} scenes, the outline has {len(outline)}"]
    found = []
    for scene, planned in zip(script.scenes, outline, strict=True):
        words = len(scene.dialogue.split())
        if words > planned.max_words:
            found.append(f"scene {planned.scene_number} has {words} words, at most {planned.max_words} fit")
    shown = sum(scene.product_visibility is not ProductVisibility.NONE for scene in script.scenes)
    if shown < SHOWN_SHARE * len(outline):
        found.append(f"the product is seen in {shown} of {len(outline)} scenes, it must be in {SHOWN_SHARE:.0%}")
    return found


def hold(script: Script, outline: list[PlannedScene]) -> Script:
    """The script made to keep the constraints by rule: lengths of the outline, dialogue cut where a sentence ends."""
    scenes = list(script.scenes[: len(outline)])
    while len(scenes) < len(outline):
        scenes.append(scenes[-1])
    held = [_held(scene, planned) for scene, planned in zip(scenes, outline, strict=True)]
    hidden = [i for i, scene in enumerate(held) if scene.product_visibility is ProductVisibility.NONE]
    excess = len(hidden) - int(len(held) * (1 - SHOWN_SHARE) + 1e-9)
    for index in hidden[: max(0, excess)]:
        held[index] = held[index].model_copy(update={"product_visibility": ProductVisibility.SECONDARY})
    total = sum(planned.seconds for planned in outline)
    return script.model_copy(update={"scenes": held, "total_duration": total})


def _held(scene: ScriptScene, planned: PlannedScene) -> ScriptScene:
    return scene.model_copy(
        update={
            "scene_number": planned.scene_number,
            "scene_type": planned.scene_type,
            "duration_seconds": planned.seconds,
            "dialogue": trimmed(scene.dialogue, planned.max_words),
        }
    )


def trimmed(dialogue: str, max_words: int) -> str:
    """At most ``max_words`` words: as many whole sentences as fit, or the first words of the first one."""
    if len(dialogue.split()) <= max_words:
        return dialogue.strip()
    kept = ""
    for sentence in re.findall(r".+?(?:[.!?…]+(?=\s|$)\s*|$)", dialogue, flags=re.DOTALL):
        if len((kept + sentence).split()) > max_words:
            break
        kept += sentence
    return kept.strip() or " ".join(dialogue.split()[:max_words]).rstrip(",;:–-") + "."


def _prompt(brief: Brief, bible: ProductionBible, outline: list[PlannedScene], note: str) -> str:
    planned = [
        scene.model_dump(mode="json", include={"scene_number", "scene_type", "max_words", "note"})
        | {"duration_seconds": scene.seconds}
        for scene in outline
    ]
    facts = brief.model_dump(
        mode="json",
        include={
            "product_name",
            "brand",
            "prompt",
            "selling_points",
            "tone",
            "style",
            "platform",
            "background",
            "language",
            "words_per_minute",
        },
    )
    asked = facts | {"note": note, "outline": planned}
    looks = bible.model_dump(mode="json", include={"product_dna", "avatar_dna"})
    return _TASK.format(
        seconds=sum(scene.seconds for scene in outline),
        language=brief.language,
        brief=text.as_prompt_json("brief", asked),
        bible=text.as_prompt_json("looks", looks),
    )
