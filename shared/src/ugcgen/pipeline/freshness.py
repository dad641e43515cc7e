"""What every unit reads, and with that, which units are out of date: a build system's rules for a job.

A unit remembers the fingerprint of what its run reads. Where that has become another, because a person edited the job
or a unit before it came to another result, the unit is made again. One that comes to the same result as before leaves
everything after it alone.

What cannot change while a job lives (its outline, its photos, most of its brief) is no part of a fingerprint.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.content_key import fingerprint
from ugcgen.domain.enums import BlockReason, PipelineStep, SceneJoin, SpeechMode, UnitState, Voiceover
from ugcgen.domain.job import Job
from ugcgen.domain.job_edits import SceneEdit
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.pipeline import segments
from ugcgen.pipeline.cutting import film_quality, framings, picture_size
from ugcgen.pipeline.plan import Plan, ends_on_next, footage_of, own_ratio, segment_names
from ugcgen.pipeline.segments import SegmentName

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
FIRST_FRAME = UnitKey(step=PipelineStep.STORYBOARD, scene=1).id
_CLIP = ("clip", "sha256")
_VOICE = ("voice", "sha256", "text", "words", "speech")


def _script(job: Job, key: UnitKey) -> Reads:
    edits = {"bible": job.edits.bible.of_script.model_dump(mode="json", exclude_none=True)}
    return Reads(job=edits | {"note": job.edits.script_note})


def _prompts(job: Job, key: UnitKey) -> Reads:
    own = job.edits.scenes.get(key.scene or 0, SceneEdit())
    edits = {"scene": own, "bible": job.edits.bible.of_prompts}
    return Reads(
        {SCRIPT: ("script", "bible")},
        {name: edit.model_dump(mode="json", exclude_none=True) for name, edit in edits.items()},
    )


_SEEN = ("product_visibility", "label_text", "references")
"""What of a scene's prompts says how it is judged."""


def _frame(job: Job, key: UnitKey) -> Reads:
    return Reads({_of(PipelineStep.SCENE_PROMPTS, key): ("storyboard_prompt", *_SEEN)})


def _review(job: Job, key: UnitKey) -> Reads:
    return Reads({_unit(PipelineStep.STORYBOARD, scene): ("image",) for scene in job.outline})


def _clip(job: Job, key: UnitKey) -> Reads:
    results: dict[str, tuple[str, ...]] = {
        _of(PipelineStep.SCENE_PROMPTS, key): ("video_prompt", "negative_prompt", *_SEEN),
        _of(PipelineStep.STORYBOARD, key): ("image",),
    }
    number = key.scene or 0
    if ends_on_next(job.outline, number):
        results[_unit(PipelineStep.STORYBOARD, job.outline[number])] = ("image",)
    if job.outline[number - 1].join is SceneJoin.CHAIN and number > 1:
        results[footage_of(job.outline[number - 2])] = ("last_frame", "last_frame_sha256")
    return Reads(results)


def _extension(job: Job, key: UnitKey) -> Reads:
    clip = ("model", "clip", "sha256", "operation", "video", "first_frame", "frames")
    return Reads(
        {
            _of(PipelineStep.SCENE_PROMPTS, key): ("video_prompt", "negative_prompt", *_SEEN),
            _of(PipelineStep.VIDEO_GENERATION, key): clip,
        }
    )


def _voice(job: Job, key: UnitKey) -> Reads:
    scenes = [scene for scene in job.outline if key.scene in {None, scene.scene_number}]
    words = ("dialogue", "delivery", "expression") if key.scene else ("dialogue", "delivery")
    return Reads(
        {_unit(PipelineStep.SCENE_PROMPTS, scene): words for scene in scenes},
        {"voice": job.voice.model_dump(mode="json"), "spoken_by": job.spoken_by},
    )


def _part(job: Job, key: UnitKey) -> Reads:
    name = SegmentName.parse(key.segment or "")
    match name.kind:
        case segments.ANIMATIC:
            frames = {_unit(PipelineStep.STORYBOARD, scene): ("image",) for scene in job.outline}
            lines = {_unit(PipelineStep.SCENE_PROMPTS, scene): ("dialogue",) for scene in job.outline}
            return Reads(frames | lines, _cut(job, name))
        case segments.FILES:
            film = str(replace(name, kind=segments.FILM))
            return Reads({_of_film(film): ("film", "edit")}, _cut(job, name))
        case segments.FILM:
            ratio = name.ratio or job.brief.aspect_ratio
            parts = {_of_film(str(part)): ("segment",) for part in segment_names(job.wanted, job.outline, ratio)}
            return Reads(_shown(job, name) | parts | {SOUND: ("sound",)}, _cut(job, name))
        case segments.SOUND:
            return Reads(_shown(job, name), _cut(job, name))
        case _:
            # Every scene's colours are matched to one picture, which filming a scene again does not change.
            still = {FIRST_FRAME: ("image",)} if job.cut.look.match_colors else {}
            return Reads(_shown(job, name) | still, _cut(job, name))


