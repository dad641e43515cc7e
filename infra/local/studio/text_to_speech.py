"""Cloud Text-to-Speech: text:synthesize for the voices of the Neural2 and WaveNet families."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, request

from infra.local.studio import wire
from infra.local.studio.catalog import SpeechModel
from infra.local.studio.errors import invalid
from infra.local.studio.made import EXPECTED_FINISH
from infra.local.studio.orders import SpeechOrder, SpokenLine
from infra.local.studio.prompt import Line, Prompt, Turn
from infra.local.studio.studio import Studio
from infra.local.studio.voices import VOICES

_FAMILIES = {
    "Neural2": SpeechModel("google-cloud-tts", "Cloud Text-to-Speech, Neural2", encoding="wav"),
    "Wavenet": SpeechModel("google-cloud-tts-wavenet", "Cloud Text-to-Speech, WaveNet", encoding="wav"),
}
"""The models that are billed, by the family in a voice's name; the API itself knows voices only."""

_VOICE = re.compile(r"([a-z]{2,3}-[A-Z]{2})-(\w+)-([A-Z])")
_LONGEST_TEXT = 5_000  # bytes
_SENSITIVE = "This request contains sensitive or harmful content that violates Google's Responsible AI practices."


def blueprint(studio: Studio) -> Blueprint:
    api = Blueprint("text_to_speech", __name__)

    @api.post("/text:synthesize")
    def synthesize() -> Response:
        body = request.get_json(force=True)
        model = _model(body)
        engagement = studio.take(studio.ordered(model, lambda: _order(model, body)))
        made = engagement.work()
        if engagement.call.accepted:
            engagement.call.tokens = {"characters": len(engagement.order.prompt.text)}
        if made.blocked or made.finish.endswith("SAFETY"):
            raise invalid(_SENSITIVE)
        engagement.reply()
        return jsonify({"audioContent": wire.encoded(made.media[0]) if made.finish == EXPECTED_FINISH else ""})

    return api


def _named(body: wire.Json) -> re.Match[str]:
    name = wire.typed(body, str, "voice", "name") or ""
    found = _VOICE.fullmatch(name)
    if found is None or found[2] not in _FAMILIES:
        raise invalid(f"Voice '{name}' does not exist. Is it misspelled?")
    return found


def _model(body: wire.Json) -> SpeechModel:
    return _FAMILIES[_named(body)[2]]


def _order(model: SpeechModel, body: wire.Json) -> SpeechOrder:
    """Read a request; raises ApiError for what the API, or this stand-in, does not do."""
    text = wire.typed(body, str, "input", "text")
    if not text or not any(c.isalnum() for c in text):
        raise invalid("Either `input.text` or `input.ssml` must be set; SSML is not spoken here.")
    if len(text.encode()) > _LONGEST_TEXT:
        raise invalid(f"Either `input.text` or `input.ssml` is longer than the limit of {_LONGEST_TEXT} bytes.")
    locale, _, letter = _named(body).groups()
    language = wire.typed(body, str, "voice", "language_code") or ""
    if language.lower() != locale.lower():
        raise invalid(f"Requested language code '{language}' doesn't match the voice's language code '{locale}'.")
    encoding, hertz = wire.field(body, "audio_config", "audio_encoding"), _number(body, "sample_rate_hertz", 24_000)
    if encoding != "LINEAR16" or hertz != 24_000:
        raise invalid(f"Audio as {encoding} at {hertz:g} Hz is not served here; ask for LINEAR16 at 24000 Hz.")
    rate, pitch = _number(body, "speaking_rate", 1), _number(body, "pitch", 0)
    if not (0.25 <= rate <= 2 and -20 <= pitch <= 20):
        raise invalid("The speaking rate is between 0.25 and 2.0, the pitch between -20.0 and 20.0.")
    line = SpokenLine(text, _voice(letter, wire.typed(body, str, "voice", "ssml_gender")), locale, rate, pitch)
    return SpeechOrder(model, Prompt((Turn("user", text),), (Line(text),)), (line,), "wav")


def _number(body: wire.Json, name: str, usual: float) -> float:
    given = wire.number(body, "audio_config", name)
    return usual if given is None else given


def _voice(letter: str, gender: str | None) -> str:
    """One of the studio's voices; other letters are other voices."""
    alike = [name for name, timbre in VOICES.items() if gender is None or timbre.male is (gender == "MALE")]
    return alike[(ord(letter) - ord("A")) % len(alike)]
