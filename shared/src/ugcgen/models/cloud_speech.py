"""Speech by Google Cloud Text-to-Speech: the fallback of the Gemini voices, by a voice that comes near."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import requests
from google.api_core.exceptions import GoogleAPICallError
from google.auth.exceptions import DefaultCredentialsError
from google.genai import errors
from google.oauth2.credentials import Credentials
from urllib3.exceptions import MaxRetryError, NewConnectionError

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import content_key
from ugcgen.domain.errors import ConfigurationError, ContentFiltered, InvalidInput, ModelRefusedToStart
from ugcgen.domain.model import Value
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import pricing, provider
from ugcgen.models.ability import locale_of
from ugcgen.models.catalog import Model
from ugcgen.models.voices import VOICES, Gender

if TYPE_CHECKING:
    from google.cloud.texttospeech_v1 import TextToSpeechClient

RATE_HERTZ = 24_000
LONGEST_TEXT = 5_000
"""Bytes that one request may have."""


class CloudVoice(Value):
    """A voice by the name of the provider, moved to sound like one of ours: semitones, and a factor on its pace."""

    name: str
    locale: str
    gender: Gender
    pitch: float
    rate: float


def cloud_voice(model: Model, voice: str, language: str) -> CloudVoice:
    """What a voice of ours is in a language here. Voices of one gender are spread over those that the locale has.

    Raises InvalidInput for a language that the model does not speak in a voice of that gender.
    """
    ours = VOICES[voice]
    locale = locale_of(model, language, ours.gender)
    if locale is None:
        raise InvalidInput(f"{model.id} has no {ours.gender} voice for the language {language}", field="language")
    letters = model.voices[locale][ours.gender]
    alike = [name for name, other in VOICES.items() if other.gender is ours.gender]
    letter = letters[alike.index(voice) % len(letters)]
    return CloudVoice(name=f"{locale}-{model.voice_family}-{letter}", locale=locale, **ours.model_dump())


def speak(
    account: Account,
    model: Model,
    text: str,
    voice: str,
    language: str,
    pitch: float = 0,
    pace: float = 1,
    take: int = 1,
) -> Artifact:
    """A WAV file in Storage, ``pitch`` semitones higher and ``pace`` times as fast as the voice speaks by itself.
    These voices take no direction.

    Raises InvalidInput for what cannot be spoken in one request, and what ``Account.call`` raises.
    """
    if len(text.encode()) > LONGEST_TEXT:
        raise InvalidInput(
            f"{model.id} speaks {LONGEST_TEXT} bytes at once; split the scene, or speak each scene by itself "
            "(voiceover: per_scene)",
            field="scenes",
        )
    nearest = cloud_voice(model, voice, language)
    chosen = nearest.model_copy(update={"pitch": nearest.pitch + pitch, "rate": round(nearest.rate * pace, 2)})
    parameters = {"task": "speech", "text": text, **chosen.model_dump()}
    key = content_key(account.user_id, model.id, parameters, take=take)
    price = pricing.characters(model, now().date(), len(text))
    question = Question(key=key, model=model.id, kind="speech", price=price, dear=False)

    def prepare() -> Sender[Answer]:
        service = client()
        request = {
            "input": {"text": text},
            # With its gender, so that a voice that was changed is refused and not heard.
            "voice": {"language_code": chosen.locale, "name": chosen.name, "ssml_gender": chosen.gender.upper()},
            "audio_config": {
                "audio_encoding": "LINEAR16",
                "sample_rate_hertz": RATE_HERTZ,
                "speaking_rate": chosen.rate,
                "pitch": chosen.pitch,
            },
        }

        def send(lent: Lent | None) -> Answer:
            with provider.one_submit(f"{model.id} (speech)"), _errors_as_of_the_sdk():
                response = service.synthesize_speech(request, retry=None, timeout=provider.CALL_TIMEOUT_SECONDS)
            if not response.audio_content:
                raise ContentFiltered("no sound came back")
            name = storage.artifact_name(account.user_id, key, "wav")
            _, artifact = storage.put_once(name, response.audio_content, "audio/wav")
            return Answer(cost=price, artifacts=[artifact])

        return send

    return account.call(question, prepare, keyed=False).artifacts[0]


@cache
def client() -> "TextToSpeechClient":
    """Over REST, where one request is one POST that can be seen. Raises ConfigurationError without credentials."""
    # Half a second that only a fallback needs.
    from google.cloud.texttospeech_v1 import TextToSpeechClient  # noqa: PLC0415

    # A local job must not reach, and pay, Google.
    stand_in = os.environ.get("GOOGLE_GEMINI_BASE_URL")
    try:
        return TextToSpeechClient(
            transport="rest",
            credentials=Credentials("local") if stand_in else None,  # type: ignore[no-untyped-call]
            client_options={"api_endpoint": stand_in} if stand_in else None,
        )
    except DefaultCredentialsError as missing:
        raise ConfigurationError(f"Cloud Text-to-Speech has no credentials: {missing}") from missing


@contextmanager
def _errors_as_of_the_sdk() -> Iterator[None]:
    """The client's errors in the shape of those of Google's model SDK, which ``one_submit`` knows.

    Raises ModelRefusedToStart where the connection never came about.
    """
    try:
        yield
    except GoogleAPICallError as error:
        raise errors.APIError(int(error.code or 500), _body(error)) from error
    except requests.ConnectionError as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError):
            raise ModelRefusedToStart(f"the provider cannot be reached ({cause.reason})") from error
        raise


def _body(error: GoogleAPICallError) -> dict[str, Any]:
    try:
        body: dict[str, Any] = error.response.json()
    except (AttributeError, ValueError):
        return {"error": {"message": error.message, "status": str(error.grpc_status_code)}}
    return body
