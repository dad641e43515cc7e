"""Speech: one call speaks one text in one voice; stored as a WAV file.

The Gemini voices are told pitch, pace and manner in words, beside the text, so that no word of that is read out; those
of Cloud Text-to-Speech take pitch and pace as numbers, and no manner.
"""

import io
import re
import textwrap
import wave

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import Artifact
from ugcgen.domain.content_key import content_key
from ugcgen.domain.errors import ContentFiltered
from ugcgen.domain.money import Micros
from ugcgen.domain.voice import VoiceConfig
from ugcgen.domain.words import count_words
from ugcgen.ledger.account import Account, Answer, Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.ledger.record import Question
from ugcgen.models import cloud_speech, pricing, provider
from ugcgen.models.catalog import Model, Provider
from ugcgen.models.text import cost_of, finish_reason, refuse_blocked
from ugcgen.models.voices import voice_named

LONGEST_STYLE = 400
"""Characters of a manner of speaking that are passed on."""


def speak(
    account: Account, model: Model, text: str, voice: VoiceConfig, language: str, faster: float = 1, take: int = 1
) -> Artifact:
    """A WAV file in Storage, spoken ``faster`` by that factor than the voice would.

    Raises InvalidInput for a voice that does not exist, and what ``Account.call`` raises.
    """
    prebuilt, pace = voice_named(voice.name), round(voice.rate * faster, 2)
    if model.provider is Provider.CLOUD_TTS:
        return cloud_speech.speak(account, model, text, prebuilt, language, voice.pitch, pace, take)
    style = direction(voice.style, voice.pitch, pace)
    parameters = {"task": "speech", "text": text, "voice": prebuilt, "language": language, "style": style}
    key = content_key(account.user_id, model.id, parameters, take=take)
    day = now().date()
    price = pricing.speech(model, day, count_words(text))
    question = Question(key=key, model=model.id, kind="speech", price=price, dear=False)

    def prepare() -> Sender[Answer]:
        config = types.GenerateContentConfig(
            response_modalities=["AUDIO"],
            speech_config=types.SpeechConfig(
                language_code=language,
                voice_config=types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=prebuilt)),
            ),
        )
        manner = types.SpeechMetadata(style=style) if style else None
        spoken = types.Content(role="user", parts=[types.Part(text=text, speech_metadata=manner)])

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


def direction(style: str, pitch: float, pace: float) -> str:
    """How to speak, in words: the manner, and what of pitch (semitones) and pace (a factor) is unusual."""
    said = [textwrap.shorten(style, LONGEST_STYLE, placeholder=" …").rstrip(".")] if style.strip() else []
    if pitch:
        said.append(f"Keep the voice {abs(pitch):g} semitones {'higher' if pitch > 0 else 'lower'} than usual")
    if pace != 1:
        said.append(f"Speak {pace:g} times as fast as usual")
    return "".join(f"{sentence}. " for sentence in said).rstrip()


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
