"""Questions to text and vision models, answered as JSON that fits a pydantic model."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from google.genai import types
from pydantic import BaseModel, ValidationError

from ugcgen.cloud.clock import now
from ugcgen.domain.content_key import content_key
from ugcgen.domain.errors import ContentFiltered, ModelRejected
from ugcgen.domain.money import Micros
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import pricing, provider
from ugcgen.models.catalog import Model
from ugcgen.models.json_repair import repaired
from ugcgen.models.media import Picture, labelled_parts
from ugcgen.models.pricing import TextTask

M = TypeVar("M", bound=BaseModel)

MALFORMED_RETRIES = 2
"""How often a question is asked again when its answer is no JSON of the asked shape."""


@dataclass(frozen=True)
class Asked(Generic[M]):
    """An answer and what it took: whether its JSON had to be ``repaired``, how many malformed ones came before it."""

    answer: M
    repaired: bool
    retries: int


def ask(
    account: Account,
    model: Model,
    task: TextTask,
    prompt: str,
    answer: type[M],
    pictures: list[Picture] | None = None,
    system: str | None = None,
    seed: int = 1,
) -> M:
    """Ask for an ``answer``; raises as ``asked`` does."""
    return asked(account, model, task, prompt, answer, pictures, system, seed).answer


def asked(
    account: Account,
    model: Model,
    task: TextTask,
    prompt: str,
    answer: type[M],
    pictures: list[Picture] | None = None,
    system: str | None = None,
    seed: int = 1,
) -> Asked[M]:
    """Ask for an ``answer``. A malformed one is repaired, or asked for again with another take, inside a bound.

    Raises ModelRejected after the last malformed answer, and what ``Account.call`` raises.
    """
    shown = pictures or []
    trouble = ""
    for take in range(1, MALFORMED_RETRIES + 2):
        said = _ask_once(account, model, task, prompt, answer, shown, system, seed, take)
        for mended in (False, True):
            try:
                read = answer.model_validate_json(repaired(said) if mended else said)
                return Asked(read, repaired=mended, retries=take - 1)
            except ValidationError as malformed:
                trouble = str(malformed.errors(include_url=False, include_input=False)[:3])
    times = MALFORMED_RETRIES + 1
    raise ModelRejected(f"{model.id} answered {task.name} {times} times in the wrong shape: {trouble}")


def _ask_once(
    account: Account,
    model: Model,
    task: TextTask,
    prompt: str,
    answer: type[BaseModel],
    pictures: list[Picture],
    system: str | None,
    seed: int,
    take: int,
) -> str:
    schema = answer.model_json_schema()
    parameters = {"task": task.name, "prompt": prompt, "system": system, "seed": seed, "schema": schema}
    key = content_key(account.user_id, model.id, parameters, [picture.sha256 for picture in pictures], take)
    day = now().date()
    question = Question(
        key=key,
        model=model.id,
        kind="text",
        price=pricing.text_task(model, day, task, len(pictures)),
        dear=False,
    )

    def prepare() -> Sender[Answer]:
        config = types.GenerateContentConfig(
            system_instruction=system,
            response_mime_type="application/json",
            response_json_schema=schema,
            max_output_tokens=task.output_tokens,
            seed=seed + take - 1,
        )
        contents = [types.Content(role="user", parts=[*labelled_parts(pictures), types.Part.from_text(text=prompt)])]

        def send(lent: Lent | None) -> Answer:
            client = provider.client(model.provider, lent)
            with provider.one_submit(f"{model.id} ({task.name})"):
                response = client.models.generate_content(model=model.id, contents=list(contents), config=config)
            cost = cost_of(model, day, response)
            return Answer(cost=cost, data={"text": _text_of(response, cost)})

        return send

    return str(account.call(question, prepare).answer["text"])


def _text_of(response: types.GenerateContentResponse, cost: Micros) -> str:
    """The text of an answer. Raises ContentFiltered with the provider's reason where there is none."""
    refuse_blocked(response, cost)
    text = response.text
    if not text:
        raise ContentFiltered(f"the answer was empty ({finish_reason(response)})", cost)
    return text


def refuse_blocked(response: types.GenerateContentResponse, cost: Micros) -> None:
    """Raises ContentFiltered where the prompt itself was blocked."""
    feedback = response.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise ContentFiltered(f"the prompt was blocked ({feedback.block_reason.value})", cost)


def finish_reason(response: types.GenerateContentResponse) -> str:
    candidates = response.candidates or []
    reason = candidates[0].finish_reason if candidates else None
    return reason.value if reason is not None else "no candidate"


def cost_of(model: Model, day: date, response: types.GenerateContentResponse) -> Micros:
    """What an answer cost by the tokens that the provider reports, those of an empty one too."""
    usage = response.usage_metadata
    if usage is None:
        return 0
    made = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
    return pricing.text(model, day, usage.prompt_token_count or 0, made)


def as_prompt_json(name: str, value: Any) -> str:
    """A value inside a prompt, between tags that a model (and a reader) can find."""
    return f"<{name}>\n{json.dumps(value, ensure_ascii=False, indent=1)}\n</{name}>"
