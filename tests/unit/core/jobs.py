"""Jobs, units and results in their true shapes, for the tests of the core."""

from datetime import UTC, datetime
from typing import Any

from ugcgen.domain.bible import CreativeBrief, ProductionBible, StyleConfig
from ugcgen.domain.brief import Brief, ClipLimits, SceneWish
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import (
    AspectRatio,
    JobStatus,
    PipelineStep,
    Platform,
    SceneJoin,
    SpeechMode,
    VideoStyle,
    Voiceover,
)
from ugcgen.domain.job import Job, Money, Quote, QuoteLine
from ugcgen.domain.money import Micros
from ugcgen.domain.product import ProductColors, ProductDNA
from ugcgen.domain.script import Script, ScriptScene, StoryboardFrame, StoryboardVariant, Writing
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.pipeline import segments
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.plan import PlannedUnit, plan
from ugcgen.pipeline.segments import SegmentName
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS
from ugcgen.pipeline.transitions import new_unit

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LIMITS = ClipLimits(
    model="omni", lengths=(3, 4, 5, 6, 7, 8, 9, 10), extension_lengths=(3, 4, 5, 6, 7, 8, 9, 10), longest=40
)
PRICE = 100_000
"""What every paid unit of these jobs is quoted, in micros."""

PAID_STEPS = frozenset(
    {
        PipelineStep.SCRIPT_GENERATION,
        PipelineStep.STORYBOARD,
        PipelineStep.VIDEO_GENERATION,
        PipelineStep.VIDEO_EXTENSION,
        PipelineStep.AUDIO_GENERATION,
    }
)


def brief(
    *seconds: float,
    join: SceneJoin = SceneJoin.CUT,
    transition: TransitionKind = TransitionKind.CUT,
    speech: SpeechMode = SpeechMode.VOICEOVER,
    voiceover: Voiceover = Voiceover.PER_SCENE,
) -> Brief:
    return Brief(
        product_name="Dew",
        prompt="A morning with Dew",
        scenes=[SceneWish(seconds=each) for each in seconds] or None,
        join=join,
        transition=transition,
        speech=speech,
        voiceover=voiceover,
    )


