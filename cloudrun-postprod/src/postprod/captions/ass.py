"""Captions and the disclosure written as an ASS script, which libass draws.

Every word is an event of its own at its own place, so that nothing moves while words light up, fill or spring, in any
script and direction. Times are frames of the segment; what began before it goes on in the middle of its animation.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from postprod.captions.disclosure import BACKGROUND, COLOR, OPACITY, label_of
from postprod.captions.layout import Block, Box, PlacedWord, block_of
from postprod.captions.lines import Line
from postprod.captions.script import reads_from_right
from ugcgen.domain.captions import CaptionAnimation, CaptionPreset, CaptionStyle, HexColor
from ugcgen.domain.edit import Edit

_COME_IN = 0.14
"""Seconds in which a line comes in."""
_SPRING = (0.09, 0.07)
"""Seconds in which a word springs up, and settles."""
_ROUND = 0.28
"""The radius of a box's corners, in ems."""
_MARK = 0.1
"""Ems by which the mark behind the spoken word stands out from it."""

_HEADER = """\
[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Text,{font},20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,0,0,5,0,0,0,-1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def ass_script(lines: Sequence[Line], edit: Edit, frames: int) -> tuple[str, list[PlacedWord]]:
    """A script that shows `lines` and the edit's disclosure over `frames` frames, and all the words that it shows.

    Raises ConfigurationError if no installed font shows one of their letters.
    """
    events: list[str] = []
    words: list[PlacedWord] = []
    for line in lines:
        if block := block_of(line, edit):
            events += _Drawn(line, block, edit).events()
            words += block.words
    if label := label_of(edit):
        events.append(_event(0, 0, frames, edit.fps, _drawn(label.box, label.em, BACKGROUND, OPACITY)))
        for word in label.words:
            events.append(_event(3, 0, frames, edit.fps, f"{{\\1c{_color(COLOR)}{_at(word)}}}{_escaped(word)}"))
        words += label.words
    font = words[0].font.family if words else "none"
    header = _HEADER.format(width=edit.width, height=edit.height, font=font)
    return header + "\n".join([*events, ""]), words


class _Drawn:
    """The events of one line."""

    def __init__(self, line: Line, block: Block, edit: Edit) -> None:
        self._block, self._fps = block, edit.fps
        self._style: CaptionStyle = (line.style or edit.captions).whole()
        self._begin, self._end = line.starts[0], line.end
        # A word is the spoken one until the next begins; one that cannot be shown leaves its time to the one before.
        shown = sorted(word.index for word in block.words)
        starts = [self._begin, *(line.starts[index] for index in shown[1:]), self._end]
        self._spoken = dict(zip(shown, pairwise(starts), strict=True))

    def events(self) -> Iterator[str]:
        style = self._style
        if style.background_opacity:
            background = _drawn(self._block.box, self._block.em, style.background, style.background_opacity)
            yield from self._event(0, self._begin, self._end, background)
        for word in self._block.words:
            yield from self._word(word, *self._spoken[word.index])

    def _word(self, word: PlacedWord, begin: int, end: int) -> Iterator[str]:
        style = self._style
        pop = style.preset is CaptionPreset.POP
        spring = self._spring(begin) if pop else ""
        yield from self._outline(word, begin if pop else self._begin, spring)
        match style.preset:
            case CaptionPreset.HIGHLIGHT:
                yield from self._face(word, self._begin, begin, style.color)
                yield from self._face(word, begin, end, style.highlight)
                yield from self._face(word, end, self._end, style.color)
            case CaptionPreset.KARAOKE:
                yield from self._face(word, self._begin, self._end, style.color)
                yield from self._face(word, begin, self._end, style.highlight, self._filling(word, begin, end))
            case CaptionPreset.BOX:
                mark = _drawn(word.box.grown(_MARK * word.em), word.em, style.highlight, 1)
                yield from self._face(word, self._begin, begin, style.color)
                yield from self._event(1, begin, end, mark)
                yield from self._face(word, begin, end, _readable_on(style.highlight))
                yield from self._face(word, end, self._end, style.color)
            case CaptionPreset.POP:
                yield from self._face(word, begin, end, style.highlight, spring)
                yield from self._face(word, end, self._end, style.color)
            case CaptionPreset.CLEAN:
                yield from self._face(word, self._begin, self._end, style.color)

    def _outline(self, word: PlacedWord, begin: int, tags: str) -> Iterator[str]:
        """The word's outline, below the faces of all words."""
        if self._style.outline_width:
            edge = self._style.outline_width * (word.box.bottom - word.box.top)
            color = _color(self._style.outline)
            yield from self._text(2, word, begin, self._end, f"\\1c{color}\\3c{color}\\bord{edge:.2f}{tags}")

    def _face(self, word: PlacedWord, begin: int, end: int, color: HexColor, tags: str = "") -> Iterator[str]:
        yield from self._text(3, word, begin, end, f"\\1c{_color(color)}{tags}")

    def _text(self, layer: int, word: PlacedWord, begin: int, end: int, tags: str) -> Iterator[str]:
        yield from self._event(layer, begin, end, f"{{{tags}{self._coming_in(word, begin)}}}{_escaped(word)}")

    def _event(self, layer: int, begin: int, end: int, text: str) -> Iterator[str]:
        if max(begin, 0) < end:
            yield _event(layer, begin, end, self._fps, text)

    def _coming_in(self, word: PlacedWord, begin: int) -> str:
        """The word at its place, and how it gets there when its line begins."""
        match self._style.animation:
            case CaptionAnimation.FADE:
                return f"{_at(word)}\\alpha&HFF&" + self._change(begin, self._begin, _COME_IN, "\\alpha&H00&")
            case CaptionAnimation.GROW if self._style.preset is not CaptionPreset.POP:
                grown = self._change(begin, self._begin, _COME_IN, "\\fscx100\\fscy100")
                return f"{_at(word)}\\fscx85\\fscy85{grown}"
            case CaptionAnimation.RISE:
                return _at(word, rise=0.4 * word.em, span=self._span(begin, self._begin, _COME_IN))
            case _:
                return _at(word)

    def _filling(self, word: PlacedWord, begin: int, end: int) -> str:
        """Shows the part of the word that is spoken so far, growing the way the word is read."""
        seconds = (end - begin) / self._fps
        box = word.box.grown(0.4 * word.em)
        left, right = round(word.box.left - 0.1 * word.em), round(word.box.right + 0.1 * word.em)
        start = right if reads_from_right(word.text) else left
        rows = round(box.top), round(box.bottom)
        filled = self._change(begin, begin, seconds, f"\\clip({left},{rows[0]},{right},{rows[1]})")
        return f"\\clip({start},{rows[0]},{start},{rows[1]}){filled}"

    def _spring(self, begin: int) -> str:
        up, settle = _SPRING
        return (
            "\\fscx55\\fscy55"
            + self._change(begin, begin, up, "\\fscx112\\fscy112")
            + self._change(begin, begin + up * self._fps, settle, "\\fscx100\\fscy100")
        )

    def _change(self, shown_from: int, start: float, seconds: float, tags: str) -> str:
        """`tags` reached within `seconds` from frame `start` on, in an event whose first frame is `shown_from`."""
        begin, end = self._span(shown_from, start, seconds)
        return f"\\t({begin},{end},{tags})" if end > 0 else tags

    def _span(self, shown_from: int, start: float, seconds: float) -> tuple[int, int]:
        """The same in milliseconds of the event."""
        begin = round((start - max(shown_from, 0)) * 1000 / self._fps)
        return begin, begin + max(1, round(seconds * 1000))


