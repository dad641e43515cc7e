"""The studio itself: what is shared by its APIs, and the one way in which every call is taken."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import request

from infra.local.studio.bad_day import BadDay, Struck
from infra.local.studio.bad_script import hiding, overlong
from infra.local.studio.catalog import Kind
from infra.local.studio.crew import Crew, WorkerLost
from infra.local.studio.errors import ApiError, broken
from infra.local.studio.fingerprint import fingerprint
from infra.local.studio.footage import blackened
from infra.local.studio.journal import Call, Journal
from infra.local.studio.made import Made, cut, reworded
from infra.local.studio.memory import Memory
from infra.local.studio.orders import Model, Order, TextOrder
from infra.local.studio.prompt import TEXT
from infra.local.studio.shelf import Files, Shelf

log = logging.getLogger(__name__)

ANSWERS_REMEMBERED = 256


class LostReply(Exception):
    """The call was taken and its work done; the connection is to be closed without an answer."""


@dataclass
class Studio:
    data: Path
    workers: int
    webhook_secret: str | None = None
    latency: dict[Kind, float] = field(default_factory=dict)
    """Seconds from taking a call to answering it, by kind; work that takes longer is not delayed further."""

    def __post_init__(self) -> None:
        self.crew = Crew(self.workers, self.data / "made")
        self.files = Files(self.data / "files")
        self.interactions = Shelf(self.data / "interactions")
        self.operations = Shelf(self.data / "operations")
        self.bad_day = BadDay()
        self.journal = Journal()
        self.memory = Memory(ANSWERS_REMEMBERED)
        self.warm = False

    def warm_up(self) -> None:
        """Load what the first call would otherwise wait for, in the background."""

        def load() -> None:
            from infra.local.studio import makers, voice  # noqa: F401, PLC0415

            voice.speak("Ready.", "Kore")
            try:
                self.crew.warm()
            except WorkerLost:
                log.warning("the workers ended while they were warming up")
                return
            self.warm = True

        threading.Thread(target=load, daemon=True).start()

    def ordered(self, model: Model, read: Callable[[], Order]) -> Order:
        """Read a request; one that the model cannot serve goes into the journal as refused."""
        try:
            return read()
        except ApiError as error:
            self.journal.open(model.id, model.kind, "", "", "").reason = error.message
            raise

    def take(self, order: Order) -> Engagement:
        """Accept an order, or raise the refusal that the bad day has for it."""
        key = request.headers.get("x-goog-api-key", "")
        script = isinstance(order, TextOrder) and order.asks_for_script
        struck = self.bad_day.strike(order.model.id, order.kind, order.prompt.text, key, script=script)
        asked = fingerprint(order)
        call = self.journal.open(order.model.id, order.kind, order.prompt.text, asked, struck.fault or "")
        if refusal := struck.refusal(order.model.id, key):
            call.reason = refusal.message
            raise refusal
        call.accepted = struck.fault not in ("block_prompt", "block_output")
        call.reason = "" if call.accepted else "safety"
        return Engagement(self, order, struck, call)


@dataclass
class Engagement:
    """An order that was taken: its work, its delay and its fate."""

    studio: Studio
    order: Order
    struck: Struck
    call: Call

    def __post_init__(self) -> None:
        self._began = time.monotonic()

    def work(self) -> Made:
        """Do the work and wait out the latency; raises ApiError 500 when the work itself fails."""
        try:
            made = self._fated()
        except ApiError:
            self.call.accepted = False
            raise
        except Exception:
            log.exception("a %s for %s failed", self.order.kind, self.order.model.id)
            self.call.accepted = False
            self.call.reason = "the studio failed"
            raise broken(500) from None
        if self.call.accepted:
            self.call.tokens = {f"input_{m}": n for m, n in made.input.items()} | dict(made.output)
        wanted = self.studio.latency.get(self.order.kind, 0) + self.struck.latency
        time.sleep(max(0.0, self._began + wanted - time.monotonic()))
        return made

    def reply(self) -> None:
        """Just before an answer goes out: raise LostReply if it is to be lost."""
        if self.struck.fault == "lost_reply":
            raise LostReply

    def _fated(self) -> Made:
        from infra.local.studio import makers  # noqa: PLC0415  heavy: a second that the start need not wait for

        paid = makers.input_tokens(self.order)
        match self.struck.fault:
            case "block_prompt":
                return Made(paid, blocked="PROHIBITED_CONTENT")
            case "block_output":
                return Made(paid, finish="IMAGE_SAFETY" if self.order.kind == "image" else "SAFETY")
            case "empty":
                # Billed like an answer, as speech models were seen to do.
                return Made(paid, {TEXT: 1}, finish="NO_IMAGE" if self.order.kind == "image" else "OTHER")
        made = self._made(lambda: makers.make(self.order, self.studio.crew, self.struck.flaw))
        match self.struck.fault:
            case "truncated":
                return cut(made, max(1, made.output[TEXT] // 2))
            case "black":
                return replace(made, media=tuple(map(blackened, made.media)))
            case "long_script":
                return reworded(made, overlong(made.text))
            case "hidden_product":
                return reworded(made, hiding(made.text))
            case "malformed":
                return reworded(made, made.text.replace('":', '"', 1) + ",")
        return made

    def _made(self, make: Callable[[], Made]) -> Made:
        if self.order.kind in ("image", "video"):
            return make()
        return self.studio.memory.recall(self.call.request, make)
