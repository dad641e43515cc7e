"""What a media file is, from its headers, its packets and its first frame; nothing else is decoded."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream
from pydantic import BaseModel, ConfigDict

from ugcgen.domain.errors import MediaError

MOST_PIXELS = 8192 * 4320
"""Pixels of the largest picture that is decoded: H.264's own limit. A header may claim any number."""

_FORMATS = "mov,matroska,wav,mp3,ogg,flac,aac"
"""Demuxers by their first names: video with an index to seek by, and sound. No playlists, which name other files."""


class Sound(BaseModel):
    """A file's first audio stream. `seconds` is what is heard, without the codec's priming."""

    model_config = ConfigDict(frozen=True)

    codec: str
    rate: int
    channels: int
    seconds: float


class Picture(BaseModel):
    """A file's first video stream that is no cover picture; it is number `stream` of the video streams.

    `width` and `height` are as shown, after a player has turned the picture by `rotation` degrees, in pixels that are
    `pixel_aspect` times as wide as they are high. `start` is where in the file's time the first frame is shown.
    `color_space` is the matrix the file names (`bt709`, `smpte170m`, ...), `transfer` and `primaries` likewise where
    they are not those of BT.709; None where it names none.
    """

    model_config = ConfigDict(frozen=True)

    codec: str
    width: int
    height: int
    fps: float
    frames: int
    seconds: float
    pixel_format: str
    color_space: str | None
    rotation: int
    stream: int = 0
    start: float = 0.0
    pixel_aspect: float = 1.0
    transfer: str | None = None
    primaries: str | None = None

    @property
    def end(self) -> float:
        """Where in the file's time the last frame is over."""
        return self.start + self.seconds


class Probe(BaseModel):
    """A media file. `faststart` is whether an MP4's index comes before its media, so that it plays while it loads."""

    model_config = ConfigDict(frozen=True)

    seconds: float
    picture: Picture | None
    sound: Sound | None
    faststart: bool


def open_media(path: Path) -> InputContainer:
    """Open a file that somebody else made: only known kinds, nothing but this file, no picture that is too large.

    Raises FFmpegError or OSError as `av.open` does.
    """
    safe = {"format_whitelist": _FORMATS, "protocol_whitelist": "file", "max_pixels": str(MOST_PIXELS)}
    container = av.open(str(path), options=safe)
    for stream in container.streams.video:
        stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    return container


def main_picture(container: InputContainer) -> VideoStream | None:
    """The first video stream that is no cover picture."""
    return next((s for s in container.streams.video if not s.disposition & Disposition.attached_pic), None)


def probe(path: Path) -> Probe:
    """Read `path`, once as long as it stays the same. Raises MediaError if it is no media file or is cut off before its
    index."""
    found = path.stat() if path.is_file() else None
    return _probe(path, found and (found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=256)
def _probe(path: Path, version: tuple[int, int, int] | None) -> Probe:
    try:
        with open_media(path) as container:
            video = main_picture(container)
            audio = next(iter(container.streams.audio), None)
            picture = _picture(container, video) if video else None
            sound = _sound(container, audio) if audio else None
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"{path.name} cannot be read as media: {_reason(path, error)}") from error
    if picture is None and sound is None:
        raise MediaError(f"{path.name} has neither picture nor sound")
    seconds = max(part.seconds for part in (picture, sound) if part)
    return Probe(seconds=seconds, picture=picture, sound=sound, faststart=_faststart(path))


def _reason(path: Path, error: Exception) -> str:
    if path.is_file() and path.stat().st_size == 0:
        return "it is empty; make or upload it again"
    if isinstance(error, av.ArgumentError):
        return "it is no MP4, MOV, WebM, WAV, MP3, Ogg, FLAC or AAC; make or upload it again as one"
    if isinstance(error, av.InvalidDataError):
        return "it is damaged, cut off, larger than 8192x4320 pixels or no media; make or upload it again"
    return f"{error.strerror if isinstance(error, OSError) else error}; make or upload it again"


def probe_picture(path: Path) -> Picture:
    """The picture of `path`. Raises MediaError if it has none."""
    picture = probe(path).picture
    if picture is None:
        raise MediaError(f"{path.name} has no picture; it should be a video")
    return picture


def _picture(container: InputContainer, stream: VideoStream) -> Picture:
    name, codec = Path(container.name).name, stream.codec_context
    frame = next(container.decode(stream), None)
    if frame is None:
        raise MediaError(f"{name} holds a video stream without a single frame")
    container.seek(0)
    shown = [
        (packet.pts, packet.duration or 0)
        for packet in container.demux(stream)
        if packet.size and not packet.is_discard and packet.pts is not None
    ]
    rate = stream.average_rate or stream.guessed_rate
    if not shown or not rate or stream.time_base is None:
        raise MediaError(f"{name} has frames without times")
    first, turned = min(shown)[0], bool(frame.rotation % 180)
    aspect = float(stream.sample_aspect_ratio or 1)
    return Picture(
        codec=codec.name,
        width=frame.height if turned else frame.width,
        height=frame.width if turned else frame.height,
        fps=float(rate),
        frames=len(shown),
        seconds=float((sum(max(shown)) - first) * stream.time_base),
        pixel_format=frame.format.name,
        color_space=_COLOR_SPACES.get(int(codec.colorspace)),
        rotation=frame.rotation,
        stream=container.streams.video.index(stream),
        start=float(first * stream.time_base) - (container.start_time or 0) / av.time_base,
        pixel_aspect=1 / aspect if turned else aspect,
        transfer=_TRANSFERS.get(int(codec.color_trc)),
        primaries=_PRIMARIES.get(int(codec.color_primaries)),
    )


# As ISO/IEC 23091-2 numbers them; 2 is "unspecified".
_COLOR_SPACES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}
_TRANSFERS = {16: "smpte2084", 18: "arib-std-b67"}
_PRIMARIES = {9: "bt2020"}


def _sound(container: InputContainer, stream: AudioStream) -> Sound:
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    else:
        seconds = (container.duration or 0) / av.time_base
    codec = stream.codec_context
    return Sound(codec=codec.name, rate=codec.sample_rate, channels=codec.channels, seconds=seconds)


def _faststart(path: Path) -> bool:
    """Whether `moov` comes before `mdat` among the file's top-level boxes; False for what is not an MP4."""
    names = list(_boxes(path))
    return b"moov" in names and (b"mdat" not in names or names.index(b"moov") < names.index(b"mdat"))


def samples(path: Path) -> int:
    """How many samples the first track of an MP4 has, from its index alone; for a film's picture these are its frames.

    Raises MediaError if it has no index.
    """
    data = path.read_bytes()
    found = data.find(b"stsz", data.rfind(b"moov"))
    if found < 0:
        raise MediaError(f"{path.name} has no index of its samples; make it again")
    return int.from_bytes(data[found + 12 : found + 16], "big")


def _boxes(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while len(header := file.read(8)) == 8:
            size, name = int.from_bytes(header[:4], "big"), header[4:]
            if size == 1:
                size = int.from_bytes(file.read(8), "big") - 8
            yield name
            if size < 8:  # 0 means "to the end of the file"
                return
            file.seek(size - 8, 1)
