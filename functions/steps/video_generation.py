"""Step 5: one scene's clip, from its storyboard frame or from the last frame of the scene before."""

from agents import video as video_agent
from steps.cameras import cameras
from steps.context import StepContext
from steps.filming import filmed
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import PipelineStep, SceneJoin
from ugcgen.models import video
from ugcgen.models.catalog import Model
from ugcgen.models.clip import ClipOrder
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture
from ugcgen.pipeline.plan import footage_of
from ugcgen.pipeline.transitions import Done, Next, Outcome


def film(step: StepContext) -> Outcome:
    """The clip in the unit's result; its last frame is taken afterwards where the next scene starts on it."""
    prompts = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    drawn = step.result(PipelineStep.STORYBOARD, step.scene_number)["image"]
    frame = Picture(name=drawn["name"], sha256=drawn["sha256"], label="the storyboard frame of this scene")
    previous = previous_frame(step)

    def order_for(model: Model) -> ClipOrder:
        return video_agent.clip_order(
            model,
            step.planned,
            prompt=prompts["video_prompt"],
            negative=prompts["negative_prompt"],
            ratio=step.job.brief.aspect_ratio,
            resolution=video.resolution_for(model, step.job.brief.quality),
            frame=frame,
            previous=previous,
            references=[*step.avatar_pictures(), *step.product_pictures()],
        )

    def filmed_by(model: Model) -> tuple[CallRecord, ClipOrder]:
        order = order_for(model)
        return filmed(step, order, model), order

    record, order = through(cameras(step, order_for), filmed_by)
    result = clip_result(step, record) | {"first_frame": order.first_frame.name if order.first_frame else None}
    if next_is_chained(step) and not step.planned.is_extended:
        return Next("frames", memo=result)
    return Done(result=result, view={"stage": str(step.unit.step), "clip": result["clip"]})


def clip_result(step: StepContext, record: CallRecord) -> dict[str, object]:
    """What others read of a filmed clip: where it is stored, and who made it and how that provider knows it."""
    clip = record.artifacts[0]
    return {
        "scene_number": step.scene_number,
        "clip": clip.name,
        "sha256": clip.sha256,
        "model": record.model,
        "operation": record.operation,
        "video": record.answer.get("video", ""),
    }


def next_is_chained(step: StepContext) -> bool:
    following = step.job.outline[step.scene_number : step.scene_number + 1]
    return bool(following) and following[0].join is SceneJoin.CHAIN


def previous_frame(step: StepContext) -> Picture | None:
    """The last frame of the scene before, where this one starts on it."""
    if step.planned.join is not SceneJoin.CHAIN or step.scene_number == 1:
        return None
    result = step.results[footage_of(step.job.outline[step.scene_number - 2])]
    return Picture(
        name=result["last_frame"], sha256=result["last_frame_sha256"], label="the last frame of the scene before"
    )
