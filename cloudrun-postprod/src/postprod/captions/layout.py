"""Where every word of a caption stands: rows that fit the width, each word measured with its own font and placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from postprod.captions.fonts import Font, font_for, showable
from postprod.captions.lines import Line
from postprod.captions.script import in_visual_order, language_of, visible
from ugcgen.domain.captions import CaptionStyle
from ugcgen.domain.edit import Edit
from ugcgen.domain.safe_zone import SafeZone, safe_zone

_MOST_ROWS = 3
_COMFORTABLE = 0.85
"""A text is set in more rows before it is made smaller than this share of its size."""
_SPACE = 0.27
_EM = 1 / 1.2
"""The size of the letters, as a share of the height of a row."""
_BELOW = 0.25
"""Ems between the baseline and the lower edge of a row."""
_PADDING = 0.28
"""Ems between the text and the edge of a box behind it."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the film."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class PlacedWord:
    """Word `index` of its line, in pixels: from `left` on, `width` wide, on `baseline`, in letters of size `em`."""

    index: int
    text: str
    font: Font
    left: float
    width: float
    baseline: float
    em: float

    @property
    def box(self) -> Box:
        """The row's height over the word's width."""
        bottom = self.baseline + _BELOW * self.em
        return Box(self.left, bottom - self.em / _EM, self.left + self.width, bottom)


@dataclass(frozen=True)
class Block:
    """A caption's words, row by row, each from left to right. `scale` is below 1 where they had to be made smaller."""

    rows: tuple[tuple[PlacedWord, ...], ...]
    scale: float
    boxed: bool
    """Whether a box is drawn behind."""

    @property
    def words(self) -> list[PlacedWord]:
        return [word for row in self.rows for word in row]

    @property
    def em(self) -> float:
        return self.rows[0][0].em

    @property
    def box(self) -> Box:
        """The rows of text, with the box behind them if there is one."""
        left = min(row[0].box.left for row in self.rows)
        right = max(row[-1].box.right for row in self.rows)
        text = Box(left, self.rows[0][0].box.top, right, self.rows[-1][0].box.bottom)
        return text.grown(_PADDING * self.em if self.boxed else 0.0)


@dataclass(frozen=True)
class _Measured:
    index: int
    text: str
    font: Font
    ems: float
    gap: float
    """Ems between the word before and this one, if both stand in a row."""


def free_of(edit: Edit) -> SafeZone:
    """What is drawn over the edit's picture where it will be shown."""
    return safe_zone(edit.platform, edit.width, edit.height)


def text_room(style: CaptionStyle, edit: Edit) -> float:
    """Pixels that a row of text may be wide, in the middle of the picture."""
    zone = free_of(edit)
    return edit.width * min(style.text_width, 1 - 2 * max(zone.left, zone.right))


def block_of(line: Line, edit: Edit) -> Block | None:
    """The line set at its place, or None if nothing of it can be shown.

    Raises ConfigurationError if no installed font shows one of its letters.
    """
    style = (line.style or edit.captions).whole()
    bottom = line.bottom or style.bottom or 1 - free_of(edit).bottom
    words = _measured(line, style, edit.language)
    if not words:
        return None
    em = style.text_height * edit.height * _EM
    room = text_room(style, edit) - (2 * _PADDING * em if style.background_opacity else 0.0)
    rows = _rows(words, room / em)
    scale = min(1.0, room / em / max(_width(row) for row in rows))
    em *= scale
    boxed = bool(style.background_opacity)
    last = bottom * edit.height - (_BELOW + (_PADDING if boxed else 0.0)) * em
    baselines = [last - (len(rows) - 1 - number) * em / _EM for number in range(len(rows))]
    placed = tuple(_placed(row, edit.width / 2, base, em) for row, base in zip(rows, baselines, strict=True))
    return Block(placed, scale, boxed)


def block_height(line: Line, edit: Edit) -> float:
    """The share of the picture's height that the line takes, the box behind it included."""
    block = block_of(line, edit)
    return (block.box.bottom - block.box.top) / edit.height if block else 0.0


def _measured(line: Line, style: CaptionStyle, language: str) -> list[_Measured]:
    assert style.weight is not None
    language = language_of(" ".join(line.words), language)
    words: list[_Measured] = []
    for index, word in enumerate(line.words):
        if text := showable(visible(word)).strip():
            font = font_for(text, style.font, style.weight, language)
            gap = 0.0 if index in line.glued else _SPACE
            words.append(_Measured(index, text, font, font.width(text), gap))
    return words


def _rows(words: Sequence[_Measured], room: float) -> list[Sequence[_Measured]]:
    """The fewest rows, as even as can be, in which the words keep a comfortable size."""
    divisions = [_divided(words, count) for count in range(1, min(_MOST_ROWS, len(words)) + 1)]
    fitting = (rows for rows in divisions if max(map(_width, rows)) * _COMFORTABLE <= room)
    return next(fitting, divisions[-1])


def _divided(words: Sequence[_Measured], count: int) -> list[Sequence[_Measured]]:
    """The division into `count` rows whose widest row is narrowest."""
    reach = list(accumulate((word.ems + word.gap for word in words), initial=0.0))

    def width(first: int, end: int) -> float:
        return reach[end] - reach[first] - words[first].gap

    @cache
    def best(first: int, rows: int) -> tuple[float, tuple[int, ...]]:
        if rows == 1:
            return width(first, len(words)), (len(words),)
        return min(
            (max(width(first, end), rest), (end, *ends))
            for end in range(first + 1, len(words) - rows + 2)
            for rest, ends in [best(end, rows - 1)]
        )

    ends = best(0, count)[1]
    return [words[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def _width(row: Sequence[_Measured]) -> float:
    return sum(word.ems for word in row) + sum(word.gap for word in row[1:])


def _placed(row: Sequence[_Measured], middle: float, baseline: float, em: float) -> tuple[PlacedWord, ...]:
    x = middle - _width(row) * em / 2
    placed: list[PlacedWord] = []
    order = in_visual_order([word.text for word in row])
    for at, number in enumerate(order):
        word = row[number]
        if at:
            # The gap belongs to the later of two neighbours in the order of reading.
            x += row[max(number, order[at - 1])].gap * em
        placed.append(PlacedWord(word.index, word.text, word.font, x, word.ems * em, baseline, em))
        x += word.ems * em
    return tuple(placed)
