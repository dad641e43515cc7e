"""Whether what is read on a product is what should stand on it.

Only what was read counts: fingers, distance and blur take words away, and a word that is not there proves nothing. A
part of a word stands for the word.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from postprod.likeness.label import Word

_CONFUSED = str.maketrans("01|5$8", "ollssb")
"""What readers mix up, to one letter each."""
_TWINS = frozenset(map(frozenset, ("il", "cg", "oq", "od", "uv", "ec", "nm", "rn", "ft", "bh")))
_HALF = 0.4
"""The price of a letter for one that looks like it."""
_LEGIBLE = 9.0
"""Pixels of the frame that letters must be high to count."""
_SURE_HEIGHT, _SURE = 11.0, 0.97
"""From here on a reader is not wrong by a letter."""
_SAME = 0.84
_PROMINENT = 0.6
"""Of the height of the largest letters."""


@dataclass(frozen=True)
class Wording:
    """What was read: the share of its letters that belong on the product, and a word that plainly does not, with the
    one that should stand there."""

    read: list[str]
    share: float
    wrong: tuple[str, str] | None = None


def compared(words: Sequence[Word], expected: Iterable[str]) -> Wording | None:
    """What was read in a frame against what should be there; None where too little could be read, or nothing is
    expected."""
    known = _vocabulary(expected)
    legible = [word for word in words if word.height >= _LEGIBLE and len(_letters(word.text)) > 1]
    if not known or sum(len(_letters(word.text)) for word in legible) < 3:
        return None
    fits = [(word, *_nearest(_letters(word.text), known)) for word in legible]
    weight = sum(word.height * len(word.text) for word in legible)
    share = sum(word.height * len(word.text) * fit for word, _, fit in fits) / weight
    return Wording([word.text for word in legible], share, _wrong(fits, known))


def _wrong(fits: list[tuple[Word, str, float]], known: dict[str, str]) -> tuple[str, str] | None:
    largest = max(word.height for word, _, _ in fits)
    right = {nearest for _, nearest, fit in fits if fit >= _SAME}
    for word, nearest, fit in fits:
        plain = word.confidence >= _SURE and word.height >= _SURE_HEIGHT and word.text.isalpha()
        prominent = word.height >= _PROMINENT * largest and len(word.text) > 2
        # Beside the right words, a strange one is something in the room or on the clothes.
        if plain and prominent and fit < _SAME and (nearest not in right if fit > 0.5 else not right):
            return word.text, known[nearest]
    return None


def _vocabulary(expected: Iterable[str]) -> dict[str, str]:
    """The words by their letters, and each two neighbours joined: readers overlook the space between them."""
    words = [word for text in expected for word in text.split()]
    pairs = [f"{one} {next_}" for one, next_ in pairwise(words)]
    return {letters: word for word in (*words, *pairs) if (letters := _letters(word))}


def _nearest(word: str, known: Iterable[str]) -> tuple[str, float]:
    """The known word that is most like a word as read, and how like it is."""
    return max(((one, _likeness(word, one)) for one in known), key=lambda pair: pair[1])


def _likeness(read: str, known: str) -> float:
    """1 less the share of letters to change. A part of the word, two letters at least, is the word."""
    if len(read) < len(known) and len(read) > 1:
        parts = (known[start : start + len(read)] for start in range(len(known) - len(read) + 1))
        if len(read) >= len(known) / 2 or read in known:
            return max(1 - _edits(read, part) / len(read) for part in parts)
    return max(0.0, 1 - _edits(read, known) / max(len(read), len(known)))


def _edits(one: str, other: str) -> float:
    """Levenshtein's distance, in which letters that look alike cost less."""
    row: list[float] = [float(n) for n in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        last, row = row, [float(i)]
        for j, b in enumerate(other, 1):
            change = 0.0 if a == b else _HALF if frozenset((a, b)) in _TWINS else 1.0
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + change))
    return row[-1]


def _letters(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_CONFUSED)
    return "".join(letter for letter in plain if letter.isalnum())
