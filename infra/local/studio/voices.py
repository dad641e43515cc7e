"""The thirty prebuilt voices of the Gemini API, and how each differs from the one voice the studio has recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Timbre:
    """How a voice differs from the recorded one: factors on its pitch, its formants and its pace."""

    pitch: float
    formant: float
    pace: float
    male: bool


_FEMALE = (
    "Kore",
    "Zephyr",
    "Leda",
    "Aoede",
    "Callirrhoe",
    "Autonoe",
    "Despina",
    "Erinome",
    "Laomedeia",
    "Achernar",
    "Gacrux",
    "Pulcherrima",
    "Vindemiatrix",
    "Sulafat",
)
_MALE = (
    "Puck",
    "Charon",
    "Fenrir",
    "Orus",
    "Enceladus",
    "Iapetus",
    "Umbriel",
    "Algieba",
    "Algenib",
    "Rasalgethi",
    "Alnilam",
    "Schedar",
    "Achird",
    "Zubenelgenubi",
    "Sadachbia",
    "Sadaltager",
)


def _spread(index: int, step: float, low: float, high: float) -> float:
    """The index-th point of an additive sequence over [low, high]: neighbours in a table land far apart."""
    return low + (high - low) * ((index * step) % 1.0)


VOICES: Final[dict[str, Timbre]] = {
    **{
        name: Timbre(_spread(i, 0.618, 0.84, 1.2), _spread(i, 0.755, 0.96, 1.1), _spread(i, 0.57, 0.94, 1.08), False)
        for i, name in enumerate(_FEMALE, start=1)
    },
    **{
        name: Timbre(_spread(i, 0.618, 0.48, 0.68), _spread(i, 0.755, 0.8, 0.9), _spread(i, 0.57, 0.94, 1.08), True)
        for i, name in enumerate(_MALE, start=1)
    },
}
"""The prebuilt voices of the Gemini API."""
