"""Step 9: judge what was measured: the file itself, and whether person and product stayed the same."""

from statistics import fmean, pstdev
from typing import Any

from agents import consistency
from steps.context import StepContext
from steps.mending import mended
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import PipelineStep
from ugcgen.models.catalog import Role
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture
from ugcgen.pipeline.transitions import Done, Outcome

SPREAD_LIMIT = 0.10
"""Standard deviation of the scenes' scores above which the person or product drifts from scene to scene."""


def judge(step: StepContext) -> Outcome:
    """Checks and scores in the unit's result. A film that fails a technical check is not delivered:
    what is at fault is made again."""
    report = step.unit.memo["checks"]
    checks = [check for film in report["films"].values() for check in film["checks"]]
    broken = [check for check in checks if not check["ok"] and check["severity"] == "fail"]
    if broken:
        return mended(step, broken)
    scenes = {}
    for number, frames in sorted(step.unit.memo["frames"].items()):
        judged = _judge_clip(step, int(number), frames)
        scenes[number] = {"score": judged.score, "reason": judged.reason, "frames": [f.score for f in judged.frames]}
    return Done(result={"checks": report, "consistency": summary(_storyboard_scores(step), scenes)})


def summary(storyboard: dict[str, float | None], clips: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The scores of a job, with what is below its threshold named. Missing evidence stays None."""
    known = [clip["score"] for clip in clips.values() if clip["score"] is not None]
    spread = pstdev(known) if len(known) > 1 else None
    limit = settings().consistency_video_threshold
    return {
        "storyboard": storyboard,
        "clips": clips,
        "mean": fmean(known) if known else None,
        "spread": spread,
        "spread_ok": None if spread is None else spread < SPREAD_LIMIT,
        "flagged": [number for number, clip in clips.items() if clip["score"] is not None and clip["score"] < limit],
    }


def _judge_clip(step: StepContext, number: int, frames: list[dict[str, Any]]) -> consistency.Judgement:
    visibility = step.result(PipelineStep.SCENE_PROMPTS, number)["product_visibility"]
    shown = [
        Picture(name=frame["name"], sha256=frame["sha256"], label=f"frame at {frame['at']:.1f} s") for frame in frames
    ]
    references = step.judged_against(visibility)
    return through(step.models(Role.VISION), lambda model: consistency.judge(step.account, model, references, shown))


def _storyboard_scores(step: StepContext) -> dict[str, float | None]:
    ids = {f"{PipelineStep.STORYBOARD}-{scene.scene_number:02d}": scene.scene_number for scene in step.job.outline}
    return {
        str(ids[unit_id]): result["frame"]["consistency_score"]
        for unit_id, result in step.results.items()
        if unit_id in ids
    }
