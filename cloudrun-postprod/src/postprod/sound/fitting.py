"""Fitting what was spoken to its scenes: where each scene's words are, how long they take, and what has to go.

A little too long is played faster, which is hardly heard. What is longer is spoken again, faster, and where that did
not help the line ends earlier: after a sentence if one fits, else after a clause, else after a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from postprod.sound.samples import Samples
from postprod.sound.words import RATE, Mono, Word, align, as_speech, span_of, split_words, stop, voiced_stretches
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.domain.voice import Fit, VoiceFit
from ugcgen.domain.words import FULL_COMMAS, full_stop, joined

UNHEARD = 1.2
"""How much faster speech may be played before one hears that it was hurried."""

_SPARE = 1.05
"""What is asked to be spoken faster is asked for a little more: nobody keeps time exactly."""

_FASTEST = 1.5
"""Faster than this no voice is asked to speak."""

_SEARCH = 0.5
"""Seconds to either side of where words should part in which the pause between them is looked for."""

_BESIDE = 0.1
"""Seconds by which a word may be heard beside the time it was found at."""

_PAUSE = RATE // 5
"""Samples (0.2 s) of a pause."""


@dataclass(frozen=True, eq=False)
class Line:
    """A scene's line and its `sound` in the recording, from second `start` of that on.

    `words` and `speech`, the span in which somebody speaks, are counted from there.
    """

    text: str
    start: float
    sound: Mono
    words: tuple[Word, ...]
    speech: tuple[float, float]

    @property
    def spoken(self) -> float:
        return self.speech[1] - self.speech[0]


def lines_in(recording: Samples, texts: Mapping[int, str]) -> dict[int, Line]:
    """Each scene's line in a recording of all of them, one after another: parted in the pauses between them."""
    sound = as_speech(recording)
    borders = [0.0, *_borders(sound, list(texts.values())), len(sound) / RATE]
    return {
        scene: _line(sound[round(start * RATE) : round(end * RATE)], text, start)
        for (scene, text), (start, end) in zip(texts.items(), pairwise(borders), strict=True)
    }


def overrun(lines: Mapping[int, Line], rooms: Mapping[int, float]) -> float:
    """How many times as long as its room the longest line takes."""
    return max(line.spoken / rooms[scene] for scene, line in lines.items())


def faster(too_long: float) -> float | None:
    """How much faster lines that overrun their rooms so far should be spoken; None where they can be stretched."""
    return None if too_long <= UNHEARD else round(min(too_long * _SPARE, _FASTEST), 2)


def fitted(line: Line, room: float, again: bool) -> tuple[Line, VoiceFit]:
    """The line as it is heard in so many seconds, and what that took; `again` where it was spoken more than once."""
    kept = line if line.spoken <= room * UNHEARD else _ended_early(line, room * UNHEARD)
    tempo = round(max(1.0, kept.spoken / room), 2)
    left_out = joined(word.text for word in line.words[len(kept.words) :])
    if left_out:
        how = Fit.TRIMMED
    elif again:
        how = Fit.SPOKEN_AGAIN
    else:
        how = Fit.STRETCHED if tempo > 1 else Fit.AS_IS
    return kept, VoiceFit(how=how, tempo=tempo, left_out=left_out)


def _line(sound: Mono, text: str, start: float) -> Line:
    stretches = voiced_stretches(sound)
    return Line(text, start, sound, tuple(align(split_words(text), stretches)), span_of(stretches, len(sound) / RATE))


def _borders(sound: Mono, texts: Sequence[str]) -> list[float]:
    """The seconds at which one text ends and the next begins: the quietest moment near where words tell them apart."""
    counts = [len(split_words(text)) for text in texts]
    words = align([word for text in texts for word in split_words(text)], voiced_stretches(sound))
    if not words:
        return [len(sound) / RATE * number / len(texts) for number in range(1, len(texts))]
    firsts = np.cumsum(counts)[:-1].tolist()
    likely = [(words[first - 1].end + words[first].start) / 2 for first in firsts]
    fences = [0.0, *likely, len(sound) / RATE]
    return [
        _quietest(sound, max(at - _SEARCH, (before + at) / 2), min(at + _SEARCH, (at + after) / 2))
        for before, at, after in zip(fences, likely, fences[2:], strict=False)
    ]


def _quietest(sound: Mono, start: float, end: float) -> float:
    """The middle of the quietest pause between two seconds."""
    around = np.square(sound[round(start * RATE) : round(end * RATE)], dtype=np.float64)
    pause = min(_PAUSE, len(around))
    # Its middle counts most, so that a short pause is met in its middle too.
    energy = np.convolve(around, np.hanning(pause + 2)[1:-1], "valid")
    return start + (int(np.argmin(energy)) + pause / 2) / RATE


def _ended_early(line: Line, most: float) -> Line:
    """The line up to the last word at which it may end, having taken `most` seconds; all of one that is one word.

    It ends with a sentence, or at lighter punctuation, if that leaves at least half of the words there is time for.
    """
    if len(line.words) < 2:
        return line
    fit = [n for n, word in enumerate(line.words[:-1]) if word.end - line.speech[0] <= most] or [0]
    ends = [[n for n in fit if stop(line.words[n].text) >= least] for least in (2, 1, 0)]
    last = next(some[-1] for some in ends if some and some[-1] + 1 >= len(fit) / 2)
    word, following = line.words[last], line.words[last + 1]
    end = _quietest(line.sound, word.end - _BESIDE, following.start + _BESIDE)
    words = line.words[: last + 1]
    text = joined(word.text for word in words)
    return Line(
        text if stop(word.text) == 2 else text.rstrip(",–—- " + FULL_COMMAS) + full_stop(text),
        line.start,
        line.sound[: round(end * RATE)],
        words,
        (line.speech[0], end),
    )


def samples_of(line: Line, recording: Samples) -> Samples:
    """What is heard of the recording in the line."""
    start = round(line.start * AUDIO_RATE)
    return recording[start : start + len(line.sound) * AUDIO_RATE // RATE]
