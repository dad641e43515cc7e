"""How many words a text is to whoever speaks it, also where it is written without spaces between them. Pure.

Japanese broadcasters (NHK) speak 300 characters a minute, which is two in the time of one of 150 words. Chinese is
taken to be as quick. Thai, Lao, Khmer and Burmese write vowels and tones apart, and take five letters to a word.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as a class of characters in a regular expression is written; so are the next two."""
KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer."""

STOPS, COMMAS = ".!?…؟।", ",;:–—،؛"
"""What ends a sentence, and a clause, before a blank."""
FULL_STOPS, FULL_COMMAS = "。！？", "、，；："
"""What ends them where no blank follows."""

_UNSPACED = re.compile(f"[{HAN}{KANA}{SOUTH_EAST}]")
_PIECE = re.compile(f"(?P<two>[{HAN}{KANA}])|(?P<five>[{SOUTH_EAST}])|(?P<one>\\w[^{HAN}{KANA}{SOUTH_EAST}]*)")
_TENTHS = {"two": 5, "five": 2, "one": 10}
"""Of a word."""
_BY_LANGUAGE = {"ja": 2, "zh": 2, "th": 5, "lo": 5, "km": 5, "my": 5}


def is_unspaced(text: str) -> bool:
    """Whether some of the text is of a script that puts no spaces between words."""
    return bool(_UNSPACED.search(text))


def characters_a_word(language: str) -> int | None:
    """How many characters count as a word in a language that is written without spaces; None for the others."""
    return _BY_LANGUAGE.get(language[:2].lower())


def count_words(text: str) -> int:
    """Words between blanks; letters of scripts without spaces by their share of a word, rounded up."""
    return math.ceil(sum(map(_tenths_in, text.split())) / 10)


def first_words(text: str, most: int) -> str:
    """The beginning of the text that is at most so many words long, with its blanks as single spaces."""
    text = " ".join(text.split())
    beginnings = (text[:end] for end in range(1, len(text) + 1) if _may_end(text, end))
    fitting = takewhile(lambda beginning: count_words(beginning) <= most, beginnings)
    return max(fitting, key=len, default=text[:1])


def full_stop(text: str) -> str:
    """What closes a sentence that ends with this text; Thai and its neighbours put no sign there."""
    if re.search(f"[{HAN}{KANA}{FULL_COMMAS}]$", text):
        return "。"
    return "" if is_unspaced(text[-1:]) else "."


def joined(words: Iterable[str]) -> str:
    """The words with a space between them, but for the one after a full-width stop or comma."""
    return re.sub(f"(?<=[{FULL_STOPS}{FULL_COMMAS}]) ", "", " ".join(words))


def _tenths_in(token: str) -> int:
    """How many tenths of a word stand between two blanks: ten, also for punctuation, unless letters need no blanks."""
    if not is_unspaced(token):
        return _TENTHS["one"]
    return sum(_TENTHS[str(piece.lastgroup)] for piece in _PIECE.finditer(token))


def _may_end(text: str, end: int) -> bool:
    """Whether the text may be cut here: at its end and at a blank, and between letters that need none."""
    if end == len(text) or text[end] == " ":
        return True
    follows = unicodedata.category(text[end])[0] in "MP"  # signs of the letter or word before
    return not follows and text[end - 1] != " " and is_unspaced(text[end - 1 : end + 1])
