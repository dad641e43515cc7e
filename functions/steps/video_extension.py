"""Step 6: a scene longer than one clip goes on, extension by extension."""

from agents import video as video_agent
from steps.context import StepContext
from steps.filming import filmed
from steps.video_generation import clip_result
from ugcgen.domain.enums import PipelineStep
from ugcgen.models import video
from ugcgen.models.catalog import catalog
from ugcgen.models.clip import Footage
from ugcgen.pipeline.outline import extension_steps
from ugcgen.pipeline.transitions import Next, Outcome


def film(step: StepContext) -> Outcome:
    """All extensions, each on the one before; then the parts are joined and the last frame is taken."""
    prompt = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)["video_prompt"]
    clip = step.result(PipelineStep.VIDEO_GENERATION, step.scene_number)
    model = catalog().models[clip["model"]]  # no other can go on from its footage
    length = step.planned.clip_seconds
    footage = Footage(operation=clip["operation"], video=clip["video"], sha256=clip["sha256"], seconds=length)
    parts: list[str] = [clip["clip"]]
    result: dict[str, object] = {}
    for part, seconds in enumerate(extension_steps(step.planned.extension_seconds, model.limits), start=1):
        order = video_agent.extension_order(
            step.planned,
            prompt,
            ratio=step.job.brief.aspect_ratio,
            resolution=video.resolution_for(model, step.job.brief.quality),
            seconds=seconds,
            part=part,
            footage=footage,
        )
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
    return Next("frames", memo=result | {"parts": parts, "first_frame": clip.get("first_frame")})
