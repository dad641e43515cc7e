"""The plan of a job: every unit it will need and which others each one waits for. A graph, made from the outline."""

from collections.abc import Iterable
from dataclasses import dataclass

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import PipelineStep, SceneJoin, SpeechMode
from ugcgen.domain.job import Job
from ugcgen.domain.unit import UnitKey
from ugcgen.pipeline.steps import STEPS


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


def plan(scenes: Iterable[PlannedScene], speech: SpeechMode) -> Plan:
    """The units of a job with these scenes, by id, in an order in which every unit stands after what it needs."""
    outline = list(scenes)
    units: Plan = {}

    def add(step: PipelineStep, needs: Iterable[str], scene: int | None = None, segment: str | None = None) -> str:
        unit = PlannedUnit(UnitKey(step=step, scene=scene, segment=segment), frozenset(needs))
        units[unit.id] = unit
        return unit.id

    script = add(PipelineStep.SCRIPT_GENERATION, ())
    frames = []
    for scene in outline:
        prompts = add(PipelineStep.SCENE_PROMPTS, [script], scene.scene_number)
        frames.append(add(PipelineStep.STORYBOARD, [prompts], scene.scene_number))
    review = add(PipelineStep.STORYBOARD_REVIEW, frames)

    footage: list[str] = []
    for scene in outline:
        needs = [review, footage[-1]] if scene.join is SceneJoin.CHAIN and footage else [review]
        last = add(PipelineStep.VIDEO_GENERATION, needs, scene.scene_number)
        if scene.is_extended:
            last = add(PipelineStep.VIDEO_EXTENSION, [last], scene.scene_number)
        footage.append(last)

    voices: list[str] = []
    if speech is SpeechMode.VOICEOVER:
        voices = [add(PipelineStep.AUDIO_GENERATION, [review], scene.scene_number) for scene in outline]

    segments = [add(PipelineStep.POST_PRODUCTION, [*footage, *voices], segment="sound")]
    for index, scene in enumerate(outline):
        own = [footage[index], *voices[index : index + 1]]
        segments.append(add(PipelineStep.POST_PRODUCTION, own, segment=f"body-{scene.scene_number:02d}"))
        if index and scene.transition is not TransitionKind.CUT:
            both = [*footage[index - 1 : index + 1], *voices[index - 1 : index + 1]]
            # Named after the scene it leaves, as in the timeline.
            segments.append(add(PipelineStep.POST_PRODUCTION, both, segment=f"join-{scene.scene_number - 1:02d}"))
    film = add(PipelineStep.POST_PRODUCTION, segments, segment="film")
    check = add(PipelineStep.QUALITY_CHECK, [film])
    add(PipelineStep.COMPLETE, [check])
    return units


def plan_of(job: Job) -> Plan:
    """The plan of a job, which is the same however far the job is."""
    return plan(job.outline, job.brief.speech)


def footage_of(scene: PlannedScene) -> str:
    """The unit whose clip is the whole scene."""
    step = PipelineStep.VIDEO_EXTENSION if scene.is_extended else PipelineStep.VIDEO_GENERATION
    return UnitKey(step=step, scene=scene.scene_number).id


def scenes_in(segment: str, count: int) -> list[int]:
    """The scenes of a job with ``count`` of them that a segment is made of: a join shows two, its own and the next."""
    kind, _, number = segment.partition("-")
    if kind not in {"body", "join"}:
        return list(range(1, count + 1))
    return [int(number), int(number) + 1] if kind == "join" else [int(number)]


def scene_shown(key: UnitKey) -> int | None:
    """The scene a unit shows progress for: its own, or the one its segment was cut from."""
    if key.scene is not None:
        return key.scene
    if key.segment and key.segment.startswith("body-"):
        return int(key.segment.removeprefix("body-"))
    return None
