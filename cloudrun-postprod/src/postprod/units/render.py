"""Step 8, post_production: one segment of the film, its sound, or the whole joined together."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import av

from postprod import ffmpeg
from postprod.captions.film import film_captions
from postprod.captions.lines import Line
from postprod.captions.overlay import overlay_of
from postprod.captions.placement import mouths_in
from postprod.files.film import assemble
from postprod.picture.match import NEUTRAL, palette_of_still
from postprod.picture.segments import render_segment
from postprod.sound.mix import render_sound
from postprod.sound.voices import Voice, place_voices
from postprod.sound.words import Word, word_times
from postprod.units.animatic import animatic
from postprod.units.files import files
from postprod.units.progress import watch
from postprod.units.sources import footage_and_voices
from postprod.workbench import Workbench
from ugcgen.cloud import storage
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.pipeline import segments as part
from ugcgen.pipeline.cutting import edit_of
from ugcgen.pipeline.freshness import FIRST_FRAME, SOUND
from ugcgen.pipeline.plan import segment_names
from ugcgen.pipeline.segments import SegmentName
from ugcgen.pipeline.timeline import Segment, Timeline, lay_out
from ugcgen.pipeline.transitions import Done, Outcome

MP4 = "video/mp4"

Voices = Mapping[int, Mapping[str, Any]]
"""What audio_generation came to, by scene number."""

_SHOWN = {"trim_start", "frames", "speed", "crop", "fade_in", "fade_out"}
"""What of a scene's cut is seen, as against heard or written."""


def render(task: Task) -> Outcome:
    name = SegmentName.parse(task.unit.segment or "")
    with Workbench(task.unit.user_id, task.unit.inputs.get("mended", 0)) as bench:
        match name.kind:
            case part.FILM:
                return _film(task, bench, name)
            case part.SOUND:
                return _sound(task, bench)
            case part.FILES:
                return files(task, bench, name)
            case part.ANIMATIC:
                return animatic(task, bench)
            case _:
                return _segment(task, bench, name)


def _segment(task: Task, bench: Workbench, name: SegmentName) -> Outcome:
    """A body or a join: only its own scenes are fetched, and only if nobody has rendered the same before."""
    numbers = name.scenes(len(task.job.outline))
    clips, voices = footage_and_voices(task, numbers)
    edit = edit_of(task.job.wanted, task.job.outline, name.ratio or task.job.brief.aspect_ratio, clips, voices)
    timeline = lay_out(edit)
    segment = next(segment for segment in timeline.segments if segment.name == str(replace(name, ratio=None)))
    captions = _captions(edit, timeline, bench, numbers, voices)
    still = task.results[FIRST_FRAME]["image"] if edit.look.match_colors else None
    inputs = [*_shas(clips), *([still["sha256"]] if still else [])]
    target = bench.name_for("segment", _segment_parameters(edit, segment, captions), inputs, "mp4")
    if storage.facts(target) is None:
        out = bench.path / "segment.mp4"
        names = [clip["clip"] for clip in clips.values()] + ([edit.look.lut] if edit.look.lut else [])
        local = {name: bench.fetch(name) for name in names}
        reference = palette_of_still(bench.fetch(still["name"])) if still else NEUTRAL
        follow = watch(task, segment.frames / edit.fps)
        render_segment(segment, edit, local, captions, out, reference=reference, watch=follow)
        storage.put_file_once(target, out, MP4)
    return Done(result={"segment": target})


def _sound(task: Task, bench: Workbench) -> Outcome:
    clips, voices = footage_and_voices(task, [scene.scene_number for scene in task.job.outline])
    edit = edit_of(task.job.wanted, task.job.outline, task.job.brief.aspect_ratio, clips, voices)
    inputs = _shas(clips) + [str(voice.get("sha256")) for voice in voices.values()]
    parameters = {"edit": _heard(edit), "ffmpeg": ffmpeg.version(), "av": av.__version__}
    target = bench.name_for("sound", parameters, inputs, "m4a")
    if storage.facts(target) is None:
        timeline = lay_out(edit)
        placed = _placed(edit, timeline, voices)
        names = [clip["clip"] for clip in clips.values()] + [voice.source for voice in placed] + edit.sound.sources
        out = bench.path / "sound.m4a"
        media = {name: bench.fetch(name) for name in names}
        render_sound(edit, timeline, placed, media, out, watch=watch(task, edit.frames / edit.fps))
        storage.put_file_once(target, out, "audio/mp4")
    return Done(result={"sound": target})


