"""When each word of a spoken text is heard, found from the sound's energy alone.

Speech is a row of voiced stretches with silences between. Words cannot be heard in the energy, but pauses can, and a
speaker pauses mostly at punctuation. So the words are dealt out to the stretches in order, in the way that best fits
each stretch's length and breaks at punctuation; inside a stretch they share its time by their syllables.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from postprod.sound.samples import Samples, read
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.domain.words import COMMAS, FULL_COMMAS, FULL_STOPS, STOPS

Mono = npt.NDArray[np.float32]
Stretch = tuple[float, float]

RATE = 16_000
"""Samples a second at which speech is looked for."""
_HOP = 160
"""Samples to a step of 10 ms."""
_BELOW_SPEECH_DB = 25.0
_SILENCE_DB = -60.0
_SHORTEST_PAUSE = 0.09
_SHORTEST_STRETCH = 0.05
_BREATH = 0.08

# What a break costs, in the units of a squared relative error of length, at no, light and full punctuation.
_BREAK_COST = {0: 0.5, 1: 0.05, 2: 0.0}


@dataclass(frozen=True)
class Word:
    """A word as written, with its punctuation, and when it is heard, in seconds from the start of the sound."""

    text: str
    start: float
    end: float


def word_times(sound: Path, text: str) -> list[Word]:
    """The words of `text` with their times in the speech of `sound` (any file with an audio stream).

    Empty where the text has no words or the sound no speech. Raises MediaError if `sound` has no audio that decodes.
    """
    return align(split_words(text), voiced_stretches(as_speech(read(sound, "the speech"))))


def speech_span(sound: Path) -> tuple[float, float]:
    """Seconds at which the speech in `sound` starts and ends, with a breath around it: recordings have silent ends.

    The whole recording where no speech is heard in it. Raises MediaError if `sound` has no audio that decodes.
    """
    samples = as_speech(read(sound, "the speech"))
    return span_of(voiced_stretches(samples), len(samples) / RATE)


def span_of(stretches: Sequence[Stretch], length: float) -> Stretch:
    """The seconds from the first stretch to the last with a breath around them, in a sound of this length."""
    if not stretches:
        return 0.0, length
    return max(0.0, stretches[0][0] - _BREATH), min(length, stretches[-1][1] + 2 * _BREATH)


def as_speech(samples: Samples) -> Mono:
    """48 kHz stereo as speech is looked for: one channel at RATE."""
    step = AUDIO_RATE // RATE
    mono: Mono = samples[: len(samples) // step * step].mean(axis=1).reshape(-1, step).mean(axis=1)
    return mono


def split_words(text: str) -> list[str]:
    """Words as captions show them. What is not spoken, such as a dash or an emoji, goes with the word before it.

    A text without spaces is parted after its commas and stops, where a speaker pauses."""
    words: list[str] = []
    for token in re.sub(f"(?<=[{FULL_STOPS}{FULL_COMMAS}])(?=[^\\W\\d]|[「『（])", " ", text).split():
        if syllables(token) or not words:
            words.append(token)
        else:
            words[-1] += " " + token
    return words if any(syllables(word) for word in words) else []


def voiced_stretches(samples: Mono) -> list[Stretch]:
    """Start and end, in seconds, of each stretch of speech in 16 kHz mono samples."""
    steps = len(samples) // _HOP
    if not steps:
        return []
    power = np.square(samples[: steps * _HOP].reshape(steps, _HOP), dtype=np.float64).mean(axis=1)
    level = 10 * np.log10(np.convolve(power, np.ones(3) / 3, "same") + 1e-10)
    heard = level[level > _SILENCE_DB]
    if not heard.size:
        return []
    # Of what is heard at all, so that a few words in a long silence are found too.
    voiced = level > max(float(np.percentile(heard, 95)) - _BELOW_SPEECH_DB, _SILENCE_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], voiced, [False]]))).reshape(-1, 2) * (_HOP / RATE)
    stretches: list[Stretch] = []
    for start, end in edges.tolist():
        if stretches and start - stretches[-1][1] < _SHORTEST_PAUSE:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return [(start, end) for start, end in stretches if end - start >= _SHORTEST_STRETCH]


def align(words: list[str], stretches: list[Stretch]) -> list[Word]:
    """Deal `words` out to `stretches` in order, then share each stretch among its words by their weight."""
    if not words or not stretches:
        return []
    stretches = _closest_merged(stretches, len(words))
    weights = [_weight(word) for word in words]
    bounds = _best_bounds(words, weights, [end - start for start, end in stretches])
    timed: list[Word] = []
    for (start, end), (first, last) in zip(stretches, pairwise(bounds), strict=True):
        shares = list(accumulate(weights[first:last], initial=0.0))
        edges = [start + (end - start) * share / shares[-1] for share in shares]
        timed += [Word(*found) for found in zip(words[first:last], edges, edges[1:], strict=False)]
    return timed


def _closest_merged(stretches: list[Stretch], most: int) -> list[Stretch]:
    """At most `most` stretches: the ones with the least silence between them are taken for one."""
    merged = list(stretches)
    while len(merged) > most:
        at = min(range(len(merged) - 1), key=lambda n: merged[n + 1][0] - merged[n][1])
        merged[at : at + 2] = [(merged[at][0], merged[at + 1][1])]
    return merged


def _best_bounds(words: list[str], weights: list[float], lengths: list[float]) -> list[int]:
    """Indices at which the words are divided so that each stretch gets at least one: least cost over all divisions."""
    said = list(accumulate(weights, initial=0.0))
    pace = sum(lengths) / said[-1]

    @cache
    def best(stretch: int, first: int) -> tuple[float, tuple[int, ...]]:
        remaining = len(lengths) - stretch
        if remaining == 1:
            return misfit(stretch, first, len(words)), (len(words),)
        options = []
        for last in range(first + 1, len(words) - remaining + 2):
            cost, rest = best(stretch + 1, last)
            options.append((cost + misfit(stretch, first, last) + _BREAK_COST[stop(words[last - 1])], (last, *rest)))
        return min(options)

    def misfit(stretch: int, first: int, last: int) -> float:
        expected = pace * (said[last] - said[first])
        return (lengths[stretch] - expected) ** 2 / (pace * said[-1] / len(lengths) * expected)

    return [0, *best(0, 0)[1]]


def stop(word: str) -> int:
    """2 after a word that ends a sentence or its like, 1 at lighter punctuation, else 0."""
    ending = word.rstrip("\"'”’)]}»」』） ")[-1:]
    if not ending:
        return 0
    return 2 if ending in STOPS + FULL_STOPS + ":;—" else 1 if ending in COMMAS + FULL_COMMAS + "-" else 0


def _weight(word: str) -> float:
    """Relative time a word takes, by its syllables and letters as fitted to synthesised English."""
    letters = sum(character.isalnum() for character in word)
    return 0.5 + syllables(word) + 1.4 * letters


def syllables(word: str) -> int:
    """How many syllables `word` has when read aloud in English, nearly; 0 if nothing of it is read."""
    plain = unicodedata.normalize("NFKD", word.lower())
    count = sum(_vowel_groups(part) for part in re.findall(r"[a-z']+", plain) if part.strip("'"))
    count += sum(1 for character in plain if character.isalpha() and not character.isascii())
    count += sum(_digits_syllables(number) for number in re.findall(r"\d+", plain))
    return count + sum({"%": 2, "&": 1, "$": 2, "€": 2, "+": 1, "@": 1}.get(character, 0) for character in plain)


def _vowel_groups(part: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", part))
    silent = re.search(r"[^aeiouy][aeiouy]?[^aeiouyl]e(s|d)?'?$|[^aeiouytd]ed$", part)
    return max(1, groups - (1 if silent and groups > 1 else 0))


def _digits_syllables(number: str) -> int:
    """`1` is one, `24` three, `100` about four: a little under two a digit."""
    return max(1, round(1.5 * len(number)))
