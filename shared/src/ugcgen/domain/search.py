"""Search by words: which words a text has, and by which beginnings of them it is found."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 20
"""Letters of a word that count: what is longer is found by its beginning."""

MOST = 500
"""Entries of an index, which Firestore keeps one by one."""


def words(text: str) -> set[str]:
    """The words of a text, without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return {word[:LONGEST] for word in re.findall(r"[^\W_]+", letters)}


def index_of(texts: Iterable[str]) -> list[str]:
    """Every beginning of every word: a text is found where each word that is looked for is among them."""
    found = sorted({word for text in texts for word in words(text)})
    beginnings = {word[:length] for word in found for length in range(1, len(word) + 1)}
    return sorted(beginnings, key=lambda beginning: (len(beginning), beginning))[:MOST]
