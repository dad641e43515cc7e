"""Step 3: a scene's frames, drawn with the references in view and judged; then compared with the photos in
post-production, which hands back what scores too low."""

from functools import partial
from typing import Any

from agents import consistency, storyboard
from steps.context import StepContext
from steps.judging import judged
from steps.retaking import or_keep
from steps.takes import until_it_comes
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import seed_for
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.script import StoryboardVariant
from ugcgen.domain.takes import Drawn, Retake, best_first
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture
from ugcgen.pipeline.retakes import drawn
from ugcgen.pipeline.transitions import Next, Outcome


def draw(step: StepContext) -> Outcome:
    """Several frames to choose from at first, then one for each retake."""
    variants = [StoryboardVariant.model_validate(one) for one in step.unit.memo.get("variants", [])]
    retakes = [Retake.model_validate(one) for one in step.unit.memo.get("retakes", [])]
    kept = drawn(step.unit, variants, retakes) if variants else None
    return or_keep(step, lambda: _drawn(step, variants, len(retakes)), kept)


def _drawn(step: StepContext, variants: list[StoryboardVariant], retakes: int) -> Outcome:
    prompts = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    change, wanted = _change(step, prompts, variants), step.job.brief.variants
    numbers = [wanted + retakes] if variants else range(wanted)
    frames = [_draw(step, prompts, change, number) for number in numbers]
    evidence = judged(step, consistency.score_storyboard, prompts, [_picture(frame) for frame, _ in frames])
    fresh = [
        Drawn(image=frame.name, sha256=frame.sha256, take=take, judged=said).model_dump(mode="json")
        for (frame, take), said in zip(frames, evidence, strict=True)
    ]
    return Next("compare", memo={"fresh": fresh, "change": change})


def _change(step: StepContext, prompts: dict[str, Any], variants: list[StoryboardVariant]) -> str | None:
    """What a retake asks for in other words; None for what is drawn first."""
    if not variants:
        return None
    best = best_first(variants)[0].likeness
    return consistency.correction([best] if best else [], step.expected(prompts))


def _draw(step: StepContext, prompts: dict[str, Any], change: str | None, number: int) -> tuple[Artifact, int]:
    """A frame and its take. Each has a seed of its own."""
    prompt = storyboard.frame_prompt(prompts["storyboard_prompt"], step.unit.inputs.get("note"), change)
    seed = seed_for("frame", step.scene_number, step.unit.inputs.get("drawing", 1), number)

    def drawn_by(model: Model, take: int) -> Artifact:
        references = [step.pictured(one) for one in storyboard.injected(step.references(prompts), model.references)]
        brief = step.job.brief
        return storyboard.draw(
            step.account, model, prompt, references, brief.aspect_ratio, brief.quality, seed=seed, take=take
        )

    def by_someone(take: int) -> Artifact:
        return through(step.models(Role.IMAGE), partial(drawn_by, take=take))

    return until_it_comes(by_someone, first=step.unit.inputs.get("take", 1))


def _picture(frame: Artifact) -> Picture:
    return Picture(name=frame.name, sha256=frame.sha256, label="Frame to judge")
