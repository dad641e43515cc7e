"""What quality control sends back: the clip or the part of the film that is at fault is made again, and the job goes on
from there by itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from steps.context import StepContext
from ugcgen.cloud.logs import log
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.engine.advance import decide
from ugcgen.engine.refs import read_units
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.segments import ANIMATIC, FILES, SegmentName
from ugcgen.pipeline.transitions import Fail, Outcome, Outdated, sent_back

MOST_MENDS = 1
"""How often one unit is sent back. What comes out wrong again is for a person to see."""


def mended(step: StepContext, broken: Iterable[Mapping[str, Any]]) -> Outcome:
    """Send back what can put the failed checks right; a failure where nothing can, or where that was tried before."""
    faults = list(broken)
    wanted = {unit_id for check in faults for mend in check["mends"] for unit_id in _makers(step.job, mend)}
    sentence = "; ".join(f"{check['name']}: {check['value']}, expected {check['expected']}" for check in faults)
    units = read_units(step.job.id)
    if not wanted or any(units[unit_id].inputs.get("mended", 0) >= MOST_MENDS for unit_id in wanted):
        return Fail(sentence)
    log.warning("%s; sent back: %s", sentence, ", ".join(sorted(wanted)))

    def again(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        return stored, {unit_id: sent_back(units[unit_id]) for unit_id in wanted}

    decide(step.job, again)
    return Outdated()


def _makers(job: Job, mend: Mapping[str, Any]) -> list[str]:
    """The units that make what is at fault: a scene's clip from its beginning, or the whole film from its clips."""
    if mend["scene"] is not None:
        return [UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=mend["scene"]).id]
    return [unit_id for unit_id, planned in plan_of(job).items() if _is_of_the_film(planned.key)]


def _is_of_the_film(key: UnitKey) -> bool:
    return key.step is PipelineStep.POST_PRODUCTION and SegmentName.parse(key.segment or "").kind not in {
        ANIMATIC,
        FILES,
    }