def _event(layer: int, begin: int, end: int, fps: int, text: str) -> str:
    return f"Dialogue: {layer},{_clock(begin, fps)},{_clock(end, fps)},Text,,0,0,0,,{text}"


def _clock(frame: int, fps: int) -> str:
    """`frame` as h:mm:ss.cc, half a frame early so that rounding to centiseconds cannot move it to the next frame."""
    centiseconds = max(0, round((frame - 0.5) * 100 / fps))
    minutes, rest = divmod(centiseconds, 6000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 100:02}.{rest % 100:02}"


def _at(word: PlacedWord, rise: float = 0.0, span: tuple[int, int] = (0, 0)) -> str:
    """The tags that set a word: its font at its size, its middle at its place, which it may rise to."""
    above, below = word.font.box
    # libass's font size is the font's height above and below the baseline, and it centres on the middle of that.
    x, y = word.left + word.width / 2, word.baseline - (above - below) / 2 * word.em
    place = f"\\pos({x:.2f},{y:.2f})"
    if rise and span[1] > 0:
        place = f"\\move({x:.2f},{y + rise:.2f},{x:.2f},{y:.2f},{span[0]},{span[1]})"
    weight = f"\\b{word.font.weight}" if word.font.weight else ""
    return f"\\fn{word.font.family}\\fs{(above + below) * word.em:.3f}{weight}{place}"


def _drawn(box: Box, em: float, color: HexColor, opacity: float) -> str:
    """A box with round corners."""
    left, top, right, bottom = (round(side, 2) for side in (box.left, box.top, box.right, box.bottom))
    r = round(_ROUND * em, 2)
    k = round(r * 0.45, 2)  # how far a corner's control points stand from the box's corner
    path = (
        f"m {left + r:.2f} {top:.2f} l {right - r:.2f} {top:.2f} "
        f"b {right - k:.2f} {top:.2f} {right:.2f} {top + k:.2f} {right:.2f} {top + r:.2f} "
        f"l {right:.2f} {bottom - r:.2f} "
        f"b {right:.2f} {bottom - k:.2f} {right - k:.2f} {bottom:.2f} {right - r:.2f} {bottom:.2f} "
        f"l {left + r:.2f} {bottom:.2f} "
        f"b {left + k:.2f} {bottom:.2f} {left:.2f} {bottom - k:.2f} {left:.2f} {bottom - r:.2f} "
        f"l {left:.2f} {top + r:.2f} "
        f"b {left:.2f} {top + k:.2f} {left + k:.2f} {top:.2f} {left + r:.2f} {top:.2f}"
    )
    alpha = f"&H{round(255 * (1 - opacity)):02X}&"
    return f"{{\\an7\\pos(0,0)\\1c{_color(color)}\\1a{alpha}\\p1}}{path}"


def _color(rgb: HexColor) -> str:
    """`#RRGGBB` as ASS writes it: blue, green, red."""
    return f"&H{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}&".upper()


def _readable_on(rgb: HexColor) -> HexColor:
    """Black or white, whichever stands out more."""
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (1, 3, 5))
    return "#111111" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#FFFFFF"


def _escaped(word: PlacedWord) -> str:
    """Braces open ASS tags and a backslash starts one; a word joiner after the backslash keeps it a plain character."""
    return word.text.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
