"""Running a case: its photos are drawn, its job is made on a local cloud, and what came out is gathered."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from tests.e2e.backstage import Backstage
from tests.eval import drawn
from tests.eval.briefs import Case
from ugcgen.domain.consistency import FrameScore
from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.script import Script
from ugcgen.domain.unit import Unit
from ugcgen.domain.words import count_words
from ugcgen.pipeline.plan import footage_of

JOB_TAKES_AT_MOST_S = 300


@dataclass(frozen=True)
class Scene:
    """One scene as it was delivered: its frame and clip with their scores, and why each was taken again."""

    number: int
    dialogue: str
    frame: str
    frame_score: FrameScore
    frame_retakes: list[str]
    clip_frames: list[FrameScore]
    clip_score: float | None
    clip_retakes: list[str]


@dataclass(frozen=True)
class Outcome:
    """What became of a case. ``pictures`` are small JPEGs for the page, by object name."""

    case: Case
    job: Job
    scenes: list[Scene]
    violations: list[str]
    repairs: int
    pictures: dict[str, bytes] = field(repr=False)

    @property
    def accepted(self) -> bool:
        """Delivered, with nothing below its threshold and nothing plainly wrong."""
        scores = self.job.consistency_scores or {}
        return self.job.status is JobStatus.COMPLETED and not scores.get("flagged")


def run_case(backstage: Backstage, case: Case, folder: Path) -> Outcome:
    """Make the case's ad as a person would, approved in advance."""
    person = backstage.person()
    job_id = person.start(case.brief, *photos(case, folder))
    job = backstage.rest(job_id, JOB_TAKES_AT_MOST_S)
    units = backstage.units(job_id)
    scenes = [_scene(job, units, n) for n in range(1, len(job.outline) + 1)] if _is_whole(job) else []
    written = units[PipelineStep.SCRIPT_GENERATION].result
    shown = {name: _small(backstage.read(name)) for scene in scenes for name in _pictures(scene)}
    return Outcome(case, job, scenes, broken(job), int(written.get("repairs", 0)), shown)


def photos(case: Case, folder: Path) -> tuple[list[Path], list[Path]]:
    """The case's photos as files: the product's, the person's."""
    product = _written(folder, f"{case.name}-product", [drawn.packshot(drawn.goods(case.goods).product)])
    person = [] if case.person is None else _written(folder, f"{case.name}-person", drawn.portraits(case.person))
    return product, person


def broken(job: Job) -> list[str]:
    """What the delivered script breaks of its constraints, counted anew and not by the code that held it to them."""
    script: Script | None = job.script
    if script is None:
        return ["there is no script"]
    found = [
        f"scene {scene.scene_number}: {count_words(scene.dialogue)} words, at most {planned.max_words}"
        for scene, planned in zip(script.scenes, job.outline, strict=False)
        if count_words(scene.dialogue) > planned.max_words
    ]
    if len(script.scenes) != len(job.outline):
        found.append(f"{len(script.scenes)} scenes, {len(job.outline)} planned")
    if abs(script.total_duration - sum(planned.seconds for planned in job.outline)) > 0.01:
        found.append(f"{script.total_duration:g} s in all, {sum(p.seconds for p in job.outline):g} planned")
    shown = sum(str(scene.product_visibility) != "none" for scene in script.scenes)
    if shown < 0.8 * len(script.scenes):
        found.append(f"the product is seen in {shown} of {len(script.scenes)} scenes")
    return found


def _is_whole(job: Job) -> bool:
    return job.status is JobStatus.COMPLETED


def _scene(job: Job, units: dict[str, Unit], number: int) -> Scene:
    drawn_by = units[f"{PipelineStep.STORYBOARD}-{number:02d}"].result
    filmed_by = units[footage_of(job.outline[number - 1])].result
    frame = drawn_by["frame"]
    chosen = frame["variants"][frame["chosen"]]
    assert job.script
    return Scene(
        number=number,
        dialogue=job.script.scene(number).dialogue,
        frame=chosen["image"],
        frame_score=FrameScore.model_validate(chosen["likeness"]),
        frame_retakes=[retake["why"] for retake in drawn_by["retakes"]],
        clip_frames=[FrameScore.model_validate(one) for one in filmed_by["frames"]],
        clip_score=filmed_by["score"],
        clip_retakes=[retake["why"] for retake in filmed_by["retakes"]],
    )


def _pictures(scene: Scene) -> list[str]:
    """The frame, and of the clip its weakest sample."""
    known = [frame for frame in scene.clip_frames if frame.score is not None]
    worst = min(known, key=lambda frame: frame.score or 0, default=None)
    return [scene.frame, *([worst.frame] if worst else [])]


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((240, 427))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=80)
        return out.getvalue()


def _written(folder: Path, name: str, pictures: Sequence[Any]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}-{number}.jpg" for number in range(1, len(pictures) + 1)]
    for path, pixels in zip(paths, pictures, strict=True):
        Image.fromarray(pixels).save(path, "JPEG", quality=90)
    return paths
