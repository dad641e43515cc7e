"""Chats with the copilot, their messages, and what an ad would be made of by what is chosen beside them."""

import hashlib
from datetime import datetime, timedelta

from pydantic import Field

from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import Intent, MessageState, Speaker
from ugcgen.domain.model import Document, Value

NEW_CHAT = "New Chat"
TITLE_LENGTH = 60
LONGEST_MESSAGE = 4000

SILENCE = timedelta(seconds=60)
"""After this without a word an answer counts as given up by whoever wrote it: longer than a model is quiet."""


class Chat(Document):
    """``answering`` is the message that is being written, of which there is one at a time."""

    id: str
    user_id: str
    title: str = NEW_CHAT
    avatar_id: str | None = None
    answering: str | None = None
    created_at: datetime
    updated_at: datetime


class Message(Document):
    """``attachments`` are objects of pictures. ``error`` says why an answer failed; ``job_id`` names the job that the
    message started or tells of."""

    id: str
    chat_id: str
    role: Speaker
    content: str = ""
    state: MessageState = MessageState.COMPLETE
    attachments: list[str] = Field(default_factory=list)
    intent: Intent | None = None
    job_id: str | None = None
    error: str | None = None
    created_at: datetime
    updated_at: datetime

    def is_given_up(self, now: datetime) -> bool:
        """Whether it is unfinished, and nobody writes it any more."""
        return self.state is MessageState.STREAMING and now - self.updated_at > SILENCE


class Draft(Brief):
    """A brief as far as it is known. Without a ``prompt`` of its own, what was said in the chat is the prompt."""

    product_name: str = Field(default="", max_length=120)
    prompt: str = Field(default="", max_length=LONGEST_MESSAGE)


class Turn(Value):
    """A part of a conversation that a model is shown. ``pictures`` are objects of pictures that come with it."""

    role: Speaker
    text: str
    pictures: tuple[str, ...] = ()


MOST_TURNS = 30
MOST_CHARACTERS = 10_000
"""How much of a chat a model is shown: what goes into a question has a bound, and so has its price."""

MOST_PICTURES = 4


def turns(messages: list[Message]) -> list[Turn]:
    """The end of a conversation within the bounds, oldest first; the last message is whole in any case."""
    shown: list[Turn] = []
    characters, pictures = MOST_CHARACTERS, MOST_PICTURES
    for message in reversed(messages[-MOST_TURNS:]):
        characters -= len(message.content)
        if shown and characters < 0:
            break
        seen = tuple(message.attachments[: max(0, pictures)])
        pictures -= len(seen)
        if message.content or seen:
            shown.append(Turn(role=message.role, text=message.content, pictures=seen))
    return shown[::-1]


def wish(draft: Draft, conversation: list[Turn]) -> str:
    """What an ad is to be made of, in the user's own words: the draft's prompt, or what they said, the latest whole."""
    if draft.prompt:
        return draft.prompt
    words: list[str] = []
    left = LONGEST_MESSAGE
    for turn in reversed(conversation):
        if turn.role is not Speaker.USER:
            continue
        left -= len(turn.text) + 1
        if words and left < 0:
            break
        words.append(turn.text)
    return "\n".join(reversed(words))


def title_of(content: str) -> str:
    """A chat's title, from the first thing said in it."""
    line = " ".join(content.split())
    if len(line) <= TITLE_LENGTH:
        return line or NEW_CHAT
    return line[:TITLE_LENGTH].rpartition(" ")[0] or line[:TITLE_LENGTH]


def message_id(*parts: str) -> str:
    """An id that depends on nothing but its parts: what is written twice is one message."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:20]
