"""The scenarios: small jobs that between them pass every boundary which a job can pass, and what their people do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.briefs import tiny
from tests.e2e.follow import Units
from tests.e2e.person import Person
from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.money import dollars

VEO = "veo-3.1-lite-generate-001"
CLOUD_VOICE = "google-cloud-tts"
FIRST_VOICE = "gemini-3.8-flash-lite-tts"

Brief = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What a person does as soon as, and as long as, the job is so: one whose request was lost asks again. ``when`` is
    given the job and what reads its units."""

    when: Callable[[Job, Callable[[], Units]], bool]
    call: str
    data: Callable[[Job], dict[str, Any]] = field(default=lambda job: {})


@dataclass(frozen=True)
class Scenario:
    """A brief, the wishes it is started with, what its person does, and the state in which the job has to end."""

    name: str
    brief: Brief
    wishes: Callable[[Person, Brief], dict[str, Any]] = field(default=lambda person, brief: {})
    acts: tuple[Act, ...] = ()
    bad_day: tuple[dict[str, Any], ...] = ()
    ends: JobStatus = JobStatus.COMPLETED


def _paused_for(reason: BlockReason) -> Callable[[Job, Callable[[], Units]], bool]:
    return lambda job, units: job.status is JobStatus.PAUSED and any(p.reason == reason for p in job.paused_for)


def _enough_for_the_storyboard(person: Person, brief: Brief) -> dict[str, Any]:
    lines = person.call("quoteGeneration", brief=brief, product_images=1, avatar_images=1)["quote"]["lines"]
    first = (PipelineStep.SCRIPT_GENERATION, PipelineStep.STORYBOARD)
    enough = sum(line["price"] for line in lines if line["unit"].startswith(first))
    clip = next(line["price"] for line in lines if line["unit"].startswith(PipelineStep.VIDEO_GENERATION))
    return {"budget_usd": dollars(min(enough, clip - 1))}


def _is_filmed(job: Job, units: Callable[[], Units]) -> bool:
    if job.status is not JobStatus.RUNNING:
        return False
    waiting = [unit for unit in units().values() if unit.state is UnitState.WAITING]
    return any(unit.step is PipelineStep.VIDEO_GENERATION for unit in waiting)


_FRAME = f"{PipelineStep.STORYBOARD}-01"
_waits_for_approval = _paused_for(BlockReason.STORYBOARD_REVIEW)
_WHILE_FILMED: dict[str, Any] = {
    "acts": (Act(_is_filmed, "cancelJob"),),
    "bad_day": ({"fault": "latency", "kind": "video", "seconds": 4, "times": None},),
    "ends": JobStatus.CANCELLED,
}
_TWICE_AS_MUCH = Act(
    _paused_for(BlockReason.BUDGET), "resumeJob", lambda job: {"budget_usd": 2 * dollars(job.quote.total)}
)
_VEO_AD = tiny(models={"video": VEO, "speech": CLOUD_VOICE}, scenes=[{"seconds": 4}])

SMALL = Scenario("small", tiny(scenes=[{"seconds": 3}, {"seconds": 3, "join": "chain"}]))
"""Two scenes of three seconds, the second starting on the last frame of the first."""

TINY = Scenario("tiny", tiny(), acts=(_TWICE_AS_MUCH, Act(_paused_for(BlockReason.UNCONFIRMED), "resumeJob")))
"""One scene, of a person who answers what is asked where the answers of several calls were lost."""

LEFT = Scenario("left", _VEO_AD, **_WHILE_FILMED)
"""Cancelled while a clip is filmed that cannot be stopped: the collector fetches what was paid for."""

BY_VEO = Scenario("veo", _VEO_AD, acts=(_TWICE_AS_MUCH,))
"""A clip of 0.20 USD whose answer was lost counts as spent: another take needs another budget."""

SCENARIOS = (
    SMALL,
    Scenario("extended", tiny(scenes=[{"seconds": 6}], max_scene_duration=4)),
    BY_VEO,
    Scenario(
        "reviewed",
        tiny(),
        wishes=lambda person, brief: {"auto_approve": False},
        acts=(
            Act(
                lambda job, units: _waits_for_approval(job, units) and units()[_FRAME].run == 1,
                "decideStoryboard",
                lambda job: {"decision": "retake", "scenes": [1], "note": "She wears a red woollen hat"},
            ),
            Act(
                lambda job, units: _waits_for_approval(job, units) and units()[_FRAME].run > 1,
                "decideStoryboard",
                lambda job: {"decision": "approve"},
            ),
        ),
    ),
    Scenario(
        "raised",
        tiny(),
        wishes=_enough_for_the_storyboard,
        acts=(Act(_paused_for(BlockReason.BUDGET), "resumeJob", lambda job: {"budget_usd": dollars(job.quote.total)}),),
    ),
    Scenario(
        "in one breath",
        tiny(scenes=[{"seconds": 3}, {"seconds": 3}], voiceover="continuous"),
        bad_day=({"fault": "empty", "model": FIRST_VOICE, "times": None},),
    ),
    Scenario("cancelled", tiny(), **_WHILE_FILMED),
    LEFT,
)
