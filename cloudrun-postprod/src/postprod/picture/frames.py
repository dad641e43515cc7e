"""Single frames out of clips, as pictures for models and for people."""

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream
from PIL import Image

from ugcgen.domain.errors import MediaError

SAMPLE_SIZE = 512
"""Pixels of a sampled frame's longer side."""

_TAIL_SECONDS = 1.0
_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED


def last_frame(clip: Path) -> bytes:
    """The clip's last frame as PNG, upright and at its full size, to start the next clip on.

    Raises MediaError if no frame can be decoded.
    """
    buffer = io.BytesIO()
    upright(end_frame(clip)).save(buffer, "PNG")
    return buffer.getvalue()


def sample_frames(clip: Path, per_second: float) -> list[tuple[float, bytes]]:
    """Frames at an even pace, each with its time in seconds, as JPEG with a longer side of 512 pixels.

    Raises MediaError if the clip cannot be decoded or `per_second` is not above zero.
    """
    samples: list[tuple[float, bytes]] = []
    for seconds, image in paced(clip, per_second):
        image.thumbnail((SAMPLE_SIZE, SAMPLE_SIZE))
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=88)
        samples.append((seconds, buffer.getvalue()))
    return samples


def paced(clip: Path, per_second: float) -> Iterator[tuple[float, Image.Image]]:
    """Frames at an even pace, upright and at full size, each with its time in seconds.

    Raises MediaError if the clip cannot be decoded or `per_second` is not above zero.
    """
    if not per_second > 0:
        raise MediaError(f"{per_second} frames a second cannot be sampled from {clip.name}; ask for more than 0")
    pace = _Pace(per_second)
    for frame in frames(clip, per_second):
        seconds = frame.time or 0.0
        if pace.takes(seconds):
            yield seconds, upright(frame)


@dataclass
class _Pace:
    """Which of ascending times are taken: of each beat the first."""

    per_second: float
    taken: int = 0

    def takes(self, seconds: float) -> bool:
        # Half a millisecond forgives times that were rounded to the container's clock.
        due = seconds + 0.0005 >= self.taken / self.per_second
        self.taken += due
        return due


def frames(clip: Path, per_second: float | None = None) -> Iterator[VideoFrame]:
    """The clip's frames in order; with a pace, those that are taken at it and whichever must be decoded for them.

    Raises MediaError if there is none or one cannot be decoded.
    """
    found = False
    try:
        with av.open(str(clip)) as container:
            if container.streams.video:
                stream = container.streams.video[0]
                stream.thread_type = "AUTO"
                wanted = _wanted(container, stream, per_second) if per_second else None
                for packet in container.demux(stream):
                    if wanted is not None:
                        stream.codec_context.skip_frame = "DEFAULT" if packet.pts in wanted else "NONREF"
                    for frame in packet.decode():
                        found = True
                        yield frame
    except av.FFmpegError as error:
        raise MediaError(f"{clip.name} cannot be decoded as video: {error}") from error
    if not found:
        raise MediaError(f"{clip.name} has no frame to show")


def _wanted(container: InputContainer, stream: VideoStream, per_second: float) -> set[int]:
    """The times, in the stream's own clock, of the frames that are taken at a pace."""
    assert stream.time_base
    times = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)
    container.seek(0)
    pace = _Pace(per_second)
    return {time for time in times if pace.takes(float(time * stream.time_base))}


def end_frame(clip: Path) -> VideoFrame:
    """The clip's last frame. Only what follows the key frame before its last second is decoded."""
    try:
        with av.open(str(clip)) as container:
            container.seek(max(0, (container.duration or 0) - round(_TAIL_SECONDS * av.time_base)))
            last = deque(container.decode(video=0), maxlen=1)
    except (av.FFmpegError, IndexError) as error:
        raise MediaError(f"{clip.name} cannot be decoded as video: {error}") from error
    if not last:
        raise MediaError(f"{clip.name} has no frame to show")
    return last[0]


def upright(frame: VideoFrame) -> Image.Image:
    """The frame as RGB, turned as players turn it. A frame that names no colour matrix is taken for BT.709."""
    unnamed = frame.colorspace == _UNSPECIFIED
    pixels = frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709 if unnamed else None)
    image = Image.fromarray(pixels)
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image
