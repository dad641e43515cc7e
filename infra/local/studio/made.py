"""What a call gives: the result, how it ended, and the tokens that the provider would count."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from infra.local.studio.prompt import TEXT, Tokens, text_tokens

EXPECTED_FINISH = "STOP"


@dataclass(frozen=True)
class Made:
    """The result of one call. `blocked` is set when nothing was made because of the prompt."""

    input: Tokens
    output: Tokens = field(default_factory=dict)
    text: str = ""
    media: tuple[bytes, ...] = field(default=(), repr=False)
    mime: str = ""
    finish: str = EXPECTED_FINISH
    blocked: str = ""


def cut(made: Made, tokens: int) -> Made:
    """The same text stopped after `tokens` tokens."""
    return replace(made, text=made.text[: tokens * 4], output={TEXT: tokens}, finish="MAX_TOKENS")


def reworded(made: Made, text: str) -> Made:
    """The same call with another text."""
    return replace(made, text=text, output={TEXT: text_tokens(text)})
