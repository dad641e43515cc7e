"""The copilot's reply to a message: talk, what a video still wants, or the price of one and its start."""

from collections.abc import Generator, Iterator
from contextlib import closing

from google.cloud.firestore import Query

from agents import conversation, intent
from agents.conversation import Chosen
from api.answering import Exchange, Writing
from api.avatars import usable_avatar
from api.caller import Caller
from api.chats import messages_of
from api.generation import QuoteAnswer, QuoteRequest, StartGeneration, quote_generation, start_generation
from api.messages import SendMessage
from api.products import PRODUCTS
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.cloud.logs import log
from ugcgen.domain.brief import Brief
from ugcgen.domain.chat import MOST_TURNS, Draft, Message, Turn, turns, wish
from ugcgen.domain.enums import Intent
from ugcgen.domain.errors import InvalidInput, NotFound
from ugcgen.domain.money import micros
from ugcgen.domain.people import Avatar
from ugcgen.domain.product import Product
from ugcgen.ledger.allowance import DayAccount
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.choice import Request, choose


def words(
    caller: Caller, request: SendMessage, exchange: Exchange, writing: Writing
) -> Generator[str | None, None, None]:
    """The words of the reply, by what the message is for; None for each moment without one."""
    account = DayAccount(caller.uid, exchange.answer.id)
    model = choose(catalog(), Role.TEXT, Request(quality=request.ad.quality), now().date()).model
    said = _conversation(exchange)
    product = PRODUCTS.owned(caller.uid, request.product_id) if request.product_id else None
    avatar = None if request.avatar_images else _avatar(caller, exchange.chat.avatar_id)
    chosen = Chosen(
        draft=_draft(request.ad, product),
        avatar=avatar.detailed_dna or avatar.name if avatar else "",
        avatar_images=len(avatar.reference_images if avatar else request.avatar_images),
        product_images=len(product.images if product else request.product_images),
    )
    with closing(conversation.reply(account, model, chosen, said, asks_for_a_video=False)) as talk:
        # Where no video can be started, the answer is asked for at once, and hung up on if it is not wanted.
        may_start = bool(chosen.avatar_images) and chosen.has_product
        begun = None if may_start else next(talk)
        found = yield from intent.detect(account, model, said, bool(chosen.avatar_images), chosen.has_product)
        log.info("the message is taken for %s", found)
        writing.note(intent=found)
        if found is Intent.CHAT:
            yield begun
            yield from talk
            return
    brief = _brief(chosen.draft, said)
    quoted, missing = _quoted(caller, brief, chosen)
    if missing or quoted is None:
        writing.note(intent=Intent.VIDEO_NEEDS_INPUT)
        yield conversation.guidance(missing)
    elif found is Intent.VIDEO_READY:
        yield from _started(caller, request, exchange, writing, brief, quoted, avatar)
    else:
        yield from conversation.reply(account, model, chosen, said, asks_for_a_video=True)


def _started(
    caller: Caller,
    request: SendMessage,
    exchange: Exchange,
    writing: Writing,
    brief: Brief,
    quoted: QuoteAnswer,
    avatar: Avatar | None,
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
            avatar_id=avatar.id if avatar else None,
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
    """The draft with the names of the product that is chosen, where it has none of its own."""
    if product is None:
        return draft
    named = {"product_name": draft.product_name or product.name, "brand": draft.brand or product.brand}
    return draft.model_copy(update=named)


def _brief(draft: Draft, said: list[Turn]) -> Brief:
    known = draft.model_dump() | {"prompt": wish(draft, said), "product_name": draft.product_name or "the product"}
    return Brief.model_validate(known)


def _conversation(exchange: Exchange) -> list[Turn]:
    """The end of the chat up to the message that is answered."""
    until = messages_of(exchange.chat).order_by("created_at", direction=Query.DESCENDING)
    before = until.start_after({"created_at": exchange.asked.created_at}).limit(MOST_TURNS)
    known = [Message.model_validate(seen.to_dict()) for seen in before.stream(timeout=READ_TIMEOUT)]
    return turns([*reversed(known), exchange.asked])


def _avatar(caller: Caller, avatar_id: str | None) -> Avatar | None:
    """The person that the chat knows, nobody where that avatar was forgotten since."""
    if avatar_id is None:
        return None
    try:
        return usable_avatar(caller.uid, avatar_id)
    except NotFound:
        return None
