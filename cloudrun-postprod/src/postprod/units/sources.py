"""What a unit of post-production works from: the footage and the voices of the job's scenes."""

from typing import Any

from ugcgen.cloud import storage
from ugcgen.domain.cut import ClipEdit
from ugcgen.domain.enums import PipelineStep, SpeechMode
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.plan import footage_of


def footage_and_voices(task: Task, numbers: list[int]) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """What is read of the scenes' last video step and of their voices, by scene number."""
    clips = {n: _footage(task, n) for n in numbers}
    if task.job.brief.speech is SpeechMode.VOICEOVER:
        return clips, {n: _voice(task, n) for n in numbers}
    for n in numbers:
        line = task.results.get(UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=n).id, {})
        if _own_video(task, n) is None:
            clips[n]["dialogue"] = line.get("dialogue")
    return clips, {}


def _footage(task: Task, scene: int) -> dict[str, Any]:
    """The clip that was filmed, or the video that somebody put in its place; whether that can be used is seen when it
    is rendered."""
    filmed, own = dict(task.results[footage_of(task.job.outline[scene - 1])]), _own_video(task, scene)
    return filmed if own is None else filmed | {"clip": own, "sha256": storage.content_of(own)}


def _own_video(task: Task, scene: int) -> str | None:
    return task.job.cut.clips.get(scene, ClipEdit()).source


def _voice(task: Task, scene: int) -> dict[str, Any]:
    key = task.job.brief.voice_unit(scene)
    result = task.results[key.id]
    return dict(result if key.scene else result["scenes"].get(str(scene), {}))
