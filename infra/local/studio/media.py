"""The little that the front desk itself must know of clips and sound."""

from __future__ import annotations

import io
import wave

import numpy as np

from infra.local.studio.errors import invalid


def seconds_of(video: bytes) -> float:
    """Length of a clip in seconds; raises a 400 when the bytes are no video."""
    import av

    try:
        with av.open(io.BytesIO(video)) as container:
            return float(container.duration or 0) / av.time_base
    except av.FFmpegError as error:
        raise invalid(f"The video could not be read: {error}") from None


def outer_frames(video: bytes) -> tuple[bytes, bytes]:
    """The first and the last frame of a clip as PNG."""
    import av

    with av.open(io.BytesIO(video)) as container:
        frames = container.decode(video=0)
        first = last = next(frames)
        for frame in frames:
            last = frame
    return _png(first.to_ndarray(format="bgr24")), _png(last.to_ndarray(format="bgr24"))


def _png(pixels: np.ndarray) -> bytes:
    import cv2

    return bytes(cv2.imencode(".png", pixels)[1])


def wav(samples: np.ndarray, rate: int) -> bytes:
    """A complete WAV file of mono 16-bit samples."""
    sink = io.BytesIO()
    with wave.open(sink, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return sink.getvalue()
