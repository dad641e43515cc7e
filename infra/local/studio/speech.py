"""Speech: samples and the times of its words, and the matching of written words to heard ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import numpy as np
import numpy.typing as npt

RATE: Final = 24_000
"""Samples a second of all speech."""

Samples = npt.NDArray[np.int16]
Wave = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Word:
    """One word as it stands in the text (its punctuation included) and when it is heard, in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, eq=False)
class Speech:
    """Mono 16-bit samples at `rate` per second, and the words in the order they are spoken."""

    samples: Samples
    words: tuple[Word, ...]
    rate: int = RATE

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def aligned(written: Sequence[str], heard: Sequence[Word]) -> list[Word]:
    """Give each written word its time from the words a synthesizer heard, which may be other words.

    Synthesizers read "30" as "thirty" and merge or split words; a run of words without a counterpart shares the time
    of the run it replaced in proportion to its letters.
    """
    plain = [_bare(w) for w in written]
    result: list[Word] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, plain, [_bare(w.text) for w in heard], autojunk=False).get_opcodes():
        if i2 - i1 == j2 - j1:
            result += [Word(text, at.start, at.end) for text, at in zip(written[i1:i2], heard[j1:j2], strict=True)]
            continue
        start = heard[j1].start if j1 < j2 else (heard[j1 - 1].end if j1 else 0.0)
        end = heard[j2 - 1].end if j1 < j2 else (heard[j1].start if j1 < len(heard) else start)
        result += _shared(written[i1:i2], start, end)
    return [w for w in result if _bare(w.text)]


def _shared(words: Sequence[str], start: float, end: float) -> list[Word]:
    letters = [max(1, len(w)) for w in words]
    marks = start + (end - start) * np.cumsum([0, *letters]) / max(1, sum(letters))
    return [Word(w, float(a), float(b)) for w, a, b in zip(words, marks, marks[1:], strict=False)]


def _bare(word: str) -> str:
    return "".join(c for c in word.lower() if c.isalnum())
