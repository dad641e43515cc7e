"""Colour tables as ``.cube`` files hold them: read strictly, since they come from anywhere.

The format is that of the Cube LUT Specification 1.0: keywords, then one line of red, green and blue for each entry, red
changing fastest.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ugcgen.domain.errors import InvalidInput

LARGEST_FILE: Final = 12 * 2**20
"""Bytes. The largest table allowed here needs less, written with as many digits as anyone writes."""

LONGEST_CURVE: Final = 4096
"""Entries of a 1-D table."""

LARGEST_CUBE: Final = 65
"""Entries along each side of a 3-D table."""

Color = tuple[float, float, float]

_LONGEST_LINE = 250
_FURTHEST = 10.0
"""Tables for screens hold values from 0 to 1; those for other uses go a little beyond. Nothing sane goes this far."""


@dataclass(frozen=True)
class Cube:
    """``size`` entries (``dimensions`` 1) or ``size`` along each side (3), over inputs from ``low`` to ``high``."""

    dimensions: int
    size: int
    low: Color
    high: Color
    entries: tuple[Color, ...]


def parse_cube(data: bytes) -> Cube:
    """The table in a ``.cube`` file. Raises InvalidInput, which names the line, for everything else."""
    if len(data) > LARGEST_FILE:
        raise _wrong(f"it has {len(data)} bytes; at most {LARGEST_FILE} are read")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise _wrong("it is no text") from None
    sizes, domain, begin = _header(lines)
    if len(sizes) != 1:
        raise _wrong("it names the size of one table before its entries, as LUT_1D_SIZE or LUT_3D_SIZE")
    ((dimensions, size),) = sizes.items()
    low, high = domain["DOMAIN_MIN"], domain["DOMAIN_MAX"]
    if not all(bottom < top for bottom, top in zip(low, high, strict=True)):
        raise _wrong("the lowest input has to lie below the highest")
    return Cube(dimensions, size, low, high, _entries(lines, begin, size**dimensions))


def _header(lines: Sequence[str]) -> tuple[dict[int, int], dict[str, Color], int]:
    """The sizes by dimensions, the inputs' range, and the number of the line with the first entry."""
    sizes: dict[int, int] = {}
    domain: dict[str, Color] = {"DOMAIN_MIN": (0.0, 0.0, 0.0), "DOMAIN_MAX": (1.0, 1.0, 1.0)}
    for number, line in enumerate(lines):
        match _words(line, number):
            case [] | ["TITLE", *_]:
                pass
            case ["LUT_1D_SIZE", steps]:
                sizes[1] = _size(steps, LONGEST_CURVE, number)
            case ["LUT_3D_SIZE", steps]:
                sizes[3] = _size(steps, LARGEST_CUBE, number)
            case ["DOMAIN_MIN" | "DOMAIN_MAX" as end, *values]:
                domain[end] = _color(values, number)
            case ["LUT_1D_INPUT_RANGE" | "LUT_3D_INPUT_RANGE", low, high]:  # as one widespread program writes it
                domain = {"DOMAIN_MIN": _color([low] * 3, number), "DOMAIN_MAX": _color([high] * 3, number)}
            case [word, *_] if word[0].isalpha() and word.lower() not in {"nan", "inf", "infinity"}:
                raise _wrong(f"{word[:30]!r} is no keyword of the format", number)
            case _:
                return sizes, domain, number
    return sizes, domain, len(lines)


def _entries(lines: Sequence[str], begin: int, count: int) -> tuple[Color, ...]:
    entries: list[Color] = []
    for number, line in enumerate(islice(lines, begin, None), start=begin):
        if words := _words(line, number):
            if len(entries) == count:
                raise _wrong(f"more than {count} entries", number)
            entries.append(_color(words, number))
    if len(entries) < count:
        raise _wrong(f"it has {len(entries)} entries where its size asks for {count}")
    return tuple(entries)


def _words(line: str, number: int) -> list[str]:
    if len(line) > _LONGEST_LINE:
        raise _wrong(f"a line of {len(line)} characters; the format allows {_LONGEST_LINE}", number)
    return [] if line.startswith("#") else line.split()


def _size(text: str, most: int, number: int) -> int:
    size = int(text) if text.isascii() and text.isdigit() else 0
    if not 2 <= size <= most:
        raise _wrong(f"a size of {text[:20]!r}; it may be 2 to {most}", number)
    return size


def _color(words: list[str], number: int) -> Color:
    try:
        red, green, blue = map(float, words)
    except ValueError:
        raise _wrong("three numbers belong here", number) from None
    # Written so that NaN fails too.
    if not all(math.isfinite(value) and abs(value) <= _FURTHEST for value in (red, green, blue)):
        raise _wrong(f"numbers have to lie between -{_FURTHEST:g} and {_FURTHEST:g}", number)
    return red, green, blue


def _wrong(what: str, line: int | None = None) -> InvalidInput:
    place = "" if line is None else f", line {line + 1}"
    return InvalidInput(f"this .cube file cannot be used{place}: {what}; export it again as a .cube", "lut")
