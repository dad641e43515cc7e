"""A provider's bad day on request: rules that make calls slow, refused, lost, blocked, cut short or done badly."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from infra.local.studio.catalog import Kind
from infra.local.studio.errors import ApiError, bad_key, broken, exhausted, missing, out_of_credit, suspended, used_up
from infra.local.studio.flaw import LOOKS, Flaw, Look

Trouble = Literal[
    "latency",  # the answer takes `seconds` longer
    "rate_limit",  # 429 with RetryInfo of `seconds`
    "quota",  # 429 with QuotaFailure of a daily quota
    "no_credit",  # 429: the account has nothing left to pay with
    "bad_key",  # 400: the API key is not valid
    "suspended",  # 403: the key's project is suspended, in a sentence that repeats the key
    "gone",  # 404: the model is no longer served
    "error",  # 500, 503 or 504
    "lost_reply",  # the work is accepted and done, then the connection closes without an answer
    "block_prompt",  # refused for safety before any work
    "block_output",  # made and then withheld for safety
    "empty",  # an answer without content
    "expired",  # accepted, and gone when asked for later
    "slow_download",  # the file trickles over `seconds`
    "trickle",  # a streamed text takes `seconds` from its first word to its last
    "broken_off",  # the connection closes in the middle of a streamed text
    "truncated",  # the text stops in the middle
    "black",  # the clip shows nothing
    "long_script",  # the script has far more words than can be spoken
    "hidden_product",  # the script shows the product in its first scene only
    "malformed",  # the text is JSON that does not parse
]
Fault = Trouble | Look
_MEDIA: frozenset[Kind] = frozenset({"text", "image", "speech", "video"})
_APPLIES: dict[Fault, frozenset[Kind]] = {
    "trickle": frozenset({"text"}),
    "broken_off": frozenset({"text"}),
    "truncated": frozenset({"text"}),
    "expired": frozenset({"video"}),
    "slow_download": frozenset({"video"}),
    "black": frozenset({"video"}),
    "long_script": frozenset({"text"}),
    "hidden_product": frozenset({"text"}),
    "malformed": frozenset({"text"}),
    **dict.fromkeys(LOOKS, frozenset[Kind]({"image", "video"})),
}
_OF_SCRIPTS: frozenset[Fault] = frozenset({"long_script", "hidden_product"})


class Rule(BaseModel):
    """Which calls a fault strikes, and how often. A rule with neither model nor prompt strikes every call."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Fault
    model: str | None = None
    """Exact model id."""
    kind: Kind | None = None
    """What is asked for, by whichever model."""
    prompt: str | None = None
    """A piece of the prompt, compared without regard to case."""
    key: str | None = None
    """The API key of the call."""
    times: int | None = Field(default=1, ge=1)
    """How many calls it strikes; None for every call until cleared."""
    seconds: float = Field(default=10, ge=0)
    code: Literal[500, 503, 504] = 503
    share: float = Field(default=1, gt=0, le=1)
    """How far a flaw of a picture or a clip goes."""
    since: float = Field(default=1, ge=0)
    """The second of a clip from which a flaw shows: from 0 it is in the first frame too."""

    @property
    def flaw(self) -> Flaw | None:
        """What its pictures and clips look like, where that is the fault."""
        look = next((look for look in LOOKS if look == self.fault), None)
        return Flaw(look, self.share, self.since) if look else None

    def matches(self, model: str, kind: Kind, prompt: str, key: str, *, script: bool = False) -> bool:
        return (
            (script or self.fault not in _OF_SCRIPTS)
            and kind in _APPLIES.get(self.fault, _MEDIA)
            and self.model in (None, model)
            and self.kind in (None, kind)
            and self.key in (None, key)
            and (self.prompt is None or self.prompt.lower() in prompt.lower())
        )


class Struck(BaseModel):
    """What the rules decided for one call."""

    model_config = ConfigDict(frozen=True)

    fault: Fault | None = None
    seconds: float = 0
    """The striking rule's seconds."""
    code: Literal[500, 503, 504] = 503
    latency: float = 0
    """Seconds that the answer is to be late, from every rule that says so."""
    flaw: Flaw | None = None

    def refusal(self, model: str, key: str) -> ApiError | None:
        """The error this call gets instead of any work."""
        match self.fault:
            case "rate_limit":
                return exhausted(model, self.seconds)
            case "quota":
                return used_up(model)
            case "no_credit":
                return out_of_credit()
            case "bad_key":
                return bad_key()
            case "suspended":
                return suspended(key)
            case "gone":
                return missing(f"models/{model} is no longer available.")
            case "error":
                return broken(self.code)
        return None


class BadDay:
    """The rules in force, in the order they came; the first that fits a call strikes it, delays add up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._rules: dict[int, Rule] = {}
        self._left: dict[int, int | None] = {}

    def add(self, rule: Rule) -> int:
        with self._lock:
            key = next(self._ids)
            self._rules[key], self._left[key] = rule, rule.times
            return key

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()
            self._left.clear()

    def listed(self) -> list[dict[str, object]]:
        with self._lock:
            return [
                {"id": key, "left": self._left[key], **rule.model_dump(exclude_none=True)}
                for key, rule in self._rules.items()
            ]

    def strike(self, model: str, kind: Kind, prompt: str, key: str, *, script: bool = False) -> Struck:
        """Decide the fate of a call and use up the rules that took part; `script` says that it asks for a script."""
        with self._lock:
            fitting = [
                number for number, rule in self._rules.items() if rule.matches(model, kind, prompt, key, script=script)
            ]
            delays = [number for number in fitting if self._rules[number].fault == "latency"]
            striking = next((number for number in fitting if number not in delays), None)
            latency = sum(self._rules[number].seconds for number in delays)
            rule = self._rules[striking] if striking is not None else None
            self._use([*delays, *([striking] if striking is not None else [])])
        if rule is None:
            return Struck(latency=latency)
        return Struck(fault=rule.fault, seconds=rule.seconds, code=rule.code, latency=latency, flaw=rule.flaw)

    def _use(self, keys: Iterable[int]) -> None:
        for key in keys:
            left = self._left[key]
            if left is not None:
                self._left[key] = left - 1
                if left == 1:
                    del self._rules[key], self._left[key]
