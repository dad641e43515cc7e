"""Step 2: the prompts of one scene."""

from agents import scene_prompts
from steps.context import StepContext
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.script import Script
from ugcgen.pipeline.transitions import Done, Outcome


def compose(step: StepContext) -> Outcome:
    written = step.result(PipelineStep.SCRIPT_GENERATION)
    scene = Script.model_validate(written["script"]).scene(step.scene_number)
    bible = ProductionBible.model_validate(written["bible"])
    prompts = scene_prompts.compose(scene, bible, step.job.brief.speech)
    return Done(
        result={
            "prompts": prompts.model_dump(mode="json"),
            "dialogue": scene.dialogue,
            "action": scene.action,
            "product_visibility": str(scene.product_visibility),
        },
    )
