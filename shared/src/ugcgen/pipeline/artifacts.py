"""The job document's artifact fields, gathered from the results of its units."""

from collections.abc import Mapping
from typing import Any

from ugcgen.domain.enums import PipelineStep, UnitState
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.pipeline.segments import ANIMATIC, FILM, SOUND


def artifacts(units: Mapping[str, Unit]) -> dict[str, Any]:
    """The fields that show what has been made so far; absent where nothing has."""
    done = {unit_id: unit.result for unit_id, unit in sorted(units.items()) if unit.state is UnitState.DONE}
    fields: dict[str, Any] = {"step_artifacts": by_step(units), "regeneration_log": _retakes(done)}
    written = done.get(PipelineStep.SCRIPT_GENERATION)
    if written:
        fields |= {
            "title": written["script"]["title"],
            "script": written["script"],
            "bible": written["bible"],
            "avatar_dna": written["bible"]["avatar_dna"],
        }
    frames = _results(done, PipelineStep.STORYBOARD)
    if frames:
        fields["storyboard_scenes"] = [result["frame"] for result in frames]
    decided = done.get(PipelineStep.STORYBOARD_REVIEW)
    if decided:
        images = [result["frame"]["variants"][result["frame"]["chosen"]]["image"] for result in frames]
        fields["storyboard"] = {"decision": decided["decision"], "images": images}
    clips = {result["scene_number"]: result for result in _results(done, PipelineStep.VIDEO_GENERATION)}
    clips |= {result["scene_number"]: result for result in _results(done, PipelineStep.VIDEO_EXTENSION)}
    if clips:
        fields["video_urls"] = [clips[number]["clip"] for number in sorted(clips)]
        fields["video_scenes"] = [
            {
                "scene_number": number,
                "video_url": clips[number]["clip"],
                "first_frame_url": clips[number].get("first_frame"),
                "last_frame_url": clips[number].get("last_frame"),
                "consistency_score": clips[number].get("score"),
            }
            for number in sorted(clips)
        ]
    sound = done.get(_cut(SOUND))
    if sound:
        fields["audio_url"] = sound["sound"]
    film = done.get(PipelineStep.COMPLETE) or done.get(_cut(FILM))
    if film:
        fields["final_video_url"] = film["film"]
    fields["animatic_url"] = animatic(units)
    fields["files"] = _files(done)
    checked = done.get(PipelineStep.QUALITY_CHECK)
    if checked:
        fields["consistency_scores"] = checked["consistency"]
    return fields


def animatic(units: Mapping[str, Unit]) -> str | None:
    """The object of the animatic, while it shows what the storyboard is."""
    unit = units.get(_cut(ANIMATIC))
    return unit.result["animatic"] if unit and unit.state is UnitState.DONE else None


def _files(done: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """What is handed over beside the film, by name: as signed, once it is."""
    if complete := done.get(PipelineStep.COMPLETE):
        return dict(complete["files"])
    made = [result["files"] for result in _results(done, PipelineStep.POST_PRODUCTION) if "files" in result]
    return {name: stored for files in made for name, stored in files.items()}


def _cut(kind: str) -> str:
    return UnitKey(step=PipelineStep.POST_PRODUCTION, segment=kind).id


def _retakes(done: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What was drawn or filmed more than once, in the order of the steps: for each retake why, what its prompt asked
    for in other words, and what it scored."""
    return [
        {"step": str(step), "scene_number": UnitKey.parse(unit_id).scene, "retakes": result["retakes"]}
        for step in (PipelineStep.STORYBOARD, PipelineStep.VIDEO_GENERATION, PipelineStep.VIDEO_EXTENSION)
        for unit_id, result in done.items()
        if unit_id.startswith(f"{step}-") and result["retakes"]
    ]


def _results(done: Mapping[str, dict[str, Any]], step: PipelineStep) -> list[dict[str, Any]]:
    return [result for unit_id, result in done.items() if unit_id.startswith(f"{step}-")]


def by_step(units: Mapping[str, Unit]) -> dict[str, dict[str, Any]]:
    """Per step: when it began and ended, and what it has spent."""
    steps: dict[str, dict[str, Any]] = {}
    for unit in units.values():
        row = steps.setdefault(str(unit.step), {"started_at": None, "finished_at": None, "spent": 0, "units": 0})
        row["spent"] += unit.spent
        row["units"] += 1
        if unit.started_at and (row["started_at"] is None or unit.started_at < row["started_at"]):
            row["started_at"] = unit.started_at
        if unit.finished_at and (row["finished_at"] is None or unit.finished_at > row["finished_at"]):
            row["finished_at"] = unit.finished_at
    return steps
