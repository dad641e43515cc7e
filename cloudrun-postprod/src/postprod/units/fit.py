"""The fit phase of audio_generation: every scene's voice as long as its scene, with the times of its words.

A recording of the whole ad is cut into its scenes first. What is far too long goes back to be spoken faster, once.
"""

import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postprod.sound.fitting import Line, faster, fitted, lines_in, overrun, samples_of
from postprod.sound.samples import Samples, read
from postprod.sound.voices import rooms
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.job import Job
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.domain.voice import Fit, VoiceFit
from ugcgen.engine.handle import Task
from ugcgen.pipeline.cutting import edit_of
from ugcgen.pipeline.timeline import lay_out
from ugcgen.pipeline.transitions import Done, Next, Outcome


@dataclass(frozen=True, eq=False)
class _Take:
    """One speaking of the unit's lines: its recording, as it is stored and as it is heard."""

    stored: Mapping[str, Any]
    recording: Samples
    lines: dict[int, Line]


def fit(task: Task) -> Outcome:
    """Each scene's voice, text and words. Of two takes the one that overruns its scenes less is kept."""
    # In the order of the film, which a stored map does not keep.
    texts = {scene: str(line) for scene, line in sorted((int(n), line) for n, line in task.unit.memo["lines"].items())}
    room = _rooms(task.job)
    with Workbench(task.unit.user_id) as bench:
        takes = [_take(bench, stored, texts) for stored in task.unit.memo["takes"]]
        best = min(takes, key=lambda take: overrun(take.lines, room))
        hurried = faster(overrun(best.lines, room))
        if hurried and "faster" not in task.unit.memo:
            return Next("speak", memo={"faster": hurried})
        again = best is not takes[0]
        voices = {scene: _voice(bench, best, scene, room[scene], again) for scene in best.lines}
    views = {scene: {"voice": voice["voice"], "notice": _notice(task.job, voice)} for scene, voice in voices.items()}
    if task.unit.scene is None:
        return Done({"scenes": {str(scene): voice for scene, voice in voices.items()}}, view=views)
    return Done(voices[task.unit.scene], view=views[task.unit.scene])


def _rooms(job: Job) -> dict[int, float]:
    """The seconds for each scene's voice in the film as it was ordered. A later cut pays for no other speaking."""
    edit = edit_of(job.brief, job.outline, job.brief.aspect_ratio)
    return {cut.scene_number: room for cut, room in zip(edit.scenes, rooms(edit, lay_out(edit)), strict=True)}


def _take(bench: Workbench, stored: Mapping[str, Any], texts: Mapping[int, str]) -> _Take:
    recording = read(bench.fetch(str(stored["voice"])), "the voice")
    return _Take(stored, recording, lines_in(recording, texts))


def _voice(bench: Workbench, take: _Take, scene: int, room: float, again: bool) -> dict[str, Any]:
    line, how = fitted(take.lines[scene], room, again)
    is_whole = len(take.lines) == 1 and how.how is not Fit.TRIMMED
    kept = {name: take.stored[name] for name in ("voice", "sha256")} if is_whole else _cut(bench, take, line)
    return {
        "scene_number": scene,
        **kept,
        "text": line.text,
        "model": take.stored["model"],
        "words": [{"text": word.text, "start": round(word.start, 3), "end": round(word.end, 3)} for word in line.words],
        "speech": [round(at, 3) for at in line.speech],
        "fit": how.model_dump(mode="json"),
    }


def _cut(bench: Workbench, take: _Take, line: Line) -> dict[str, str]:
    """The line's own part of the recording, as a WAV file in Storage."""
    where = {"start": round(line.start, 4), "samples": len(line.sound)}
    name = bench.name_for("line", where, [str(take.stored["sha256"])], "wav")
    out = bench.path / Path(name).name
    _write(samples_of(line, take.recording), out)
    stored = storage.put_file_once(name, out, "audio/wav")
    return {"voice": stored.name, "sha256": stored.sha256}


def _write(samples: Samples, out: Path) -> None:
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(AUDIO_RATE)
        file.writeframes((samples.mean(axis=1).clip(-1, 1) * 32767).round().astype("<i2").tobytes())


def _notice(job: Job, voice: Mapping[str, Any]) -> str:
    how = VoiceFit.model_validate(voice["fit"])
    if not how.left_out:
        return ""
    seconds = job.outline[voice["scene_number"] - 1].seconds
    return f"The line is too long for {seconds:g} s, so “{how.left_out}” was left out; shorten it to choose yourself."
