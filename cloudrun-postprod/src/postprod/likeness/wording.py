"""Whether what is read on a product is what should stand on it.

Only what was read counts: fingers, distance and blur take words away, and a word that is not there proves nothing. A
part of a word stands for the word, and what may be left of its end letters for those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postprod.likeness.label import Word
from ugcgen.domain.label import ENOUGH
from ugcgen.domain.spelling import letters, nearest, vocabulary

_LEGIBLE = 9.0
"""Pixels of the frame that letters must be high to count."""
_SURE_HEIGHT, _SURE = 11.0, 0.97
"""From here on a reader is not wrong by a letter."""
_SAME = 0.84
_PROMINENT = 0.6
"""Of the height of the largest letters."""


@dataclass(frozen=True)
class Wording:
    """What was read, small print too, which does not count: the share of the others' letters that belong on the
    product, and a word that plainly does not, with the one that should stand there."""

    read: list[str]
    share: float
    wrong: tuple[str, str] | None = None


def compared(words: Sequence[Word], expected: Iterable[str]) -> Wording | None:
    """What was read in a frame against what should be there; None where too little could be read, or nothing is
    expected."""
    known = vocabulary(expected)
    legible = [word for word in words if word.height >= _LEGIBLE and len(letters(word.text)) > 1]
    if not known or sum(len(letters(word.text)) for word in legible) < 3:
        return None
    fits = [(word, *nearest(letters(word.text), known)) for word in legible]
    weight = sum(word.height * len(word.text) for word in legible)
    share = sum(word.height * len(word.text) * fit for word, _, fit in fits) / weight
    return Wording([word.text for word in words], share, _wrong(fits, known))


def _wrong(fits: list[tuple[Word, str, float]], known: dict[str, str]) -> tuple[str, str] | None:
    largest = max(word.height for word, _, _ in fits)
    right = {likest for _, likest, fit in fits if fit >= _SAME}
    for word, likest, fit in fits:
        plain = word.confidence >= _SURE and word.height >= _SURE_HEIGHT and word.text.isalpha()
        prominent = word.height >= _PROMINENT * largest and len(word.text) >= min(ENOUGH, max(3, len(likest)))
        # Beside the right words, a strange one is something in the room or on the clothes.
        if plain and prominent and fit < _SAME and (likest not in right if fit > 0.5 else not right):
            return word.text, known[likest]
    return None
