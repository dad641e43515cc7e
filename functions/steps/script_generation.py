"""Step 1: study the photos (inspected in post-production before), assemble the production bible, write the script."""

from agents import script
from steps.context import StepContext
from steps.studying import Studied, study
from ugcgen.domain.bible import CreativeBrief, ProductionBible, StyleConfig
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import BackgroundSetting
from ugcgen.models.catalog import Role
from ugcgen.models.fallback import through
from ugcgen.pipeline.transitions import Done, Outcome

SETTINGS = {
    BackgroundSetting.MODERN_BEDROOM: "A modern, lived-in bedroom with a window",
    BackgroundSetting.KITCHEN: "A bright kitchen with a wooden worktop",
    BackgroundSetting.OFFICE: "A small home office with a desk and plants",
    BackgroundSetting.CAR: "Inside a parked car in daylight",
    BackgroundSetting.OUTDOOR: "Outdoors in a quiet park",
    BackgroundSetting.CUSTOM: "",
}


def write(step: StepContext) -> Outcome:
    """The script and the bible, in the unit's result."""
    brief = step.job.brief
    studied = study(step)
    assembled = bible(brief, studied)
    written = through(
        step.models(Role.TEXT), lambda model: script.write(step.account, model, brief, assembled, step.job.outline)
    )
    return Done(result={"script": written.model_dump(mode="json"), "bible": assembled.model_dump(mode="json")})


def bible(brief: Brief, studied: Studied) -> ProductionBible:
    setting = ". ".join(part for part in (SETTINGS[brief.background], brief.background_note) if part)
    return ProductionBible(
        product_name=brief.product_name,
        product_dna=studied.product,
        avatar_dna=studied.avatar,
        character=studied.character,
        style=StyleConfig(
            platform=brief.platform,
            style=brief.style,
            tone=brief.tone,
            setting=setting,
            aspect_ratio=brief.aspect_ratio,
        ),
        creative_brief=CreativeBrief(prompt=brief.prompt, selling_points=brief.selling_points),
    )