def _film(task: Task, bench: Workbench, name: SegmentName) -> Outcome:
    job = task.job
    ratio = name.ratio or job.brief.aspect_ratio
    clips, voices = footage_and_voices(task, [scene.scene_number for scene in job.outline])
    edit = edit_of(job.wanted, job.outline, ratio, clips, voices)
    units = [
        UnitKey(step=task.unit.step, segment=str(name)).id for name in segment_names(job.wanted, job.outline, ratio)
    ]
    segments = [str(task.results[unit]["segment"]) for unit in units]
    sound = str(task.results[SOUND]["sound"])
    title = job.title or job.product_name
    target = bench.name_for("film", {"title": title, "ffmpeg": ffmpeg.version()}, [*segments, sound], "mp4")
    if storage.facts(target) is None:
        out = bench.path / "film.mp4"
        files = [bench.fetch(name) for name in segments]
        assemble(edit, files, bench.fetch(sound), out, title=title, comment="Made with generative AI by UGCGen")
        storage.put_file_once(target, out, MP4)
    return Done(result={"film": target, "seconds": edit.frames / edit.fps, "edit": edit.model_dump(mode="json")})


def _captions(edit: Edit, timeline: Timeline, bench: Workbench, numbers: list[int], voices: Voices) -> list[Line]:
    """The captions of some scenes. The other scenes' voices are left out of the edit: nothing of them shows here."""
    if not edit.captions.shown:
        return []
    own = edit.model_copy(
        update={
            "scenes": [
                cut if cut.scene_number in numbers else cut.model_copy(update={"voice": None, "text": ""})
                for cut in edit.scenes
            ]
        }
    )
    mouths = {
        index: mouths_in(cut, bench.fetch(cut.clip), edit)
        for index, cut in enumerate(own.scenes)
        if cut.scene_number in numbers and (cut.text or edit.lines)
    }
    if edit.lines is not None:
        return film_captions(own, timeline, [], {}, mouths)
    words = {index: _words(cut, bench, voices) for index, cut in enumerate(own.scenes) if cut.text}
    return film_captions(own, timeline, _placed(own, timeline, voices), words, mouths)


def _words(cut: SceneCut, bench: Workbench, voices: Voices) -> list[Word]:
    """The words as they were found when they were spoken, or as they are found in a clip that speaks itself."""
    if cut.voice is None:
        return word_times(bench.fetch(cut.clip), cut.text)
    return [Word(**word) for word in voices[cut.scene_number]["words"]]


def _placed(edit: Edit, timeline: Timeline, voices: Voices) -> list[Voice]:
    speech = {voice["voice"]: voice["speech"] for voice in voices.values() if voice.get("voice")}
    return place_voices(edit, timeline, speech)


def _segment_parameters(edit: Edit, segment: Segment, captions: list[Line]) -> dict[str, Any]:
    """All that the segment's picture depends on, apart from the clips. Where it lies in the film is not among it."""
    cuts = [edit.scenes[piece.scene] for piece in segment.pieces]
    overlay = overlay_of(captions, edit, segment)
    return {
        "pieces": [[piece.first, piece.frames] for piece in segment.pieces],
        "cuts": [cut.model_dump(mode="json", include=_SHOWN) for cut in cuts],
        "transition": segment.transition,
        "overlay": overlay.digest if overlay else None,
        "look": edit.look.model_dump(mode="json"),
        "picture": [edit.width, edit.height, edit.fps, edit.quality, edit.platform],
        "ffmpeg": ffmpeg.version(),
    }


def _heard(edit: Edit) -> dict[str, Any]:
    """What of the edit is heard, without the names of its scenes' objects, whose contents are in the key already."""
    plain = edit.model_dump(mode="json", include={"fps", "scenes", "joins", "sound"})
    for cut in plain["scenes"]:
        del cut["clip"], cut["voice"], cut["crop"]
    return plain


def _shas(clips: dict[int, dict[str, Any]]) -> list[str]:
    return [str(clip["sha256"]) for clip in clips.values()]
