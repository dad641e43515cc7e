"""What a media file is, from its headers, its packets and its first frame; nothing else is decoded."""

from collections.abc import Iterator
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream
from pydantic import BaseModel, ConfigDict

from ugcgen.domain.errors import MediaError


class Sound(BaseModel):
    """A file's first audio stream. `seconds` is what is heard, without the codec's priming."""

    model_config = ConfigDict(frozen=True)

    codec: str
    rate: int
    channels: int
    seconds: float


class Picture(BaseModel):
    """A file's first video stream.

    `width` and `height` are as shown, after a player has turned the picture by `rotation` degrees.
    `color_space` is the matrix the file names (`bt709`, `smpte170m`, ...), None where it names none.
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


class Probe(BaseModel):
    """A media file. `faststart` is whether an MP4's index comes before its media, so that it plays while it loads."""

    model_config = ConfigDict(frozen=True)

    seconds: float
    picture: Picture | None
    sound: Sound | None
    faststart: bool


def probe(path: Path) -> Probe:
    """Read `path`. Raises MediaError if it is no media file or is cut off before its index."""
    try:
        with av.open(str(path)) as container:
            video = next(iter(container.streams.video), None)
            audio = next(iter(container.streams.audio), None)
            picture = _picture(container, video) if video else None
            sound = _sound(container, audio) if audio else None
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"{path.name} cannot be read as media: {error}; make or upload it again") from error
    if picture is None and sound is None:
        raise MediaError(f"{path.name} has neither picture nor sound")
    seconds = max(part.seconds for part in (picture, sound) if part)
    return Probe(seconds=seconds, picture=picture, sound=sound, faststart=_faststart(path))


def probe_picture(path: Path) -> Picture:
    """The picture of `path`. Raises MediaError if it has none."""
    picture = probe(path).picture
    if picture is None:
        raise MediaError(f"{path.name} has no picture; it should be a video")
    return picture


def _picture(container: InputContainer, stream: VideoStream) -> Picture:
    frame = next(container.decode(stream), None)
    if frame is None:
        raise MediaError(f"{Path(container.name).name} holds a video stream without a single frame")
    container.seek(0)
    shown = [
        (packet.pts, packet.duration or 0)
        for packet in container.demux(stream)
        if packet.size and not packet.is_discard and packet.pts is not None
    ]
    rate = stream.average_rate or stream.guessed_rate
    if not shown or not rate or stream.time_base is None:
        raise MediaError(f"{Path(container.name).name} has frames without times")
    span = (sum(max(shown)) - min(shown)[0]) * stream.time_base
    width, height = (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
    return Picture(
        codec=stream.codec_context.name,
        width=width,
        height=height,
        fps=float(rate),
        frames=len(shown),
        seconds=float(span),
        pixel_format=frame.format.name,
        color_space=_COLOR_SPACES.get(int(stream.codec_context.colorspace)),
        rotation=frame.rotation,
    )


# AVColorSpace, as ISO/IEC 23091-2 numbers it; 2 is "unspecified".
_COLOR_SPACES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}


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
