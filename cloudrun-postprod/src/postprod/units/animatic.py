"""The animatic unit of post_production: the whole ad from its stills and lines, before anything is paid for clips."""

from typing import Any

from postprod import ffmpeg
from postprod.animatic import render_animatic, small
from postprod.units.progress import watch
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.edit import Edit
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.cutting import edit_of
from ugcgen.pipeline.transitions import Done, Outcome


def animatic(task: Task, bench: Workbench) -> Outcome:
    """The object of the animatic. It depends on the stills, the lines and the cut, and on nothing that is filmed."""
    stills = {scene.scene_number: _of(task, PipelineStep.STORYBOARD, scene.scene_number) for scene in task.job.outline}
    edit = small(_edit(task, {number: str(result["image"]["name"]) for number, result in stills.items()}))
    digests = [str(result["image"]["sha256"]) for result in stills.values()]
    target = bench.name_for("animatic", {"edit": _without_names(edit), "ffmpeg": ffmpeg.version()}, digests, "mp4")
    if storage.facts(target) is None:
        tables = [edit.look.lut] if edit.look.lut else []
        names = [*(cut.clip for cut in edit.scenes), *edit.sound.sources, *tables]
        out = bench.path / "animatic.mp4"
        render_animatic(
            edit,
            {name: bench.fetch(name) for name in names},
            out,
            title=task.job.title or task.job.product_name,
            comment="Made with generative AI by UGCGen",
            watch=watch(task, edit.frames / edit.fps),
        )
        storage.put_file_once(target, out, "video/mp4")
    return Done(result={"animatic": target})


def _edit(task: Task, stills: dict[int, str]) -> Edit:
    """The job's edit with a still for each clip, and its lines to be spoken whoever will speak them in the film."""
    job = task.job
    lines = {number: str(_of(task, PipelineStep.SCENE_PROMPTS, number).get("dialogue") or "") for number in stills}
    clips = {number: {"clip": still, "dialogue": lines[number]} for number, still in stills.items()}
    voices = {number: {"text": line} for number, line in lines.items()}
    return edit_of(job.wanted, job.outline, job.brief.aspect_ratio, clips, voices)


def _of(task: Task, step: PipelineStep, scene: int) -> dict[str, Any]:
    return task.results[UnitKey(step=step, scene=scene).id]


def _without_names(edit: Edit) -> dict[str, Any]:
    """The edit without the names of its stills, whose contents are in the key already."""
    plain = edit.model_dump(mode="json")
    for cut in plain["scenes"]:
        del cut["clip"]
    return plain
