"""Spelling: how like a word as read is to the words that should stand there, whoever has read it.

Fingers and edges take letters away, readers overlook spaces and mix up letters that look alike: none of this is a
misspelling.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise

ATTEMPT = 0.5
"""From this likeness on a word is taken for an attempt at another one."""

_CONFUSED = str.maketrans("01|5$8", "ollssb")
"""What readers mix up, to one letter each."""
_TWINS = frozenset(map(frozenset, ("il", "cg", "go", "oq", "od", "uv", "ec", "nm", "rn", "ft", "bh")))
_HALF = 0.4
"""The price of a letter for one that looks like it."""
_STROKE = "i"
_LEFT = {
    "b": "defhlpr", "d": "cl", "e": "cfl", "g": "c", "h": "ln", "m": "nrv", "n": "rv", "o": "c", "p": "df", "q": "co",
    "r": "fp", "w": "uv", "x": "vy", "y": "v",
}  # fmt: skip
"""What a letter looks like where a part of it is hidden. Of any letter a mere stroke may be left."""


def letters(word: str) -> str:
    """A word without case, accents, marks, and without what readers mix up."""
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_CONFUSED)
    return "".join(letter for letter in plain if letter.isalnum())


def vocabulary(texts: Iterable[str]) -> dict[str, str]:
    """The words of the texts by their letters, and each two neighbours joined: readers overlook the space."""
    words = [word for text in texts for word in text.split()]
    pairs = [f"{one} {next_}" for one, next_ in pairwise(words)]
    return {known: word for word in (*words, *pairs) if (known := letters(word))}


def nearest(read: str, known: Mapping[str, str]) -> tuple[str, float]:
    """Of a vocabulary, the letters most like those of a word as read, and how like: 0 to 1."""
    return max(((one, likeness(read, one)) for one in known), key=lambda pair: pair[1])


def likeness(read: str, known: str) -> float:
    """1 less the share of letters to change. A part of the word, two letters at least, is the word."""
    if len(read) < len(known) and len(read) > 1:
        parts = (known[start : start + len(read)] for start in range(len(known) - len(read) + 1))
        if len(read) >= len(known) / 2 or read in known:
            return max(1 - _edits(read, part) / len(read) for part in parts)
    return max(0.0, 1 - _edits(read, known) / max(len(read), len(known)))


def _edits(one: str, other: str) -> float:
    """Levenshtein's distance from a word as read, in which letters that look alike cost less. So does what may be left
    of a letter at an end of what is read, where fingers and the turn of the package cut words."""
    row: list[float] = [float(n) for n in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        last, row = row, [float(i)]
        for j, b in enumerate(other, 1):
            is_left = i in {1, len(one)} and a in _LEFT.get(b, "") + _STROKE
            alike = is_left or frozenset((a, b)) in _TWINS
            change = 0.0 if a == b else _HALF if alike else 1.0
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + change))
    return row[-1]
