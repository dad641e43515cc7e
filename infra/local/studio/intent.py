"""Naming what a chat message is for, with one of the words that the question offers."""

from __future__ import annotations

import re

from infra.local.studio.prompt import Prompt

_WORDS = ("VIDEO_READY", "VIDEO_NEEDS_INPUT", "CHAT")
_MAKE = re.compile(
    r"\b(?:make|create|generate|produce|film|shoot|render|start|go ahead)\b(?!.*\b(?:idea|hook|script|caption)s?\b)",
    re.I,
)
_ASKS = re.compile(r"\?\s*$|^\s*(?:how|what|why|which|when|who|should|could)\b", re.I)
_CHOSEN = re.compile(r"\b(?:person|avatar|product)\b[^.:\n]*:\s*(yes|no)\b", re.I)


def is_asked(prompt: Prompt) -> bool:
    return all(word in prompt.system for word in _WORDS)


def named(prompt: Prompt) -> str:
    """One of the words: a clear wish for a video counts, and whether the question says that all is chosen."""
    said = prompt.question
    if _ASKS.search(said) or not _MAKE.search(said):
        return "CHAT"
    return "VIDEO_NEEDS_INPUT" if "no" in map(str.lower, _CHOSEN.findall(prompt.system)) else "VIDEO_READY"
