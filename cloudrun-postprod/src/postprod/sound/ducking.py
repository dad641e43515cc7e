"""Who gives way to whom: the gain of what lies under a voice, from when the voice is heard.

A compressor would press the music down by as much as the voice is loud, and only once it is heard. Here the whole film
is known, so what gives way has gone down by a fixed depth when a word begins and comes back when the sentence is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from postprod.sound.samples import Samples
from postprod.sound.words import Stretch, as_speech, voiced_stretches
from ugcgen.domain.sound import AUDIO_RATE

_DOWN, _HOLD, _UP = 0.15, 0.25, 0.5
"""Seconds of going down before a word, of staying there after it, and of coming back. Shorter pauses are no pauses."""

_TICKS = 500
"""Points a second at which the gain is drawn; between them it is straight."""


@dataclass(frozen=True)
class Ducking:
    """The gain at every tick of the film."""

    gains: npt.NDArray[np.float32]

    def press(self, samples: Samples, start: int) -> None:
        """Turn down in place a sound that begins at sample `start` of the film."""
        at = np.arange(start, start + len(samples), dtype=np.float64) * (_TICKS / AUDIO_RATE)
        samples *= np.interp(at, np.arange(len(self.gains)), self.gains).astype(np.float32)[:, None]


def speech_in(samples: Samples, start: int) -> list[Stretch]:
    """When, in seconds of the film, somebody is heard in a sound that begins at its sample `start`."""
    offset = start / AUDIO_RATE
    return [(begin + offset, end + offset) for begin, end in voiced_stretches(as_speech(samples))]


def ducking(speech: Iterable[Stretch], film: int, depth: float) -> Ducking:
    """The gain, `depth` dB down while there is speech, over `film` samples."""
    ticks = np.arange(film * _TICKS // AUDIO_RATE + 2) / _TICKS
    down = np.zeros(len(ticks))
    for begin, end in speech:
        corners = [begin - _DOWN, begin, end + _HOLD, end + _HOLD + _UP]
        np.maximum(down, np.interp(ticks, corners, [0, 1, 1, 0]), out=down)
    return Ducking((10 ** (-depth / 20 * down)).astype(np.float32))
