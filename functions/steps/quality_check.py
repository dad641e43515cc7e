"""Step 9: judge what was measured: the file itself, and whether person and product stayed the same.

No frame is paid for twice: what was judged of a scene when it was drawn and filmed is summed up.
"""

from collections import Counter
from collections.abc import Mapping
from statistics import fmean
from typing import Any

from agents.consistency import SPREAD_LIMIT, cross_scene_consistency, outliers
from steps.context import StepContext
from steps.mending import filmed_again, mended
from ugcgen.cloud.settings import settings
from ugcgen.domain.consistency import FrameScore
from ugcgen.domain.enums import PipelineStep
from ugcgen.pipeline.plan import footage_of
from ugcgen.pipeline.transitions import Done, Outcome, Outdated

Results = Mapping[int, Mapping[str, Any]]
"""Results of the units that drew, or filmed, each scene."""


def judge(step: StepContext) -> Outcome:
    """Checks and scores in the unit's result. A film that fails a technical check is not delivered: what is at fault is
    made again. So, once, are scenes that pull the others apart."""
    report = step.unit.memo["checks"]
    checks = [check for film in report["films"].values() for check in film["checks"]]
    broken = [check for check in checks if not check["ok"] and check["severity"] == "fail"]
    if broken:
        return mended(step, broken)
    drawn = {n.scene_number: step.result(PipelineStep.STORYBOARD, n.scene_number) for n in step.job.outline}
    filmed = {n.scene_number: step.results[footage_of(n)] for n in step.job.outline}
    found = summary(drawn, filmed)
    apart = [int(number) for number in found["outliers"]]
    if apart and filmed_again(step, apart):
        return Outdated()
    return Done(result={"checks": report, "consistency": found})


def summary(drawn: Results, filmed: Results) -> dict[str, Any]:
    """The scores of a job, with what is below its threshold or plainly wrong named. Missing evidence stays None."""
    frames = {number: result["frame"]["consistency_score"] for number, result in drawn.items()}
    failures = [failure for number, result in filmed.items() for failure in _failures(number, result)]
    scores = {number: result["score"] for number, result in filmed.items()}
    known = [score for score in scores.values() if score is not None]
    spread, apart = cross_scene_consistency(scores.values()), [str(number) for number in outliers(scores)]
    limit = settings().consistency_video_threshold
    below = {number for number, score in scores.items() if score is not None and score < limit}
    flagged = sorted(below | {failure["scene"] for failure in failures})
    return {
        "storyboard": {str(number): score for number, score in frames.items()},
        "clips": {str(number): _clip(result) for number, result in filmed.items()},
        "failures": failures,
        "mean": fmean(known) if known else None,
        "spread": spread,
        "spread_ok": None if spread is None else spread < SPREAD_LIMIT,
        "outliers": apart,
        "flagged": [str(number) for number in flagged],
        "layers": {
            "storyboard": _layer(settings().consistency_threshold, frames, drawn),
            "video": _layer(limit, scores, filmed),
            "cross_scene": {"limit": SPREAD_LIMIT, "spread": spread, "outliers": apart},
        },
    }


def _layer(threshold: float, scores: Mapping[int, float | None], results: Results) -> dict[str, Any]:
    """What a layer that looks at pictures held them to, what it found, and what was taken again for it."""
    below = [str(number) for number, score in scores.items() if score is not None and score < threshold]
    retakes = {str(number): len(result["retakes"]) for number, result in results.items()}
    return {"threshold": threshold, "below": below, "retakes": +Counter(retakes)}


def _clip(result: Mapping[str, Any]) -> dict[str, Any]:
    frames = [
        {name: frame[name] for name in ("at", "score", "person", "product")} | {"picture": frame["frame"]}
        for frame in result["frames"]
    ]
    return {"score": result["score"], "reason": result["reason"], "frames": frames}


def _failures(scene: int, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is plainly wrong with a scene's clip, each with the first frame that shows it."""
    found: dict[str, dict[str, Any]] = {}
    for frame in (FrameScore.model_validate(one) for one in result["frames"]):
        for fault in frame.faults:
            shown = {"at": frame.at, "timecode": _timecode(frame.at or 0), "picture": frame.frame}
            found.setdefault(fault.kind, {"scene": scene} | fault.model_dump(mode="json") | shown)
    return list(found.values())


def _timecode(seconds: float) -> str:
    """The place in the scene's clip."""
    return f"{int(seconds // 60)}:{seconds % 60:06.3f}"
