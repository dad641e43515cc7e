"""Spoken words as captions: which words stand together in a line, and when each line and each word is shown.

Times are film frames, so that a line which crosses a segment's border goes on in the next segment without a jump.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from postprod.captions.script import characters_wide, parts
from postprod.sound.words import Word
from ugcgen.domain.captions import Caption, CaptionStyle
from ugcgen.domain.edit import Edit
from ugcgen.domain.words import COMMAS, FULL_COMMAS, FULL_STOPS, STOPS

_HOLD = 0.25
_BRIDGE = 0.6
_ENDS_SENTENCE, _ENDS_CLAUSE = frozenset(STOPS + FULL_STOPS), frozenset(COMMAS + FULL_COMMAS)


@dataclass(frozen=True)
class Line:
    """Words shown together until frame `end`; word `n` is the spoken one from frame `starts[n]` on.

    `glued` are the words that follow the one before without a space. `bottom` is where the lower edge lies, as a share
    of the picture's height; None is as low as is free. `style` None is the film's.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    end: int
    glued: tuple[int, ...] = ()
    bottom: float | None = None
    style: CaptionStyle | None = None

    def moved(self, by: int) -> "Line":
        """The same line `by` frames later."""
        return replace(self, starts=tuple(at + by for at in self.starts), end=self.end + by)


@dataclass(frozen=True)
class _Part:
    """A word, or a part of one that may stand on a line of its own."""

    text: str
    start: float
    end: float
    glued: bool


def written_line(caption: Caption, edit: Edit) -> Line | None:
    """A line that a person wrote, in film frames, or None if it is past the film's end or has no word.

    Its words share the time by their length.
    """
    begin, end = round(caption.start * edit.fps), min(round(caption.end * edit.fps), edit.frames)
    tokens = [part for word in caption.text.split() for part in _parts(Word(word, 0.0, 1.0), edit.language)]
    if not tokens or end <= begin:
        return None
    lengths = [characters_wide(part.text) + 1 for part in tokens]
    starts = tuple(begin + (end - begin) * passed // sum(lengths) for passed in accumulate(lengths[:-1], initial=0))
    return _line(tokens, starts, end, caption.style)


def caption_lines(
    words: Sequence[Word], style: CaptionStyle, fps: int, *, start: int, end: int, language: str = "en"
) -> list[Line]:
    """Lines for words whose times count from film frame `start`.

    A line stays for a moment after its last word, or until the next one if that comes soon; none stays past `end`.
    """

    def frame(seconds: float) -> int:
        return min(start + round(max(seconds, 0.0) * fps), end)

    groups = _grouped(_all_parts(words, language), style)
    lines = []
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        gone = frame(group[-1].end + _HOLD)
        if following and following[0].start - group[-1].end < _BRIDGE:
            gone = frame(following[0].start)
        starts = tuple(frame(part.start) for part in group)
        if gone > starts[0]:
            lines.append(_line(group, starts, gone))
    return lines


def one_at_a_time(lines: Sequence[Line]) -> list[Line]:
    """In order of time, each line ended where the next begins, so that two scenes' captions never lie on each other."""
    ordered = sorted(lines, key=lambda line: line.starts[0])
    ended = [replace(line, end=min(line.end, after.starts[0])) for line, after in pairwise(ordered)]
    return [line for line in [*ended, *ordered[-1:]] if line.end > line.starts[0]]


def between(lines: Sequence[Line], start: int, frames: int) -> list[Line]:
    """The lines seen in `frames` frames from `start` on, counted from there; a line already begun starts below zero."""
    return [
        replace(moved, end=min(moved.end, frames))
        for line in lines
        if line.end > start and line.starts[0] < start + frames
        for moved in [line.moved(-start)]
    ]


def _line(parts: Sequence[_Part], starts: tuple[int, ...], end: int, style: CaptionStyle | None = None) -> Line:
    glued = tuple(index for index, part in enumerate(parts) if index and part.glued)
    return Line(tuple(part.text for part in parts), starts, end, glued, style=style)


def _all_parts(words: Sequence[Word], language: str) -> list[_Part]:
    """The parts of all words; what follows a full-width stop or comma stands close to it."""
    found: list[_Part] = []
    for word in words:
        first, *others = _parts(word, language)
        close = bool(found) and found[-1].text.endswith((*FULL_STOPS, *FULL_COMMAS))
        found += [replace(first, glued=close), *others]
    return found


def _parts(word: Word, language: str) -> list[_Part]:
    """The word in the parts of its script, which share its time by their length."""
    texts = parts(word.text, language)
    lengths = [characters_wide(text) for text in texts]
    whole = max(sum(lengths), 1)
    times = [word.start + (word.end - word.start) * passed / whole for passed in accumulate(lengths, initial=0)]
    return [
        _Part(text, *span, glued=at > 0) for at, (text, span) in enumerate(zip(texts, pairwise(times), strict=True))
    ]


def _grouped(words: Sequence[_Part], style: CaptionStyle) -> list[Sequence[_Part]]:
    """Divide the words into lines at the least cost over all divisions."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(words) + 1):
        best.append(
            min(
                (best[first][0] + _cost(words[first:last], style, last == len(words)), first)
                for first in range(max(0, last - style.max_words), last)
            )
        )
    groups: list[Sequence[_Part]] = []
    last = len(words)
    while last:
        first = best[last][1]
        groups.append(words[first:last])
        last = first
    return groups[::-1]


def _cost(line: Sequence[_Part], style: CaptionStyle, ends_text: bool) -> float:
    """How bad a line is: too wide, a word alone, a sentence or a pause running through it, a break amid a clause."""
    characters = sum(characters_wide(part.text) + (not part.glued) for part in line) - 1
    cost = 0.3 + max(0, characters - style.max_characters) * (0.0 if len(line) == 1 else 2.0)
    if len(line) == 1:
        cost += 1.0
    for part, following in pairwise(line):
        ending = part.text[-1:]
        cost += 8.0 if ending in _ENDS_SENTENCE else 0.8 if ending in _ENDS_CLAUSE else 0.0
        cost += 4.0 * max(0.0, following.start - part.end - 0.2)
    ending = line[-1].text[-1:]
    if not ends_text and ending not in _ENDS_SENTENCE:
        cost += 0.1 if ending in _ENDS_CLAUSE else 0.6
    return cost
