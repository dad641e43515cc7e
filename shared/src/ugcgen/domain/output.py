"""What is handed over: the sizes, formats and metadata of the files, and the words that say how the film was made."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from ugcgen.domain.enums import AspectRatio, Quality
from ugcgen.domain.model import Value


class Resolution(StrEnum):
    """The picture's size, by the name people know it by; see ``short_side``."""

    P720 = "720p"
    P1080 = "1080p"
    P4K = "4k"

    @property
    def short_side(self) -> int:
        """Pixels of the picture's shorter side."""
        return {Resolution.P720: 720, Resolution.P1080: 1080, Resolution.P4K: 2160}[self]


class Container(StrEnum):
    """The kind of file: H.264 and AAC in MP4, which plays everywhere, or AV1 and Opus in WebM, which is smaller."""

    MP4 = "mp4"
    WEBM = "webm"


class Output(Value):
    """One more file of the same film, beside the one in the brief's own ratio and quality."""

    ratio: AspectRatio = AspectRatio.PORTRAIT
    resolution: Resolution = Resolution.P1080
    container: Container = Container.MP4
    quality: Quality = Quality.STANDARD

    @property
    def name(self) -> str:
        """Names the output among others, and its file: ``9x16-1080p-standard.mp4``."""
        ratio = self.ratio.replace(":", "x")
        return f"{ratio}-{self.resolution}-{self.quality}.{self.container}"


class Corner(StrEnum):
    """Where the disclosure stands."""

    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"


class Disclosure(Value):
    """The visible words that say the film was made with AI."""

    shown: bool = True
    text: str = Field(default="Made with AI", min_length=1, max_length=60)
    corner: Corner = Corner.TOP_LEFT


class FileMetadata(Value):
    """What a user wants written into the files. It stands beside the marking as made with AI, never in its place.

    ``location`` is ISO 6709, as cameras write it: ``+48.8577+002.295/``.
    """

    title: str | None = Field(default=None, max_length=200)
    comment: str | None = Field(default=None, max_length=500)
    created_at: datetime | None = None
    device: str | None = Field(default=None, max_length=120)
    location: str | None = Field(default=None, pattern=r"^[+-]\d{2}(\.\d+)?[+-]\d{3}(\.\d+)?([+-]\d+(\.\d+)?)?/$")
