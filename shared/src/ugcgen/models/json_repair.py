"""Putting right what models do to JSON, where no meaning has to be guessed: a fence or words around it, and commas too
many. What is cut off or contradicts its schema is asked for again instead."""

import re

_STRING = r'"(?:[^"\\]|\\.)*"'
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)


def repaired(text: str) -> str:
    """The JSON object in a text, without trailing commas; the text as it is where there is none."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return text
    return _TRAILING_COMMA.sub(lambda found: found[1] or "", text[start : end + 1])
