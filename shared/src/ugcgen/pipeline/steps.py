"""The pipeline table: the one place that knows the order of the steps, what they count for and where they run."""

from dataclasses import dataclass
from enum import StrEnum

from ugcgen.domain.enums import PipelineStep


class Service(StrEnum):
    """Who does a phase: the functions, or the post-production service that owns pixels and samples."""

    FUNCTIONS = "functions"
    POSTPROD = "postprod"


@dataclass(frozen=True)
class Step:
    """One row: ``until`` is the progress in percent once the step is finished; phases run in the order given."""

    name: PipelineStep
    until: int
    phases: dict[str, Service]

    @property
    def first_phase(self) -> str:
        return next(iter(self.phases))

    @property
    def topic(self) -> str:
        """The Pub/Sub topic that wakes the step's units in the functions."""
        return f"ugcgen-{self.name.replace('_', '-')}"


_F, _P = Service.FUNCTIONS, Service.POSTPROD

STEPS: dict[PipelineStep, Step] = {
    step.name: step
    for step in (
        Step(PipelineStep.SCRIPT_GENERATION, 10, {"inspect": _P, "write": _F}),
        Step(PipelineStep.SCENE_PROMPTS, 20, {"compose": _F}),
        Step(PipelineStep.STORYBOARD, 35, {"draw": _F, "compare": _P}),
        Step(PipelineStep.STORYBOARD_REVIEW, 40, {"decide": _F}),
        Step(PipelineStep.VIDEO_GENERATION, 60, {"film": _F, "frames": _P, "judge": _F}),
        Step(PipelineStep.VIDEO_EXTENSION, 75, {"film": _F, "frames": _P, "judge": _F}),
        Step(PipelineStep.AUDIO_GENERATION, 85, {"speak": _F, "fit": _P}),
        Step(PipelineStep.POST_PRODUCTION, 92, {"render": _P}),
        Step(PipelineStep.QUALITY_CHECK, 97, {"measure": _P, "judge": _F}),
        Step(PipelineStep.COMPLETE, 100, {"sign": _P, "deliver": _F}),
    )
}

ORDER: tuple[PipelineStep, ...] = tuple(STEPS)

MAX_STEP_RETRIES = 2
"""How often a unit's transient failure is tried again by redelivery before the unit fails."""

MAX_REGEN_ATTEMPTS = 3
"""How often a frame or clip that scores too low is taken again."""


def weight(step: PipelineStep) -> int:
    """The step's own share of the progress, in percent."""
    position = ORDER.index(step)
    before = STEPS[ORDER[position - 1]].until if position else 0
    return STEPS[step].until - before


def service_of(step: PipelineStep, phase: str) -> Service:
    return STEPS[step].phases[phase]
