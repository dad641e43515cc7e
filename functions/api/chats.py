"""Chats: begin one, list them, rename and delete them."""

from google.cloud.firestore import FieldFilter, Query
from pydantic import Field

from api.caller import Caller
from api.deletion import named_elsewhere, remove_documents, remove_objects
from api.operation import operation
from api.paging import PageRequest, page
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.domain.chat import NEW_CHAT, TITLE_LENGTH, Chat, Message
from ugcgen.domain.errors import NotFound
from ugcgen.domain.model import Document
from ugcgen.engine.refs import chat_ref


class CreateChat(Document):
    title: str = Field(default=NEW_CHAT, min_length=1, max_length=TITLE_LENGTH)


class ChatRequest(Document):
    chat_id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class RenameChat(ChatRequest):
    title: str = Field(min_length=1, max_length=TITLE_LENGTH)


class ChatList(Document):
    """``next_cursor`` names the next page, None on the last one."""

    chats: list[Chat]
    next_cursor: str | None = None


class ChatDeleted(Document):
    chat_id: str
    messages: int


@operation("POST", "/chat")
def create_chat(caller: Caller, request: CreateChat) -> Chat:
    """Begin a chat with the copilot. Without a title it takes one from the first message."""
    moment = now()
    reference = firestore.client().collection("chats").document()
    chat = Chat(id=reference.id, user_id=caller.uid, title=request.title, created_at=moment, updated_at=moment)
    reference.create(firestore.to_document(chat), timeout=WRITE_TIMEOUT)
    return chat


@operation("GET", "/chat")
def list_chats(caller: Caller, request: PageRequest) -> ChatList:
    """The caller's chats, a page at a time, those talked in last first."""
    mine = firestore.client().collection("chats").where(filter=FieldFilter("user_id", "==", caller.uid))
    found, cursor = page(mine, "updated_at", request)
    return ChatList(chats=[Chat.model_validate(seen.to_dict()) for seen in found], next_cursor=cursor)


@operation("GET", "/chat/{chat_id}")
def get_chat(caller: Caller, request: ChatRequest) -> Chat:
    """A chat without its messages."""
    return own(firestore.from_snapshot(Chat, chat_ref(request.chat_id).get(timeout=READ_TIMEOUT)), caller, request)


@operation("PATCH", "/chat/{chat_id}")
def rename_chat(caller: Caller, request: RenameChat) -> Chat:
    """Give a chat another title."""

    def attempt(atomic: Atomic) -> Chat:
        stored, seen = atomic.read(Chat, chat_ref(request.chat_id))
        renamed = own(stored, caller, request).model_copy(update={"title": request.title})
        atomic.replace(seen, renamed)
        return renamed

    return firestore.atomically(attempt)


@operation("DELETE", "/chat/{chat_id}")
def delete_chat(caller: Caller, request: ChatRequest) -> ChatDeleted:
    """Delete a chat and its messages. Its jobs go on, and stay in the library.

    Called again after it was interrupted, it goes on.
    """
    chat = get_chat(caller, request)
    _part_from_jobs(chat)  # first: a job writes its milestones into the chat that it names
    messages = [Message.model_validate(seen.to_dict()) for seen in messages_of(chat).stream(timeout=READ_TIMEOUT)]
    names = {name for message in messages for name in message.attachments}
    remove_objects(names - set(named_elsewhere(caller.uid, chat_ref(chat.id))))
    remove_documents(chat_ref(chat.id), "messages")
    return ChatDeleted(chat_id=chat.id, messages=len(messages))


def own(chat: Chat | None, caller: Caller, request: ChatRequest) -> Chat:
    """The chat, if it is the caller's. Raises NotFound for any other."""
    if chat is None or chat.user_id != caller.uid:
        raise NotFound(f"there is no chat {request.chat_id}")
    return chat


def _part_from_jobs(chat: Chat) -> None:
    jobs = firestore.client().collection("jobs").where(filter=FieldFilter("user_id", "==", chat.user_id))
    for seen in jobs.where(filter=FieldFilter("chat_id", "==", chat.id)).select([]).stream(timeout=READ_TIMEOUT):
        seen.reference.update({"chat_id": None}, timeout=WRITE_TIMEOUT)


def messages_of(chat: Chat) -> Query:
    messages: Query = chat_ref(chat.id).collection("messages")
    return messages
