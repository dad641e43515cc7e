"""Fonts: which of the installed ones shows a text, how wide it is, and the part of a font that a film needs.

All come from packages, so equal locks give equal letters; no font of the machine is ever used. What FFmpeg is given is
cut down to the characters of the text, at the wanted weight: libass takes variable fonts at their default weight only.
"""

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb  # type: ignore[import-untyped]

from ugcgen.domain.captions import CaptionFont
from ugcgen.domain.errors import ConfigurationError

_ROBOTO = {100: "Thin", 300: "Light", 400: "Regular", 500: "Medium", 700: "Bold", 900: "Black"}
_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-CN": 2, "zh-TW": 3, "zh-HK": 4}
"""Faces of the collection, which differ in how they draw the same Chinese character."""


@dataclass(frozen=True)
class Font:
    """A face of a font file, at a weight if it has several."""

    path: Path
    index: int = 0
    weight: int | None = None

    @property
    def family(self) -> str:
        """The name by which libass finds it."""
        return str(_face(self).get_name(1))

    @property
    def box(self) -> tuple[float, float]:
        """What libass takes for the height above and the depth below the baseline, in ems."""
        above, below = struct.unpack(">HH", _face(self).reference_table("OS/2").data[74:78])
        return above / _face(self).upem, below / _face(self).upem

    def shows(self, text: str) -> bool:
        """Whether it has a shape for every character."""
        return all(
            ord(character) in _covered(self.path, self.index) or character in "\u200c\u200d" for character in text
        )

    def width(self, text: str) -> float:
        """How wide the shaped text is, in ems."""
        return _width(self, text)

    def cut_to(self, text: str) -> bytes:
        """A font file with just the characters of `text`, at this weight."""
        wanted = hb.SubsetInput()
        # Shaping takes some letters apart, and draws a circle under a mark that has no letter.
        letters = text + unicodedata.normalize("NFKD", text) + "\u25cc"
        wanted.unicode_set.update(sorted({ord(letter) for letter in letters}))
        if self.weight is not None:
            wanted.pin_axis_location(_face(self), "wght", self.weight)
        return bytes(hb.subset(_face(self), wanted).blob.data)


@lru_cache(maxsize=4096)
def font_for(text: str, preferred: CaptionFont, weight: int, language: str) -> Font:
    """The first font that shows the whole text, at the nearest weight it has.

    Raises ConfigurationError naming the characters if no installed font shows it.
    """
    for font in _fonts(preferred, weight, language):
        if font.shows(text):
            return font
    unknown = sorted({c for c in text if not any(font.shows(c) for font in _fonts(preferred, weight, language))})
    named = " ".join(f"{character} (U+{ord(character):04X})" for character in unknown) or text
    raise ConfigurationError(
        f"no installed font shows {named} of the caption {text!r}: "
        f"install the packages manimgx-fonts and manimgx-fonts-cjk, or leave it out of the text"
    )


def showable(text: str) -> str:
    """The text without signs that are no letters and that no installed font shows."""
    fonts = _fonts(CaptionFont.ROBOTO, 400, "en")
    return "".join(c for c in text if c.isalnum() or c == " " or any(font.shows(c) for font in fonts))


@cache
def _fonts(preferred: CaptionFont, weight: int, language: str) -> tuple[Font, ...]:
    """The installed fonts, the wanted one first and the largest last."""
    fonts: list[Font] = []
    if roboto := _folder("font_roboto"):
        nearest = min(_ROBOTO, key=lambda known: (abs(known - weight), known))
        fonts.append(Font(roboto / "files" / f"Roboto-{_ROBOTO[nearest]}.ttf"))
    if noto := _folder("manimgx_fonts"):
        upright = [path for path in sorted(noto.glob("NotoSans*.ttf")) if "Italic" not in path.name]
        others = [_at_weight(path, 0, weight) for path in upright]
        sans = [font for font in others if font.path.name.startswith("NotoSans[")]
        rest = [font for font in others if font not in sans]
        fonts = [*sans, *fonts, *rest] if preferred is CaptionFont.NOTO_SANS else [*fonts, *sans, *rest]
    if cjk := _folder("manimgx_fonts_cjk"):
        index = _CJK_FACES.get(language, _CJK_FACES.get(language[:2], 2))
        fonts += [_at_weight(path, index, weight) for path in sorted(cjk.glob("*.ttc"))]
    return tuple(fonts)


def _at_weight(path: Path, index: int, weight: int) -> Font:
    (axis,) = (axis for axis in _face(Font(path, index)).axis_infos if axis.tag == "wght")
    return Font(path, index, round(min(max(weight, axis.min_value), axis.max_value)))


def _folder(package: str) -> Path | None:
    found = find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


def _face(font: Font) -> hb.Face:
    return _opened(font.path, font.index)


@cache
def _opened(path: Path, index: int) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(path)), index)


@cache
def _covered(path: Path, index: int) -> frozenset[int]:
    return frozenset(_opened(path, index).unicodes)


@lru_cache(maxsize=4096)
def _width(font: Font, text: str) -> float:
    shaper = hb.Font(_face(font))
    if font.weight is not None:
        shaper.set_variations({"wght": font.weight})
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(shaper, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions)) / float(_face(font).upem)
