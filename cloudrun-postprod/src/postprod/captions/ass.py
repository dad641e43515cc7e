"""Caption lines written as an ASS script, which libass draws: placed, coloured, fitted to the width, and escaped."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import font_roboto  # type: ignore[import-untyped]
from PIL import ImageFont

from postprod.captions.lines import Line
from ugcgen.domain.edit import Edit

FONTS = Path(font_roboto.font_directory)
"""The folder with the captions' font, for libass's `fontsdir`."""

_FONT, _FONT_FILE = "Roboto Black", "Roboto-Black.ttf"

_STYLE_FORMAT = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, "
    "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, "
    "Encoding"
)


def ass_script(lines: Sequence[Line], edit: Edit) -> str:
    """An ASS script that shows `lines` over the edit's picture. One event for each spoken word, so nothing moves."""
    style, width, height = edit.captions, edit.width, edit.height
    size = style.text_height * height
    margin = round(width * (1 - style.text_width) / 2)
    outline, shadow = size * 0.075, size * 0.03
    fields = (
        f"Caption,{_FONT},{size:.1f},{_color(style.color)},{_color(style.color)},{_color(style.outline)},&H80000000,"
        f"0,0,0,0,100,100,0,0,1,{outline:.1f},{shadow:.1f},2,{margin},{margin},{round(height * (1 - style.bottom))},1"
    )
    events = [event for line in lines for event in _events(line, edit)]
    return "\n".join(
        [
            "[Script Info]",
            "ScriptType: v4.00+",
            f"PlayResX: {width}",
            f"PlayResY: {height}",
            "WrapStyle: 2",
            "ScaledBorderAndShadow: yes",
            "YCbCr Matrix: TV.709",
            "",
            "[V4+ Styles]",
            f"Format: {_STYLE_FORMAT}",
            f"Style: {fields}",
            "",
            "[Events]",
            "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
            *events,
            "",
        ]
    )


def _events(line: Line, edit: Edit) -> Iterator[str]:
    style = edit.captions
    shown = [(at, visible) for at, word in zip(line.starts, line.words, strict=True) if (visible := _visible(word))]
    if not shown:
        return
    words = [word for _, word in shown]
    scale = min(1.0, edit.width * style.text_width / text_width(" ".join(words), style.text_height * edit.height))
    fit = f"{{\\fscx{scale * 100:.1f}\\fscy{scale * 100:.1f}}}" if scale < 1 else ""
    lit, plain = f"{{\\1c{_color(style.highlight)}&}}", f"{{\\1c{_color(style.color)}&}}"
    begins = [max(at, 0) for at, _ in shown]
    for spoken, (begin, end) in enumerate(pairwise([*begins, line.end])):
        if begin < end:
            text = [lit + _escaped(word) + plain if n == spoken else _escaped(word) for n, word in enumerate(words)]
            times = f"{_clock(begin, edit.fps)},{_clock(end, edit.fps)}"
            yield f"Dialogue: 0,{times},Caption,,0,0,0,,{fit}{' '.join(text)}"


def text_width(text: str, size: float) -> float:
    """Width of `text` in pixels at an ASS font size, which is the height from ascender to descender, not the em."""
    font = _font()
    return font.getlength(text) * size / sum(font.getmetrics())


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / _FONT_FILE), 1000)


def _clock(frame: int, fps: int) -> str:
    """`frame` as h:mm:ss.cc, half a frame early so that rounding to centiseconds cannot move it to the next frame."""
    centiseconds = max(0, round((frame - 0.5) * 100 / fps))
    minutes, rest = divmod(centiseconds, 6000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 100:02}.{rest % 100:02}"


def _color(rgb: str) -> str:
    """`#RRGGBB` as ASS writes it: blue, green, red."""
    return f"&H00{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".upper()


def _visible(word: str) -> str:
    """The word without control characters and pictographs, for which the font has no shapes."""
    return "".join(character for character in word if not _unshown(character)).strip()


def _unshown(character: str) -> bool:
    category = unicodedata.category(character)
    pictograph = category in {"So", "Sk"} and ord(character) > 0x2190
    return pictograph or category in {"Cc", "Cn", "Co", "Cs"} or character in "\u200d\u20e3\ufe0e\ufe0f"


def _escaped(word: str) -> str:
    """Braces open ASS tags and a backslash starts one; a word joiner after the backslash keeps it a plain character."""
    return word.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
