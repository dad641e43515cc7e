"""The files unit of post_production: a finished film's other sizes and formats, and the pictures that stand for it."""

from pathlib import Path

from postprod import ffmpeg
from postprod.files.outputs import BESIDE, is_film, make_files
from postprod.units.progress import watch
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.edit import Edit
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline import segments as part
from ugcgen.pipeline.segments import SegmentName
from ugcgen.pipeline.transitions import Done, Outcome

_MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".json": "application/json",
}


def files(task: Task, bench: Workbench, name: SegmentName) -> Outcome:
    """The objects of all files by name. Those of a film in another shape than the brief's have that before their
    names: ``1x1-poster.jpg``."""
    film_unit = UnitKey(step=task.unit.step, segment=str(SegmentName(part.FILM, name.ratio)))
    film, edit = str(task.results[film_unit.id]["film"]), Edit.model_validate(task.results[film_unit.id]["edit"])
    ratio = name.ratio or task.job.brief.aspect_ratio
    wanted = {output.name: output for output in task.job.cut.outputs if output.ratio is ratio}
    outputs = [output for output in wanted.values() if not is_film(output, edit)]
    targets = {
        file: bench.name_for("film's file", {"file": file, "ffmpeg": ffmpeg.version()}, [film], Path(file).suffix[1:])
        for file in [*(output.name for output in outputs), *BESIDE]
    }
    if not all(storage.facts(target) for target in targets.values()):
        made = make_files(bench.fetch(film), edit, outputs, bench.path, watch=watch(task, edit.frames / edit.fps))
        for file, path in made.items():
            storage.put_file_once(targets[file], path, _MEDIA_TYPES[path.suffix])
    prefix = f"{ratio.replace(':', 'x')}-" if name.ratio else ""
    beside = {prefix + file: targets[file] for file in BESIDE}
    return Done(result={"files": {file: targets.get(file, film) for file in wanted} | beside})
