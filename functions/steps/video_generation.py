"""Step 5: one scene's clip, from its storyboard frame or from the last frame of the scene before. Post-production
samples it, the judge looks, and what is poor is filmed once more."""

from agents.video_generator import Cast, Shot, clip_order, mode_for
from steps.cameras import cameras
from steps.context import StepContext
from steps.filming import filmed
from steps.retaking import change_of, judge_clip, kept_clip, or_keep, takes_of
from ugcgen.cloud.settings import settings
from ugcgen.domain.call import CallRecord
from ugcgen.domain.consistency import FrameScore
from ugcgen.domain.enums import PipelineStep, SceneJoin
from ugcgen.models import video
from ugcgen.models.catalog import Model, catalog
from ugcgen.models.clip import ClipOrder
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture
from ugcgen.pipeline.plan import ends_on_next, footage_of
from ugcgen.pipeline.transitions import Next, Outcome

PHOTOS_AFTER = 2
"""Takes in which the person drifted from a first frame before the photos are shown instead: one may be bad luck."""


def film(step: StepContext) -> Outcome:
    """One take, on its way to be sampled."""
    return or_keep(step, lambda: _film(step), kept_clip(step))


def judge(step: StepContext) -> Outcome:
    return judge_clip(step)


def _film(step: StepContext) -> Outcome:
    cast, shot = cast_of(step), shot_of(step)

    def order_for(model: Model) -> ClipOrder:
        resolution = video.resolution_for(model, step.job.brief.quality)
        return clip_order(model, step.planned, shot, resolution, cast)

    def filmed_by(model: Model) -> CallRecord:
        return filmed(step, order_for(model), model)

    record = through(cameras(step, order_for), filmed_by)
    model = catalog().models[record.model]
    mode, order = mode_for(model, step.planned, cast, shot.drifted), order_for(model)
    facts = {
        "first_frame": order.first_frame.name if order.first_frame else None,
        "mode": str(mode.mode),
        "why": mode.why,
    }
    return Next("frames", memo={"filmed": clip_result(step, record) | facts, "change": change_of(step)})


def shot_of(step: StepContext) -> Shot:
    """The scene's words, and for a retake what is to be other than in the best take so far."""
    prompts = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    takes, change = takes_of(step), change_of(step)
    prompt = f"{prompts['video_prompt']}\n\n[CHANGE] {change}" if change else prompts["video_prompt"]
    return Shot(
        prompt=prompt,
        negative=prompts["negative_prompt"],
        ratio=step.job.brief.aspect_ratio,
        retake=len(takes),
        drifted=sum(_drifted(take.frames) for take in takes) >= PHOTOS_AFTER,
    )


def _drifted(frames: list[FrameScore]) -> bool:
    """Whether the person of a clip became another one."""
    return any(frame.person is not None and frame.person < settings().consistency_video_threshold for frame in frames)


def cast_of(step: StepContext) -> Cast:
    """The pictures that the scene's clip may be made from."""
    prompts = step.result(PipelineStep.SCENE_PROMPTS, step.scene_number)
    photos = {kind: tuple(map(step.pictured, step.references(prompts, kind))) for kind in ("person", "product")}
    return Cast(
        frame=_frame(step, step.scene_number),
        before=previous_frame(step),
        after=_frame(step, step.scene_number + 1) if ends_on_next(step.job.outline, step.scene_number) else None,
        person=photos["person"],
        product=photos["product"],
    )


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


def previous_frame(step: StepContext) -> Picture | None:
    """The last frame of the scene before, where this one starts on it."""
    if step.planned.join is not SceneJoin.CHAIN or step.scene_number == 1:
        return None
    result = step.results[footage_of(step.job.outline[step.scene_number - 2])]
    return Picture(
        name=result["last_frame"], sha256=result["last_frame_sha256"], label="the last frame of the scene before"
    )


def _frame(step: StepContext, scene: int) -> Picture:
    drawn = step.result(PipelineStep.STORYBOARD, scene)["image"]
    return Picture(name=drawn["name"], sha256=drawn["sha256"], label=f"the storyboard frame of scene {scene}")
