"""Messages of a chat: list them, send one and hear its answer as it is written, stop an answer."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Literal

from pydantic import Field

from api.answering import Exchange, Writing, begin, stop
from api.caller import Caller
from api.casting import check_named
from api.chats import ChatRequest, get_chat, messages_of
from api.operation import Effort, operation
from api.paging import PageRequest, page
from api.shelf import ID
from api.uploads import pin
from ugcgen.cloud.clock import now
from ugcgen.domain.chat import LONGEST_MESSAGE, Draft, Message, message_id
from ugcgen.domain.enums import MessageState, Speaker
from ugcgen.domain.errors import NotFound, UgcgenError
from ugcgen.domain.model import Document

_AFTER = timedelta(milliseconds=1)
"""An answer stands behind what it answers."""


class ListMessages(ChatRequest, PageRequest):
    """A page of a chat's messages."""


class MessageList(Document):
    """Newest first. ``next_cursor`` names the next page, None on the last one."""

    messages: list[Message]
    next_cursor: str | None = None


class SendMessage(ChatRequest):
    """``request_id`` names this wish to send: sent twice, the message is there once and its video started once.

    ``attachments`` are uploads of pictures. ``ad``, and product and person by their photos or as they are kept, are
    what is chosen beside the chat; where the message says to make the video, it is made of them, under the cap
    ``budget_usd`` or else that of the quote. The chat remembers an avatar until another one is named.
    """

    request_id: str = Field(min_length=8, max_length=64)
    content: str = Field(min_length=1, max_length=LONGEST_MESSAGE)
    attachments: list[str] = Field(default_factory=list, max_length=10)
    ad: Draft = Draft()
    product_id: str | None = Field(default=None, pattern=ID)
    product_images: list[str] = Field(default_factory=list, max_length=10)
    avatar_id: str | None = Field(default=None, pattern=ID)
    avatar_images: list[str] = Field(default_factory=list, max_length=10)
    auto_approve: bool = False
    budget_usd: float | None = Field(default=None, gt=0, le=1000)


class MessageRequest(ChatRequest):
    message_id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class UserMessage(Document):
    """The message as it is kept, and the id of the answer, by which it can be stopped."""

    event: Literal["user_message"] = "user_message"
    message: Message
    answer_id: str


class Words(Document):
    """The next words of the answer."""

    event: Literal["stream"] = "stream"
    content: str


class AssistantMessage(Document):
    """The answer as it is kept: whole, or what had come before it was stopped or failed."""

    event: Literal["assistant_message"] = "assistant_message"
    message: Message


@operation("GET", "/chat/{chat_id}/messages")
def list_messages(caller: Caller, request: ListMessages) -> MessageList:
    """The messages of a chat, newest first, a page at a time."""
    chat = get_chat(caller, ChatRequest(chat_id=request.chat_id))
    found, cursor = page(messages_of(chat), "created_at", request)
    return MessageList(messages=[Message.model_validate(seen.to_dict()) for seen in found], next_cursor=cursor)


@operation("POST", "/chat/{chat_id}/messages", effort=Effort.COSTLY)
def send_message(caller: Caller, request: SendMessage) -> Iterator[UserMessage | Words | AssistantMessage | None]:
    """Send a message and hear the answer as it is written. To hang up is to stop it; what has come is kept.

    A message that says to make the video starts its job, after the price was said. Sent again under the same
    request id, it is answered with what is kept.
    Raises NotFound for an avatar or a product that is not the caller's, and AnswerUnderWay while another message of the
    chat is being answered.
    """
    from api import reply  # noqa: PLC0415 - the other operations need no model SDK

    exchange = _begun(caller, request)
    writing = Writing(exchange.answer)
    try:
        yield UserMessage(message=exchange.asked, answer_id=exchange.answer.id)
        if exchange.is_new:
            with closing(reply.words(caller, request, exchange, writing)) as answer:
                for words in answer:
                    yield None if words is None else Words(content=words)
                    if not writing.add(words):
                        break
    except GeneratorExit:
        if exchange.is_new:
            writing.close(MessageState.STOPPED)
        raise
    except UgcgenError as error:
        yield AssistantMessage(message=writing.close(MessageState.FAILED, str(error)))
        raise
    except Exception:
        writing.close(MessageState.FAILED, "something went wrong on our side; send the message again")
        raise
    yield AssistantMessage(message=writing.close(MessageState.COMPLETE) if exchange.is_new else exchange.answer)


@operation("POST", "/chat/{chat_id}/messages/{message_id}/stop")
def stop_message(caller: Caller, request: MessageRequest) -> Message:
    """Stop an answer that is being written, from wherever. What has come is kept; an answer that ended stays as it is.

    Raises NotFound.
    """
    message = stop(get_chat(caller, ChatRequest(chat_id=request.chat_id)), request.message_id)
    if message is None:
        raise NotFound(f"there is no message {request.message_id} in this chat")
    return message


def _begun(caller: Caller, request: SendMessage) -> Exchange:
    chat = get_chat(caller, ChatRequest(chat_id=request.chat_id))
    check_named(caller.uid, request)
    moment = now()
    asked = Message(
        id=message_id(chat.id, request.request_id),
        chat_id=chat.id,
        role=Speaker.USER,
        content=request.content,
        attachments=[pin(caller.uid, name, f"attachments.{i}") for i, name in enumerate(request.attachments)],
        created_at=moment,
        updated_at=moment,
    )
    answer = Message(
        id=message_id(chat.id, request.request_id, "answer"),
        chat_id=chat.id,
        role=Speaker.ASSISTANT,
        state=MessageState.STREAMING,
        created_at=moment + _AFTER,
        updated_at=moment,
    )
    return begin(caller, request, asked, answer, request.avatar_id or chat.avatar_id)
