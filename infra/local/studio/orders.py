"""Orders: what is to be made, read from a request of either API and checked against what the model can do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from infra.local.studio import wire
from infra.local.studio.catalog import (
    FPS,
    VIDEO_RATIOS,
    ImageModel,
    Kind,
    OmniModel,
    SpeechModel,
    TextModel,
    VeoModel,
    image_size,
    video_size,
)
from infra.local.studio.errors import ApiError, invalid
from infra.local.studio.prompt import Line, Photo, Prompt, Turn, text_tokens
from infra.local.studio.voice import VOICES

Encoding = Literal["wav", "l16"]


@dataclass(frozen=True)
class TextOrder:
    model: TextModel
    prompt: Prompt
    schema: wire.Json | None = None
    longest: int | None = None
    """Tokens the answer may have."""
    photo_tokens: int = 1120
    kind: Kind = "text"


@dataclass(frozen=True)
class ImageOrder:
    model: ImageModel
    prompt: Prompt
    ratio: str
    size: str
    seed: int
    kind: Kind = "image"

    @property
    def pixels(self) -> tuple[int, int]:
        return image_size(self.ratio, self.size)


@dataclass(frozen=True)
class SpokenLine:
    text: str
    voice: str
    language: str


@dataclass(frozen=True)
class SpeechOrder:
    model: SpeechModel
    prompt: Prompt
    lines: tuple[SpokenLine, ...]
    encoding: Encoding
    kind: Kind = "speech"


@dataclass(frozen=True)
class VideoOrder:
    """A clip. With `extends` the result begins with that clip and goes on for `seconds`; with `edits` it is a new
    clip between that clip's outer frames."""

    model: OmniModel | VeoModel
    prompt: Prompt
    seconds: float
    ratio: str
    resolution: str
    seed: int
    first: bytes | None = None
    last: bytes | None = None
    references: tuple[Photo, ...] = ()
    extends: bytes | None = None
    edits: bytes | None = None
    samples: int = 1
    kind: Kind = "video"
    fps: int = FPS

    @property
    def pixels(self) -> tuple[int, int]:
        return video_size(self.ratio, self.resolution)


Order = TextOrder | ImageOrder | SpeechOrder | VideoOrder
Model = TextModel | ImageModel | SpeechModel | OmniModel | VeoModel

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
            return _image(model, prompt, wire.typed(image, str, "aspect_ratio"), image_size_of(image), seed)
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
            return _image(model, prompt, wire.typed(image, str, "aspect_ratio"), image_size_of(image), seed)
        case SpeechModel():
            audio = formats.get("audio", {})
            mime = wire.typed(audio, str, "mime_type") or "audio/wav"
            encodings: dict[str, Encoding] = {"audio/wav": "wav", "audio/l16": "l16"}
            if mime not in encodings or wire.number(audio, "sample_rate") not in (None, 24_000):
                raise invalid(f"Audio output as {mime} is not served here; ask for audio/wav or audio/l16 at 24000 Hz.")
            return _speech(model, prompt, *_speakers(config), encodings[mime])
        case OmniModel():
            return _omni(model, config, formats.get("video", {}), prompt, previous, seed)
        case VeoModel():
            raise invalid(f"{model.id} is only supported through predictLongRunning.")


