"""Beds of music, played by arithmetic: four bars that go round, the same samples for the same mood every time.

They were written for UGCGen and are part of it, so a film may be used wherever its pictures may.
"""

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ugcgen.domain.enums import Music
from ugcgen.domain.sound import AUDIO_RATE

Samples = npt.NDArray[np.float64]

BARS, BEATS = 4, 4
_PEAK = 0.5


@dataclass(frozen=True)
class Mood:
    """How a bed is played. ``chords`` are MIDI notes, a bar each; ``steps`` are plucked notes to a beat."""

    beats_per_minute: float
    chords: tuple[tuple[int, ...], ...]
    pad: float
    pluck: float
    steps: int
    drums: float


MOODS: dict[Music, Mood] = {
    Music.CALM: Mood(72, ((48, 55, 64, 71), (45, 52, 60, 67), (41, 48, 57, 64), (43, 50, 59, 64)), 1.0, 0.25, 1, 0.0),
    Music.WARM: Mood(92, ((50, 57, 66, 69), (47, 54, 62, 69), (43, 50, 59, 66), (45, 52, 61, 64)), 0.6, 0.7, 2, 0.15),
    Music.UPBEAT: Mood(118, ((45, 52, 61, 64), (50, 57, 66, 69), (54, 61, 69, 73), (52, 56, 64, 71)), 0.3, 0.9, 2, 0.6),
}


def write_bed(mood: Music, samples: int, out: Path) -> None:
    """A bed of ``samples`` at AUDIO_RATE as a mono WAV file."""
    played = loop(MOODS[mood])
    bed = np.resize(played, samples)
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(AUDIO_RATE)
        file.writeframes((bed * 32767).astype("<i2").tobytes())


def loop(mood: Mood) -> Samples:
    """The bars once, at a peak of half the full scale. What still sounds at the end goes on at the beginning."""
    beat = round(AUDIO_RATE * 60 / mood.beats_per_minute)
    bars = np.zeros(BARS * BEATS * beat)
    for start, sound in _played(mood, beat):
        places = (start + np.arange(len(sound))) % len(bars)
        np.add.at(bars, places, sound)
    loudest = float(np.abs(bars).max())
    return bars * (_PEAK / loudest)


def _played(mood: Mood, beat: int) -> Iterator[tuple[int, Samples]]:
    """Every sound of the bars and the sample it starts at."""
    for bar, chord in enumerate(mood.chords):
        start = bar * BEATS * beat
        for note in chord:
            yield start, mood.pad * _held(note, (BEATS + 1) * beat)
        for step in range(BEATS * mood.steps):
            note = chord[1 + step % (len(chord) - 1)] + 12
            yield start + step * beat // mood.steps, mood.pluck * _plucked(note, 2 * beat)
        if mood.drums:
            for number in range(BEATS):
                yield start + number * beat, mood.drums * (_kick(beat) if number % 2 == 0 else _brush(beat))


def _held(note: int, samples: int) -> Samples:
    swell = np.sin(np.pi * np.arange(samples) / samples) ** 0.7
    return 0.25 * swell * (_tone(note, samples) + 0.3 * _tone(note + 12, samples) + 0.5 * _tone(note + 0.06, samples))


def _plucked(note: int, samples: int) -> Samples:
    seconds = np.arange(samples) / AUDIO_RATE
    partials = ((1, 1.0, 4.0), (2, 0.4, 7.0), (3, 0.15, 11.0))
    string = np.zeros(samples)
    for n, gain, fade in partials:
        string += gain * np.exp(-fade * seconds) * _tone(note + 12 * float(np.log2(n)), samples)
    return 0.3 * string * np.minimum(seconds / 0.004, 1)


def _kick(samples: int) -> Samples:
    seconds = np.arange(samples) / AUDIO_RATE
    sweep = 48 * seconds + 3.2 * (1 - np.exp(-28 * seconds))
    beaten: Samples = np.exp(-9 * seconds) * np.sin(2 * np.pi * sweep)
    return beaten


def _brush(samples: int) -> Samples:
    noise = np.diff(np.random.default_rng(1).standard_normal(samples + 1))
    brushed: Samples = 0.12 * noise * np.exp(-26 * np.arange(samples) / AUDIO_RATE)
    return brushed


def _tone(note: float, samples: int) -> Samples:
    frequency = 440 * 2 ** ((note - 69) / 12)
    return np.sin(2 * np.pi * frequency * np.arange(samples) / AUDIO_RATE)
