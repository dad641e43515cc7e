"""What a message of a chat is for: talk, a video that still wants something, or a video that can be made now."""

import time
from collections.abc import Generator, Sequence
from contextlib import closing

from ugcgen.domain.chat import Turn
from ugcgen.domain.enums import Intent
from ugcgen.domain.errors import UgcgenError
from ugcgen.ledger.account import Account
from ugcgen.models.catalog import Model
from ugcgen.models.pricing import DETECT_INTENT
from ugcgen.models.talk import talk

LIMIT_SECONDS = 5.0

SHOWN_TURNS = 6

_TASK = """Say what the user's last message asks of a studio that makes video ads. Answer with one of these words and
nothing else:
CHAT: a question, an idea, an opinion, thanks or a greeting; no video is to be made now.
VIDEO_NEEDS_INPUT: a video is to be made, but no person or product is chosen, or it is not said what it should tell.
VIDEO_READY: a person and a product are chosen, and the user clearly says to make the video now.

Person chosen: {avatar}. Product chosen: {product}."""


def detect(
    account: Account, model: Model, conversation: Sequence[Turn], avatar: bool, product: bool
) -> Generator[None, None, Intent]:
    """The intent of the last turn; None for each moment until it is known. CHAT where the model says anything but
    exactly one of the words, or not in time."""
    system = _TASK.format(avatar=_yes(avatar), product=_yes(product))
    asked = [turn.model_copy(update={"pictures": ()}) for turn in conversation[-SHOWN_TURNS:]]
    ends, said = time.monotonic() + LIMIT_SECONDS, ""
    try:
        with closing(talk(account, model, DETECT_INTENT, asked, system, LIMIT_SECONDS, temperature=0)) as words:
            for word in words:
                said += word or ""
                if time.monotonic() > ends:
                    return Intent.CHAT
                yield None
    except UgcgenError:  # the call's record says why; what hinders an answer as well is told by it
        return Intent.CHAT
    return exactly(said)


def exactly(said: str) -> Intent:
    """The intent whose word was said, and nothing beside it; else CHAT."""
    return next((intent for intent in Intent if said.strip() == intent), Intent.CHAT)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
