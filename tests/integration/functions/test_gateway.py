"""The gateway to models with Google's SDK against the studio: what comes back, what it costs, and what goes wrong.

The studio's journal counts the POSTs, as a bill would.
"""

import io
import time
import wave
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from pydantic import BaseModel, ConfigDict

from tests.integration.functions.bad_wire import Behaviour, bad_wire
from tests.integration.functions.conftest import account_of, stored_picture
from tests.integration.studio.running import Running
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import (
    CallPending,
    CallUnconfirmed,
    ContentFiltered,
    ModelRejected,
    OverBudget,
)
from ugcgen.domain.voice import VoiceConfig
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account
from ugcgen.models import image, provider, speech, text
from ugcgen.models.catalog import catalog
from ugcgen.models.pricing import TextTask

MODELS = catalog().models
TEXT, IMAGE = MODELS["gemini-3.8-flash"], MODELS["gemini-nano-banana-2.1"]
DEAR_IMAGE = IMAGE.model_copy(update={"price": IMAGE.price.model_copy(update={"image": {"1K": 0.5}})})
SPEECH = MODELS["gemini-3.8-flash-tts"]


class Slogan(BaseModel):
    model_config = ConfigDict(extra="forbid")
    slogan: str
    words: int


TASK = TextTask(name="slogan", role=next(iter(TEXT.roles)), input_tokens=1_000, output_tokens=1_000)


def ask(account: Account, **changes: Any) -> Slogan:
    return text.ask(account, TEXT, TASK, changes.pop("prompt", "A slogan for a serum"), Slogan, **changes)


def draw(account: Account, **changes: Any) -> Artifact:
    order: dict[str, Any] = {
        "model": IMAGE,
        "prompt": "A woman holds a jar",
        "references": [],
        "ratio": "9:16",
        "size": "1K",
        "seed": 3,
        "take": 1,
    }
    return image.make(account, **order | changes)


def speak(account: Account, words: str = "I love this serum.", voice: str = "Kore") -> Artifact:
    return speech.speak(account, SPEECH, words, VoiceConfig(name=voice, style="warm"), "en")


CALLS: dict[str, Callable[[Account], object]] = {"text": ask, "image": draw, "speech": speak}
kinds = pytest.mark.parametrize("kind", CALLS)


def only_record(account: Account) -> CallRecord:
    (record,) = calls.of_job(account.holder.job_id)
    return record


def posts(studio: Running) -> int:
    return len(studio.log()["calls"])


# What comes back.


def test_a_question_is_answered_in_its_shape_and_paid_by_its_tokens(account: Account, studio: Running) -> None:
    assert isinstance(ask(account), Slogan)
    record = only_record(account)
    (call,) = studio.log()["calls"]
    used = call["tokens"]
    made = sum(count for name, count in used.items() if not name.startswith("input_"))
    asked = sum(count for name, count in used.items() if name.startswith("input_"))
    assert record.cost == account.spent == pytest.approx((asked * 0.75 + made * 3.75), abs=1)
    assert (record.state, record.sends, record.kind) == (CallState.SUCCEEDED, 1, "text")
    assert record.cost <= record.price


@pytest.mark.parametrize(
    ("ratio", "size", "across", "shorter"),
    [("9:16", "1K", 9 / 16, 700), ("16:9", "1K", 16 / 9, 700), ("1:1", "2K", 1, 2000)],
)
def test_a_picture_has_the_asked_ratio_and_size(
    account: Account, ratio: str, size: str, across: float, shorter: int
) -> None:
    picture = Image.open(io.BytesIO(storage.get(draw(account, ratio=ratio, size=size).name)))
    assert picture.width / picture.height == pytest.approx(across, rel=0.03)
    assert min(picture.size) >= shorter
    assert only_record(account).price >= only_record(account).cost > 0


def test_references_are_part_of_the_question(account: Account, user: str, studio: Running) -> None:
    red, blue = stored_picture(user, "red"), stored_picture(user, "blue")
    first = draw(account, references=[red])
    assert draw(account, references=[red]) == first
    assert draw(account, references=[red.model_copy(update={"name": red.name})], take=1) == first
    assert draw(account, references=[blue]).name != first.name
    assert posts(studio) == 2


