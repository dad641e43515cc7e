"""The frames phase of the video steps: parts joined to one clip, its last frame, on which the next scene may start, and
its samples for the judge."""

import hashlib
from typing import Any

from postprod.picture import frames as media
from postprod.picture.parts import join_parts
from postprod.units.likeness import sampled
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.enums import PipelineStep
from ugcgen.engine.handle import Task
from ugcgen.pipeline.transitions import Next, Outcome


def frames(task: Task) -> Outcome:
    """The clip's facts from the filming phase, with the joined clip and its last frame; and the samples of what this
    unit has filmed."""
    filmed: dict[str, Any] = dict(task.unit.memo["filmed"])
    with Workbench(task.unit.user_id) as bench:
        if parts := filmed.pop("parts", None):
            filmed |= _joined(bench, parts)
        last = media.last_frame(bench.fetch(filmed["clip"]))
        name = bench.name_for("last frame", {}, [filmed["sha256"]], "png")
        _, stored = storage.put_once(name, last, "image/png")
        samples = sampled(task, bench, filmed["clip"], filmed["sha256"], since=_begins(task))
    filmed |= {"last_frame": stored.name, "last_frame_sha256": stored.sha256}
    return Next("judge", memo={"filmed": filmed, "samples": [sample.model_dump(mode="json") for sample in samples]})


def _begins(task: Task) -> float:
    """The second of the clip from which on this unit filmed it."""
    if task.unit.step is PipelineStep.VIDEO_GENERATION:
        return 0.0
    return task.job.outline[(task.unit.scene or 1) - 1].clip_seconds


def _joined(bench: Workbench, parts: list[str]) -> dict[str, Any]:
    """One clip from the first one and its extensions, each of which is the longer whole or only what was added."""
    digests = [hashlib.sha256(bench.fetch(part).read_bytes()).hexdigest() for part in parts]
    name = bench.name_for("joined parts", {}, digests, "mp4")
    if storage.facts(name) is not None:
        return {"clip": name, "sha256": hashlib.sha256(bench.fetch(name).read_bytes()).hexdigest()}
    whole = bench.fetch(parts[0])
    for number, extension in enumerate(parts[1:], start=1):
        out = bench.path / f"whole-{number}.mp4"
        join_parts(whole, bench.fetch(extension), out)
        whole = out
    stored = storage.put_file_once(name, whole, "video/mp4")
    return {"clip": stored.name, "sha256": stored.sha256}
