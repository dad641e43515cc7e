"""The nearest thing that can be had, where what was asked for cannot."""

from collections.abc import Sequence
from difflib import get_close_matches
from math import log


def nearest_name(name: str, known: Sequence[str]) -> str | None:
    """The known name that looks most like it, whatever its capitals; None where none is near."""
    plain = {each.lower(): each for each in known}
    found = get_close_matches(name.lower(), plain, n=1)
    return plain[found[0]] if found else None


def nearest_lengths(seconds: float, offered: Sequence[float]) -> list[float]:
    """The longest length below and the shortest above, where there are such. ``offered`` goes up."""
    below = [length for length in offered if length < seconds]
    above = [length for length in offered if length > seconds]
    return below[-1:] + above[:1]


def nearest_ratio(ratio: str, offered: Sequence[str]) -> str:
    """The shape least unlike ``ratio``; the first of two that are equally far."""
    return min(offered, key=lambda other: round(abs(log(_shape(ratio) / _shape(other))), 6))


def nearest_step(wanted: str, offered: Sequence[str]) -> str | None:
    """The smallest size or resolution ("1K", "720p", "4k") that is not below ``wanted``; None where all are."""
    return next((each for each in sorted(offered, key=pixels) if pixels(each) >= pixels(wanted)), None)


def pixels(step: str) -> int:
    """Pixels along a side, to put sizes and resolutions in order."""
    return int(step[:-1]) * (1 if step[-1] == "p" else 1024)


def either(values: Sequence[str], word: str = "or") -> str:
    """``4, 6 or 8``."""
    *most, last = values
    return f"{', '.join(most)} {word} {last}" if most else last


def seconds(lengths: Sequence[float], word: str = "or") -> str:
    return either([f"{length:g}" for length in lengths], word)


def _shape(ratio: str) -> float:
    width, height = ratio.split(":")
    return float(width) / float(height)
