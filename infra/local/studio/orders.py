"""Orders: what is to be made, read from a request of either API and checked against what the model can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from infra.local.studio import wire
from infra.local.studio.catalog import (
    FPS,
    ImageModel,
    Kind,
    OmniModel,
    SpeechModel,
    TextModel,
    VeoModel,
    image_size,
    video_size,
)
from infra.local.studio.prompt import Photo, Prompt

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

    @property
    def asks_for_script(self) -> bool:
        """Whether the answer is a document with scenes."""
        return "scenes" in ((self.schema or {}).get("properties") or {})


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
    rate: float = 1
    """A factor on the voice's own pace."""
    pitch: float = 0
    """Semitones above the voice's own pitch."""


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
