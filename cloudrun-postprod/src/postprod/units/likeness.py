"""Likeness measured for the units that draw and film: the compare phase of the storyboard, and the samples of clips."""

import io
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from postprod.likeness.measure import measured
from postprod.likeness.references import References, references_of
from postprod.picture.frames import SAMPLE_SIZE, paced
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.consistency import Expected, FrameEvidence
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.script import StoryboardVariant
from ugcgen.domain.takes import Drawn, Retake, Sample, best_first
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline.retakes import another_try, drawn, frame_is_retaken
from ugcgen.pipeline.transitions import Next, Outcome


def compare(task: Task) -> Outcome:
    """The frames that were drawn, measured and scored: the scene's frames, best first, or another round of drawing."""
    memo = task.unit.memo
    before = [StoryboardVariant.model_validate(one) for one in memo.get("variants", [])]
    retakes = [Retake.model_validate(one) for one in memo.get("retakes", [])]
    fresh = [_compared(task, Drawn.model_validate(one)) for one in memo["fresh"]]
    if before:
        why, change = best_first(before)[0].reason, memo["change"] or ""
        retakes.append(Retake(number=len(retakes) + 1, why=why, change=change, score=fresh[0].score))
    variants = best_first([*before, *fresh])
    if not frame_is_retaken(variants, len(retakes), settings().consistency_threshold):
        return drawn(task.unit, variants, retakes)
    again: dict[str, Any] = {
        "variants": [variant.model_dump(mode="json") for variant in variants],
        "retakes": [retake.model_dump(mode="json") for retake in retakes],
    }
    return Next("draw", memo=again, view=another_try(len(retakes)))


def sampled(task: Task, bench: Workbench, clip: str, sha256: str, since: float = 0) -> list[Sample]:
    """The clip's frames at the settings' pace from a second on, stored for the judge, and measured at full size."""
    samples = []
    for at, image in paced(bench.fetch(clip), settings().consistency_frame_sample_rate):
        if at < since:
            continue
        evidence = _measured(task, image)
        image.thumbnail((SAMPLE_SIZE, SAMPLE_SIZE))
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=88)
        name = bench.name_for("sampled frame", {"at": round(at, 3)}, [sha256], "jpg")
        _, stored = storage.put_once(name, buffer.getvalue(), "image/jpeg")
        samples.append(Sample(name=stored.name, sha256=stored.sha256, at=round(at, 3), measured=evidence))
    return samples


def _compared(task: Task, frame: Drawn) -> StoryboardVariant:
    return frame.measured(_measured(task, _picture(frame.image)))


def _measured(task: Task, image: Image.Image) -> FrameEvidence:
    job = task.job
    prompts = task.results[UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=task.unit.scene).id]
    references = _references(tuple(job.avatar_ref_images), tuple(job.product_images))
    return measured(np.asarray(image), references, Expected.of(prompts, has_person=bool(job.avatar_ref_images)))


@lru_cache(maxsize=8)
def _references(persons: tuple[str, ...], products: tuple[str, ...]) -> References:
    """Of pinned photos, whose names say what is in them: prepared once in a process for all the units of a job."""
    return references_of(
        {name: np.asarray(_picture(name)) for name in persons}, {name: np.asarray(_picture(name)) for name in products}
    )


def _picture(name: str) -> Image.Image:
    with Image.open(io.BytesIO(storage.get(name))) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB")
