"""When a frame or a clip is taken once more, and what its unit comes to when it is not. Pure rules of both services."""

from collections.abc import Sequence
from typing import Any

from ugcgen.domain.consistency import FrameScore
from ugcgen.domain.script import StoryboardFrame, StoryboardVariant
from ugcgen.domain.takes import ClipTake, Retake, best_first, best_take
from ugcgen.domain.unit import Unit
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS
from ugcgen.pipeline.transitions import Done, asked_again


def frame_is_retaken(variants: Sequence[StoryboardVariant], made: int, threshold: float) -> bool:
    """Whether a scene is drawn once more after so many retakes: while its best frame scores below the threshold.
    One that nothing could be compared in is not drawn again."""
    best = best_first(variants)[0].score
    return best is not None and best < threshold and made < MAX_REGEN_ATTEMPTS


def clip_is_retaken(unit: Unit, takes: Sequence[ClipTake], threshold: float) -> bool:
    """Whether a scene is filmed once more: while its best clip scores below the threshold or has a fault, or because
    quality control wants more retakes than there are."""
    best, made = best_take(takes), len(takes) - 1
    poor = bool(best.faults) or (best.score is not None and best.score < threshold)
    return made < MAX_REGEN_ATTEMPTS and (poor or made < _wanted(unit))


def once_more(unit: Unit) -> Unit | None:
    """A filmed scene asked for one more retake; None where it was asked before or the bound is reached.

    The takes before come back from the ledger for nothing, so that the best of all is kept. The wish holds for what
    this run was made from: with other prompts the scene is another.
    """
    made = len(unit.result["retakes"])
    if _wanted(unit) or made >= MAX_REGEN_ATTEMPTS:
        return None
    return asked_again(unit, {_MORE: {"of": unit.made_from, "retakes": made + 1}})


_MORE = "more"


def _wanted(unit: Unit) -> int:
    wish: dict[str, Any] = unit.inputs.get(_MORE, {})
    return int(wish["retakes"]) if wish.get("of") == unit.made_from else 0


def another_try(made: int) -> dict[str, Any]:
    """What people are shown of a scene that is taken once more, after so many retakes."""
    return {"message": f"try {made + 2} of {MAX_REGEN_ATTEMPTS + 1}"}


def drawn(unit: Unit, variants: Sequence[StoryboardVariant], retakes: Sequence[Retake]) -> Done:
    """The scene's frames, best first, with the one that a person chose or else the best one chosen."""
    ranked = best_first(variants)
    names = [variant.image for variant in ranked]
    wish = unit.inputs.get("chosen")
    chosen = names.index(wish) if wish in names else 0
    frame = StoryboardFrame(
        scene_number=unit.scene or 0, variants=ranked, chosen=chosen, consistency_score=ranked[chosen].score
    )
    return Done(
        result={
            "frame": frame.model_dump(mode="json"),
            "image": {"name": ranked[chosen].image, "sha256": ranked[chosen].sha256},
            "retakes": [retake.model_dump(mode="json") for retake in retakes],
        },
        view={
            "stage": str(unit.step),
            "storyboard": frame.image,
            "storyboard_score": frame.consistency_score,
            "storyboard_reason": ranked[chosen].reason,
            "variants": names,
            "message": "",
        },
    )


def filmed(unit: Unit, takes: Sequence[ClipTake], retakes: Sequence[Retake], before: Sequence[FrameScore] = ()) -> Done:
    """The scene's best clip, with its frames as they were scored and what was taken again. ``before`` are the frames of
    the footage that it goes on from: they count, but no take of this unit could change them."""
    kept = best_take(takes)
    best = ClipTake(clip=kept.clip, frames=[*before, *kept.frames])
    facts: dict[str, Any] = {
        "frames": [frame.model_dump(mode="json") for frame in best.frames],
        "score": best.score,
        "reason": best.reason,
        "retakes": [retake.model_dump(mode="json") for retake in retakes],
    }
    view = {
        "stage": str(unit.step),
        "clip": best.clip["clip"],
        "clip_score": best.score,
        "clip_reason": best.reason,
        "message": "",
    }
    return Done(result=best.clip | facts, view=view)
