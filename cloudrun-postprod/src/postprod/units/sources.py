"""What a unit of post-production works from: the footage and the voices of the job's scenes."""

from typing import Any

from ugcgen.domain.enums import PipelineStep, SpeechMode
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.plan import footage_of


def footage_and_voices(task: Task, numbers: list[int]) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """What is read of the scenes' last video step and of their voices, by scene number."""
    clips = {n: dict(task.results[footage_of(task.job.outline[n - 1])]) for n in numbers}
    if task.job.brief.speech is SpeechMode.VOICEOVER:
        return clips, {n: _voice(task, n) for n in numbers}
    for n in numbers:
        line = task.results.get(UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=n).id, {})
        clips[n]["dialogue"] = line.get("dialogue")
    return clips, {}


def _voice(task: Task, scene: int) -> dict[str, Any]:
    key = task.job.brief.voice_unit(scene)
    result = task.results[key.id]
    return dict(result if key.scene else result["scenes"].get(str(scene), {}))
