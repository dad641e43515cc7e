"""Words of a prompt: which of them carry its meaning, and chances that always fall the same way."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from pathlib import Path

_STOP = frozenset((Path(__file__).parent / "stopwords.txt").read_text().split())
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def keywords(text: str, most: int = 12) -> list[str]:
    """The words that stand out, most frequent first and then as they come."""
    found = [word for word in _WORD.findall(text) if word.lower() not in _STOP and len(word) > 2]
    spelled: dict[str, str] = {}
    for word in found:
        spelled.setdefault(word.lower(), word)
    counts = Counter(word.lower() for word in found)
    order = {word: index for index, word in enumerate(spelled)}
    best = sorted(counts, key=lambda word: (-counts[word], order[word]))[:most]
    return [spelled[word] for word in best]


def names(text: str) -> list[str]:
    """Runs of capitalised words inside sentences, and quoted words: what a prompt calls by name."""
    quoted = re.findall(r"[\"“]([^\"“”\n]{2,40})[\"”]", text)
    runs = re.findall(r"(?<=[a-z,:] )((?:[A-Z][\w'’-]*)(?: (?:[A-Z0-9][\w'’-]*|&))*)", text)
    return list(dict.fromkeys([*quoted, *runs]))


def chance(*about: object) -> random.Random:
    """A random generator that always gives the same for the same subject."""
    digest = hashlib.sha256("\x1f".join(map(str, about)).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
