"""Sound faster or slower at its own pitch, with what is heard kept at its time.

Overlapping windows are laid down at an even pace and taken from the sound at another one (WSOLA). Each may be taken
from a little beside its place, where it goes on best from the one before; it is never further off than that, so picture
and sound stay together.
"""

from math import ceil

import numpy as np
import numpy.typing as npt

from ugcgen.domain.sound import AUDIO_RATE

_STEP = AUDIO_RATE * 15 // 1000
"""Samples from window to window of the result; a window is twice as long."""

_SEARCH = AUDIO_RATE * 7 // 1000
"""Samples by which a window may lie beside its place: half a period of the lowest voices."""


def stretched(sound: npt.NDArray[np.float32], speed: float) -> npt.NDArray[np.float32]:
    """`sound` (samples, channels) at `speed` times its speed: as many samples as that leaves, rounded."""
    length = round(len(sound) / speed)
    if speed == 1 or not length:
        return sound[:length]
    edge = 2 * _STEP + _SEARCH
    # The last window may lie a step of the result, so `speed` steps of the sound, behind its end.
    padded = np.pad(sound, ((edge, edge + ceil(speed + 1) * _STEP), (0, 0)))
    mono = padded.mean(axis=1, dtype=np.float64)
    window = np.hanning(2 * _STEP + 1)[:-1, None].astype(np.float32)
    out = np.zeros((length + 4 * _STEP, sound.shape[1]), np.float32)
    going_on = mono[edge - _STEP : edge + _STEP]
    for at in range(-_STEP, length, _STEP):
        place = edge + round((at + _STEP) * speed) - _STEP
        start = place + _best(mono[place - _SEARCH : place + _SEARCH + 2 * _STEP], going_on)
        out[at + _STEP : at + 3 * _STEP] += window * padded[start : start + 2 * _STEP]
        going_on = mono[start + _STEP : start + 3 * _STEP]
    return out[_STEP : _STEP + length]


def _best(around: npt.NDArray[np.float64], wanted: npt.NDArray[np.float64]) -> int:
    """How far from the middle of `around` the window lies that is most like the wanted one; the nearest of equals."""
    likeness = np.correlate(around, wanted, "valid")
    sums = np.cumsum(np.square(around))
    energy = np.concatenate([sums[len(wanted) - 1 : len(wanted)], sums[len(wanted) :] - sums[: -len(wanted)]])
    aside = np.abs(np.arange(-_SEARCH, _SEARCH + 1)) / _SEARCH
    score = likeness / np.sqrt(np.maximum(energy, 0) * np.square(wanted).sum() + 1e-9) - 0.02 * aside
    return int(np.argmax(score)) - _SEARCH
