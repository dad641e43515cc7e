"""Messages of a chat: list them, send one and hear its answer as it is written, stop an answer."""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Literal

from google.cloud.firestore import Query
from pydantic import Field

from agents import conversation, intent
from agents.conversation import Chosen
from api.answering import Exchange, Writing, begin, stop
from api.caller import Caller
from api.chats import ChatRequest, get_chat
from api.generation import QuoteAnswer, QuoteRequest, StartGeneration, quote_generation, start_generation
from api.operation import Effort, operation
from api.paging import PageRequest, page
from api.products import PRODUCTS
from api.shelf import ID
from api.uploads import pin
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.cloud.logs import log
from ugcgen.domain.brief import Brief
from ugcgen.domain.chat import LONGEST_MESSAGE, MOST_TURNS, Chat, Draft, Message, Turn, message_id, turns, wish
from ugcgen.domain.enums import Intent, MessageState, Speaker
from ugcgen.domain.errors import InvalidInput, NotFound, UgcgenError
from ugcgen.domain.model import Document
from ugcgen.domain.money import micros
from ugcgen.domain.people import Avatar
from ugcgen.domain.product import Product
from ugcgen.engine.refs import chat_ref
from ugcgen.ledger.allowance import DayAccount
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.choice import Request, choose

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

    ``attachments`` are uploads of pictures. ``ad``, the product and the person, kept ones or their photos, are what is
    chosen beside the chat; where the message says to make the video, it is made of them, under the cap ``budget_usd``
    or else that of the quote.
    """

    request_id: str = Field(min_length=8, max_length=64)
    content: str = Field(min_length=1, max_length=LONGEST_MESSAGE)
    attachments: list[str] = Field(default_factory=list, max_length=10)
    ad: Draft = Draft()
    avatar_id: str | None = Field(default=None, min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    avatar_images: list[str] = Field(default_factory=list, max_length=10)
    product_id: str | None = Field(default=None, pattern=ID)
    product_images: list[str] = Field(default_factory=list, max_length=10)
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
    found, cursor = page(_messages(chat), "created_at", request)
    return MessageList(messages=[Message.model_validate(seen.to_dict()) for seen in found], next_cursor=cursor)


@operation("POST", "/chat/{chat_id}/messages", effort=Effort.COSTLY)
def send_message(caller: Caller, request: SendMessage) -> Iterator[UserMessage | Words | AssistantMessage]:
    """Send a message and hear the answer as it is written. To hang up is to stop it; what has come is kept.

    A message that says to make the video starts its job, after the price was said. Sent again under the same
    request id, it is answered with what is kept.
    Raises AnswerUnderWay while another message of the chat is being answered.
    """
    exchange = _begun(caller, request)
    writing = Writing(exchange.answer)
    try:
        yield UserMessage(message=exchange.asked, answer_id=exchange.answer.id)
        if exchange.is_new:
            with closing(_answer(caller, request, exchange, writing)) as answer:
                for words in answer:
                    yield Words(content=words)
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


def _answer(caller: Caller, request: SendMessage, exchange: Exchange, writing: Writing) -> Generator[str, None, None]:
    """The words of the answer, by what the message is for."""
    account = DayAccount(caller.uid, exchange.answer.id)
    model = choose(catalog(), Role.TEXT, Request(quality=request.ad.quality), now().date()).model
    said = _conversation(exchange)
    avatar = _avatar(caller, exchange.chat.avatar_id)
    photos = request.avatar_images or (avatar.reference_images if avatar else [])
    product = PRODUCTS.owned(caller.uid, request.product_id) if request.product_id else None
    chosen = Chosen(
        draft=_draft(request.ad, product),
        avatar=avatar.detailed_dna or avatar.name if avatar else "",
        avatar_images=len(photos),
        product_images=len(product.images if product else request.product_images),
    )
    found = intent.detect(account, model, said, bool(photos), chosen.has_product)
    log.info("the message is taken for %s", found)
    writing.note(intent=found)
    if found is not Intent.CHAT:
        brief = _brief(chosen.draft, said)
        quoted, missing = _quoted(caller, brief, chosen)
        if missing or quoted is None:
            writing.note(intent=Intent.VIDEO_NEEDS_INPUT)
            yield conversation.guidance(missing)
            return
        if found is Intent.VIDEO_READY:
            yield from _started(caller, request, exchange, writing, brief, quoted)
            return
    yield from conversation.reply(account, model, chosen, said, found is Intent.VIDEO_NEEDS_INPUT)


def _started(
    caller: Caller,
    request: SendMessage,
    exchange: Exchange,
    writing: Writing,
    brief: Brief,
    quoted: QuoteAnswer,
) -> Iterator[str]:
    """Say what the video costs; then start its job, unless somebody stops this here."""
    cap = micros(request.budget_usd) if request.budget_usd is not None else quoted.quote.high
    yield conversation.announcement(quoted.quote, quoted.seconds, len(quoted.outline), cap)
    if not writing.is_wanted():
        return
    started = start_generation(
        caller,
        StartGeneration(
            request_id=exchange.asked.id,
            brief=brief,
            product_id=request.product_id,
            product_images=request.product_images,
            avatar_id=None if request.avatar_images else exchange.chat.avatar_id,
            avatar_images=request.avatar_images,
            auto_approve=request.auto_approve,
            budget_usd=request.budget_usd,
            chat_id=exchange.chat.id,
        ),
    )
    writing.note(job_id=started.job_id)
    yield "\n\nI have started it, and tell here how far it is."


def _quoted(caller: Caller, brief: Brief, chosen: Chosen) -> tuple[QuoteAnswer | None, list[str]]:
    """What the video would cost, and what it wants first."""
    try:
        quoted = quote_generation(
            caller,
            QuoteRequest(
                brief=brief, product_images=chosen.product_images, avatar_images=min(10, chosen.avatar_images)
            ),
        )
    except InvalidInput as wrong:
        return None, [f"The settings do not fit: {wrong}."]
    return quoted, conversation.lacking(chosen, quoted.requirements)


def _draft(draft: Draft, product: Product | None) -> Draft:
    """What is known of the ad, with the names of the product that is chosen where it has none."""
    if product is None:
        return draft
    names = {"product_name": draft.product_name or product.name, "brand": draft.brand or product.brand}
    return draft.model_copy(update=names)


def _brief(draft: Draft, said: list[Turn]) -> Brief:
    known = draft.model_dump() | {"prompt": wish(draft, said), "product_name": draft.product_name or "the product"}
    return Brief.model_validate(known)


def _conversation(exchange: Exchange) -> list[Turn]:
    """The end of the chat up to the message that is answered."""
    until = _messages(exchange.chat).order_by("created_at", direction=Query.DESCENDING)
    before = until.start_after({"created_at": exchange.asked.created_at}).limit(MOST_TURNS)
    known = [Message.model_validate(seen.to_dict()) for seen in before.stream(timeout=READ_TIMEOUT)]
    return turns([*reversed(known), exchange.asked])


def _messages(chat: Chat) -> Query:
    messages: Query = chat_ref(chat.id).collection("messages")
    return messages


def _avatar(caller: Caller, avatar_id: str | None) -> Avatar | None:
    """The person that is chosen, one's own or one that comes with the product. Raises InvalidInput for any other."""
    if avatar_id is None:
        return None
    stored = firestore.client().collection("avatars").document(avatar_id).get(timeout=READ_TIMEOUT)
    avatar = firestore.from_snapshot(Avatar, stored)
    if avatar is None or not (avatar.is_system or avatar.user_id == caller.uid):
        raise InvalidInput(f"there is no avatar {avatar_id}; choose another", field="avatar_id")
    return avatar
