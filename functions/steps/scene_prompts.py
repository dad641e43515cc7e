"""Step 2: the prompts of one scene, as it was written and then edited."""

from agents import scene_prompt
from steps.context import StepContext
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.script import Script
from ugcgen.pipeline.transitions import Done, Outcome


def compose(step: StepContext) -> Outcome:
    written = step.result(PipelineStep.SCRIPT_GENERATION)
    prompts = scene_prompt.composed(
        Script.model_validate(written["script"]),
        step.scene_number,
        ProductionBible.model_validate(written["bible"]),
        step.job.edits,
        step.job.brief.speech,
        step.job.product_images,
    )
    return Done(result=prompts.model_dump(mode="json"))
