"""The animatic: the whole ad before anything is filmed or spoken, from its stills and lines, small and at no cost.

Each still becomes a clip by a gentle move over it, and each line a recording by the scratch voice. From there on it is
a film like any other: the same timeline, transitions, captions, look, sound and assembly.
"""

import tempfile
from collections.abc import Mapping
from math import ceil
from pathlib import Path

import ffmpeg

from postprod import scratch_voice
from postprod.captions.film import film_captions
from postprod.captions.placement import mouths_in
from postprod.ffmpeg import UNWATCHED, Watch, run, whole_file
from postprod.files.film import assemble
from postprod.picture.encoder import BT709
from postprod.picture.match import palette_of_still
from postprod.picture.segments import render_segment
from postprod.sound.mix import render_sound
from postprod.sound.voices import place_voices
from postprod.sound.words import Word, speech_span, word_times
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.enums import Quality
from ugcgen.pipeline.timeline import lay_out

SIDE = 540
"""Pixels of the shorter side."""

_TRAVEL = 0.06
"""The share of the still by which the move narrows its sides, in the even scenes backwards."""


def small(edit: Edit) -> Edit:
    """The edit as the animatic shows it."""
    share = SIDE / min(edit.width, edit.height)
    width, height = (2 * round(side * share / 2) for side in (edit.width, edit.height))
    return edit.model_copy(update={"width": width, "height": height, "quality": Quality.DRAFT})


def render_animatic(
    edit: Edit, media: Mapping[str, Path], out: Path, *, title: str = "", comment: str = "", watch: Watch = UNWATCHED
) -> None:
    """Render the MP4 `out` from `edit`, in which a scene's clip is the name of its still and its text the line.

    `media` holds the local files of the stills, the sounds and the look's table by their names in the edit. Raises
    MediaError if one cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = dict(media)
        for index, scene in enumerate(edit.scenes):
            files[scene.clip] = _filmed(media[scene.clip], index, scene, edit, Path(folder), watch)
        recordings = _spoken(edit, Path(folder))
        files |= recordings
        voiced = [
            cut.model_copy(update={"voice": name if (name := _voice(cut)) in recordings else None})
            for cut in edit.scenes
        ]
        edit = edit.model_copy(update={"scenes": voiced})
        timeline = lay_out(edit)
        words = {index: _words(cut, edit.fps, files) for index, cut in enumerate(edit.scenes) if cut.text}
        voices = place_voices(
            edit,
            timeline,
            {cut.voice: speech_span(files[cut.voice]) for cut in edit.scenes if cut.voice},
            {cut.voice: words[index] for index, cut in enumerate(edit.scenes) if cut.voice and cut.text},
        )
        mouths = {index: mouths_in(cut, files[cut.clip], edit) for index, cut in enumerate(edit.scenes)}
        captions = film_captions(edit, timeline, voices, words, mouths)
        reference = palette_of_still(media[edit.scenes[0].clip])
        segments = []
        for segment in timeline.segments:
            segments.append(Path(folder) / f"{segment.name}.mp4")
            render_segment(segment, edit, files, captions, segments[-1], reference=reference, watch=watch)
        sound = Path(folder) / "sound.m4a"
        render_sound(edit, timeline, voices, files, sound, watch=watch)
        assemble(edit, segments, sound, out, title=title, comment=comment, watch=watch)


def _filmed(still: Path, index: int, scene: SceneCut, edit: Edit, folder: Path, watch: Watch) -> Path:
    """A clip of the still, as long as the scene needs and in the still's own shape, so large that it covers the film.

    The picture is stretched between its pixels: moved by whole ones it would tremble.
    """
    frames = ceil((scene.trim_start + scene.frames / edit.fps * scene.speed) * edit.fps) + 1
    passed = f"{_TRAVEL / 2}*{'on' if index % 2 == 0 else f'({frames}-on)'}/{frames}"
    left, top, right, bottom = f"W*{passed}", f"H*{passed}", f"W*(1-{passed})", f"H*(1-{passed})"
    shown = (
        ffmpeg.input(still.absolute(), extra_options={"framerate": edit.fps})
        .video.scale(
            w=str(edit.width),
            h=str(edit.height),
            force_original_aspect_ratio="increase",
            force_divisible_by=2,
            flags="lanczos",
            out_color_matrix="bt709",
            out_range="tv",
        )
        .setsar(sar="1")
        .format(pix_fmts="yuv420p")
        .loop(loop=frames - 1, size=1)
        .setpts(expr=f"N/({edit.fps}*TB)")
        .perspective(
            x0=left, y0=top, x1=right, y1=top, x2=left, y2=bottom, x3=right, y3=bottom, eval="frame", sense="source"
        )
    )
    clip = folder / f"still-{index + 1:02}.mp4"
    options = {**BT709, "preset": "ultrafast", "crf": 12, "threads": 4, "x264-params": "sync-lookahead=0"}
    with whole_file(clip) as part:
        filmed = shown.output(filename=part, vcodec="libx264", r=str(edit.fps), bitexact=True, extra_options=options)
        run(filmed, f"film the still of scene {scene.scene_number}", watch)
    return clip


def _spoken(edit: Edit, folder: Path) -> dict[str, Path]:
    """A recording of every line, by the name of its scene's voice; none where there is no voice for the language."""
    if not scratch_voice.speaks(edit.language):
        return {}
    lines = {_voice(cut): cut.text for cut in edit.scenes if cut.text}
    recordings = {name: folder / f"{name}.wav" for name in lines}
    return {name: out for name, out in recordings.items() if scratch_voice.speak(lines[name], out)}


def _voice(cut: SceneCut) -> str:
    return f"line-{cut.scene_number:02}"


def _words(cut: SceneCut, fps: int, files: Mapping[str, Path]) -> list[Word]:
    """The words as they are heard or, where nobody speaks, as they are read; in the time of the recording or clip."""
    if cut.voice:
        return word_times(files[cut.voice], cut.text)
    read = scratch_voice.read_words(cut.text, cut.frames / fps)
    begin, speed = cut.trim_start, cut.speed
    return [Word(word.text, begin + word.start * speed, begin + word.end * speed) for word in read]
