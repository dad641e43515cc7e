"""The models the studio serves and what each of them can do.

The studio has its own table on purpose: the product's catalog is what it stands in judgement over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from infra.local.studio.errors import ApiError, missing

Kind = Literal["text", "image", "speech", "video"]
Size = tuple[int, int]


@dataclass(frozen=True)
class TextModel:
    id: str
    title: str
    served_by: str = ""
    """The model that really answers, when the id is routed to a newer one."""
    kind: Kind = "text"


@dataclass(frozen=True)
class ImageModel:
    id: str
    title: str
    ratios: frozenset[str]
    tokens: dict[str, int]
    """Output tokens of one picture by image size; its keys are the sizes the model can make."""
    references: int
    kind: Kind = "image"


@dataclass(frozen=True)
class SpeechModel:
    id: str
    title: str
    encoding: Literal["wav", "l16"]
    """What it answers by default: a complete WAV file, or bare 16-bit samples."""
    kind: Kind = "speech"


@dataclass(frozen=True)
class OmniModel:
    """Video through the Interactions API; a clip may last any time in a range."""

    id: str
    title: str
    longest: float
    references: int
    shortest: float = 3
    longest_between_frames: float = 10
    longest_extension: float = 10
    longest_extended: float = 40
    resolutions: tuple[str, ...] = ("360p", "720p", "1080p", "4k")
    kind: Kind = "video"


@dataclass(frozen=True)
class VeoModel:
    """Video through the Agent Platform; a clip lasts one of a few durations."""

    id: str
    title: str
    resolutions: tuple[str, ...]
    durations: tuple[int, ...] = (4, 6, 8)
    references: int = 3
    extension: float = 7
    longest_extended: float = 148
    kind: Kind = "video"


Model = TextModel | ImageModel | SpeechModel | OmniModel | VeoModel

_COMMON_1K: Final[dict[str, Size]] = {
    "1:1": (1024, 1024),
    "2:3": (848, 1264),
    "3:2": (1264, 848),
    "3:4": (896, 1200),
    "4:3": (1200, 896),
    "4:5": (928, 1152),
    "5:4": (1152, 928),
    "9:16": (768, 1376),
    "16:9": (1376, 768),
    "21:9": (1584, 672),
}
_NARROW_1K: Final[dict[str, Size]] = {
    "1:4": (512, 2048),
    "4:1": (2048, 512),
    "1:8": (384, 3072),
    "8:1": (3072, 384),
}
_TIMES: Final = {"1K": 1, "2K": 2, "4K": 4}
_SHORT_SIDE: Final = {"360p": 360, "720p": 720, "1080p": 1080, "4k": 2160}
VIDEO_RATIOS: Final = ("16:9", "9:16")
FPS: Final = 24

_MODELS: Final[tuple[Model, ...]] = (
    TextModel("gemini-3.8-flash", "Gemini 3.8 Flash"),
    TextModel("gemini-3.7-flash", "Gemini 3.7 Flash", served_by="gemini-3.8-flash"),
    TextModel("gemini-3.6-flash", "Gemini 3.6 Flash"),
    TextModel("gemini-3.5-flash", "Gemini 3.5 Flash", served_by="gemini-3.6-flash"),
    TextModel("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite"),
    TextModel("gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview"),
    TextModel("gemini-4-argon", "Gemini 4 Argon"),
    TextModel("gemini-4-carbon", "Gemini 4 Carbon"),
    TextModel("gemini-4-hydrogen", "Gemini 4 Hydrogen"),
    ImageModel(
        "gemini-nano-banana-2.1",
        "Gemini Nano Banana 2.1",
        ratios=frozenset(_COMMON_1K | _NARROW_1K),
        tokens={"1K": 1120, "2K": 1680, "4K": 2520},
        references=14,
    ),
    ImageModel(
        "gemini-3-pro-image",
        "Gemini 3 Pro Image",
        ratios=frozenset(_COMMON_1K),
        tokens={"1K": 1120, "2K": 1120, "4K": 2000},
        references=14,
    ),
    ImageModel(
        "gemini-3.1-flash-lite-image",
        "Gemini 3.1 Flash-Lite Image",
        ratios=frozenset(_COMMON_1K),
        tokens={"1K": 1120},
        references=14,
    ),
    SpeechModel("gemini-3.8-flash-tts", "Gemini 3.8 Flash TTS", encoding="wav"),
    SpeechModel("gemini-3.8-flash-lite-tts", "Gemini 3.8 Flash-Lite TTS", encoding="wav"),
    SpeechModel("gemini-3.1-flash-tts-preview", "Gemini 3.1 Flash TTS Preview", encoding="l16"),
    OmniModel("gemini-omni-1.2-flash", "Gemini Omni 1.2 Flash", longest=15, references=6),
    OmniModel("gemini-omni-1.1-flash", "Gemini Omni 1.1 Flash", longest=10, references=7),
    VeoModel("veo-3.1-generate-001", "Veo 3.1", resolutions=("720p", "1080p", "4k")),
    VeoModel("veo-3.1-fast-generate-001", "Veo 3.1 Fast", resolutions=("720p", "1080p", "4k")),
    VeoModel("veo-3.1-lite-generate-001", "Veo 3.1 Lite", resolutions=("720p", "1080p")),
)

MODELS: Final[dict[str, Model]] = {model.id: model for model in _MODELS}

RETIRED: Final[dict[str, str]] = {
    "gemini-2.5-pro-preview-06-05": "gemini-3.1-pro-preview",
    "gemini-2.5-pro": "gemini-3.1-pro-preview",
    "gemini-2.5-flash": "gemini-3.5-flash-lite",
    "gemini-2.5-flash-image": "gemini-nano-banana-2.1",
    "gemini-3.1-flash-image": "gemini-nano-banana-2.1",
    "gemini-2.5-flash-preview-tts": "gemini-3.8-flash-tts",
    "gemini-2.5-pro-preview-tts": "gemini-3.8-flash-tts",
    "imagen-4.0-ultra-generate-exp-05-20": "gemini-nano-banana-2.1",
    "imagen-4.0-generate-exp-05-20": "gemini-nano-banana-2.1",
    "imagen-4.0-ultra-generate-001": "gemini-nano-banana-2.1",
    "imagen-4.0-generate-001": "gemini-nano-banana-2.1",
    "imagen-4.0-fast-generate-001": "gemini-nano-banana-2.1",
    "veo-3.1-generate-preview": "gemini-omni-1.2-flash",
    "veo-3.1-fast-generate-preview": "gemini-omni-1.2-flash",
    "veo-3.1-lite-generate-preview": "gemini-omni-1.2-flash",
    "veo-3.0-generate-001": "gemini-omni-1.2-flash",
    "veo-2.0-generate-001": "gemini-omni-1.2-flash",
}
"""Ids that once answered, and what Google names as the replacement."""


def find(model_id: str, method: str) -> Model:
    """The model that serves `model_id`; raises ApiError 404 for a retired or unknown id."""
    model_id = model_id.removeprefix("models/")
    if model := MODELS.get(model_id):
        return model
    if replacement := RETIRED.get(model_id):
        raise missing(f"This model models/{model_id} is no longer available. Please use {replacement} instead.")
    raise not_supported(model_id, method)


def not_supported(model_id: str, method: str) -> ApiError:
    return missing(
        f"models/{model_id} is not found, or is not supported for {method}. "
        "Call ListModels to see the list of available models and their supported methods."
    )


def image_size(ratio: str, size: str) -> Size:
    """Pixels (width, height) of a picture, as the API documents them."""
    width, height = (_COMMON_1K | _NARROW_1K)[ratio]
    return width * _TIMES[size], height * _TIMES[size]


def video_size(ratio: str, resolution: str) -> Size:
    """Pixels (width, height) of a clip."""
    short = _SHORT_SIDE[resolution]
    long = short * 16 // 9
    return (short, long) if ratio == "9:16" else (long, short)
