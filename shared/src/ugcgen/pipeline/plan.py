"""The plan of a job: every unit it will need and which others each one waits for. A graph, made from the outline."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import AspectRatio, PipelineStep, SceneJoin, SpeechMode
from ugcgen.domain.job import Job
from ugcgen.domain.unit import UnitKey
from ugcgen.pipeline.cutting import edit_of, framings
from ugcgen.pipeline.segments import ANIMATIC, FILES, FILM, SOUND, SegmentName
from ugcgen.pipeline.steps import STEPS
from ugcgen.pipeline.timeline import lay_out


@dataclass(frozen=True)
class PlannedUnit:
    key: UnitKey
    needs: frozenset[str]

    @property
    def id(self) -> str:
        return self.key.id

    @property
    def first_phase(self) -> str:
        return STEPS[self.key.step].first_phase


Plan = dict[str, PlannedUnit]


def plan_of(job: Job) -> Plan:
    """The plan of a job, which is the same however far it is; only an edit of its cut changes it."""
    return plan(job.wanted, job.outline, reviewed=not job.auto_approve)


def plan(brief: Brief, outline: list[PlannedScene], *, reviewed: bool) -> Plan:
    """The units of a job with these scenes, by id, in an order in which every unit stands after what it needs.

    Where a person reviews the storyboard there is an animatic to look at.
    """
    units: Plan = {}

    def add(step: PipelineStep, needs: Iterable[str], scene: int | None = None, segment: str | None = None) -> str:
        unit = PlannedUnit(UnitKey(step=step, scene=scene, segment=segment), frozenset(needs))
        units[unit.id] = unit
        return unit.id

    def cut(name: SegmentName, needs: Iterable[str]) -> str:
        return add(PipelineStep.POST_PRODUCTION, needs, segment=str(name))

    script = add(PipelineStep.SCRIPT_GENERATION, ())
    frames = []
    for scene in outline:
        prompts = add(PipelineStep.SCENE_PROMPTS, [script], scene.scene_number)
        frames.append(add(PipelineStep.STORYBOARD, [prompts], scene.scene_number))
    review = add(PipelineStep.STORYBOARD_REVIEW, frames)
    if reviewed:
        cut(SegmentName(ANIMATIC), frames)

    footage: list[str] = []
    for scene in outline:
        needs = [review, footage[-1]] if scene.join is SceneJoin.CHAIN and footage else [review]
        last = add(PipelineStep.VIDEO_GENERATION, needs, scene.scene_number)
        if scene.is_extended:
            last = add(PipelineStep.VIDEO_EXTENSION, [last], scene.scene_number)
        footage.append(last)

    voices: list[str] = []
    if brief.speech is SpeechMode.VOICEOVER:
        voices = [
            add(PipelineStep.AUDIO_GENERATION, [review], brief.voice_unit(scene.scene_number).scene)
            for scene in outline
        ]

    films, files = [], []
    sound = cut(SegmentName(SOUND), [*footage, *voices])
    for ratio in framings(brief):
        parts = [cut(name, _shown(name, footage, voices)) for name in segment_names(brief, outline, ratio)]
        films.append(cut(SegmentName(FILM, own_ratio(brief, ratio)), [sound, *parts]))
        files.append(cut(SegmentName(FILES, own_ratio(brief, ratio)), [films[-1]]))
    check = add(PipelineStep.QUALITY_CHECK, films)
    add(PipelineStep.COMPLETE, [check, *files])
    return units


def segment_names(brief: Brief, outline: list[PlannedScene], ratio: AspectRatio) -> list[SegmentName]:
    """The parts of the picture in one of the job's shapes, in the order of the film."""
    own = own_ratio(brief, ratio)
    laid_out = lay_out(edit_of(brief, outline, ratio))
    return [replace(SegmentName.parse(segment.name), ratio=own) for segment in laid_out.segments]


def own_ratio(brief: Brief, ratio: AspectRatio) -> AspectRatio | None:
    """The ratio as names tell it: the brief's own goes without saying."""
    return None if ratio is brief.aspect_ratio else ratio


def _shown(name: SegmentName, footage: list[str], voices: list[str]) -> list[str]:
    indices = [number - 1 for number in name.scenes(len(footage))]
    return [footage[index] for index in indices] + [voices[index] for index in indices if voices]


def footage_of(scene: PlannedScene) -> str:
    """The unit whose clip is the whole scene."""
    step = PipelineStep.VIDEO_EXTENSION if scene.is_extended else PipelineStep.VIDEO_GENERATION
    return UnitKey(step=step, scene=scene.scene_number).id


def ends_on_next(outline: list[PlannedScene], scene: int) -> bool:
    """Whether the scene's clip is to end on the next one's storyboard frame. An extended one ends with its extension,
    which no model takes a last frame for."""
    following = outline[scene : scene + 1]
    return bool(following) and following[0].join is SceneJoin.MATCH and not outline[scene - 1].is_extended


def scene_shown(key: UnitKey) -> int | None:
    """The scene a unit shows progress for: its own, or the one its segment was cut from."""
    if key.scene is not None:
        return key.scene
    name = SegmentName.parse(key.segment) if key.segment else None
    return name.scene if name and name.kind == "body" else None
