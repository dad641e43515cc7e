"""Whether the words read on a product are those that stand on it: one rule, whoever has read them.

What of a label is turned away or out of the picture says nothing. What is read has to be of the label, and spelt so.
"""

import unicodedata
from collections.abc import Iterable

from ugcgen.domain.consistency import Evidence, Fault, FaultKind, FrameEvidence, Source, Trait

LIKE = 0.5
"""From here on what was read is taken for an attempt at a word of the label."""

SPELT = 0.8
"""Below it an attempt is a misspelling: a word of four letters may have none wrong, one of five or more has one."""

ENOUGH = 4
"""Letters that must be read before a text with no word of the label in it is another label."""


def compared_label(read: Iterable[str], expected: Iterable[str], source: Source) -> FrameEvidence:
    """The label's evidence, and the fault of a wrong one. Nothing, where nothing was read or no label is known.

    The score is how well the words that are seen of the label are spelt, by their letters; 0 for another label.
    """
    said, wanted = list(read), list(expected)
    seen_words, words = _words(said), _words(wanted)
    if not seen_words or not words:
        return FrameEvidence()
    right = {other for other in seen_words if any(_alike(word, other) >= SPELT for word in words)}
    best = {word: max(_alike(word, other) for other in _for(word, seen_words, right)) for word in words}
    attempts = {word: share for word, share in best.items() if share >= LIKE}
    if not attempts and sum(map(len, seen_words)) < ENOUGH:
        return FrameEvidence()
    letters = sum(map(len, attempts))
    score = sum(len(word) * share for word, share in attempts.items()) / letters if letters else 0.0
    sentence = f'the label reads "{" ".join(said)}" and has to read "{" ".join(wanted)}"'
    misspelt = [word for word, share in attempts.items() if share < SPELT]
    wrong = not attempts or bool(misspelt)
    found = Evidence(
        trait=Trait.LABEL,
        source=source,
        raw=score,
        score=score,
        against=wanted,
        read=said,
        reason=sentence if wrong else f'the label reads "{" ".join(said)}", as it should',
    )
    fault = Fault(kind=FaultKind.WRONG_LABEL, source=source, reason=sentence, words=misspelt)
    return FrameEvidence(evidence=[found], faults=[fault] if wrong else [])


def _for(word: str, seen: list[str], right: set[str]) -> list[str]:
    """What may have been meant for a word: not what is another word of the label, rightly spelt."""
    return [other for other in seen if other not in right or _alike(word, other) >= SPELT] or [""]


def _words(texts: Iterable[str]) -> list[str]:
    """Words without case, accents and marks. Those of one or two letters are too easily mistaken to say anything."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    kept = "".join(char if char.isalnum() else "" if unicodedata.combining(char) else " " for char in plain)
    return [word for word in dict.fromkeys(kept.split()) if len(word) > 2]


def _alike(word: str, read: str) -> float:
    """Share of the letters that agree; a word whose beginning or end is covered is the word."""
    partly = len(read) > 2 and 2 * len(read) >= len(word) and (word.startswith(read) or word.endswith(read))
    return 1.0 if partly else 1 - _edits(word, read) / max(len(word), len(read))


def _edits(one: str, other: str) -> int:
    """How many letters have to be put in, left out or changed to make one word the other (Levenshtein's distance)."""
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        before, row[0] = row[0], down
        for across, read in enumerate(other, 1):
            before, row[across] = row[across], min(before + (letter != read), row[across] + 1, row[across - 1] + 1)
    return row[-1]