def _shown(job: Job, name: SegmentName) -> dict[str, tuple[str, ...]]:
    """The footage and the words of the scenes that a part shows."""
    shown = [job.outline[number - 1] for number in name.scenes(len(job.outline))]
    return {footage_of(scene): _CLIP for scene in shown} | _spoken(job, shown)


_OF_THE_SOUND = {"sounds", "music_volume", "master_volume"}
_OF_THE_FILES = {"outputs", "metadata"}


def _cut(job: Job, name: SegmentName) -> dict[str, Any]:
    """What of the job's cut the part shows: of clips and transitions only those of its scenes."""
    asked, wanted = job.cut, job.wanted  # read once: each reading validates the whole cut
    cut = asked.model_dump(mode="json", exclude=_OF_THE_FILES | {"clips", "transitions"})
    numbers = set(name.scenes(len(job.outline)))
    if name.scene is not None:
        cut = {field: value for field, value in cut.items() if field not in _OF_THE_SOUND}
    elif name.kind == segments.SOUND:
        cut = {field: value for field, value in cut.items() if field in _OF_THE_SOUND} | {"music": job.music}
    elif name.kind == segments.FILES:
        cut = {"outputs": [output.model_dump(mode="json") for output in asked.outputs]}
    around = numbers | {number - 1 for number in numbers}
    clips = {number: clip.model_dump(mode="json") for number, clip in asked.clips.items() if number in numbers}
    joins = {number: join.model_dump(mode="json") for number, join in asked.transitions.items() if number in around}
    ratio = name.ratio or job.brief.aspect_ratio
    size = [*picture_size(wanted, ratio), film_quality(wanted, ratio)]
    return cut | {"clips": clips, "transitions": joins} | ({} if name.kind == segments.SOUND else {"size": size})


def _spoken(job: Job, scenes: list[PlannedScene]) -> dict[str, tuple[str, ...]]:
    """What is said in the scenes: by a voiceover, or by the clips themselves."""
    if job.brief.speech is SpeechMode.VOICEOVER:
        read = ("scenes",) if job.brief.voiceover is Voiceover.CONTINUOUS else _VOICE
        return {job.brief.voice_unit(scene.scene_number).id: read for scene in scenes}
    return {_unit(PipelineStep.SCENE_PROMPTS, scene): ("dialogue",) for scene in scenes}


def _checked(job: Job, key: UnitKey) -> Reads:
    results: dict[str, tuple[str, ...]] = dict.fromkeys(films_of(job), ("film", "edit"))
    for scene in job.outline:
        results[footage_of(scene)] = (*_CLIP, "frames", "score", "reason", "retakes")
        results[_unit(PipelineStep.STORYBOARD, scene)] = ("frame", "retakes")
    return Reads(results)


def _delivered(job: Job, key: UnitKey) -> Reads:
    made: dict[str, tuple[str, ...]] = dict.fromkeys(films_of(job), ("film", "edit"))
    made |= dict.fromkeys(files_of(job), ("files",))
    footage: dict[str, tuple[str, ...]] = {footage_of(scene): (*_CLIP, "model") for scene in job.outline}
    footage |= {_unit(PipelineStep.STORYBOARD, scene): ("image",) for scene in job.outline}
    metadata = job.cut.metadata.model_dump(mode="json")
    told = {SCRIPT: ("writing",), str(PipelineStep.QUALITY_CHECK): ("checks", "consistency")}
    return Reads(made | footage | told, {"metadata": metadata})


def films_of(job: Job) -> list[str]:
    """The units of the job's films, one for each shape, the brief's own first."""
    return _parts_of_each(job, segments.FILM)


def files_of(job: Job) -> list[str]:
    """The units of what is made from each of the films, in the same order."""
    return _parts_of_each(job, segments.FILES)


def _parts_of_each(job: Job, kind: str) -> list[str]:
    """The units of one kind, for each shape of the film."""
    names = [SegmentName(kind, own_ratio(job.brief, ratio)) for ratio in framings(job.wanted)]
    return [_of_film(str(name)) for name in names]


def _of_film(segment: str) -> str:
    return UnitKey(step=PipelineStep.POST_PRODUCTION, segment=segment).id


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
    PipelineStep.POST_PRODUCTION: _part,
    PipelineStep.QUALITY_CHECK: _checked,
    PipelineStep.COMPLETE: _delivered,
}
