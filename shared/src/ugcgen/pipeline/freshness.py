"""What every unit reads, and with that, which units are out of date: a build system's rules for a job.

A unit remembers the fingerprint of what its run reads. Where that has become another, because a person edited the job
or a unit before it came to another result, the unit is made again. One that comes to the same result as before leaves
everything after it alone.

What cannot change while a job lives (its outline, its photos, most of its brief) is no part of a fingerprint.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.content_key import fingerprint
from ugcgen.domain.enums import BlockReason, PipelineStep, SceneJoin, SpeechMode, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.job_edits import SceneEdit
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.pipeline.plan import Plan, footage_of, plan_of, scenes_in

Results = Mapping[str, Mapping[str, Any]]
"""Results of units, by unit id; empty for one that has none now."""


@dataclass(frozen=True)
class Reads:
    """What a unit is made from: fields of other units' results, by unit id, and facts of its job."""

    results: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    job: Mapping[str, Any] = field(default_factory=dict)


def reads(key: UnitKey, job: Job) -> Reads:
    """What the unit reads. Its work is given just this, so that nothing can be read and not be declared."""
    return _READS[key.step](job, key)


def inputs(wanted: Reads, results: Results) -> dict[str, dict[str, Any]]:
    """The fields that are read, out of whole results."""
    return {
        unit_id: {name: results[unit_id][name] for name in names if name in results.get(unit_id, {})}
        for unit_id, names in wanted.results.items()
    }


def made_from(wanted: Reads, results: Results) -> str:
    """The fingerprint of what is read: 64 hex digits."""
    return fingerprint({"results": inputs(wanted, results), "job": wanted.job})


@dataclass(frozen=True)
class Due:
    """``begin`` are the units to create or to run again, each with its fingerprint, in the order of the plan.
    ``withdrawn`` wait for a decision on what is being made again."""

    begin: dict[str, str]
    withdrawn: list[str]


def due(planned: Plan, job: Job, units: Mapping[str, Unit]) -> Due:
    """What has to be begun now. A unit is only looked at when everything before it is there and up to date."""
    results = _results(units)
    fresh: set[str] = set()
    begin: dict[str, str] = {}
    withdrawn: list[str] = []
    for unit in planned.values():
        stored = units.get(unit.id)
        if not unit.needs <= fresh:
            if stored is not None and _asks_for_a_decision(stored):
                withdrawn.append(unit.id)
            continue
        now_from = made_from(reads(unit.key, job), results)
        if stored is None or stored.made_from != now_from:
            begin[unit.id] = now_from
        elif stored.state is UnitState.DONE:
            fresh.add(unit.id)
    return Due(begin, withdrawn)


def again_at_most(planned: Plan, job: Job, units: Mapping[str, Unit], foreseen: Results) -> list[str]:
    """The units that may have to run again for the job as it would be; fewer, where one comes to the same result.

    ``foreseen`` are results that can be told without making them. Units that have not begun at all are not among them.
    """
    results = _results(units)
    unknown = {unit_id for unit_id in planned if unit_id not in results}
    again = []
    for unit in planned.values():
        stored, wanted = units.get(unit.id), reads(unit.key, job)
        if stored is None:
            continue
        if not _is_changed(stored, wanted, results, unknown):
            continue
        again.append(unit.id)
        unknown.discard(unit.id)
        if unit.id in foreseen:
            results[unit.id] = foreseen[unit.id]
        else:
            unknown.add(unit.id)
    return again


def _is_changed(stored: Unit, wanted: Reads, results: Results, unknown: Set[str]) -> bool:
    return bool(unknown & wanted.results.keys()) or made_from(wanted, results) != stored.made_from


def _results(units: Mapping[str, Unit]) -> dict[str, Mapping[str, Any]]:
    return {unit_id: unit.result for unit_id, unit in units.items() if unit.state is UnitState.DONE}


def _asks_for_a_decision(unit: Unit) -> bool:
    return unit.blocked is not None and unit.blocked.reason is BlockReason.STORYBOARD_REVIEW


# What the units of each step read.

SCRIPT = str(PipelineStep.SCRIPT_GENERATION)
SOUND = f"{PipelineStep.POST_PRODUCTION}-sound"
FILM = f"{PipelineStep.POST_PRODUCTION}-film"
_CLIP = ("clip", "sha256")
_VOICE = ("voice", "sha256", "text")


def _script(job: Job, key: UnitKey) -> Reads:
    return Reads()


