"""Reading orders from generateContent and from the Interactions API, checked against what the model can do."""

from __future__ import annotations

import re
from typing import Any

from infra.local.studio import wire
from infra.local.studio.catalog import ImageModel, OmniModel, SpeechModel, TextModel, VeoModel
from infra.local.studio.direction import directed
from infra.local.studio.errors import invalid
from infra.local.studio.orders import Encoding, ImageOrder, Model, Order, SpeechOrder, SpokenLine, TextOrder
from infra.local.studio.prompt import Line, Prompt, text_tokens
from infra.local.studio.video_orders import from_omni
from infra.local.studio.voices import VOICES

_PHOTO_TOKENS = {
    "MEDIA_RESOLUTION_LOW": 280,
    "MEDIA_RESOLUTION_MEDIUM": 560,
    "MEDIA_RESOLUTION_HIGH": 1120,
}


def from_generate(model: Model, body: wire.Json, prompt: Prompt) -> Order:
    """Read a generateContent request; raises ApiError for what the model cannot do."""
    config = wire.typed(body, dict, "generation_config") or {}
    seed = wire.seed_of(body, wire.number(config, "seed"))
    match model:
        case TextModel():
            schema = wire.typed(config, dict, "response_json_schema") or wire.typed(config, dict, "response_schema")
            as_json = wire.field(config, "response_mime_type") == "application/json"
            if schema and not as_json:
                raise invalid("Response schema is only supported with response mime type application/json.")
            return TextOrder(
                model,
                prompt,
                (schema or {}) if as_json else None,
                _whole(wire.number(config, "max_output_tokens")),
                _PHOTO_TOKENS.get(wire.typed(config, str, "media_resolution") or "", 1120),
            )
        case ImageModel():
            image = wire.field(config, "image_config")
            return _image(model, prompt, wire.typed(image, str, "aspect_ratio"), _size_of(image), seed)
        case SpeechModel():
            if wire.field(body, "system_instruction"):
                raise invalid("Developer instruction is not enabled for this model.")
            if "AUDIO" not in wire.items(config, "response_modalities"):
                raise invalid("The requested combination of response modalities (TEXT) is not supported by the model.")
            raw = wire.field(config, "response_format", "audio", "mime_type") == "AUDIO_L16"
            return _speech(model, prompt, *_prebuilt(config), "l16" if raw else model.encoding)
        case OmniModel():
            raise invalid(f"{model.id} is only supported in the Interactions API.")
        case VeoModel():
            raise invalid(f"{model.id} is only supported through predictLongRunning.")


def from_interaction(model: Model, body: wire.Json, prompt: Prompt, previous: bytes | None) -> Order:
    """Read a request of the Interactions API; `previous` is the clip of the interaction it goes on from."""
    config = wire.typed(body, dict, "generation_config") or {}
    wanted = wire.field(body, "response_format") or []
    formats = {f.get("type"): f for f in (wanted if isinstance(wanted, list) else [wanted]) if isinstance(f, dict)}
    seed = wire.seed_of(body, wire.number(config, "seed"))
    match model:
        case TextModel():
            text = formats.get("text", {})
            as_json = wire.field(text, "mime_type") == "application/json"
            schema = wire.typed(text, dict, "schema") or {}
            return TextOrder(
                model, prompt, schema if as_json else None, _whole(wire.number(config, "max_output_tokens"))
            )
        case ImageModel():
            image = formats.get("image", {})
            return _image(model, prompt, wire.typed(image, str, "aspect_ratio"), _size_of(image), seed)
        case SpeechModel():
            audio = formats.get("audio", {})
            mime = wire.typed(audio, str, "mime_type") or "audio/wav"
            encodings: dict[str, Encoding] = {"audio/wav": "wav", "audio/l16": "l16"}
            if mime not in encodings or wire.number(audio, "sample_rate") not in (None, 24_000):
                raise invalid(f"Audio output as {mime} is not served here; ask for audio/wav or audio/l16 at 24000 Hz.")
            return _speech(model, prompt, *_speakers(config), encodings[mime])
        case OmniModel():
            return from_omni(model, config, formats.get("video", {}), prompt, previous, seed)
        case VeoModel():
            raise invalid(f"{model.id} is only supported through predictLongRunning.")


def _size_of(config: Any) -> str:
    return wire.typed(config, str, "image_size") or "1K"


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _image(model: ImageModel, prompt: Prompt, ratio: str | None, size: str, seed: int) -> ImageOrder:
    if len(prompt.photos) > model.references:
        raise invalid(f"{model.id} takes at most {model.references} input images, got {len(prompt.photos)}.")
    if size not in model.tokens:
        raise invalid(f"image_size must be one of {', '.join(model.tokens)} for {model.id}, got {size!r}.")
    ratio = ratio or "1:1"
    if ratio not in model.ratios:
        raise invalid(f"aspect_ratio must be one of {', '.join(sorted(model.ratios))} for {model.id}, got {ratio!r}.")
    if not prompt.text.strip():
        raise invalid("The request has no text prompt.")
    return ImageOrder(model, prompt, ratio, size, seed)


def _prebuilt(config: wire.Json) -> tuple[dict[str, str], str]:
    """(voice by speaker, language) of a generateContent speechConfig; the speaker "" is the only one."""
    speech = wire.field(config, "speech_config")
    language = wire.typed(speech, str, "language_code") or "en-US"
    many = wire.items(speech, "multi_speaker_voice_config", "speaker_voice_configs")
    voices = {str(wire.field(s, "speaker")): _voice_name(wire.field(s, "voice_config")) for s in many}
    return voices or {"": _voice_name(wire.field(speech, "voice_config"))}, language


def _voice_name(config: Any) -> str:
    return wire.typed(config, str, "prebuilt_voice_config", "voice_name") or "Kore"


def _speakers(config: wire.Json) -> tuple[dict[str, str], str]:
    speech = wire.field(config, "speech_config") or []
    each = wire.items(speech, "speakers") if isinstance(speech, dict) else speech
    voices = {str(s.get("speaker", "")): str(s.get("voice", "Kore")) for s in each}
    return voices or {"": "Kore"}, next((s["language"] for s in each if s.get("language")), "en-US")


def _speech(
    model: SpeechModel, prompt: Prompt, voices: dict[str, str], language: str, encoding: Encoding
) -> SpeechOrder:
    if unknown := sorted(set(voices.values()) - VOICES.keys()):
        raise invalid(f"Voice name {', '.join(unknown)} is not supported. Allowed voice names: {', '.join(VOICES)}.")
    if len(voices) > 2:
        raise invalid("The number of speakers must be at most 2.")
    if text_tokens(prompt.text) > 8192:
        raise invalid(f"The input token count exceeds the maximum of 8192 of {model.id}.")
    lines = tuple(
        SpokenLine(line.text, voices.get(line.speaker) or next(iter(voices.values())), language, *directed(line.style))
        for part in prompt.lines
        for line in _cast(part, voices)
    )
    if not any(c.isalnum() for line in lines for c in line.text):
        raise invalid("The request has no text to speak.")
    return SpeechOrder(model, prompt, lines, encoding)


def _cast(part: Line, voices: dict[str, str]) -> list[Line]:
    """Split a screenplay ("A: hello") into the lines of its speakers; what stands before the first is direction."""
    if part.speaker or "" in voices:
        return [part]
    names = "|".join(re.escape(name) for name in voices)
    pieces = re.split(rf"^\s*({names})\s*:", part.text, flags=re.M)
    return [Line(text.strip(), part.style, name) for name, text in zip(pieces[1::2], pieces[2::2], strict=True)]