def job(wanted: Brief, cap: Micros | None = None, job_id: str = "j1", status: JobStatus = JobStatus.QUEUED) -> Job:
    """A job as it is before its first unit, with a quote of PRICE for every paid unit."""
    scenes = outline(wanted, LIMITS)
    units = plan(wanted, scenes, reviewed=True).values()
    lines = [_line(unit.key) for unit in units if unit.key.step in PAID_STEPS]
    total, high = sum(line.price for line in lines), sum(line.high for line in lines)
    return Job(
        id=job_id,
        user_id="u1",
        request_id="request-1",
        status=status,
        brief=wanted,
        outline=scenes,
        quote=Quote(lines=lines, low=total // 2, total=total, high=high, models={}),
        money=Money(cap=high if cap is None else cap),
        product_name=wanted.product_name,
        product_images=[],
        created_at=START,
        updated_at=START,
    )


def _line(key: UnitKey) -> QuoteLine:
    """A frame may be drawn again as often as its score asks for it, and a line spoken again once; nothing else is made
    again by itself."""
    times = {PipelineStep.STORYBOARD: 1 + MAX_REGEN_ATTEMPTS, PipelineStep.AUDIO_GENERATION: 2}.get(key.step, 1)
    return QuoteLine(
        unit=key.id, scene=key.scene, model="omni", what="a call", low=PRICE // 2, price=PRICE, high=times * PRICE
    )


def unit(unit_id: str = "storyboard-01", **changes: Any) -> Unit:
    """A ready unit of job ``j1``, changed as asked."""
    fresh = new_unit("j1", "u1", PlannedUnit(UnitKey.parse(unit_id), frozenset()), "f1", PRICE, START)
    return fresh.model_copy(update=changes)


def result(key: UnitKey, of: str) -> dict[str, Any]:
    """A result with all that others read of this unit, every field of it telling what it was made ``of``."""
    match key.step:
        case PipelineStep.SCRIPT_GENERATION:
            written = {"script": _script(of), "bible": _bible(), "writing": Writing()}
            return {name: one.model_dump(mode="json") for name, one in written.items()}
        case PipelineStep.SCENE_PROMPTS:
            prompts = {"storyboard_prompt": of, "video_prompt": of, "negative_prompt": "blur"}
            spoken = {"dialogue": "Look.", "delivery": of, "expression": of}
            return prompts | spoken | {"action": of, "product_visibility": "primary"}
        case PipelineStep.STORYBOARD:
            frame = StoryboardFrame(
                scene_number=key.scene or 0,
                variants=[StoryboardVariant(image=f"{of}.png", sha256=of, take=1, score=0.9)],
                consistency_score=0.9,
            )
            image = {"name": f"{of}.png", "sha256": of}
            return {"frame": frame.model_dump(mode="json"), "image": image, "retakes": []}
        case PipelineStep.STORYBOARD_REVIEW:
            return {"decision": "approve"}
        case PipelineStep.VIDEO_GENERATION | PipelineStep.VIDEO_EXTENSION:
            clip = {
                "scene_number": key.scene,
                "model": "omni",
                "clip": f"{of}.mp4",
                "sha256": of,
                "operation": of,
                "video": of,
            }
            clip |= {"last_frame": f"{of}.png", "last_frame_sha256": of, "first_frame": None}
            return clip | {"frames": [], "score": 0.9, "reason": of, "retakes": []}
        case PipelineStep.AUDIO_GENERATION:
            voice = {"voice": f"{of}.wav", "sha256": of, "text": of, "words": [], "speech": [0, 1]}
            return voice if key.scene else {"scenes": {"1": voice, "2": voice}}
        case PipelineStep.POST_PRODUCTION:
            return _cut(SegmentName.parse(key.segment or ""), of)
        case PipelineStep.QUALITY_CHECK:
            return {"checks": {"of": of}, "consistency": {"mean": 0.9}}
        case _:
            return {"film": f"{of}-signed.mp4", "files": {}, "report": {"of": of}}


def _cut(part: SegmentName, of: str) -> dict[str, Any]:
    match part.kind:
        case segments.SOUND:
            return {"sound": f"{of}.m4a"}
        case segments.FILM:
            return {"film": f"{of}.mp4", "edit": {"of": of}}
        case segments.FILES:
            return {"files": {"poster.jpg": f"{of}.jpg"}}
        case segments.ANIMATIC:
            return {"animatic": f"{of}.mp4"}
        case _:
            return {"segment": f"{of}.mp4"}


def _script(of: str) -> Script:
    scenes = [
        ScriptScene(
            scene_number=n, scene_type="hook", duration_seconds=4, dialogue="Look.", action=of, expression="happy"
        )
        for n in (1, 2)
    ]
    return Script(title="Dew in the morning", total_duration=8, scenes=scenes)


def _bible() -> ProductionBible:
    return ProductionBible(
        product_name="Dew",
        product_dna=ProductDNA(
            product_type="serum",
            product_name="Dew",
            colors=ProductColors(primary="green", secondary="white", packaging="glass"),
            shape="bottle",
        ),
        avatar_dna=None,
        style=StyleConfig(
            platform=Platform.TIKTOK,
            duration_seconds=8,
            style=VideoStyle.TESTIMONIAL,
            tone="warm",
            setting="bedroom",
            aspect_ratio=AspectRatio.PORTRAIT,
        ),
        creative_brief=CreativeBrief(
            prompt="A morning with Dew",
            hook_strategy="wake up",
            pain_point="dry skin",
            key_selling_points=[],
            emotional_journey="tired to fresh",
            cta_approach="try it",
        ),
    )
