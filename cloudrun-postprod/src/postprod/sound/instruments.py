"""Instruments by arithmetic: one note or one beat of each, as mono samples.

A tone is one period kept in a table and read at the pitch of the note, so that its partials cost nothing.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ugcgen.domain.sound import AUDIO_RATE

Mono: TypeAlias = npt.NDArray[np.float32]
Instrument: TypeAlias = Callable[[float, int], Mono]
"""Plays a MIDI note, which a drum takes no notice of, for a number of samples."""

_TABLE_BITS = 14


@cache
def _table(*partials: float) -> Mono:
    """A period of a tone whose partials are so strong, first the fundamental."""
    turn = 2 * np.pi * np.arange(1 << _TABLE_BITS) / (1 << _TABLE_BITS)
    period = np.zeros(len(turn))
    for number, gain in enumerate(partials, 1):
        period += gain * np.sin(number * turn)
    return period.astype(np.float32)


SINE = _table(1.0)
_SOFT = _table(1.0, 0.5, 0.25, 0.12, 0.07, 0.04, 0.02)
_REED = _table(*(0.8**n / n for n in range(1, 13)))
_STRING = _table(*(1 / n for n in range(1, 11)))


def tone(table: Mono, note: float, samples: int) -> Mono:
    """The table read at the note's pitch; the phase is an integer that runs over, so it never drifts."""
    step = round(440 * 2 ** ((note - 69) / 12) / AUDIO_RATE * 2**32)
    phase = np.arange(samples, dtype=np.uint32) * np.uint32(step)
    read: Mono = table[phase >> np.uint32(32 - _TABLE_BITS)]
    return read


def decay(samples: int, per_second: float) -> Mono:
    fading: Mono = np.exp(np.arange(samples, dtype=np.float32) * np.float32(-per_second / AUDIO_RATE))
    return fading


def _swell(samples: int, fullness: float) -> Mono:
    """From nothing to full and back; the fuller, the longer it stays up."""
    half = np.sin(np.linspace(0, np.pi, samples))
    return np.asarray(np.maximum(half, 0) ** (1 / fullness), np.float32)


def noise(samples: int, seed: int) -> Mono:
    return np.random.default_rng(seed).standard_normal(samples, np.float32)


def _struck(sound: Mono, attack: float = 0.003) -> Mono:
    """From nothing within `attack` seconds, and to nothing within a hundredth at the end."""
    for edge, seconds in ((sound, attack), (sound[::-1], 0.01)):
        rising = edge[: round(seconds * AUDIO_RATE)]
        rising *= np.linspace(0, 1, len(rising), dtype=np.float32)
    return sound


def pad(note: float, samples: int) -> Mono:
    """Two soft tones a little apart, swelling and ebbing."""
    return 0.3 * _swell(samples, 1.7) * (tone(_SOFT, note - 0.05, samples) + tone(_SOFT, note + 0.06, samples))


def strings(note: float, samples: int) -> Mono:
    """Three bowed tones that come in slowly."""
    bowed = tone(_REED, note - 0.08, samples) + tone(_REED, note, samples) + tone(_REED, note + 0.07, samples)
    return 0.22 * _swell(samples, 1.25) * bowed


def keys(note: float, samples: int) -> Mono:
    """An electric piano: a round tone and the tine that is struck."""
    body = decay(samples, 1.8) * tone(_SOFT, note, samples)
    tine = decay(samples, 12.0) * tone(SINE, note + 31, samples)
    return _struck(0.4 * body + 0.12 * tine, 0.004)


def guitar(note: float, samples: int) -> Mono:
    """A plucked string, bright at first and round afterwards."""
    bright = decay(samples, 7.0) * tone(_STRING, note, samples)
    return _struck(0.3 * bright + 0.35 * decay(samples, 3.2) * tone(_SOFT, note, samples))


def marimba(note: float, samples: int) -> Mono:
    """Wood: a sine and its fourth partial, which is gone at once."""
    bar = decay(samples, 6.0) * tone(SINE, note, samples)
    return _struck(0.6 * bar + 0.2 * decay(samples, 26.0) * tone(SINE, note + 24, samples), 0.002)


def bell(note: float, samples: int) -> Mono:
    """Glass: partials that are no multiples of one another."""
    rung = np.zeros(samples, np.float32)
    for ratio, gain, per_second in ((1.0, 0.5, 2.0), (2.76, 0.2, 4.5), (5.4, 0.08, 8.0)):
        rung += gain * decay(samples, per_second) * tone(SINE, note + 12 * float(np.log2(ratio)), samples)
    return _struck(rung)


def bass(note: float, samples: int) -> Mono:
    return _struck(0.6 * np.tanh(1.6 * decay(samples, 1.6) * tone(_SOFT, note, samples)), 0.006)


def kick(note: float, samples: int) -> Mono:
    """A drumhead that falls from 160 Hz to 48 in a moment, and the felt that strikes it."""
    felt = 0.08 * decay(samples, 200.0) * noise(samples, 5)
    return _struck(0.8 * decay(samples, 9.0) * _falling(48, 4.0, 28, samples) + felt, 0.001)


def snare(note: float, samples: int) -> Mono:
    rattle = decay(samples, 20.0) * noise(samples, 1)
    return _struck(0.16 * rattle + 0.35 * decay(samples, 24.0) * tone(SINE, 55, samples), 0.001)


def clap(note: float, samples: int) -> Mono:
    """Some hands, not quite together."""
    hands = np.diff(noise(samples + 1, 2))
    heard = np.zeros(samples, np.float32)
    for late, per_second in ((0.0, 160.0), (0.011, 160.0), (0.022, 24.0)):
        first = round(late * AUDIO_RATE)
        heard[first:] += hands[first:] * decay(max(0, samples - first), per_second)
    return _struck(0.2 * heard, 0.001)


def hat(note: float, samples: int) -> Mono:
    """Air that is all treble."""
    hiss = np.diff(noise(samples + 2, 3), 2)
    return _struck(0.09 * decay(samples, 55.0) * hiss, 0.001)


def shaker(note: float, samples: int) -> Mono:
    hiss = np.diff(noise(samples + 1, 4))
    return _struck(0.2 * decay(samples, 32.0) * hiss, 0.02)


def tom(note: float, samples: int) -> Mono:
    return _struck(0.8 * decay(samples, 4.5) * _falling(62, 1.4, 14, samples), 0.002)


def _falling(hertz: float, turns: float, per_second: float, samples: int) -> Mono:
    """A sine that comes down to a pitch, with so many more turns on the way."""
    seconds = np.arange(samples, dtype=np.float32) / AUDIO_RATE
    turned = hertz * seconds + turns * (1 - np.exp(-per_second * seconds))
    return np.sin(2 * np.pi * turned).astype(np.float32)
