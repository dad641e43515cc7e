"""A message and its answer in the store: begun together, once, and the answer kept as it grows.

About once a second what has come of an answer is written, and that it was stopped is seen, also before its first word.
"""

import time
from typing import Any

from api.caller import Caller
from api.chats import ChatRequest, own
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.domain.chat import NEW_CHAT, Chat, Message, title_of
from ugcgen.domain.enums import MessageState
from ugcgen.domain.errors import UgcgenError
from ugcgen.domain.model import Value
from ugcgen.engine.refs import chat_ref, message_ref

LOOKED_EVERY_SECONDS = 1.0

_GIVEN_UP = {"state": MessageState.FAILED, "error": "the answer was cut off on our side; send the message again"}


class AnswerUnderWay(UgcgenError):
    """The chat's last message is being answered."""

    code = "aborted"


class Exchange(Value):
    """A message and its answer; ``is_new`` says that this request is the one to write the answer."""

    chat: Chat
    asked: Message
    answer: Message
    is_new: bool


def begin(caller: Caller, request: ChatRequest, asked: Message, answer: Message, avatar_id: str | None) -> Exchange:
    """Store a message with its empty answer, once: sent again, both are found as they are by now.

    Raises NotFound, and AnswerUnderWay while the chat has an answer that is still being written.
    """

    def attempt(atomic: Atomic) -> Exchange:
        chat_seen, asked_seen, answer_seen = atomic.get(
            chat_ref(request.chat_id), message_ref(asked.chat_id, asked.id), message_ref(answer.chat_id, answer.id)
        )
        chat = own(firestore.from_snapshot(Chat, chat_seen), caller, request)
        _free(atomic, chat)
        before = firestore.from_snapshot(Message, asked_seen)
        if before is not None:
            known = firestore.from_snapshot(Message, answer_seen) or answer
            if known.is_given_up(now()):
                known = known.model_copy(update=_GIVEN_UP)
            return Exchange(chat=chat, asked=before, answer=known, is_new=False)
        title = title_of(asked.content) if chat.title == NEW_CHAT else chat.title
        changed = {"answering": answer.id, "title": title, "avatar_id": avatar_id, "updated_at": asked.created_at}
        begun = chat.model_copy(update=changed)
        atomic.replace(chat_seen, begun)
        atomic.create(asked_seen.reference, asked)
        atomic.create(answer_seen.reference, answer)
        return Exchange(chat=begun, asked=asked, answer=answer, is_new=True)

    return firestore.atomically(attempt)


def _free(atomic: Atomic, chat: Chat) -> None:
    """Close an answer that whoever wrote it has given up. Raises AnswerUnderWay for one that is being written."""
    if chat.answering is None:
        return
    writing, seen = atomic.read(Message, message_ref(chat.id, chat.answering))
    if writing is None or writing.state is not MessageState.STREAMING:
        return
    if not writing.is_given_up(now()):
        raise AnswerUnderWay("the message before is still being answered; wait for the answer or stop it")
    atomic.replace(seen, writing.model_copy(update=_GIVEN_UP))


def stop(chat: Chat, message_id: str) -> Message | None:
    """Stop an answer where it is; whoever writes it sees it soon. None where there is no such message."""

    def attempt(atomic: Atomic) -> Message | None:
        chat_seen, seen = atomic.get(chat_ref(chat.id), message_ref(chat.id, message_id))
        message = firestore.from_snapshot(Message, seen)
        if message is None or message.state is not MessageState.STREAMING:
            return message
        stopped = message.model_copy(update={"state": MessageState.STOPPED, "updated_at": now()})
        atomic.replace(seen, stopped)
        if chat_seen.exists and chat_seen.get("answering") == message_id:
            atomic.update(chat_seen, {"answering": None})
        return stopped

    return firestore.atomically(attempt)


class Writing:
    """An answer that is being written here."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._kept, self._looked_at = message, time.monotonic()

    def add(self, words: str | None) -> bool:
        """Go on with the answer, or with waiting for its next words; False where it has been stopped."""
        self.note(content=self.message.content + (words or ""))
        return time.monotonic() - self._looked_at < LOOKED_EVERY_SECONDS or self.is_wanted()

    def note(self, **facts: Any) -> None:
        self.message = self.message.model_copy(update=facts)

    def is_wanted(self) -> bool:
        """Keep what has come; False where the answer was stopped, or its chat deleted."""
        self._looked_at = time.monotonic()
        if self.message == self._kept:
            seen = message_ref(self.message.chat_id, self.message.id).get(["state"], timeout=READ_TIMEOUT)
            return bool(seen.exists and seen.get("state") == MessageState.STREAMING)
        self._kept = self.message
        return self._keep(MessageState.STREAMING).state is MessageState.STREAMING

    def close(self, state: MessageState, error: str | None = None) -> Message:
        """The answer as it is kept from now on. One that was stopped by a person stays so."""
        self.note(error=error)
        return self._keep(state)

    def _keep(self, state: MessageState) -> Message:
        def attempt(atomic: Atomic) -> Message:
            chat_seen, seen = atomic.get(
                chat_ref(self.message.chat_id), message_ref(self.message.chat_id, self.message.id)
            )
            stored = firestore.from_snapshot(Message, seen)
            if stored is None:
                return self.message.model_copy(update={"state": MessageState.STOPPED})
            is_open = stored.state is MessageState.STREAMING
            kept = self.message.model_copy(update={"state": state if is_open else stored.state, "updated_at": now()})
            atomic.replace(seen, kept)
            ends = is_open and state is not MessageState.STREAMING
            if ends and chat_seen.exists and chat_seen.get("answering") == kept.id:
                atomic.update(chat_seen, {"answering": None, "updated_at": kept.updated_at})
            return kept

        return firestore.atomically(attempt)
