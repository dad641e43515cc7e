"""A voice that costs nothing, for lines that nobody has spoken yet: what editors call a scratch track.

English is spoken by the small neural voice of the package hibari-tts, which runs a hundred times faster than real
time. In other languages the line is silent, and its words come at the pace at which they are read.
"""

import wave
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
from hibari import SAMPLE_RATE, Hibari  # type: ignore[import-untyped]

from postprod.sound.words import Word, align, split_words, syllables

SYLLABLES_A_SECOND = 4.0
"""The pace of easy reading, which is also that of calm speech: some 160 English words a minute."""

_SETTLED = 0.15
"""Seconds of a scene before its first word comes."""

_one_at_a_time = Lock()
"""The voice makes no promise to threads."""


def speaks(language: str) -> bool:
    """Whether there is a voice for this language, given as a BCP 47 tag."""
    return language.lower().split("-")[0] == "en"


def speak(line: str, out: Path) -> bool:
    """Write the English `line` as speech to the WAV file `out`; False if it holds nothing that can be said.

    Equal lines give equal bytes.
    """
    with _one_at_a_time:
        voice = _voice()
        phonemes = voice.phonemize(line) if split_words(line) else []
        parts = [voice.from_phonemes(sentence, seed=0) for sentence in phonemes]
    if not parts:
        return False
    samples = np.concatenate(parts)
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return True


def read_words(line: str, seconds: float) -> list[Word]:
    """The words of `line` at the pace of reading, faster where a scene of so many seconds is too short for that."""
    words = split_words(line)
    needed = sum(map(syllables, words)) / SYLLABLES_A_SECOND
    return align(words, [(_SETTLED, min(_SETTLED + needed, max(seconds, 2 * _SETTLED)))])


@cache
def _voice() -> Hibari:
    return Hibari()
