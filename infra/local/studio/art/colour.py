"""Colours as the illustrator mixes and names them."""

from __future__ import annotations

import re
from collections.abc import Mapping

Colour = tuple[int, int, int]
"""Red, green, blue, each 0 to 255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

CLOTH: Mapping[str, Colour] = {
    "black": (44, 42, 48), "white": (244, 241, 235), "cream": (239, 226, 204), "ivory": (242, 234, 216),
    "beige": (220, 200, 172), "grey": (150, 151, 156), "gray": (150, 151, 156), "charcoal": (74, 76, 84),
    "silver": (192, 196, 202), "red": (196, 54, 56), "burgundy": (122, 36, 54), "coral": (238, 124, 104),
    "pink": (236, 160, 178), "rose": (214, 130, 140), "orange": (230, 134, 58), "rust": (176, 86, 50),
    "terracotta": (196, 104, 74), "peach": (246, 190, 158), "yellow": (240, 204, 92), "mustard": (208, 160, 54),
    "gold": (206, 168, 88), "green": (86, 142, 100), "sage": (156, 176, 148), "olive": (122, 124, 74),
    "emerald": (34, 122, 92), "mint": (172, 216, 196), "teal": (44, 128, 132), "turquoise": (74, 180, 182),
    "blue": (74, 120, 190), "navy": (42, 58, 98), "denim": (90, 118, 156), "lavender": (184, 168, 214),
    "lilac": (196, 172, 212), "purple": (118, 82, 156), "brown": (124, 84, 60), "tan": (196, 156, 116),
    "camel": (192, 150, 104), "chocolate": (88, 58, 44), "amber": (186, 104, 36),
}  # fmt: skip

SKIN: Mapping[str, Colour] = {
    "fitzpatrick type vi": (92, 58, 42), "fitzpatrick type v": (142, 92, 64), "fitzpatrick type iv": (190, 134, 96),
    "fitzpatrick type iii": (220, 172, 134), "fitzpatrick type ii": (240, 200, 170),
    "fitzpatrick type i": (248, 218, 196), "porcelain": (250, 224, 206), "very fair": (248, 218, 196),
    "pale": (248, 218, 196), "fair": (242, 206, 178), "light brown": (204, 152, 112), "light": (240, 200, 170),
    "ivory": (246, 214, 188), "peach": (242, 200, 168), "olive": (208, 164, 120), "golden": (214, 162, 114),
    "honey": (204, 148, 104), "caramel": (190, 130, 88), "tan": (206, 156, 114), "bronze": (180, 122, 80),
    "medium": (212, 162, 122), "dark brown": (112, 72, 50), "deep brown": (112, 72, 50), "ebony": (84, 54, 42),
    "dark": (112, 72, 50), "deep": (116, 74, 52), "brown": (166, 112, 78), "black": (96, 62, 46),
}  # fmt: skip

HAIR: Mapping[str, Colour] = {
    "jet black": (28, 26, 32), "black": (38, 33, 36), "dark brown": (66, 44, 36), "light brown": (142, 100, 68),
    "chestnut": (112, 66, 44), "auburn": (132, 62, 40), "brown": (92, 62, 46), "brunette": (84, 56, 42),
    "strawberry blonde": (214, 146, 98), "platinum": (236, 222, 194), "dark blonde": (172, 134, 86),
    "blonde": (220, 182, 118), "blond": (220, 182, 118), "golden": (212, 168, 96), "honey": (190, 140, 84),
    "ginger": (196, 98, 48), "copper": (180, 86, 44), "red": (166, 66, 40), "silver": (196, 196, 200),
    "grey": (160, 158, 160), "gray": (160, 158, 160), "white": (228, 226, 222), "pink": (230, 140, 170),
    "blue": (70, 100, 170), "purple": (112, 72, 140),
}  # fmt: skip

EYES: Mapping[str, Colour] = {
    "dark brown": (72, 44, 30), "amber": (160, 100, 42), "hazel": (136, 104, 58), "green": (86, 128, 84),
    "blue": (84, 128, 172), "grey": (122, 136, 146), "gray": (122, 136, 146), "brown": (104, 66, 40),
    "black": (46, 34, 30), "honey": (156, 104, 50),
}  # fmt: skip

_HEX = re.compile(r"#([0-9a-f]{6})\b")


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` with `share` (0 to 1) of `b` in it."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float) -> Colour:
    """A shadow of the colour: towards a cool deep plum, never dead black."""
    return mix(colour, (44, 22, 40), share)


def lighter(colour: Colour, share: float) -> Colour:
    """A lit tone of the colour: towards a warm white."""
    return mix(colour, (255, 248, 236), share)


def luma(colour: Colour) -> float:
    """Brightness as the eye sees it, 0 to 255 (BT.601)."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def find_colour(text: str, names: Mapping[str, Colour]) -> Colour | None:
    """The first colour that lower-case `text` names, as #rrggbb or as one of `names`; longer names win a tie."""
    found = _HEX.search(text)
    if found:
        value = int(found.group(1), 16)
        return value >> 16, value >> 8 & 255, value & 255
    hits = [(match.start(), -len(name), name) for name in names if (match := re.search(rf"\b{name}\b", text))]
    return names[min(hits)[2]] if hits else None
