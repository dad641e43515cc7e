"""Step 1: study the photos, assemble the production bible, write the script."""

from agents import dna, script
from steps.context import StepContext
from ugcgen.domain.bible import CreativeBrief, ProductionBible, StyleConfig
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import BackgroundSetting
from ugcgen.domain.people import AvatarDNA
from ugcgen.domain.product import ProductDNA
from ugcgen.models.catalog import Model, Role
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
    photos = step.avatar_pictures()

    def product_by(model: Model) -> ProductDNA:
        return dna.study_product(step.account, model, brief.product_name, step.product_pictures())

    def avatar_by(model: Model) -> AvatarDNA:
        return dna.study_avatar(step.account, model, brief.avatar_name, photos)

    product = through(step.models(Role.VISION), product_by)
    avatar = through(step.models(Role.VISION), avatar_by) if photos else None
    assembled = bible(brief, product, avatar)
    written = through(
        step.models(Role.TEXT), lambda model: script.write(step.account, model, brief, assembled, step.job.outline)
    )
    return Done(result={"script": written.model_dump(mode="json"), "bible": assembled.model_dump(mode="json")})


def bible(brief: Brief, product: ProductDNA, avatar: AvatarDNA | None) -> ProductionBible:
    setting = ". ".join(part for part in (SETTINGS[brief.background], brief.background_note) if part)
    return ProductionBible(
        product_name=brief.product_name,
        product_dna=product,
        avatar_dna=avatar,
        style=StyleConfig(
            platform=brief.platform,
            style=brief.style,
            tone=brief.tone,
            setting=setting,
            aspect_ratio=brief.aspect_ratio,
        ),
        creative_brief=CreativeBrief(prompt=brief.prompt, selling_points=brief.selling_points),
    )
