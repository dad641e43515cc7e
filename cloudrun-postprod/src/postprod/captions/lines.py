"""Spoken words as captions: which words stand together in a line, and when each line and each word is shown.

Times are film frames, so that a line which crosses a segment's border goes on in the next segment without a jump.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from postprod.sound.voices import Voice
from postprod.sound.words import Word
from ugcgen.domain.captions import CaptionStyle
from ugcgen.domain.edit import Edit
from ugcgen.pipeline.timeline import Timeline

_HOLD = 0.25
_BRIDGE = 0.6
_ENDS_SENTENCE, _ENDS_CLAUSE = frozenset(".!?…"), frozenset(",;:–—")


@dataclass(frozen=True)
class Line:
    """Words shown together until frame `end`; word `n` is the spoken one from frame `starts[n]` on."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    end: int


def film_captions(
    edit: Edit, timeline: Timeline, voices: Sequence[Voice], words: Mapping[int, Sequence[Word]]
) -> list[Line]:
    """The film's lines in order, never two at a time. `words` holds the words heard in each scene, by its index.

    Their times count from the start of the scene's voice recording, or of its clip where the scene has no voice.
    """
    by_scene = {voice.scene: voice for voice in voices}
    lines: list[Line] = []
    for index, spoken in words.items():
        scene, start = edit.scenes[index], timeline.scene_starts[index]
        if voice := by_scene.get(index):
            begin, skip, tempo = voice.start, voice.skip, voice.tempo
        else:
            begin, skip, tempo = start, scene.trim_start, 1.0
        film = [Word(word.text, (word.start - skip) / tempo, (word.end - skip) / tempo) for word in spoken]
        lines += caption_lines(film, edit.captions, edit.fps, start=begin, end=start + scene.frames)
    return one_at_a_time(lines)


def caption_lines(words: Sequence[Word], style: CaptionStyle, fps: int, *, start: int, end: int) -> list[Line]:
    """Lines for words whose times count from film frame `start`.

    A line stays for a moment after its last word, or until the next one if that comes soon; none stays past `end`.
    """

    def frame(seconds: float) -> int:
        return min(start + round(max(seconds, 0.0) * fps), end)

    groups = _grouped(words, style)
    lines = []
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        gone = frame(group[-1].end + _HOLD)
        if following and following[0].start - group[-1].end < _BRIDGE:
            gone = frame(following[0].start)
        starts = tuple(frame(word.start) for word in group)
        if gone > starts[0]:
            lines.append(Line(tuple(word.text for word in group), starts, gone))
    return lines


def one_at_a_time(lines: Sequence[Line]) -> list[Line]:
    """In order of time, each line ended where the next begins, so that two scenes' captions never lie on each other."""
    ordered = sorted(lines, key=lambda line: line.starts[0])
    ended = [replace(line, end=min(line.end, after.starts[0])) for line, after in pairwise(ordered)]
    return [line for line in [*ended, *ordered[-1:]] if line.end > line.starts[0]]


def between(lines: Sequence[Line], start: int, frames: int) -> list[Line]:
    """The lines seen in `frames` frames from `start` on, counted from there; a line already begun starts below zero."""
    return [
        Line(line.words, tuple(at - start for at in line.starts), min(line.end - start, frames))
        for line in lines
        if line.end > start and line.starts[0] < start + frames
    ]


def _grouped(words: Sequence[Word], style: CaptionStyle) -> list[Sequence[Word]]:
    """Divide the words into lines at the least cost over all divisions."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(words) + 1):
        best.append(
            min(
                (best[first][0] + _cost(words[first:last], style, last == len(words)), first)
                for first in range(max(0, last - style.max_words), last)
            )
        )
    groups: list[Sequence[Word]] = []
    last = len(words)
    while last:
        first = best[last][1]
        groups.append(words[first:last])
        last = first
    return groups[::-1]


def _cost(line: Sequence[Word], style: CaptionStyle, ends_text: bool) -> float:
    """How bad a line is: too wide, a word alone, a sentence or a pause running through it, a break amid a clause."""
    characters = sum(len(word.text) + 1 for word in line) - 1
    cost = 0.3 + max(0, characters - style.max_characters) * (0.0 if len(line) == 1 else 2.0)
    if len(line) == 1:
        cost += 1.0
    for word, following in pairwise(line):
        ending = word.text[-1:]
        cost += 8.0 if ending in _ENDS_SENTENCE else 0.8 if ending in _ENDS_CLAUSE else 0.0
        cost += 4.0 * max(0.0, following.start - word.end - 0.2)
    ending = line[-1].text[-1:]
    if not ends_text and ending not in _ENDS_SENTENCE:
        cost += 0.1 if ending in _ENDS_CLAUSE else 0.6
    return cost
