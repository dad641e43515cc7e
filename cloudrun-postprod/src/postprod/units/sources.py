"""What a unit of post-production works from: the footage and the voices of the job's scenes."""

from typing import Any

from ugcgen.domain.enums import PipelineStep, SpeechMode
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.job import Job
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.refs import read_results


def footage_and_voices(job: Job, numbers: list[int]) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """The results of the scenes' last video step and of their voices, by scene number."""
    clips = {n: _footage_unit(job, n) for n in numbers}
    voiced = job.brief.speech is SpeechMode.VOICEOVER
    voices = {n: UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=n).id for n in numbers} if voiced else {}
    lines = {} if voiced else {n: UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=n).id for n in numbers}
    found = needed_results(job.id, [*clips.values(), *voices.values(), *lines.values()])
    filmed = {n: dict(found[unit_id]) for n, unit_id in clips.items()}
    for n, unit_id in lines.items():
        filmed[n]["dialogue"] = found[unit_id]["dialogue"]
    return filmed, {n: found[unit_id] for n, unit_id in voices.items()}


def needed_results(job_id: str, unit_ids: list[str]) -> dict[str, dict[str, Any]]:
    """The units' results. Raises LostUnit where one is being made again: this unit will be, too."""
    found = read_results(job_id, unit_ids)
    missing = [unit_id for unit_id in unit_ids if not found.get(unit_id)]
    if missing:
        raise LostUnit(f"{', '.join(missing)} has no result now")
    return found


def _footage_unit(job: Job, number: int) -> str:
    extended = job.outline[number - 1].is_extended
    step = PipelineStep.VIDEO_EXTENSION if extended else PipelineStep.VIDEO_GENERATION
    return UnitKey(step=step, scene=number).id
