"""Writing systems: what of a text can be shown, where it may be broken, and in which order its words stand."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import budoux

from ugcgen.domain.words import HAN, KANA, is_unspaced

_JOINERS = "\u200c\u200d"
_LONGEST = 22
"""Characters of a word that is never broken."""

_THAI = re.compile("[\u0e00-\u0e7f]")
_JAPANESE = re.compile(f"[{KANA}]")
_KOREAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_CHINESE = re.compile(f"[{HAN}]")

# Signs that stand before the letter they are spoken after, and those that stack the next letter under the last.
_PREPOSED = frozenset("เแโใไເແໂໃໄ")
_STACKERS = frozenset("\u1039\u17d2\u200d\u094d")


def visible(text: str) -> str:
    """What fonts have shapes for: composed, without controls, marks of direction and pictographs."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character in _JOINERS:
            # Between letters a joiner shapes them, as in Persian; anywhere else it joins pictographs.
            if kept and unicodedata.category(kept[-1])[0] in "LM":
                kept.append(character)
        elif not _unshown(character):
            kept.append(" " if character.isspace() else character)
    return "".join(kept).strip(" " + _JOINERS)


def _unshown(character: str) -> bool:
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cn", "Co", "Cs"}:
        return not character.isspace()
    return (
        (category in {"So", "Sk"} and character > "\u2190")
        or "\ufe00" <= character <= "\ufe0f"
        or character == "\u20e3"
    )


def language_of(text: str, language: str) -> str:
    """The language whose forms of Chinese characters a text is written in: told by its letters, else `language`."""
    if _JAPANESE.search(text):
        return "ja"
    if _KOREAN.search(text):
        return "ko"
    if _CHINESE.search(text) and language[:2] not in {"ja", "zh"}:
        return "zh"
    return language


def characters_wide(text: str) -> int:
    """Its length in Latin letters: a Chinese character, kana or Hangul syllable takes the room of two."""
    marks = {"Mn", "Me", "Cf"}
    return sum(
        0 if unicodedata.category(c) in marks else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def parts(word: str, language: str) -> list[str]:
    """The word in parts that may stand on lines of their own: phrases of a text without spaces, or all of a word."""
    phrases = _merged(_parser(_model(word, language)).parse(word)) if _model(word, language) else [word]
    return [part for phrase in phrases for part in _chunks(phrase)]


def _model(word: str, language: str) -> str | None:
    if not is_unspaced(word):
        return None
    if _THAI.search(word):
        return "thai"
    spoken = language_of(word, language)
    if spoken == "ja":
        return "japanese"
    if _CHINESE.search(word):
        return "traditional_chinese" if spoken in {"zh-TW", "zh-HK"} else "simplified_chinese"
    return None


@cache
def _parser(model: str) -> budoux.Parser:
    parser: budoux.Parser = getattr(budoux, f"load_default_{model}_parser")()
    return parser


def _merged(phrases: Sequence[str]) -> list[str]:
    """Phrases of at least two characters, so that none flickers by."""
    merged: list[str] = []
    for phrase in phrases:
        if merged and len(merged[-1]) < 2 and unicodedata.category(merged[-1][-1])[0] != "P":
            merged[-1] += phrase
        else:
            merged.append(phrase)
    return merged


def _chunks(word: str) -> list[str]:
    """The word, in even pieces between its written syllables if it is longer than any line."""
    if len(word) <= _LONGEST:
        return [word]
    clusters = _clusters(word)
    count = -(-len(word) // _LONGEST)
    size = -(-len(clusters) // count)
    return ["".join(clusters[at : at + size]) for at in range(0, len(clusters), size)]


def _clusters(word: str) -> list[str]:
    clusters: list[str] = []
    for character in word:
        attached = unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}
        follows = clusters and (clusters[-1][-1] in _STACKERS or clusters[-1] in _PREPOSED)
        if clusters and len(clusters[-1]) < _LONGEST and (attached or follows):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def reads_from_right(word: str) -> bool:
    """Whether the word is read from right to left."""
    return _direction(word) == "R"


def in_visual_order(words: Sequence[str]) -> list[int]:
    """The indices of a row's words from left to right, by the Unicode bidirectional algorithm on whole words."""
    directions = [_direction(word) for word in words]
    base = 1 if next((d for d in directions if d in "LR"), "L") == "R" else 0
    levels, context = [], "R" if base else "L"
    for direction in directions:
        context = direction if direction in "LR" else context
        number_among_right = direction == "N" and context == "R"
        side = "R" if number_among_right else direction if direction in "LR" else context if direction == "N" else "-"
        level = 2 if number_among_right else {"R": 1, "L": 2 if base else 0}.get(side, base)
        levels.append((level, side))
    items: list[tuple[int, int | None]] = []
    for index, (level, side) in enumerate(levels):
        if index:
            before = levels[index - 1][1]
            between = base if before != side or side == "-" else 1 if side == "R" else 2 if base else 0
            items.append((between, None))
        items.append((level, index))
    for level in range(2, 0, -1):
        items = _reversed_runs(items, level)
    return [index for _, index in items if index is not None]


def _reversed_runs(items: list[tuple[int, int | None]], level: int) -> list[tuple[int, int | None]]:
    """The items with each run at or above `level` turned around."""
    borders = [0] + [
        at + 1 for at, (left, right) in enumerate(pairwise(items)) if (left[0] >= level) != (right[0] >= level)
    ]
    runs = [items[start:end] for start, end in zip(borders, [*borders[1:], len(items)], strict=True)]
    return [item for run in runs for item in (run[::-1] if run and run[0][0] >= level else run)]


def _direction(word: str) -> str:
    """`L` or `R` by the first letter, `N` for a number, `-` for what has none."""
    classes = [unicodedata.bidirectional(character) for character in word]
    strong = next((c for c in classes if c in {"L", "R", "AL"}), None)
    if strong:
        return "L" if strong == "L" else "R"
    return "N" if {"EN", "AN"} & set(classes) else "-"
