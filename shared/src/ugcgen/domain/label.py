"""Whether the words that somebody reads on a product are those that stand on it.

What of a label is turned away or out of the picture says nothing. What is read has to be of the label, and spelt so.
"""

from collections.abc import Iterable

from ugcgen.domain.consistency import Evidence, Fault, FaultKind, FrameEvidence, Source, Trait
from ugcgen.domain.spelling import ATTEMPT, letters, nearest, vocabulary

SPELT = 0.8
"""Below it an attempt is a misspelling: a word of four letters may have none wrong, one of five or more has one."""

ENOUGH = 4
"""Letters that must be read of a word before it is misspelt, and of a text with no word of the label in it before it is
another label."""


def compared_label(read: Iterable[str], expected: Iterable[str], source: Source) -> FrameEvidence:
    """The label's evidence, and the fault of a wrong one. Nothing, where nothing was read or no label is known.

    The score is how well the words that are seen of the label are spelt, by their letters; 0 for another label.
    """
    said, wanted = list(read), list(expected)
    words, known = _words(said), vocabulary(wanted)
    if not words or not known:
        return FrameEvidence()
    meant = {word: nearest(word, known) for word in words}
    right = {word: share for word, (_, share) in meant.items() if share >= SPELT}
    there = {meant[word][0] for word in right}
    # Beside the right word, one that is a little like it is something else.
    wrong = {
        word: share
        for word, (one, share) in meant.items()
        if ATTEMPT <= share < SPELT and one not in there and len(word) >= min(ENOUGH, len(one))
    }
    attempts = right | wrong
    if not attempts and sum(map(len, words)) < ENOUGH:
        return FrameEvidence()
    weight = sum(map(len, attempts))
    score = sum(len(word) * share for word, share in attempts.items()) / weight if weight else 0.0
    is_wrong = not attempts or bool(wrong)
    sentence = f'the label reads "{" ".join(said)}" and has to read "{" ".join(wanted)}"'
    found = Evidence(
        trait=Trait.LABEL,
        source=source,
        raw=score,
        score=score,
        against=wanted,
        read=said,
        reason=sentence if is_wrong else f'the label reads "{" ".join(said)}", as it should',
    )
    misspelt = sorted({meant[word][0] for word in wrong})
    fault = Fault(kind=FaultKind.WRONG_LABEL, source=source, reason=sentence, words=misspelt)
    return FrameEvidence(evidence=[found], faults=[fault] if is_wrong else [])


def _words(texts: Iterable[str]) -> list[str]:
    """Words by their letters. Those of one or two are too easily mistaken to say anything."""
    known = (letters(word) for text in texts for word in text.split())
    return [word for word in dict.fromkeys(known) if len(word) > 2]
