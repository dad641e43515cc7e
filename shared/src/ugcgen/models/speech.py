"""Speech: one call speaks one text in one voice; stored as a WAV file."""

import io
import re
import wave

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import content_key
from ugcgen.domain.errors import ContentFiltered
from ugcgen.domain.money import Micros
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import cloud_speech, pricing, provider
from ugcgen.models.catalog import Model, Provider
from ugcgen.models.text import cost_of, finish_reason, refuse_blocked
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

    def prepare() -> Sender[Answer]:
        config = types.GenerateContentConfig(
            response_modalities=["AUDIO"],
            speech_config=types.SpeechConfig(
                language_code=language,
                voice_config=types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=prebuilt)),
            ),
        )
        spoken = f"Say in a {style} way: {text}" if style else text

        def send(lent: Lent | None) -> Answer:
            client = provider.client(model.provider, lent)
            with provider.one_submit(f"{model.id} (speech)"):
                response = client.models.generate_content(model=model.id, contents=spoken, config=config)
            cost = cost_of(model, day, response)
            data = _wav_of(response, cost)
            _, artifact = storage.put_once(storage.artifact_name(account.user_id, key, "wav"), data, "audio/wav")
            return Answer(cost=cost, artifacts=[artifact])

        return send

    return account.call(question, prepare).artifacts[0]


def _wav_of(response: types.GenerateContentResponse, cost: Micros) -> bytes:
    """The answer's sound as a WAV file: newer models send one, older ones bare samples."""
    refuse_blocked(response, cost)
    for candidate in response.candidates or []:
        for part in (candidate.content.parts if candidate.content else None) or []:
            if part.inline_data and part.inline_data.data:
                data = part.inline_data.data
                return data if data[:4] == b"RIFF" else _with_header(data, part.inline_data.mime_type or "")
    raise ContentFiltered(f"no sound came back ({finish_reason(response)})", cost)


def _with_header(samples: bytes, media_type: str) -> bytes:
    rate = re.search(r"rate=(\d+)", media_type)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(int(rate.group(1)) if rate else 24_000)
        file.writeframes(samples)
    return out.getvalue()