def _prompts(job: Job, key: UnitKey) -> Reads:
    own = job.edits.scenes.get(key.scene or 0, SceneEdit())
    edits = {"scene": own, "bible": job.edits.bible}
    return Reads(
        {SCRIPT: ("script", "bible")},
        {name: edit.model_dump(mode="json", exclude_none=True) for name, edit in edits.items()},
    )


def _frame(job: Job, key: UnitKey) -> Reads:
    return Reads({_of(PipelineStep.SCENE_PROMPTS, key): ("storyboard_prompt", "product_visibility")})


def _review(job: Job, key: UnitKey) -> Reads:
    return Reads({_unit(PipelineStep.STORYBOARD, scene): ("image",) for scene in job.outline})


def _clip(job: Job, key: UnitKey) -> Reads:
    results: dict[str, tuple[str, ...]] = {
        _of(PipelineStep.SCENE_PROMPTS, key): ("video_prompt", "negative_prompt"),
        _of(PipelineStep.STORYBOARD, key): ("image",),
    }
    number = key.scene or 0
    if job.outline[number - 1].join is SceneJoin.CHAIN and number > 1:
        results[footage_of(job.outline[number - 2])] = ("last_frame", "last_frame_sha256")
    return Reads(results)


def _extension(job: Job, key: UnitKey) -> Reads:
    clip = ("model", "clip", "sha256", "operation", "video", "first_frame")
    return Reads(
        {
            _of(PipelineStep.SCENE_PROMPTS, key): ("video_prompt",),
            _of(PipelineStep.VIDEO_GENERATION, key): clip,
        }
    )


def _voice(job: Job, key: UnitKey) -> Reads:
    return Reads({_of(PipelineStep.SCENE_PROMPTS, key): ("dialogue",)}, {"voice": job.voice})


def _segment(job: Job, key: UnitKey) -> Reads:
    shown = [job.outline[number - 1] for number in scenes_in(key.segment or "", len(job.outline))]
    results = {footage_of(scene): _CLIP for scene in shown} | _spoken(job, shown)
    match key.segment:
        case "sound":
            return Reads(results, {"music": job.music})
        case "film":
            return Reads(results | _parts(job))
        case _:
            return Reads(results)


def _spoken(job: Job, scenes: list[PlannedScene]) -> dict[str, tuple[str, ...]]:
    """What is said in the scenes: by a voiceover, or by the clips themselves."""
    if job.brief.speech is SpeechMode.VOICEOVER:
        return {_unit(PipelineStep.AUDIO_GENERATION, scene): _VOICE for scene in scenes}
    return {_unit(PipelineStep.SCENE_PROMPTS, scene): ("dialogue",) for scene in scenes}


def _parts(job: Job) -> dict[str, tuple[str, ...]]:
    """The rendered parts that the film is joined from."""
    return {part: ("sound",) if part == SOUND else ("segment",) for part in plan_of(job)[FILM].needs}


def _checked(job: Job, key: UnitKey) -> Reads:
    results: dict[str, tuple[str, ...]] = {FILM: ("film", "edit")}
    for scene in job.outline:
        results[footage_of(scene)] = _CLIP
        results[_unit(PipelineStep.STORYBOARD, scene)] = ("frame",)
        results[_unit(PipelineStep.SCENE_PROMPTS, scene)] = ("product_visibility",)
    return Reads(results)


def _delivered(job: Job, key: UnitKey) -> Reads:
    return Reads({FILM: ("film",), str(PipelineStep.QUALITY_CHECK): ("checks", "consistency")})


def _of(step: PipelineStep, key: UnitKey) -> str:
    return UnitKey(step=step, scene=key.scene).id


def _unit(step: PipelineStep, scene: PlannedScene) -> str:
    return UnitKey(step=step, scene=scene.scene_number).id


_READS: dict[PipelineStep, Callable[[Job, UnitKey], Reads]] = {
    PipelineStep.SCRIPT_GENERATION: _script,
    PipelineStep.SCENE_PROMPTS: _prompts,
    PipelineStep.STORYBOARD: _frame,
    PipelineStep.STORYBOARD_REVIEW: _review,
    PipelineStep.VIDEO_GENERATION: _clip,
    PipelineStep.VIDEO_EXTENSION: _extension,
    PipelineStep.AUDIO_GENERATION: _voice,
    PipelineStep.POST_PRODUCTION: _segment,
    PipelineStep.QUALITY_CHECK: _checked,
    PipelineStep.COMPLETE: _delivered,
}
