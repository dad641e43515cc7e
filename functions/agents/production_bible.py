"""The production bible service: the master document of a job, assembled once from its components.

Manual edits are never written into it: ``revised`` lays them over it.
"""

import re

from agents import prompt_engineering
from agents.presets import PACINGS, PLATFORMS, SETTINGS, SHOTS, STYLES, tone_in_words
from agents.prompt_engineering import NEGATIVES, SKIN_REALISM, Fault
from ugcgen.domain.bible import (
    CameraLanguage,
    CreativeBrief,
    MasterPrompt,
    ProductionBible,
    RealismRules,
    Strategy,
    StyleConfig,
)
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import BackgroundSetting, LightingPreset
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.patch import laid_over
from ugcgen.domain.people import AvatarDNA, Character
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.script import LightingSetup

_WITHOUT_A_ROOM = {BackgroundSetting.OUTDOOR, BackgroundSetting.CAR}
_OUT_THERE = "Natural daylight, subtle shadows, authentic details of the place"


def assembled(
    brief: Brief,
    seconds: float,
    strategy: Strategy,
    product: ProductDNA,
    avatar: AvatarDNA | None,
    character: Character | None = None,
) -> ProductionBible:
    """The bible of a job that is ``seconds`` long: its eight components, the master prompt last."""
    setting = ". ".join(part for part in (SETTINGS[brief.background], brief.background_note) if part)
    bible = ProductionBible(
        product_name=brief.product_name,
        product_dna=product,
        avatar_dna=avatar,
        character=character,
        style=StyleConfig(
            platform=brief.platform,
            duration_seconds=seconds,
            style=brief.style,
            tone=brief.tone,
            pacing=brief.pacing,
            setting=setting,
            aspect_ratio=brief.aspect_ratio,
        ),
        creative_brief=CreativeBrief(**strategy.model_dump(), prompt=brief.prompt, selling_points=brief.selling_points),
        camera=CameraLanguage(default=STYLES[brief.style].shot, by_scene_type=SHOTS),
        lighting=_light(brief),
        realism=RealismRules(environment=_OUT_THERE) if brief.background in _WITHOUT_A_ROOM else RealismRules(),
    )
    return bible.model_copy(update={"master_prompt": master_prompt(bible)})


def _light(brief: Brief) -> LightingSetup:
    light = prompt_engineering.LIGHTINGS[brief.lighting]
    no_window = brief.lighting is LightingPreset.NATURAL and brief.background in _WITHOUT_A_ROOM
    return light.model_copy(update={"type": "natural daylight"}) if no_window else light


def revised(bible: ProductionBible, edits: JobEdits) -> ProductionBible:
    """The bible with a person's edits, and the master prompt that follows from them."""
    edited = edits.over(bible)
    return edited.model_copy(update={"master_prompt": laid_over(master_prompt(edited), edits.bible.master_prompt)})


def master_prompt(bible: ProductionBible) -> MasterPrompt:
    """What every prompt says, from the other components."""
    return MasterPrompt(
        realism_header=_header(bible),
        character_dna=_character(bible),
        environment=f"Setting: {bible.style.setting or 'a lived-in room'}. {bible.realism.environment}.",
        skin_realism=f"{SKIN_REALISM}\n{bible.realism.skin}. {bible.realism.face}. {bible.realism.hands}.",
        consistency_lock=_lock(bible),
        negative_prompt=_negative(bible),
    )


def _header(bible: ProductionBible) -> str:
    style = bible.style
    return (
        f"Ultra-realistic UGC, shot on {bible.camera.body}, {style.aspect_ratio}, {PLATFORMS[style.platform]}; "
        f"{STYLES[style.style].look}; {tone_in_words(style.tone)}; {PACINGS[style.pacing]}."
    )


def _character(bible: ProductionBible) -> str:
    dna = bible.avatar_dna
    if dna is None:
        return "No person is needed; hands may hold the product."
    name = f" ({bible.character.unique_identifier})" if bible.character else ""
    return (
        f"The same person in every scene{name}. Face: {dna.face}. Skin: {dna.skin}. Eyes: {dna.eyes}. "
        f"Hair: {dna.hair}. Body: {dna.body}. Wears: {dna.wardrobe}."
    )


def _lock(bible: ProductionBible) -> str:
    locked = [bible.realism.product_fidelity, bible.realism.text_overlays, *bible.product_dna.prohibited_variations]
    if bible.avatar_dna is not None:
        locked.append(bible.avatar_dna.prohibited_drift)
    return "; ".join(rule.strip().rstrip(".") for rule in locked if rule.strip()) + "."


def _negative(bible: ProductionBible) -> str:
    rules = list(bible.product_dna.prohibited_variations)
    if bible.avatar_dna is not None:
        rules += re.split(r"[,;.]\s+", bible.avatar_dna.prohibited_drift)
    forbidden = [named for rule in rules if (named := _forbidden(rule))]
    return ", ".join([NEGATIVES[Fault.UNIVERSAL], NEGATIVES[Fault.ANATOMY], NEGATIVES[Fault.PRODUCT], *forbidden])


def _forbidden(rule: str) -> str | None:
    """A rule as the thing that must not be seen, since a negative prompt lists things; None where it names none."""
    said = rule.strip().rstrip(".")
    if found := re.fullmatch(r"(.+?)\s+ALWAYS\s+(.+)", said, re.IGNORECASE):
        return f"{found[1].lower()} other than {found[2]}"
    if found := re.fullmatch(r"(.+?)\s+NEVER\s+changes?", said, re.IGNORECASE):
        return f"changed {found[1].lower()}"
    if found := re.fullmatch(r"(?:never|do not|don't|no)\s+(?:to\s+)?(.+)", said, re.IGNORECASE):
        return found[1]
    return None
