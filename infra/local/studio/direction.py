"""How a line is to be spoken, as a style says it in words: what of that the studio's voices can do."""

from __future__ import annotations

import re

_PACE = re.compile(r"(\d+(?:\.\d+)?) times as fast")
_PITCH = re.compile(r"(\d+(?:\.\d+)?) semitones (higher|lower)")


def directed(style: str) -> tuple[float, float]:
    """(factor on the pace, semitones up) that a style asks for; anything else in it is left to the listener."""
    pace, pitch = _PACE.search(style), _PITCH.search(style)
    up = float(pitch[1]) * (1 if pitch[2] == "higher" else -1) if pitch else 0.0
    return float(pace[1]) if pace else 1.0, up
