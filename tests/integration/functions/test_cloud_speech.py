"""Speech by Cloud Text-to-Speech: what a call brings and costs, what goes wrong, and how a scene falls back on it."""

import io
import wave
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.functions.bad_wire import Behaviour, bad_wire
from tests.integration.functions.conftest import account_of
from tests.integration.studio.running import Running
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import Artifact, CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import CallPending, CallUnconfirmed, ContentFiltered, InvalidInput, ModelRejected, OverBudget
from ugcgen.domain.voice import VoiceConfig
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account
from ugcgen.models import cloud_speech, provider, speech
from ugcgen.models.catalog import catalog
from ugcgen.models.cloud_speech import cloud_voice

MODELS = catalog().models
NEURAL2, WAVENET = MODELS["google-cloud-tts"], MODELS["google-cloud-tts-wavenet"]
GEMINI, LITE = "gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts"
TEXT = "I love this serum."


def speak(
    account: Account, model: Any = NEURAL2, voice: str = "Kore", language: str = "en", text: str = TEXT
) -> Artifact:
    return speech.speak(account, model, text, VoiceConfig(name=voice, style="warm"), language)


def only_record(account: Account) -> CallRecord:
    (record,) = calls.of_job(str(account.holder.job_id))
    return record


def asked(studio: Running) -> list[str]:
    return [call["model"] for call in studio.log()["calls"]]


# One call.


def test_it_is_a_wav_file_paid_by_its_characters(account: Account, studio: Running) -> None:
    with wave.open(io.BytesIO(storage.get(speak(account).name))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        assert 0.5 < file.getnframes() / 24_000 < 5
    record = only_record(account)
    assert record.cost == record.price == account.spent == len(TEXT) * 16
    assert (record.state, record.model, record.sends) == (CallState.SUCCEEDED, "google-cloud-tts", 1)
    assert studio.log()["calls"][0]["tokens"] == {"characters": len(TEXT)}


def test_the_same_question_is_paid_for_once(user: str, account: Account, studio: Running) -> None:
    first = speak(account)
    other_unit = account_of(user, unit="audio_generation-02")
    assert speak(other_unit) == first
    assert (len(asked(studio)), other_unit.spent) == (1, 0)
    assert speak(account, voice="Puck") != first


def test_what_is_not_allotted_is_not_sent(product: object, user: str, studio: Running) -> None:
    with pytest.raises(OverBudget):
        speak(account_of(user, allotted=5))
    assert asked(studio) == []


@pytest.mark.parametrize("changes", [{"language": "fi"}, {"text": "x" * 5001}])
def test_what_cannot_be_spoken_is_refused_before_any_call(
    account: Account, studio: Running, changes: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput, match=r"no female voice for the language fi|split the scene"):
        speak(account, **changes)
    assert asked(studio) == []


# What goes wrong.


def test_a_rate_limit_is_waited_out_as_long_as_the_provider_says(account: Account, studio: Running) -> None:
    studio.fault(fault="rate_limit", seconds=13)
    began = now()
    with pytest.raises(CallPending) as caught:
        speak(account)
    assert timedelta(seconds=13) <= caught.value.due_at - began < timedelta(seconds=20)
    assert only_record(account).state is CallState.RESERVED


@pytest.mark.parametrize("fault", ["lost_reply", "error"])
def test_an_unusable_answer_is_one_post(account: Account, studio: Running, fault: str) -> None:
    studio.fault(fault=fault, code=503)
    with pytest.raises(CallUnconfirmed):
        speak(account)
    assert len(asked(studio)) == only_record(account).sends == 1


@pytest.mark.parametrize("behaviour", ["stall", "reset", "close"])
def test_a_broken_connection_is_one_post(
    account: Account, product: Callable[..., None], monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour
) -> None:
    monkeypatch.setattr(provider, "CALL_TIMEOUT_SECONDS", 1.0)
    with bad_wire(behaviour) as wire:
        product(GOOGLE_GEMINI_BASE_URL=wire.url)
        with pytest.raises(CallUnconfirmed):
            speak(account)
        assert wire.posts == 1
    assert only_record(account).state is CallState.UNCONFIRMED


def test_a_provider_that_cannot_be_reached_was_never_asked(account: Account, product: Callable[..., None]) -> None:
    product(GOOGLE_GEMINI_BASE_URL="http://127.0.0.1:1")
    with pytest.raises(CallPending):
        speak(account)
    assert (only_record(account).state, account.spent) == (CallState.RESERVED, 0)


def test_an_empty_answer_is_no_result(account: Account, studio: Running) -> None:
    studio.fault(fault="empty")
    with pytest.raises(ContentFiltered, match="no sound came back"):
        speak(account)
    assert only_record(account).state is CallState.REFUSED


def test_what_the_provider_rejects_is_rejected_with_its_sentence(account: Account, studio: Running) -> None:
    studio.fault(fault="block_output")
    with pytest.raises(ModelRejected, match="INVALID_ARGUMENT: This request contains sensitive"):
        speak(account)
    assert only_record(account).state is CallState.FAILED


# Voices.


@pytest.mark.parametrize(
    ("model", "voice", "language", "name"),
    [
        (NEURAL2, "Kore", "en", "en-US-Neural2-C"),
        (NEURAL2, "Puck", "en-GB", "en-GB-Neural2-B"),
        (NEURAL2, "Zephyr", "pt", "pt-BR-Neural2-C"),
        (WAVENET, "Kore", "fi", "fi-FI-Wavenet-B"),
        (WAVENET, "Charon", "zh-TW", "cmn-TW-Wavenet-C"),
        (WAVENET, "Puck", "no", "nb-NO-Wavenet-G"),
        (WAVENET, "Leda", "en-CA", "en-US-Wavenet-F"),
    ],
)
def test_a_voice_of_ours_has_one_that_comes_near(model: Any, voice: str, language: str, name: str) -> None:
    assert cloud_voice(model, voice, language).name == name


def test_the_client_needs_no_credentials_of_google_here(product: object) -> None:
    assert cloud_speech.client() is cloud_speech.client()
