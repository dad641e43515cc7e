"""Beds of music, played by arithmetic: eight bars that go round, the same samples for the same mood every time.

They were written for UGCGen and are part of it, so a film may be used wherever its pictures may.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from postprod.sound.instruments import (
    Instrument,
    Mono,
    bass,
    bell,
    clap,
    decay,
    guitar,
    hat,
    keys,
    kick,
    marimba,
    noise,
    pad,
    shaker,
    snare,
    strings,
    tom,
)
from postprod.sound.samples import Samples
from ugcgen.domain.enums import Music
from ugcgen.domain.sound import AUDIO_RATE

BARS, STEPS = 8, 16
_PEAK = 0.5
_LOWEST = 53
"""The MIDI note from which chords are built upward, each in the inversion that moves least."""

_INTERVALS = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "6": (0, 4, 7, 9),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "m9": (0, 3, 7, 10, 14),
    "add9": (0, 2, 4, 7),
    "sus4": (0, 5, 7),
}
_ROOTS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass(frozen=True)
class Part:
    """What one instrument plays: a line of sixteen steps for each bar, which go round.

    In a line `.` rests, a digit is that note of the bar's chord counted from below, on into the next octaves, `c` is
    the whole chord, `r` its root and `x` a beat of a drum. `steps` is how long each sounds, `pan` where: -1 is left.
    """

    instrument: Instrument
    lines: tuple[str, ...]
    gain: float
    steps: int
    octave: int = 0
    pan: float = 0.0


@dataclass(frozen=True)
class Mood:
    """How a bed is played. `swing` is how late every second step comes, as a share of a step; `room` is seconds of
    reverberation and `wet` how much of it is heard."""

    beats_per_minute: int
    chords: str
    parts: tuple[Part, ...]
    swing: float = 0.0
    room: float = 1.4
    wet: float = 0.25


_REST = "................"
_EIGHTHS = "x.x.x.x.x.x.x.x."
_FOUR = "x...x...x...x..."
_BACKBEAT = "....x.......x..."

MOODS: dict[Music, Mood] = {
    Music.CALM: Mood(
        72,
        "Cmaj7 Am7 Fmaj7 G6 Em7 Am7 Fmaj7 Gsus4",
        (
            Part(pad, ("c...............",), 0.8, 20),
            Part(keys, ("0...2...3...2...", "1...3...4...2..."), 0.5, 8, 1, -0.25),
            Part(bell, (_REST, "........4.......", _REST, "....5.....4....."), 0.22, 16, 1, 0.4),
            Part(bass, ("r...............",), 0.5, 15, -2),
        ),
        room=2.4,
        wet=0.4,
    ),
    Music.WARM: Mood(
        90,
        "D Bm7 Gmaj7 A D F#m7 Gmaj7 Asus4",
        (
            Part(guitar, ("0.2.3.2.1.2.3.2.", "0.2.3.4.3.2.1.2."), 0.75, 8, 1, -0.3),
            Part(guitar, ("c.......c.....c.",), 0.35, 8, 0, 0.35),
            Part(pad, ("c...............",), 0.35, 18),
            Part(bass, ("r.......r.....r.",), 0.55, 7, -2),
            Part(shaker, ("..x...x...x...x.",), 0.8, 3, 0, 0.3),
            Part(kick, ("x.......x.......",), 0.5, 8),
        ),
        swing=0.12,
    ),
    Music.UPBEAT: Mood(
        120,
        "Am7 F C G Am7 F Dm7 G",
        (
            Part(guitar, ("c..c..c...c.c...",), 0.5, 3, 1, -0.3),
            Part(marimba, (_REST, _REST, "4.3.2...4.3.5...", "4...3...2.......") * 2, 0.5, 5, 1, 0.3),
            Part(pad, ("c...............",), 0.25, 17),
            Part(bass, ("r..r..r.r..r..r.",), 0.6, 3, -2),
            Part(kick, (_FOUR,), 0.9, 8),
            Part(clap, (_BACKBEAT,) * 7 + ("....x.......x.xx",), 0.8, 6),
            Part(hat, ("..x...x...x...x.",), 1.0, 3, 0, 0.25),
        ),
        room=0.9,
        wet=0.15,
    ),
    Music.BRIGHT: Mood(
        100,
        "C G Am F C G Fadd9 G",
        (
            Part(marimba, ("0.2.4.2.3.2.4.2.", "0.2.4.2.5.4.3.2."), 0.55, 5, 1, 0.25),
            Part(guitar, ("c...c...c...c.c.",), 0.4, 4, 0, -0.3),
            Part(keys, ("c.......c.......",), 0.35, 8),
            Part(bell, (_REST, _REST, _REST, "5...4...5......."), 0.2, 10, 1, 0.5),
            Part(bass, ("r.....r.r.......",), 0.55, 6, -2),
            Part(kick, ("x.....x.x.......",), 0.7, 8),
            Part(clap, (_BACKBEAT,), 0.5, 6),
            Part(shaker, (_EIGHTHS,), 0.5, 2, 0, 0.3),
        ),
        room=1.1,
        wet=0.2,
    ),
    Music.DREAMY: Mood(
        75,
        "Fmaj7 Em7 Dm9 Cmaj7 Fmaj7 G6 Am7 Am7",
        (
            Part(strings, ("c...............",), 0.4, 22),
            Part(pad, ("c...............",), 0.5, 20, 1),
            Part(bell, ("0..2..4..3..2...", "1..3..5..4..2..."), 0.32, 14, 1, -0.3),
            Part(bell, ("......4.......5.",), 0.14, 14, 2, 0.5),
            Part(bass, ("r...............",), 0.4, 16, -2),
        ),
        room=3.0,
        wet=0.5,
    ),
    Music.LOFI: Mood(
        80,
        "Dm9 G7 Cmaj7 Am7 Dm9 G7 Em7 A7",
        (
            Part(keys, ("c......c..c.....", "c.....c....c...."), 0.55, 7, 0, -0.15),
            Part(keys, (_REST, "....4.3.2.......", _REST, "..3.4...2.1....."), 0.35, 6, 1, 0.3),
            Part(bass, ("r.....r...r.....",), 0.65, 6, -2),
            Part(kick, ("x......x..x.....", "x......x.x......"), 0.8, 8),
            Part(snare, (_BACKBEAT,), 0.7, 6),
            Part(hat, (_EIGHTHS,), 0.7, 3, 0, 0.2),
        ),
        swing=0.3,
        room=0.8,
        wet=0.18,
    ),
    Music.GROOVE: Mood(
        96,
        "Em7 A7 Em7 A7 Cmaj7 D Em7 D",
        (
            Part(bass, ("r..r..0...r.2.3.", "r..r..0...r...r."), 0.8, 3, -1),
            Part(guitar, ("..c..c....c..c..",), 0.5, 2, 1, -0.35),
            Part(keys, ("c.........c.....",), 0.4, 9, 0, 0.25),
            Part(marimba, (_REST, _REST, "......4.5.4.2...", _REST), 0.4, 5, 1, 0.4),
            Part(kick, ("x..x..x...x.....",), 0.9, 7),
            Part(snare, (_BACKBEAT,) * 3 + ("....x..x....x.xx",), 0.75, 5),
            Part(hat, ("x.xxx.xxx.xxx.xx",), 0.7, 2, 0, 0.25),
        ),
        swing=0.18,
        room=0.7,
        wet=0.12,
    ),
    Music.CINEMATIC: Mood(
        64,
        "Am F C G Am F Dm Esus4",
        (
            Part(strings, ("c...............",), 0.7, 20),
            Part(strings, ("0...2...3...2...", "3...2...1...2..."), 0.35, 6, 1, 0.25),
            Part(bass, ("r...............",), 0.6, 18, -2),
            Part(tom, ("x...........x.x.", "x.......x......."), 0.6, 14, 0, -0.15),
            Part(bell, (_REST, _REST, _REST, "4.......3......."), 0.25, 16, 1, 0.4),
        ),
        room=2.6,
        wet=0.4,
    ),
}


def bed(music: Music, samples: int) -> Samples:
    """So much of a bed from its first bar on; it goes round as often as it has to."""
    return np.resize(loop(music), (samples, 2))


@lru_cache(maxsize=2)
def loop(music: Music) -> Samples:
    """The bars once, at a peak of half the full scale. What still sounds at the end goes on at the beginning."""
    mood = MOODS[music]
    step = round(AUDIO_RATE * 60 / mood.beats_per_minute / 4)
    dry, send = np.zeros((BARS * STEPS * step, 2), np.float32), np.zeros(BARS * STEPS * step, np.float32)
    for start, sound, pan in _played(mood, step):
        angle = (1 + pan) * np.pi / 4
        for at, piece in _around(start, sound, len(dry)):
            dry[at : at + len(piece), 0] += np.float32(np.cos(angle)) * piece
            dry[at : at + len(piece), 1] += np.float32(np.sin(angle)) * piece
            send[at : at + len(piece)] += piece
    bars = dry + np.float32(mood.wet) * _reverberated(send, mood.room)
    # Rounded off as tape would, so that no drum stands far above the rest.
    bars = np.tanh(bars * np.float32(0.25 / np.sqrt(np.square(bars).mean())))
    bars *= np.float32(_PEAK / np.abs(bars).max())
    bars.setflags(write=False)
    return bars


def chord(name: str) -> list[int]:
    """The notes of a chord by its name, such as `F#m7`, as MIDI notes upward from `_LOWEST`."""
    root, notes = _chord(name)
    return sorted(_LOWEST + (root + interval - _LOWEST) % 12 for interval in notes)


def _chord(name: str) -> tuple[int, tuple[int, ...]]:
    sharp = name[1:2] == "#"
    return _ROOTS[name[0]] + sharp, _INTERVALS[name[1 + sharp :]]


def _played(mood: Mood, step: int) -> Iterator[tuple[int, Mono, float]]:
    """Every sound of the bars: the sample it starts at, itself, and where it is heard."""
    for part in mood.parts:
        kept: dict[int, Mono] = {}
        for bar, name in enumerate(mood.chords.split()):
            for number, symbol in enumerate(part.lines[bar % len(part.lines)]):
                start = round((bar * STEPS + number + mood.swing * (number % 2)) * step)
                accent = np.float32(part.gain * (1.0 if number % 8 == 0 else 0.8))
                for note in _notes(symbol, name):
                    if note not in kept:
                        kept[note] = part.instrument(note + 12 * part.octave, part.steps * step)
                    yield start, accent * kept[note], part.pan


def _notes(symbol: str, name: str) -> list[int]:
    notes = chord(name)
    match symbol:
        case ".":
            return []
        case "c":
            return notes
        case "x":
            return [_LOWEST]
        case "r":
            # Roots lie within the octave around the lowest note, which a bass plays further down.
            return [_LOWEST + (_chord(name)[0] - _LOWEST + 5) % 12 - 5]
        case digit:
            octave, place = divmod(int(digit), len(notes))
            return [notes[place] + 12 * octave]


def _around(start: int, sound: Mono, length: int) -> Iterator[tuple[int, Mono]]:
    """The sound in pieces that each lie within the bars."""
    while len(sound):
        start %= length
        yield start, sound[: length - start]
        sound, start = sound[length - start :], length


def _reverberated(send: Mono, seconds: float) -> Samples:
    """The sound of a room of which nothing is left after so many seconds, a little else on either side."""
    tail = round(seconds * AUDIO_RATE)
    fading = decay(tail, 6.9 / seconds)
    heard = np.fft.rfft(send)
    sides = []
    for seed in (11, 12):
        # The mean over neighbours takes the treble off, as walls do.
        room = np.convolve(noise(tail, seed), np.ones(6, np.float32) / 6, "same") * fading
        room /= np.sqrt(np.square(room).sum())
        sides.append(np.fft.irfft(heard * np.fft.rfft(room, len(send)), len(send)))
    return np.stack(sides, axis=1).astype(np.float32)
