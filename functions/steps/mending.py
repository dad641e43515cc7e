"""What quality control sends back: the clip or the part of the film that is at fault, or a scene that pulls the others
apart, is made again, and the job goes on from there by itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from steps.context import StepContext
from ugcgen.cloud.logs import log
from ugcgen.domain.enums import PipelineStep, SceneJoin
from ugcgen.domain.job import Job
from ugcgen.domain.money import Micros
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.engine.advance import decide
from ugcgen.engine.allotment import free
from ugcgen.engine.refs import read_units
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.retakes import once_more
from ugcgen.pipeline.segments import ANIMATIC, FILES, SegmentName
from ugcgen.pipeline.transitions import Fail, Outcome, Outdated, sent_back

_FILMING = (PipelineStep.VIDEO_GENERATION, PipelineStep.VIDEO_EXTENSION)

MOST_MENDS = 1
"""How often one unit is sent back. What comes out wrong again is for a person to see."""


def mended(step: StepContext, broken: Iterable[Mapping[str, Any]]) -> Outcome:
    """Send back what can put the failed checks right; a failure where nothing can, where that was tried before, or
    where the cap has no room for it."""
    faults = list(broken)
    wanted = {unit_id for check in faults for mend in check["mends"] for unit_id in _makers(step.job, mend)}
    sentence = "; ".join(f"{check['name']}: {check['value']}, expected {check['expected']}" for check in faults)
    units = read_units(step.job.id)
    tried = any(units[unit_id].inputs.get("mended", 0) >= MOST_MENDS for unit_id in wanted)
    price = sum(step.job.quote.of(unit_id) for unit_id in wanted)
    if not wanted or tried or price > free(step.job.money, units.values()):
        return Fail(sentence)
    log.warning("%s; sent back: %s", sentence, ", ".join(sorted(wanted)))

    def again(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        return stored, {unit_id: sent_back(units[unit_id]) for unit_id in wanted}

    decide(step.job, again)
    return Outdated()


def filmed_again(step: StepContext, scenes: Iterable[int]) -> bool:
    """Have scenes filmed once more, each if that was not asked before and the cap has room for it and for the scenes
    that go on from it. Whether any is."""
    asked: list[str] = []

    def again(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        left, changed = free(stored.money, units.values()), dict[str, Unit]()
        for number in scenes:
            unit = units[UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=number).id]
            wanted, price = once_more(unit), _price_from(stored, number)
            if wanted is not None and price <= left:
                left -= price
                changed[unit.id] = wanted
        asked[:] = changed
        return stored, changed

    decide(step.job, again)
    return bool(asked)


def _price_from(job: Job, scene: int) -> Micros:
    """What filming a scene again costs at most, with those that start on its last frame."""
    numbers = {scene}
    for following in job.outline[scene:]:
        if following.join is not SceneJoin.CHAIN:
            break
        numbers.add(following.scene_number)
    units = [UnitKey(step=step, scene=number).id for number in numbers for step in _FILMING]
    return sum(job.quote.of(unit_id) for unit_id in units)


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
