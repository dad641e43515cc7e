"""Taking a scene once more: only inside the cap, and never at the price of what is there already."""

from collections.abc import Callable, Sequence
from typing import Any

from agents import consistency
from steps.context import StepContext
from steps.judging import judged
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.consistency import FrameScore, scored
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.errors import CallUnconfirmed, ContentFiltered, ModelRejected, OverBudget
from ugcgen.domain.model import Document
from ugcgen.domain.takes import ClipTake, Retake, Sample, best_take, in_a_clip
from ugcgen.models.media import Picture
from ugcgen.pipeline.retakes import another_try, clip_is_retaken, filmed
from ugcgen.pipeline.transitions import Next, Outcome


def or_keep(step: StepContext, work: Callable[[], Outcome], kept: Outcome | None) -> Outcome:
    """What the work comes to. ``kept`` is what the unit is without it, None where this is its first take: then whatever
    goes wrong is raised. A retake draws money from the job, and ends where the cap does or where it brings nothing."""
    try:
        return work()
    except OverBudget as over:
        if kept is None:
            raise
        if step.afford(over):
            return or_keep(step, work, kept)
        log.info("no retake, the best take is kept: %s", over)
    except (CallUnconfirmed, ContentFiltered, ModelRejected) as nothing:
        if kept is None:
            raise
        log.warning("the retake brought nothing, the best take is kept: %s", nothing)
    return kept


def takes_of(step: StepContext) -> list[ClipTake]:
    """The clips of the scene that are filmed and scored so far."""
    return [ClipTake.model_validate(one) for one in step.unit.memo.get("takes", [])]


def kept_clip(step: StepContext, before: Sequence[FrameScore] = ()) -> Outcome | None:
    """What the unit is with the takes it has; None before the first."""
    takes = takes_of(step)
    return filmed(step.unit, takes, _retakes_of(step), before) if takes else None


def change_of(step: StepContext) -> str | None:
    """What a retake asks for in other words; None for the first take."""
    takes = takes_of(step)
    if not takes:
        return None
    prompts = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    return consistency.correction(best_take(takes).frames, step.expected(prompts))


def judge_clip(step: StepContext, before: Sequence[FrameScore] = ()) -> Outcome:
    """The clip scored by its samples: filmed again where it is poor, else the best take in the unit's result.

    ``before`` are the scored frames of the footage that it goes on from.
    """
    return or_keep(step, lambda: _scored(step, before), kept_clip(step, before))


def _scored(step: StepContext, before: Sequence[FrameScore]) -> Outcome:
    memo = step.unit.memo
    samples = [Sample.model_validate(one) for one in memo["samples"]]
    pictures = [Picture(name=one.name, sha256=one.sha256, label=f"frame at {one.at:.1f} s") for one in samples]
    prompts = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    evidence = judged(step, consistency.score_video_frames, prompts, pictures)
    measured = in_a_clip([one.measured for one in samples])
    frames = [
        scored(one.name, [seen, said], one.at) for one, seen, said in zip(samples, measured, evidence, strict=True)
    ]
    take, earlier, retakes = ClipTake(clip=memo["filmed"], frames=frames), takes_of(step), _retakes_of(step)
    if earlier:
        why = best_take(earlier).reason
        retakes.append(Retake(number=len(earlier), why=why, change=memo["change"] or "", score=take.score))
    takes = [*earlier, take]
    if clip_is_retaken(step.unit, takes, settings().consistency_video_threshold):
        memo = {"takes": _plain(takes), "retakes": _plain(retakes)}
        return Next("film", memo=memo, view=another_try(len(retakes)))
    return filmed(step.unit, takes, retakes, before)


def _retakes_of(step: StepContext) -> list[Retake]:
    return [Retake.model_validate(one) for one in step.unit.memo.get("retakes", [])]


def _plain(some: Sequence[Document]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in some]
