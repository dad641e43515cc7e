"""Cloud Text-to-Speech through its official client: what is spoken, what is refused, and bad days."""

from __future__ import annotations

import io
import wave
from typing import Any

import numpy as np
import pytest
import requests
from google.api_core import exceptions
from google.cloud import texttospeech_v1 as tts
from google.oauth2.credentials import Credentials

from infra.local.studio.speech import Speech
from tests.integration.studio.running import Running
from tests.unit.studio.test_studio_voice import pitch

TEXT = "I love this serum, and it shows."


@pytest.fixture
def client(studio: Running) -> tts.TextToSpeechClient:
    return tts.TextToSpeechClient(
        transport="rest",
        credentials=Credentials("a-token"),  # type: ignore[no-untyped-call]
        client_options={"api_endpoint": studio.base},
    )


def speak(client: tts.TextToSpeechClient, text: str = TEXT, **changes: Any) -> bytes:
    voice = {"language_code": "en-US", "name": "en-US-Neural2-C", "ssml_gender": "FEMALE"} | changes.pop("voice", {})
    audio = {"audio_encoding": "LINEAR16", "sample_rate_hertz": 24_000} | changes.pop("audio", {})
    answer = client.synthesize_speech(
        {"input": {"text": text}, "voice": voice, "audio_config": audio}, retry=None, timeout=60
    )
    return answer.audio_content


def samples(sound: bytes) -> np.ndarray[Any, np.dtype[np.int16]]:
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def pitch_of(sound: bytes) -> float:
    return pitch(Speech(samples(sound), ()))


def test_a_voice_says_the_text_and_the_journal_counts_its_characters(
    client: tts.TextToSpeechClient, studio: Running
) -> None:
    said = speak(client)
    assert 1 < len(samples(said)) / 24_000 < 5
    assert np.abs(samples(said)).max() > 8_000
    assert speak(client) == said
    first, _ = studio.log()["calls"]
    assert (first["model"], first["kind"], first["accepted"]) == ("google-cloud-tts", "speech", True)
    assert first["tokens"] == {"characters": len(TEXT)}


def test_pace_and_pitch_are_obeyed(client: tts.TextToSpeechClient) -> None:
    plain, fast, low = (speak(client, audio=audio) for audio in ({}, {"speaking_rate": 1.5}, {"pitch": -6}))
    assert len(samples(fast)) < 0.8 * len(samples(plain))
    assert 0.55 < pitch_of(low) / pitch_of(plain) < 0.85


@pytest.mark.parametrize(
    "voice",
    [
        {"language_code": "de-DE", "name": "de-DE-Wavenet-G"},
        {"language_code": "cmn-CN", "name": "cmn-CN-Wavenet-A"},
        {"language_code": "nb-NO", "name": "nb-NO-Wavenet-G", "ssml_gender": "MALE"},
    ],
)
def test_other_languages_are_spoken(client: tts.TextToSpeechClient, studio: Running, voice: dict[str, str]) -> None:
    assert len(samples(speak(client, "Hallo 你好", voice=voice))) > 6_000
    assert studio.log()["calls"][0]["model"] == "google-cloud-tts-wavenet"


def test_the_gender_is_heard(client: tts.TextToSpeechClient) -> None:
    man = speak(client, voice={"name": "en-US-Neural2-D", "ssml_gender": "MALE"})
    assert pitch_of(man) < 150 < pitch_of(speak(client))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"voice": {"name": "en-US-Neural3-C"}}, "Voice 'en-US-Neural3-C' does not exist"),
        ({"voice": {"language_code": "de-DE"}}, "doesn't match the voice's language code"),
        ({"text": "x" * 5001}, "longer than the limit of 5000 bytes"),
        ({"text": "..."}, "must be set"),
        ({"audio": {"sample_rate_hertz": 8000}}, "at 8000 Hz is not served here"),
        ({"audio": {"speaking_rate": 3.0}}, "between 0.25 and 2.0"),
    ],
)
def test_what_the_api_does_not_do_is_refused(
    client: tts.TextToSpeechClient, studio: Running, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(exceptions.BadRequest, match=sentence):
        speak(client, **changes)
    assert studio.log()["accepted"] == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"fault": "rate_limit"}, exceptions.TooManyRequests),
        ({"fault": "error", "code": 503}, exceptions.ServiceUnavailable),
        ({"fault": "block_output"}, exceptions.BadRequest),
        ({"fault": "lost_reply"}, requests.ConnectionError),
    ],
)
def test_bad_days(
    client: tts.TextToSpeechClient, studio: Running, fault: dict[str, Any], error: type[Exception]
) -> None:
    studio.fault(model="google-cloud-tts", **fault)
    with pytest.raises(error):
        speak(client)
    assert speak(client)
    assert [call["fault"] for call in studio.log()["calls"]] == [fault["fault"], ""]


def test_an_answer_may_be_empty(client: tts.TextToSpeechClient, studio: Running) -> None:
    studio.fault(fault="empty")
    assert speak(client) == b""
