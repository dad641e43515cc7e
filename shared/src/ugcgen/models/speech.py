"""Speech: one call speaks one text in one voice; stored as a WAV file."""

import io
import re
import wave
from collections.abc import Callable
from datetime import date

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import content_key
from ugcgen.domain.errors import ContentFiltered
from ugcgen.ledger.account import Account, Answer
from ugcgen.ledger.record import Question
from ugcgen.models import cloud_speech, pricing, provider
from ugcgen.models.catalog import Model, Provider
from ugcgen.models.text import finish_reason, refuse_blocked
from ugcgen.models.voices import voice_named


def speak(account: Account, model: Model, text: str, voice: str, language: str, style: str, take: int = 1) -> Artifact:
    """A WAV file in Storage. Raises what ``Account.call`` raises."""
    prebuilt = voice_named(voice)
    if model.provider is Provider.CLOUD_TTS:
        return cloud_speech.speak(account, model, text, prebuilt, language, take)
    parameters = {"task": "speech", "text": text, "voice": prebuilt, "language": language, "style": style}
    key = content_key(account.user_id, model.id, parameters, take=take)
    day = now().date()
    price = pricing.speech(model, day, len(text.split()))
    question = Question(key=key, model=model.id, kind="speech", price=price, dear=False)

    def prepare() -> Callable[[], Answer]:
        config = types.GenerateContentConfig(
            response_modalities=["AUDIO"],
            speech_config=types.SpeechConfig(
                language_code=language,
                voice_config=types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=prebuilt)),
            ),
        )
        client = provider.client(model.provider)
        spoken = f"Say in a {style} way: {text}" if style else text

        def send() -> Answer:
            with provider.one_submit(f"{model.id} (speech)"):
                response = client.models.generate_content(model=model.id, contents=spoken, config=config)
            data = _wav_of(response)
            _, artifact = storage.put_once(storage.artifact_name(account.user_id, key, "wav"), data, "audio/wav")
            return Answer(cost=_cost(model, day, response), artifacts=[artifact])

        return send

    return account.call(question, prepare).artifacts[0]


def _wav_of(response: types.GenerateContentResponse) -> bytes:
    """The answer's sound as a WAV file: newer models send one, older ones bare samples."""
    refuse_blocked(response)
    for candidate in response.candidates or []:
        for part in (candidate.content.parts if candidate.content else None) or []:
            if part.inline_data and part.inline_data.data:
                data = part.inline_data.data
                return data if data[:4] == b"RIFF" else _with_header(data, part.inline_data.mime_type or "")
    raise ContentFiltered(f"no sound came back ({finish_reason(response)})")


def _with_header(samples: bytes, media_type: str) -> bytes:
    rate = re.search(r"rate=(\d+)", media_type)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(int(rate.group(1)) if rate else 24_000)
        file.writeframes(samples)
    return out.getvalue()


def _cost(model: Model, day: date, response: types.GenerateContentResponse) -> int:
    usage = response.usage_metadata
    if usage is None:
        return 0
    return pricing.text(model, day, usage.prompt_token_count or 0, usage.candidates_token_count or 0)