def image_size_of(config: Any) -> str:
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
        raise invalid(f"Voice name {', '.join(unknown)} is not supported. Allowed voice names are: {', '.join(VOICES)}.")
    if len(voices) > 2:
        raise invalid("The number of speakers must be at most 2.")
    if text_tokens(prompt.text) > 8192:
        raise invalid(f"The input token count exceeds the maximum of 8192 of {model.id}.")
    lines = tuple(
        SpokenLine(line.text, voices.get(line.speaker) or next(iter(voices.values())), language)
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


# -- video ---------------------------------------------------------------------------------------------------------

_MARK = re.compile(r"<(FIRST_FRAME|LAST_FRAME|IMAGE_REF_(\d+))>")
_TASKS = ("text_to_video", "image_to_video", "reference_to_video", "edit", "extend")


def _omni(
    model: OmniModel, config: wire.Json, video: wire.Json, prompt: Prompt, previous: bytes | None, seed: int
) -> VideoOrder:
    bound = _bind(prompt)
    before = previous or next((f.data for f in prompt.footage), None)
    task = wire.typed(config, str, "video_config", "task") or _task(bound, before)
    if task not in _TASKS:
        raise invalid(f"video_config.task {task!r} is not served here; it must be one of {', '.join(_TASKS)}.")
    if task in ("edit", "extend") and before is None:
        raise invalid(f"The task {task} needs a previous_interaction_id with a video, or a video in the input.")
    if task == "image_to_video":
        bound = _as_frames(bound)
    references = bound.references
    if task == "reference_to_video" and not references:
        raise invalid("The task reference_to_video needs at least one reference image.")
    if len(references) > model.references:
        raise invalid(f"{model.id} takes at most {model.references} reference images, got {len(references)}.")
    ratio, resolution = _format(model, video)
    order = VideoOrder(
        model,
        prompt,
        seconds=wire.number(video, "duration") or 8.0,
        ratio=ratio,
        resolution=resolution,
        seed=seed,
        first=bound.first,
        last=bound.last,
        references=references,
        extends=before if task == "extend" else None,
        edits=before if task == "edit" else None,
    )
    _check_omni_length(model, order)
    return order


def _format(model: OmniModel | VeoModel, video: wire.Json) -> tuple[str, str]:
    ratio = wire.typed(video, str, "aspect_ratio") or "16:9"
    resolution = wire.typed(video, str, "resolution") or "720p"
    if ratio not in VIDEO_RATIOS:
        raise invalid(f"aspect_ratio must be one of {', '.join(VIDEO_RATIOS)} for {model.id}, got {ratio!r}.")
    if resolution not in model.resolutions:
        raise invalid(f"resolution must be one of {', '.join(model.resolutions)} for {model.id}, got {resolution!r}.")
    return ratio, resolution


def _check_omni_length(model: OmniModel, order: VideoOrder) -> None:
    longest = model.longest
    if order.first and order.last:
        longest = model.longest_between_frames
    if order.extends:
        longest = model.longest_extension
    if not model.shortest <= order.seconds <= longest:
        raise invalid(
            f"duration must be between {model.shortest:g}s and {longest:g}s for this task of {model.id}, "
            f"got {order.seconds:g}s."
        )
    _check_extended(order, model.longest_extended)


def _check_extended(order: VideoOrder, longest: float) -> None:
    from infra.local.studio.media import seconds_of

    if order.extends and (total := seconds_of(order.extends) + order.seconds) > longest + 0.5:
        raise invalid(f"The extended video would be {total:.1f}s long; {order.model.id} stops at {longest:g}s.")


@dataclass(frozen=True)
class _Bound:
    """The images of a prompt in their parts."""

    first: bytes | None = None
    last: bytes | None = None
    references: tuple[Photo, ...] = ()


def _bind(prompt: Prompt) -> _Bound:
    """Give each image its part.

    A marker right before an image names its part; the other markers take the other images in the order in which the
    text mentions them; images that no marker wants are references.
    """
    roles: dict[int, str] = {}
    for index, photo in enumerate(prompt.photos):
        if found := list(_MARK.finditer(photo.label)):
            alone = photo.label.strip() == found[-1].group(0)
            if alone or len(prompt.photos) == len({m.group(1) for m in _MARK.finditer(prompt.text)}) == 1:
                roles[index] = found[-1].group(1)
    mentioned = [name for name in _mentions(prompt.text) if name not in roles.values()]
    free = [index for index in range(len(prompt.photos)) if index not in roles]
    roles.update(zip(free, mentioned, strict=False))
    frame = {name: prompt.photos[index].data for index, name in roles.items() if name.endswith("_FRAME")}
    references = [i for i in range(len(prompt.photos)) if not roles.get(i, "").endswith("_FRAME")]
    references.sort(key=lambda i: int(roles[i].removeprefix("IMAGE_REF_")) if i in roles else len(prompt.photos) + i)
    return _Bound(frame.get("FIRST_FRAME"), frame.get("LAST_FRAME"), tuple(prompt.photos[i] for i in references))


def _mentions(text: str) -> Sequence[str]:
    """Distinct markers as the text mentions them, the numbered references among themselves in their order."""
    names = list(dict.fromkeys(match.group(1) for match in _MARK.finditer(text)))
    numbered = iter(sorted((n for n in names if n.startswith("IMAGE_REF")), key=lambda n: int(n.rsplit("_", 1)[1])))
    return [next(numbered) if name.startswith("IMAGE_REF") else name for name in names]


def _task(bound: _Bound, before: bytes | None) -> str:
    if before is not None:
        return "edit"
    if bound.first or bound.last:
        return "image_to_video"
    return "reference_to_video" if bound.references else "text_to_video"


def _as_frames(bound: _Bound) -> _Bound:
    """In image_to_video, images without a marker are the first and then the last frame."""
    spare = list(bound.references)
    first = bound.first or (spare.pop(0).data if spare else None)
    last = bound.last or (spare.pop(0).data if spare else None)
    if first is None:
        raise invalid("The task image_to_video needs an image.")
    return replace(bound, first=first, last=last, references=tuple(spare))


def from_predict(model: VeoModel, body: wire.Json, media: Any) -> VideoOrder:
    """Read a predictLongRunning request of the Agent Platform.

    `media(doc, where)` gives the bytes of an image or video given inline or in Cloud Storage, or None.
    """
    instances = wire.items(body, "instances")
    if len(instances) != 1:
        raise invalid(f"predictLongRunning takes exactly one instance, got {len(instances)}.")
    instance, parameters = instances[0], wire.typed(body, dict, "parameters") or {}
    first, last, video = (media(wire.field(instance, name), name) for name in ("image", "last_frame", "video"))
    references = tuple(
        Photo(data, str(wire.field(r, "reference_type") or "ASSET").lower(), "image/png")
        for i, r in enumerate(wire.items(instance, "reference_images"))
        if (data := media(wire.field(r, "image"), f"reference_images[{i}].image"))
    )
    # A negative prompt names what must not be seen; an illustrator that reads words would draw exactly that.
    prompt = Prompt((Turn("user", wire.typed(instance, str, "prompt") or ""),), photos=references)
    ratio, resolution = _format(model, parameters)
    given = wire.number(parameters, "duration_seconds")
    order = VideoOrder(
        model,
        prompt,
        seconds=model.extension if video else (8 if given is None else given),
        ratio=ratio,
        resolution=resolution,
        seed=wire.seed_of(body, wire.number(parameters, "seed")),
        first=first,
        last=last,
        references=references,
        extends=video,
        samples=int(wire.number(parameters, "sample_count") or 1),
    )
    _check_veo(model, order)
    return order


def _check_veo(model: VeoModel, order: VideoOrder) -> None:
    if not order.prompt.question and not order.first:
        raise invalid("The instance needs a prompt or an image.")
    if order.references and (order.first or order.last or order.extends):
        raise _use_case("image, video and lastFrame are not supported together with referenceImages")
    if order.references and not order.prompt.question:
        raise _use_case("referenceImages need a prompt")
    if len(order.references) > model.references:
        raise _use_case(f"at most {model.references} referenceImages are supported, got {len(order.references)}")
    if order.last and not order.first:
        raise _use_case("lastFrame needs an image to start from")
    if order.extends:
        if order.resolution != "720p":
            raise _use_case("an extension is made at 720p")
        return _check_extended(order, model.longest_extended)
    if order.seconds not in model.durations:
        wanted = ", ".join(map(str, model.durations))
        raise _use_case(f"durationSeconds must be one of {wanted} for {model.id}, got {order.seconds:g}")
    if order.seconds != 8 and (order.references or order.resolution != "720p"):
        raise _use_case("referenceImages, 1080p and 4k need durationSeconds 8")
    if not 1 <= order.samples <= 4:
        raise _use_case(f"sampleCount must be between 1 and 4, got {order.samples}")
    return None


def _use_case(why: str) -> ApiError:
    return invalid(f"Your use case is currently not supported: {why}.")
