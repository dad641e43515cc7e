"""The captions of a film: the words heard in its scenes, or lines that a person wrote, each at its time and place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from postprod.captions.layout import block_height, block_of, free_of
from postprod.captions.lines import Line, caption_lines, one_at_a_time, written_line
from postprod.captions.placement import Band, lower_edge, room_for_text
from postprod.sound.voices import Voice
from postprod.sound.words import Word
from ugcgen.domain.edit import Edit
from ugcgen.pipeline.timeline import Timeline

LEAST_SCALE = 0.6
"""A line set smaller than this share of its size is too small to read."""


@dataclass(frozen=True)
class Overflow:
    """A line that does not fit where it stands, and why."""

    line: Line
    why: str


def film_captions(
    edit: Edit,
    timeline: Timeline,
    voices: Sequence[Voice],
    words: Mapping[int, Sequence[Word]],
    mouths: Mapping[int, Sequence[Band]] | None = None,
) -> list[Line]:
    """The film's lines in order, never two at a time: those in the edit, or else made from the words.

    `words` holds the words heard in each scene and `mouths` the heights at which one is seen there, by the scene's
    index. The words' times count from the start of the scene's voice recording, or of its clip where it has no voice.
    All lines of a scene stand at one height. Raises ConfigurationError if no installed font shows one of the letters.
    """
    if not edit.captions.shown:
        return []
    by_scene = _written(edit, timeline) if edit.lines is not None else _spoken(edit, timeline, voices, words)
    placed = [_placed(lines, edit, (mouths or {}).get(scene, ())) for scene, lines in by_scene.items()]
    return one_at_a_time([line for lines in placed for line in lines])


def overflowing(lines: Sequence[Line], edit: Edit) -> list[Overflow]:
    """The lines that are too small to read or reach into what will be drawn over the picture."""
    zone, room, found = free_of(edit), room_for_text(edit), []
    for line in lines:
        block = block_of(line, edit)
        if block is None:
            continue
        box = block.box
        if block.scale < LEAST_SCALE:
            why = f"it had to be set at {block.scale:.0%} of its size; shorten it"
            found.append(Overflow(line, why))
        elif box.left < zone.left * edit.width - 1 or box.right > (1 - zone.right) * edit.width + 1:
            found.append(Overflow(line, "it is wider than the room that the platform leaves; shorten it"))
        elif box.top < room.top * edit.height - 1 or box.bottom > room.bottom * edit.height + 1:
            found.append(Overflow(line, "it reaches into what the platform draws over the picture; move it"))
    return found


def _spoken(
    edit: Edit, timeline: Timeline, voices: Sequence[Voice], words: Mapping[int, Sequence[Word]]
) -> dict[int, list[Line]]:
    by_scene = {voice.scene: voice for voice in voices}
    lines: dict[int, list[Line]] = {}
    for index, spoken in words.items():
        scene, start = edit.scenes[index], timeline.scene_starts[index]
        if voice := by_scene.get(index):
            begin, skip, tempo = voice.start, voice.skip, voice.tempo
        else:
            begin, skip, tempo = start, scene.trim_start, scene.speed
        film = [Word(word.text, (word.start - skip) / tempo, (word.end - skip) / tempo) for word in spoken]
        if voice:
            # Of a voice that is too long only what is heard is read.
            film = [word for word in film if word.start < voice.seconds]
        end = start + scene.frames
        lines[index] = caption_lines(film, edit.captions, edit.fps, start=begin, end=end, language=edit.language)
    return lines


def _written(edit: Edit, timeline: Timeline) -> dict[int, list[Line]]:
    """The written lines by scene. One that goes on into the next scene is two, since each scene has its own height."""
    whole = [line for caption in edit.lines or () if (line := written_line(caption, edit))]
    lines: dict[int, list[Line]] = {}
    for index, (start, end) in enumerate(pairwise([*timeline.scene_starts, edit.frames])):
        parts = [_within(line, start, end) for line in one_at_a_time(whole)]
        lines[index] = [line for line in parts if line.end > line.starts[0]]
    return lines


def _within(line: Line, start: int, end: int) -> Line:
    return replace(line, starts=tuple(max(at, start) for at in line.starts), end=min(line.end, end))


def _placed(lines: Sequence[Line], edit: Edit, mouths: Sequence[Band]) -> list[Line]:
    """The scene's lines at the height where the tallest of them finds its place."""
    heights = [block_height(line, edit) for line in lines]
    placed = []
    for line in lines:
        wanted = (line.style or edit.captions).bottom
        placed.append(replace(line, bottom=lower_edge(edit, wanted, max(heights), mouths)))
    return placed
