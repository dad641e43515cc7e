"""How a line is to be spoken, as a style says it in words: what of that the studio's voices can do.

Numbers are taken at their word; plain words move pace and pitch a little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PACE = re.compile(r"(\d+(?:\.\d+)?) times as fast")
_PITCH = re.compile(r"(\d+(?:\.\d+)?) semitones (higher|lower)")
_SLOWEST, _FASTEST, _HIGHEST = 0.6, 1.8, 8.0
_PACES: Mapping[str, float] = {
    r"\bvery slow(?:ly)?\b": 0.8,
    r"\b(?:slow(?:ly|er)?|unhurried(?:ly)?)\b": 0.9,
    r"\b(?:very fast|rapid(?:ly)?)\b": 1.2,
    r"\b(?:fast(?:er)?|quick(?:ly|er)?|brisk(?:ly)?)\b": 1.1,
}
_PITCHES: Mapping[str, float] = {
    r"\b(?:low(?:er)?|deep(?:er)?)(?:[ -]pitched)?,?(?: \w+,?){0,2} (?:voice|pitch|tone)\b": -2.0,
    r"\b(?:low|deep)-pitched\b": -2.0,
    r"\bhigh(?:er)?(?:[ -]pitched)?,?(?: \w+,?){0,2} (?:voice|pitch|tone)\b|\bhigh-pitched\b": 2.0,
}


def directed(style: str) -> tuple[float, float]:
    """(factor on the pace, semitones up) that a style asks for; anything else in it is left to the listener."""
    said = style.lower()
    times, semitones = _PACE.search(said), _PITCH.search(said)
    pace = float(times[1]) if times else _of(_PACES, said, 1.0)
    up = float(semitones[1]) * (1 if semitones[2] == "higher" else -1) if semitones else _of(_PITCHES, said, 0.0)
    return min(max(pace, _SLOWEST), _FASTEST), min(max(up, -_HIGHEST), _HIGHEST)


def _of(table: Mapping[str, float], said: str, otherwise: float) -> float:
    return next((value for words, value in table.items() if re.search(words, said)), otherwise)
