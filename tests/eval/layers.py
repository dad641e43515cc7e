"""The six layers of consistency, each put to the test: a fault goes in, and what came of it is told from the job."""

from dataclasses import asdict, dataclass
from typing import Any

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import PHOTOS, PRODUCT
from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS

PEOPLE = sorted(PHOTOS.glob("avatar-*.jpg"))
ALL_VARIANTS = 2
"""Frames that are drawn of a scene at once, unless the brief wants more."""


@dataclass(frozen=True)
class Strike:
    """A fault of the studio's and the layer that is to catch it. ``rule`` is as the studio's bad days take it.

    ``lenient`` lowers what a clip must score, so that one which is less like the others reaches the layer that compares
    them.
    """

    layer: int
    name: str
    rule: dict[str, Any]
    scenes: int = 1
    lenient: bool = False

    @property
    def brief(self) -> dict[str, Any]:
        scenes = [{"seconds": 3}] * self.scenes
        prompt = "A young woman tells how a vitamin C serum brought the glow back to her skin"
        return {"product_name": "Lumi Glow", "brand": "Lumi", "prompt": prompt, "quality": "draft", "scenes": scenes}


@dataclass(frozen=True)
class Caught:
    """What a fault came to. ``by`` is the layer that found it, None where it passed; ``verdict`` is what the person who
    ordered the ad is told."""

    layer: int
    fault: str
    by: int | None
    reason: str
    retakes: int
    spent_usd: float
    verdict: str

    @property
    def ok(self) -> bool:
        return self.by == self.layer

    def row(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


def _image(look: str, times: int = ALL_VARIANTS, **rule: Any) -> dict[str, Any]:
    return {"fault": look, "kind": "image", "times": times, **rule}


def _clip(look: str, times: int = 1, since: float = 1, **rule: Any) -> dict[str, Any]:
    return {"fault": look, "kind": "video", "times": times, "since": since, **rule}


STRIKES = (
    Strike(3, "another person in every frame", _image("drifting_face")),
    Strike(3, "another word on the label", _image("wrong_label")),
    Strike(3, "a second person", _image("extra_person")),
    Strike(3, "skin like plastic", _image("plastic_look")),
    Strike(3, "the product in other colours", _image("wrong_colors")),
    Strike(3, "no product", _image("no_product")),
    Strike(4, "a face that drifts away in the clip", _clip("drifting_face")),
    Strike(4, "a label that changes in the clip", _clip("wrong_label")),
    Strike(4, "somebody who steps into the clip", _clip("extra_person")),
    Strike(
        5,
        "one scene of three less like the others",
        _clip("drifting_face", share=0.42, since=0, prompt="medium shot"),
        scenes=3,
        lenient=True,
    ),
    Strike(6, "three bad rounds of frames", _image("drifting_face", times=ALL_VARIANTS + 2)),
    Strike(6, "frames that never come right", _image("drifting_face", times=100)),
)
"""Layers 1 and 2 keep faults from being drawn at all; ``prevention.py`` holds them to that."""


def struck(backstage: Backstage, strike: Strike) -> Caught:
    """Make a small ad with the fault in it, and say which layer found it."""
    person = backstage.person()
    try:
        backstage.studio.fault(**strike.rule)
        job_id = person.start(strike.brief, PRODUCT, PEOPLE)
        job = backstage.rest(job_id, 240)
    finally:
        backstage.studio.good_day()
    units = backstage.units(job_id)
    by, reason = _caught(job, units, strike)
    retakes = sum(len(unit.result.get("retakes", [])) for unit in units.values())
    return Caught(strike.layer, strike.name, by, reason, retakes, job.money.spent / 1e6, _verdict(job))


def _caught(job: Job, units: dict[str, Unit], strike: Strike) -> tuple[int | None, str]:
    """The layer whose finding had something taken again, and why."""
    drawn = _retakes(units, PipelineStep.STORYBOARD)
    filmed = _retakes(units, PipelineStep.VIDEO_GENERATION)
    if strike.layer == 6:
        bound = len(drawn) == MAX_REGEN_ATTEMPTS or (drawn and not _flagged(job))
        return (6, drawn[-1]["why"]) if drawn and bound else (None, "")
    if drawn:
        return 3, drawn[0]["why"]
    if not filmed:
        return None, ""
    if sent_back := [unit for unit in units.values() if unit.inputs.get("more")]:
        return 5, sent_back[0].result["retakes"][-1]["why"]
    return 4, filmed[0]["why"]


def _retakes(units: dict[str, Unit], step: PipelineStep) -> list[dict[str, Any]]:
    return [retake for unit in units.values() if unit.step is step for retake in unit.result.get("retakes", [])]


def _flagged(job: Job) -> list[str]:
    return list((job.consistency_scores or {}).get("flagged", []))


def _verdict(job: Job) -> str:
    if job.status is not JobStatus.COMPLETED:
        return f"{job.status}: {job.error_message or job.message}"
    flagged = _flagged(job)
    return f"delivered, scene {', '.join(flagged)} flagged" if flagged else "delivered"
