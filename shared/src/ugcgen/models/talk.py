"""Conversations with text models, whose answers are heard as they come."""

from collections.abc import AsyncIterator, Generator, Sequence
from datetime import date

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.chat import Turn
from ugcgen.domain.content_key import content_key
from ugcgen.domain.enums import Speaker
from ugcgen.domain.errors import ContentFiltered, ReplyLost
from ugcgen.domain.money import Micros
from ugcgen.ledger.account import Account, Sender, Waiting
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import pricing, provider
from ugcgen.models.catalog import Model
from ugcgen.models.line import awaited, next_of
from ugcgen.models.media import Picture, labelled_parts
from ugcgen.models.pricing import TextTask
from ugcgen.models.text import cost_of, finish_reason, refuse_blocked

_ROLES = {Speaker.USER: "user", Speaker.ASSISTANT: "model"}


def talk(
    account: Account,
    model: Model,
    task: TextTask,
    turns: Sequence[Turn],
    system: str,
    quiet_seconds: float,
    temperature: float | None = None,
) -> Generator[str | None, None, None]:
    """The words of the answer to the last turn, as they come; None for each moment without a word. To close the
    iterator is to stop the answer, also one that has not begun.

    ``temperature`` is left out for a model that does not take one. Raises as ``Account.tell`` does: ReplyLost where the
    model is quiet for longer than ``quiet_seconds``.
    """
    day = now().date()
    shown = [name for turn in turns for name in turn.pictures]
    said = {
        "task": task.name,
        "request": account.holder.request,
        "system": system,
        "turns": [turn.model_dump(mode="json") for turn in turns],
    }
    question = Question(
        key=content_key(account.user_id, model.id, said, [storage.content_of(name) for name in shown]),
        model=model.id,
        kind="text",
        price=pricing.text_task(model, day, task, len(shown)),
        dear=False,
    )

    def prepare() -> Sender[Waiting]:
        config = types.GenerateContentConfig(
            system_instruction=system,
            max_output_tokens=task.output_tokens,
            temperature=temperature if model.temperature else None,
            http_options=types.HttpOptions(timeout=int(quiet_seconds * 1000)),
        )
        contents = [types.Content(role=_ROLES[turn.role], parts=_parts(turn)) for turn in turns]
        what = f"{model.id} ({task.name})"

        def send(lent: Lent | None) -> Waiting:
            models = provider.client(model.provider, lent).aio.models
            with provider.one_submit(what):
                pieces = yield from awaited(
                    models.generate_content_stream(model=model.id, contents=list(contents), config=config)
                )
                # The request is sent when its first piece is asked for: a refusal has to be known here.
                first = yield from awaited(next_of(pieces), moment=0)
            return _Spoken(what, model, day, first, pieces)

        return send

    return account.tell(question, prepare)


class _Spoken:
    """An answer of which the first piece has come."""

    def __init__(
        self,
        what: str,
        model: Model,
        day: date,
        first: types.GenerateContentResponse | None,
        rest: AsyncIterator[types.GenerateContentResponse],
    ) -> None:
        self.cost: Micros = 0
        self.ended = False
        self._what, self._model, self._day = what, model, day
        self._first, self._rest = first, rest

    def words(self) -> Generator[str | None, None, None]:
        heard, reason, piece = False, "", self._first
        with provider.one_submit(self._what):
            while piece is not None:
                self.cost = max(self.cost, cost_of(self._model, self._day, piece))
                if _is_last(piece):
                    self.ended, reason = True, finish_reason(piece)
                refuse_blocked(piece, self.cost)
                if piece.text:
                    heard = True
                    yield piece.text
                piece = yield from awaited(next_of(self._rest))
        if not self.ended:
            raise ReplyLost(f"{self._what}: the answer broke off")
        if not heard or reason not in _WHOLE:
            raise ContentFiltered(f"the answer was withheld ({reason})", self.cost)


_WHOLE = {"STOP", "MAX_TOKENS"}


def _is_last(piece: types.GenerateContentResponse) -> bool:
    blocked = piece.prompt_feedback is not None and piece.prompt_feedback.block_reason is not None
    return blocked or any(candidate.finish_reason is not None for candidate in piece.candidates or [])


def _parts(turn: Turn) -> list[types.Part]:
    pictures = [
        Picture(name=name, sha256=storage.content_of(name), label="attached to the message that follows")
        for name in turn.pictures
    ]
    return [*labelled_parts(pictures), types.Part.from_text(text=turn.text)]
