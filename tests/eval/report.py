"""The figures of an evaluation: ``out/eval/report.json``."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

from infra.local.parts import REPO
from tests.eval.layers import Caught
from tests.eval.prevention import Prevented
from tests.eval.run import Outcome
from ugcgen.domain.consistency import FrameScore

OUT = REPO / "out" / "eval"
LAYERS = 6


def report(outcomes: Sequence[Outcome], prevented: Sequence[Prevented], caught: Sequence[Caught]) -> dict[str, Any]:
    """The figures. A false alarm is a retake, or a flagged scene, in an ad into which no fault was put."""
    found = {n: [c.ok for c in prevented if c.layer == n] + [c.ok for c in caught if c.layer == n] for n in _layers()}
    accepted = [outcome for outcome in outcomes if outcome.accepted]
    spent = sum(outcome.job.money.spent for outcome in outcomes) / 1e6
    return {
        "briefs": len(outcomes),
        "accepted": len(accepted),
        "constraint_violations": sum(len(outcome.violations) for outcome in outcomes),
        "layers": LAYERS,
        "layers_caught": sum(bool(oks) and all(oks) for oks in found.values()),
        "false_alarms": sum(_alarms(outcome) for outcome in outcomes),
        "cost_per_accepted_usd": round(spent / len(accepted), 4) if accepted else None,
        "frames": spread(scene.frame_score.score for outcome in outcomes for scene in outcome.scenes),
        "clips": spread(scene.clip_score for outcome in outcomes for scene in outcome.scenes),
        "evidence": _by_trait(outcomes),
        "retakes": dict(Counter(len(_retakes(outcome)) for outcome in outcomes)),
        "script_repairs": sum(outcome.repairs for outcome in outcomes),
        "prevented": [one.row() for one in prevented],
        "caught": [one.row() for one in caught],
        "cases": [_case(outcome) for outcome in outcomes],
    }


def write(found: dict[str, Any], path: Path = OUT / "report.json") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1))


def spread(scores: Iterable[float | None]) -> dict[str, Any]:
    """A distribution: how many there are, how many of them unknown, and the quartiles."""
    given = list(scores)
    known = sorted(score for score in given if score is not None)
    if not known:
        return {"count": len(given), "unknown": len(given)}
    low, middle, high = quantiles(known, n=4) if len(known) > 1 else known * 3
    return {
        "count": len(given),
        "unknown": len(given) - len(known),
        "least": round(known[0], 3),
        "quarter": round(low, 3),
        "median": round(middle, 3),
        "three_quarters": round(high, 3),
        "most": round(known[-1], 3),
        "mean": round(fmean(known), 3),
    }


def _layers() -> range:
    return range(1, LAYERS + 1)


def _retakes(outcome: Outcome) -> list[str]:
    """Why anything was taken again."""
    return [why for scene in outcome.scenes for why in (*scene.frame_retakes, *scene.clip_retakes)]


def _alarms(outcome: Outcome) -> int:
    return len(_retakes(outcome)) + len((outcome.job.consistency_scores or {}).get("flagged", []))


def _by_trait(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The distribution of each trait's scores by its source."""
    scores: dict[str, list[float | None]] = {}
    for frame in _frames(outcomes):
        for one in frame.evidence:
            scores.setdefault(f"{one.source} {one.trait}", []).append(one.score)
    return {name: spread(found) for name, found in sorted(scores.items())}


def _frames(outcomes: Sequence[Outcome]) -> Iterable[FrameScore]:
    for outcome in outcomes:
        for scene in outcome.scenes:
            yield scene.frame_score
            yield from scene.clip_frames


def _case(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.case.name,
        "status": str(outcome.job.status),
        "accepted": outcome.accepted,
        "spent_usd": outcome.job.money.spent / 1e6,
        "quoted_usd": outcome.job.quote.total / 1e6,
        "violations": outcome.violations,
        "retakes": _retakes(outcome),
        "flagged": (outcome.job.consistency_scores or {}).get("flagged", []),
        "spread": (outcome.job.consistency_scores or {}).get("spread"),
    }
