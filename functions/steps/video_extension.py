"""Step 6: a scene longer than one clip goes on, extension by extension. What they add is judged as a clip is."""

from typing import Any

from agents.video_generator import extension_order
from steps.context import StepContext
from steps.filming import filmed
from steps.retaking import change_of, judge_clip, kept_clip, or_keep
from steps.video_generation import clip_result, shot_of
from ugcgen.domain.consistency import FrameScore
from ugcgen.domain.enums import PipelineStep
from ugcgen.models import video
from ugcgen.models.catalog import catalog
from ugcgen.models.clip import Footage
from ugcgen.pipeline.outline import extension_steps
from ugcgen.pipeline.transitions import Next, Outcome


def film(step: StepContext) -> Outcome:
    """All extensions, each on the one before; then the parts are joined and what they add is sampled."""
    return or_keep(step, lambda: _film(step), kept_clip(step, _before(step)))


def judge(step: StepContext) -> Outcome:
    return judge_clip(step, _before(step))


def _film(step: StepContext) -> Outcome:
    clip, shot = _clip(step), shot_of(step)
    model = catalog().models[clip["model"]]  # no other can go on from its footage
    length = step.planned.clip_seconds
    footage = Footage(operation=clip["operation"], video=clip["video"], sha256=clip["sha256"], seconds=length)
    parts: list[str] = [clip["clip"]]
    result: dict[str, object] = {}
    resolution = video.resolution_for(model, step.job.brief.quality)
    for part, seconds in enumerate(extension_steps(step.planned.extension_seconds, model.limits), start=1):
        order = extension_order(model, step.planned, shot, resolution, seconds=seconds, part=part, footage=footage)
        record = filmed(step, order, model)
        result = clip_result(step, record)
        parts.append(record.artifacts[0].name)
        length += seconds
        footage = Footage(
            operation=record.operation or "",
            video=str(result["video"]),
            sha256=record.artifacts[0].sha256,
            seconds=length,
        )
    facts = {"parts": parts, "first_frame": clip.get("first_frame")}
    return Next("frames", memo={"filmed": result | facts, "change": change_of(step)})


def _clip(step: StepContext) -> dict[str, Any]:
    return step.result(PipelineStep.VIDEO_GENERATION, step.scene_number)


def _before(step: StepContext) -> list[FrameScore]:
    """The frames of the scene's first clip, which were scored with it."""
    return [FrameScore.model_validate(frame) for frame in _clip(step)["frames"]]