def test_speech_is_a_wav_file_of_24_khz_in_the_voice_that_was_asked_for(account: Account) -> None:
    sounds = [storage.get(speak(account, voice=voice).name) for voice in ("Kore", "Puck")]
    assert sounds[0] != sounds[1]
    for sound in sounds:
        with wave.open(io.BytesIO(sound)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
            assert 0.5 < file.getnframes() / 24_000 < 5


@kinds
def test_the_same_question_is_paid_for_once(user: str, account: Account, studio: Running, kind: str) -> None:
    first = CALLS[kind](account)
    other_unit = account_of(user, unit="storyboard-02")
    assert CALLS[kind](other_unit) == first
    assert posts(studio) == 1
    assert account.spent > 0
    assert other_unit.spent == 0


@kinds
def test_what_is_not_allotted_is_not_sent(product: object, user: str, studio: Running, kind: str) -> None:
    with pytest.raises(OverBudget) as caught:
        CALLS[kind](account_of(user, allotted=5))
    assert caught.value.needed > 0
    assert posts(studio) == 0


# What goes wrong.


@kinds
def test_a_rate_limit_is_waited_out_as_long_as_the_provider_says(account: Account, studio: Running, kind: str) -> None:
    studio.fault(fault="rate_limit", seconds=13)
    began = now()
    with pytest.raises(CallPending) as caught:
        CALLS[kind](account)
    assert timedelta(seconds=13) <= caught.value.due_at - began < timedelta(seconds=20)
    assert only_record(account).state is CallState.RESERVED
    with pytest.raises(CallPending):
        CALLS[kind](account)
    assert posts(studio) == 1, "before that time nothing is sent"
    assert account.spent == 0


@kinds
@pytest.mark.parametrize("fault", ["lost_reply", "error"])
def test_an_unusable_answer_is_one_post(account: Account, studio: Running, kind: str, fault: str) -> None:
    studio.fault(fault=fault, code=503)
    with pytest.raises(CallPending if kind == "text" else CallUnconfirmed):
        CALLS[kind](account)
    assert posts(studio) == 1
    assert only_record(account).sends == 1


@kinds
@pytest.mark.parametrize("behaviour", ["stall", "reset", "close"])
def test_a_broken_connection_is_one_post(
    account: Account,
    product: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    behaviour: Behaviour,
) -> None:
    monkeypatch.setattr(provider, "CALL_TIMEOUT_SECONDS", 1.0)
    with bad_wire(behaviour) as wire:
        product(GOOGLE_GEMINI_BASE_URL=wire.url)
        with pytest.raises(CallPending if kind == "text" else CallUnconfirmed):
            CALLS[kind](account)
        assert wire.posts == 1
    wanted = CallState.RESERVED if kind == "text" else CallState.UNCONFIRMED
    assert only_record(account).state is wanted


@kinds
def test_a_provider_that_cannot_be_reached_was_never_asked(
    account: Account, product: Callable[..., None], kind: str
) -> None:
    product(GOOGLE_GEMINI_BASE_URL="http://127.0.0.1:1")
    with pytest.raises(CallPending):
        CALLS[kind](account)
    assert only_record(account).state is CallState.RESERVED
    assert account.spent == 0


def test_a_cheap_question_may_be_repeated_and_the_repeat_is_counted(account: Account, studio: Running) -> None:
    studio.fault(fault="lost_reply")
    with pytest.raises(CallPending) as held:
        ask(account)
    time.sleep(max(0, (held.value.due_at - now()).total_seconds()))
    assert ask(account)
    assert only_record(account).sends == posts(studio) == 2


@pytest.mark.parametrize(("model", "dear"), [(IMAGE, False), (DEAR_IMAGE, True)])
def test_a_picture_that_may_have_been_charged_is_not_asked_for_again(
    account: Account, studio: Running, model: Any, dear: bool
) -> None:
    studio.fault(fault="lost_reply")
    for _ in range(2):
        with pytest.raises(CallUnconfirmed, match="may have charged") as caught:
            draw(account, model=model)
        assert caught.value.dear is dear
        assert account.spent == caught.value.price, "until it is known better the money counts as spent"
    assert posts(studio) == 1


@kinds
@pytest.mark.parametrize("fault", ["block_prompt", "block_output"])
def test_what_is_withheld_for_safety_is_refused_with_the_reason(
    account: Account, studio: Running, kind: str, fault: str
) -> None:
    studio.fault(fault=fault)
    with pytest.raises(ContentFiltered, match=r"PROHIBITED_CONTENT|SAFETY"):
        CALLS[kind](account)
    assert only_record(account).state is CallState.REFUSED
    with pytest.raises(ContentFiltered):
        CALLS[kind](account)
    assert posts(studio) == 1, "the same question is refused from memory"


@pytest.mark.parametrize("kind", ["image", "speech"])
def test_an_answer_without_its_medium_is_no_result(account: Account, studio: Running, kind: str) -> None:
    studio.fault(fault="empty")
    with pytest.raises(ContentFiltered, match=r"OTHER|NO_IMAGE"):
        CALLS[kind](account)
    assert only_record(account).state is CallState.REFUSED


def test_a_malformed_answer_is_asked_for_again_inside_a_bound(account: Account, studio: Running) -> None:
    studio.fault(fault="truncated", times=2)
    assert isinstance(ask(account), Slogan)
    assert posts(studio) == 3
    studio.fault(fault="truncated", times=None)
    with pytest.raises(ModelRejected, match="answered slogan 3 times in the wrong shape"):
        ask(account, prompt="Another slogan")
    assert posts(studio) == 6
    assert account.spent == sum(record.cost for record in calls.of_job(account.holder.job_id)), (
        "every answer was paid for"
    )


def test_a_request_that_the_model_cannot_serve_is_rejected_for_good(account: Account, studio: Running) -> None:
    with pytest.raises(ModelRejected, match=r"aspect_ratio|aspectRatio"):
        draw(account, ratio="7:3")
    assert only_record(account).state is CallState.FAILED
    assert account.spent == 0


def test_a_model_that_is_gone_is_rejected_for_good(account: Account, studio: Running) -> None:
    gone = IMAGE.model_copy(update={"id": "gemini-2.5-flash-image"})
    with pytest.raises(ModelRejected, match="NOT_FOUND"):
        draw(account, model=gone)
