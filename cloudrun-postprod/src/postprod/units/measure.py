"""The measure phase of quality_check: the finished file looked over, and frames of every clip for the judge."""

from typing import Any

from postprod.checks import check_film
from postprod.picture.frames import sample_frames
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.edit import Edit
from ugcgen.engine.handle import Task
from ugcgen.pipeline.freshness import FILM
from ugcgen.pipeline.plan import footage_of
from ugcgen.pipeline.transitions import Next, Outcome


def measure(task: Task) -> Outcome:
    film = task.results[FILM]
    clips = {scene.scene_number: task.results[footage_of(scene)] for scene in task.job.outline}
    with Workbench(task.unit.user_id) as bench:
        report = check_film(bench.fetch(str(film["film"])), Edit.model_validate(film["edit"]))
        frames = {str(number): _sampled(bench, clip) for number, clip in clips.items()}
    return Next("judge", memo={"checks": report.model_dump(mode="json"), "frames": frames})


def _sampled(bench: Workbench, clip: dict[str, Any]) -> list[dict[str, Any]]:
    rate = settings().consistency_frame_sample_rate
    sampled = []
    for at, data in sample_frames(bench.fetch(clip["clip"]), rate):
        name = bench.name_for("sampled frame", {"at": round(at, 3)}, [clip["sha256"]], "jpg")
        _, stored = storage.put_once(name, data, "image/jpeg")
        sampled.append({"at": at, "name": stored.name, "sha256": stored.sha256})
    return sampled
