"""One submit sends one POST, whatever becomes of it: counted where it arrives."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from infra.local.parts import REPO
from tests.integration.functions.bad_wire import BEHAVIOURS, Behaviour, bad_wire
from tests.integration.functions.conftest import account_of
from tests.integration.studio.running import Running
from tests.unit.paid_paths import paid_modules
from ugcgen.domain.chat import Turn
from ugcgen.domain.enums import CallState, Speaker
from ugcgen.domain.errors import CallPending, CallUnconfirmed
from ugcgen.domain.voice import VoiceConfig
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account
from ugcgen.models import image, interactions, provider, speech, talk, text, video
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.clip import ClipOrder
from ugcgen.models.pricing import TextTask

MODELS = catalog().models
TASK = TextTask(name="slogan", role=Role.TEXT, input_tokens=1_000, output_tokens=1_000)


class Slogan(BaseModel):
    slogan: str


@dataclass(frozen=True)
class Filming:
    """A model and the smallest clip it makes."""

    model: str
    seconds: float
    resolution: str

    def __call__(self, account: Account) -> None:
        order = ClipOrder(
            prompt="A jar", negative="", seconds=self.seconds, ratio="9:16", resolution=self.resolution, seed=7
        )
        model = MODELS[self.model]
        video.submit(account, model, order, video.question(account, model, order, take=1))


SUBMITS: dict[str, Callable[[Account], Any]] = {
    "text": lambda account: text.ask(account, MODELS["gemini-3.8-flash"], TASK, "A slogan", Slogan),
    "talk": lambda account: list(
        talk.talk(account, MODELS["gemini-3.8-flash"], TASK, [Turn(role=Speaker.USER, text="A slogan")], "Write.", 1.0)
    ),
    "image": lambda account: image.make(
        account, MODELS["gemini-nano-banana-2.1"], "A jar", [], ratio="9:16", size="1K", seed=7, take=1
    ),
    "speech": lambda account: speech.speak(account, MODELS["gemini-3.8-flash-tts"], "Hello.", VoiceConfig(), "en"),
    "cloud_speech": lambda account: speech.speak(account, MODELS["google-cloud-tts"], "Hello.", VoiceConfig(), "en"),
    "interactions": Filming("gemini-omni-1.2-flash", 3, "360p"),
    "agent_platform": Filming("veo-3.1-lite-generate-001", 4, "720p"),
}
"""A submit by each module of the gateway that sends paid requests, under the module's name."""

MAY_BE_REPEATED = {"text", "talk"}
"""Cheap questions, which are asked again where the answer was lost."""

submits = pytest.mark.parametrize("name", SUBMITS)


@pytest.fixture
def account(product: object, user: str) -> Account:
    return account_of(user, allotted=5_000_000)


def test_every_module_that_sends_paid_requests_is_tried() -> None:
    assert SUBMITS.keys() == paid_modules()


@submits
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_submit_is_one_post_on_any_wire(
    account: Account, product: Callable[..., None], monkeypatch: pytest.MonkeyPatch, name: str, behaviour: Behaviour
) -> None:
    monkeypatch.setattr(provider, "CALL_TIMEOUT_SECONDS", 1.0)
    monkeypatch.setattr(interactions, "SUBMIT_TIMEOUT_SECONDS", 1.0)
    with bad_wire(behaviour) as wire:
        product(GOOGLE_GEMINI_BASE_URL=wire.url)
        with pytest.raises(CallPending if behaviour == "429" or name in MAY_BE_REPEATED else CallUnconfirmed):
            SUBMITS[name](account)
        assert wire.posts == len(wire.requests) == 1
    (record,) = calls.of_job(account.holder.job_id)
    assert record.sends == 1
    may_be_sent_again = behaviour == "429" or name in MAY_BE_REPEATED
    assert record.state is (CallState.RESERVED if may_be_sent_again else CallState.UNCONFIRMED)


@submits
def test_a_reply_that_is_lost_after_the_work_was_accepted_is_one_post(
    account: Account, studio: Running, name: str
) -> None:
    studio.fault(fault="lost_reply")
    with pytest.raises(CallPending if name in MAY_BE_REPEATED else CallUnconfirmed):
        SUBMITS[name](account)
    (call,) = studio.log()["calls"]
    assert call["accepted"]
    assert calls.of_job(account.holder.job_id)[0].sends == 1


# The SDK's asynchronous client, by which conversations are held. With aiohttp installed it has another transport unless
# it is given one, and that sends a request again by itself.


@cache
def posts_of_the_async_client(aiohttp: str) -> dict[str, Any]:
    environment = os.environ | {"GEMINI_API_KEY": "a-key", "GOOGLE_CLOUD_PROJECT": "demo-ugcgen"}
    command = [sys.executable, "-m", "tests.integration.functions.async_posts", aiohttp]
    ended = subprocess.run(command, cwd=REPO, env=environment, stdout=subprocess.PIPE, timeout=120, check=True)
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told["aiohttp"] == (aiohttp == "with"), "the SDK had the transport that was meant"
    return told


transports = pytest.mark.parametrize("aiohttp", ["with", "without"])


@transports
def test_our_options_hold_the_async_client_to_one_post_too(aiohttp: str) -> None:
    counts = posts_of_the_async_client(aiohttp)["ours"]
    assert counts.keys() == set(BEHAVIOURS)
    assert {posts for by_call in counts.values() for posts in by_call.values()} == {1}


@transports
def test_the_sdk_s_own_options_do_send_again(aiohttp: str) -> None:
    """What the tests above would tell if our options did nothing."""
    counts = posts_of_the_async_client(aiohttp)["default"]
    assert counts["503"]["interactions"] > 1
    assert (counts["close"]["generate_content"] > 1) == (aiohttp == "with")
