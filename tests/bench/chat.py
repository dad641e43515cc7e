"""The part of ``tests.bench.api`` that talks: twenty people at once, and the first words beside those of the model.

The model is asked directly with Google's SDK, as a script would, and through the product in turn, so that both have
the same machine at the same time.
"""

import json
import statistics
import time
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests
from google import genai
from google.genai import types

from tests.e2e.studio import Studio
from ugcgen.cloud.clock import now
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.choice import Request, choose

PEOPLE = 20
ANSWERS = 3
"""Each person hears, one after another."""
ROUNDS = 15
THINKING_S = 0.5
TIMEOUT_S = 60
QUESTION = "Give me three hooks for Lumi Glow"

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Talk:
    """Of many people at once; milliseconds. ``errors`` are answers that did not come to their end."""

    people: int
    answers: int
    first_words_p50: float
    first_words_p99: float
    whole_p50: float
    whole_p99: float
    errors: int


@dataclass(frozen=True)
class FirstWords:
    """Medians in milliseconds of one person alone; ``accepted`` is when the message was stored."""

    thinking_seconds: float
    rounds: int
    directly: float
    accepted: float
    through_the_product: float
    difference: float
    ratio: float


@dataclass(frozen=True)
class _Heard:
    accepted: float
    first: float
    whole: float
    complete: bool


def many_at_once(api: str, people: list[Headers]) -> Talk:
    def one(headers: Headers) -> list[_Heard]:
        return [_asked(api, headers) for _ in range(ANSWERS)]

    with ThreadPoolExecutor(len(people)) as threads:
        heard = [answer for each in threads.map(one, people) for answer in each]
    first, whole = sorted(answer.first for answer in heard), sorted(answer.whole for answer in heard)
    return Talk(
        people=len(people),
        answers=len(heard),
        first_words_p50=_ms(statistics.median(first)),
        first_words_p99=_ms(first[int(len(first) * 0.99)]),
        whole_p50=_ms(statistics.median(whole)),
        whole_p99=_ms(whole[int(len(whole) * 0.99)]),
        errors=sum(not answer.complete for answer in heard),
    )


def first_words(api: str, headers: Headers, studio: str, key: str, thinking: float) -> FirstWords:
    line = genai.Client(vertexai=False, api_key=key, http_options=types.HttpOptions(base_url=studio))
    model = choose(catalog(), Role.TEXT, Request(), now().date()).model.id
    Studio(studio).latency(text=thinking)
    directly, through = [], []
    for _ in range(ROUNDS):
        began = time.monotonic()
        next(piece for piece in line.models.generate_content_stream(model=model, contents=QUESTION) if piece.text)
        directly.append(time.monotonic() - began)
        through.append(_asked(api, headers))
    Studio(studio).latency()
    here = statistics.median(directly)
    there = statistics.median(answer.first for answer in through)
    return FirstWords(
        thinking_seconds=thinking,
        rounds=ROUNDS,
        directly=_ms(here),
        accepted=_ms(statistics.median(answer.accepted for answer in through)),
        through_the_product=_ms(there),
        difference=_ms(there - here),
        ratio=round(there / here, 1),
    )


def _asked(api: str, headers: Headers) -> _Heard:
    """One message of a new chat and its answer, in seconds since it was sent."""
    chat = requests.post(f"{api}/chat", json={}, headers=headers, timeout=TIMEOUT_S).json()["id"]
    wish = {"request_id": uuid.uuid4().hex, "content": QUESTION}
    at: dict[str, float] = {}
    state, began = "", time.monotonic()
    with requests.post(
        f"{api}/chat/{chat}/messages", json=wish, headers=headers, timeout=TIMEOUT_S, stream=True
    ) as answer:
        for event, data in _events(answer):
            at.setdefault(event, time.monotonic() - began)
            if event == "assistant_message":
                state = data["message"]["state"]
    whole = time.monotonic() - began
    return _Heard(at.get("user_message", whole), at.get("stream", whole), whole, state == "complete" and "done" in at)


def _events(answer: requests.Response) -> Iterator[tuple[str, dict]]:
    event = ""
    for line in answer.iter_lines(chunk_size=1):
        name, _, value = line.decode().partition(": ")
        if name == "event":
            event = value
        elif name == "data":
            yield event, json.loads(value)


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)
