"""Step 3: one frame of a scene, drawn with the references in view, scored, and drawn again while it scores too low."""

from functools import partial

from agents import consistency
from steps.context import StepContext
from steps.takes import until_it_comes
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import seed_for
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.errors import OverBudget
from ugcgen.domain.script import StoryboardFrame, StoryboardVariant
from ugcgen.models import image
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture
from ugcgen.models.quote import PERSON_REFERENCES, PRODUCT_REFERENCES
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS
from ugcgen.pipeline.transitions import Done, Outcome


def draw(step: StepContext) -> Outcome:
    """The best frame of the scene in the unit's result. Retakes stop at the threshold, the bound, or the cap."""
    composed = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    variants: list[tuple[StoryboardVariant, Artifact]] = []
    take = step.unit.inputs.get("take", 1)
    while len(variants) <= MAX_REGEN_ATTEMPTS:
        try:
            drawn, take = until_it_comes(partial(_draw, step, composed["storyboard_prompt"], len(variants)), first=take)
            judged = _judge(step, drawn, composed["product_visibility"])
        except OverBudget as over:
            if not variants:
                raise
            if not step.afford(over):
                break
            continue
        variant = StoryboardVariant(image=drawn.name, take=take, score=judged.score, reason=judged.reason)
        variants.append((variant, drawn))
        if judged.score is None or judged.score >= settings().consistency_threshold:
            break
        take += 1
    return _best(step, variants)


def _draw(step: StepContext, prompt: str, retake: int, take: int) -> Artifact:
    wish = step.unit.inputs.get("note")
    changed = f"{prompt}\n\n[CHANGE] {wish}" if wish else prompt

    def draw_by(model: Model) -> Artifact:
        return image.make(
            step.account,
            model,
            changed,
            [*step.avatar_pictures()[:PERSON_REFERENCES], *step.product_pictures()[:PRODUCT_REFERENCES]],
            ratio=step.job.brief.aspect_ratio,
            size=image.size_for(model, step.job.brief.quality),
            seed=seed_for("frame", step.scene_number, step.unit.inputs.get("drawing", 1), retake),
            take=take,
        )

    return through(step.models(Role.IMAGE), draw_by)


def _judge(step: StepContext, drawn: Artifact, visibility: str) -> consistency.Judgement:
    frame = Picture(name=drawn.name, sha256=drawn.sha256, label="Frame to judge")
    references = step.judged_against(visibility)
    return through(step.models(Role.VISION), lambda model: consistency.judge(step.account, model, references, [frame]))


def _best(step: StepContext, made: list[tuple[StoryboardVariant, Artifact]]) -> Outcome:
    chosen = max(range(len(made)), key=lambda index: (made[index][0].score or 0, index))
    frame = StoryboardFrame(
        scene_number=step.scene_number,
        variants=[variant for variant, _ in made],
        chosen=chosen,
        consistency_score=made[chosen][0].score,
    )
    return Done(
        result={"frame": frame.model_dump(mode="json"), "image": made[chosen][1].model_dump(mode="json")},
        view={
            "stage": str(step.unit.step),
            "storyboard": frame.image,
            "storyboard_score": frame.consistency_score,
        },
    )
