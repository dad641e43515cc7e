"""Free answers: short, on the subject, made of the words of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from infra.local.studio.prompt import Prompt
from infra.local.studio.words import chance, keywords, names, sentence_case

_GREETING = re.compile(r"^\s*(?:hi|hey|hello|good (?:morning|evening)|yo)\b", re.I)
_TRADE = re.compile(r"(?:ad|hook|script|scene|video|clip|caption|line|idea|opening|product)s?", re.I)
_THANKS = re.compile(r"\b(?:thanks|thank you|cheers)\b", re.I)
_WANTS: Sequence[tuple[str, tuple[str, ...]]] = (
    (
        r"\bhooks?\b|\bopening\b|first (?:line|second)",
        (
            'Three hooks to try: "Nobody told me about {it}." "I was so wrong about {it}." "Stop scrolling if you want '
            '{topic}." Film the first one close up, with {it} already in your hand.',
            'Open on a problem people nod at, then show {it} within the first two seconds. For example: "Still dealing '
            'with {topic}? Watch this."',
        ),
    ),
    (
        r"\bcaptions?\b|\bsubtitles?\b",
        (
            "Keep captions to five words a line, in the middle third of the frame, and let the key word {topic} stand "
            "alone for a beat.",
        ),
    ),
    (
        r"\b(?:cost|price|budget|cheap|expensive)\b",
        (
            "The cheapest way is fewer, shorter scenes: four scenes of six seconds tell the story of {it}. Draft it as "
            "an animatic first, and pay for clips only once the storyboard feels right.",
        ),
    ),
    (
        r"\b(?:shorter|shorten|trim|cut)\b",
        (
            "To make it shorter, drop the set-up: start on {it} in hand, keep one proof about {topic}, and end on the "
            "call to action. That saves about a third.",
        ),
    ),
    (
        r"\b(?:script|scene|video|ad|clip|reel|tiktok)\b",
        (
            "Here is how I would tell it: a hook with {it} in the first second, one honest line about {topic}, a close "
            "demonstration, what changed for you, and a clear call to action. Want me to write it out scene by scene?",
            "I'd build it around {topic}: hook, problem, {it} as the turn, one close-up proof, call to action. Five "
            "scenes, about forty seconds. Shall I draft the lines?",
        ),
    ),
)
_OTHERWISE = (
    "On {topic}: keep it to one idea, say it the way you'd tell a friend, and let {it} be seen while you say it.",
    "The short answer on {topic} is to show rather than tell: one close shot of {it}, one honest sentence, and stop.",
)


def answer(prompt: Prompt) -> str:
    """A reply to the last thing the user said."""
    said = prompt.question.strip()
    named = [*names(said), *names(prompt.text)]
    topics = [w for w in keywords(said, 8) if not _TRADE.fullmatch(w) and not any(w in name for name in named[:1])]
    facts = {
        "it": named[0] if named else "the product",
        "topic": " and ".join(w.lower() for w in topics[:2]) or "that feeling",
    }
    if _GREETING.match(said) and len(said.split()) < 6:
        return "Hi! Tell me what you're promoting and who should see it, and I'll sketch the ad with you."
    if _THANKS.search(said) and len(said.split()) < 8:
        return "Any time. When you're ready, I can turn this into a script."
    options = next((lines for pattern, lines in _WANTS if re.search(pattern, said, re.I)), _OTHERWISE)
    return sentence_case(chance(prompt.text).choice(options).format_map(facts))
