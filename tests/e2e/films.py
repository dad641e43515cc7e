"""Looking at a finished film as a player would: every frame and every sample decoded."""

import io
from dataclasses import dataclass
from itertools import islice

import av
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

CAPTION_BAND = (0.55, 0.76)
"""Shares of the height between which captions stand."""


@dataclass(frozen=True)
class Film:
    """A decoded film: ``times`` are the seconds at which its frames are shown; ``sound_seconds`` and ``sound_peak``
    (of 1) are of the decoded samples."""

    width: int
    height: int
    codec: str
    times: list[float]
    sound_codec: str
    sound_seconds: float
    sound_peak: float


def decode(data: bytes) -> Film:
    """All of it: what a player would show and play."""
    with av.open(io.BytesIO(data), "r") as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        times, samples, peak = list[float](), 0, 0.0
        for frame in film.decode(picture, sound):
            if isinstance(frame, av.VideoFrame):
                assert frame.time is not None
                times.append(frame.time)
            elif isinstance(frame, av.AudioFrame):
                samples += frame.samples
                peak = max(peak, float(np.abs(frame.to_ndarray()).max()))
        return Film(
            width=picture.width,
            height=picture.height,
            codec=picture.codec_context.name,
            times=times,
            sound_codec=sound.codec_context.name,
            sound_seconds=samples / sound.rate,
            sound_peak=peak,
        )


def caption_contrast(film: bytes, clip: bytes, frame: int) -> tuple[float, float]:
    """How much a frame of the film differs from the clip it shows, inside the caption band and outside of it.

    Both are mean differences of grey values, 0 to 255. The film's frame must be of its first scene.
    """
    shown, filmed = _grey(film, frame), _grey(clip, frame)
    assert shown.shape == filmed.shape, "a draft's clips have the film's size"
    top, bottom = (round(share * shown.shape[0]) for share in CAPTION_BAND)
    difference = np.abs(shown.astype(np.int16) - filmed)
    outside = np.concatenate([difference[:top], difference[bottom:]])
    return float(difference[top:bottom].mean()), float(outside.mean())


def _grey(data: bytes, number: int) -> Pixels:
    with av.open(io.BytesIO(data), "r") as video:
        frame = next(islice(video.decode(video=0), number, None))
        return np.asarray(frame.to_ndarray(format="gray"), np.uint8)
