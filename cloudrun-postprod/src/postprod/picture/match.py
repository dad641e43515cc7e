"""Matching the scenes' colours: each clip is brought half-way to one palette, so that all of them lie closer together.

What is done to a clip depends on that clip and on the palette alone. A scene that is filmed again changes no other.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image

from postprod.picture.grades import Balance, Pixels, to_ycbcr
from postprod.probe import open_media
from ugcgen.domain.errors import MediaError

STRENGTH = 0.5
"""How far a clip goes towards the palette."""

_GAIN, _LIFT, _TINT = 1.15, 0.06, 0.02
"""The furthest it goes: a factor of contrast, and shares of full scale of brightness and of colour."""

_MOST_FRAMES = 8
_LOOKED_AT = (90, 160)
_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED


@dataclass(frozen=True)
class Palette:
    """Moments of a picture's colours in Y'CbCr of 0 to 1 and -0.5 to 0.5."""

    brightness: float
    contrast: float
    cb: float
    cr: float


NEUTRAL = Palette(brightness=0.46, contrast=0.21, cb=-0.012, cr=0.016)
"""A well-lit room with a person in it, as a phone exposes it."""


def palette_of_clip(clip: Path) -> Palette:
    """The palette of a clip's key frames, the first few, which can be decoded alone. Raises MediaError without any."""
    return _palette_of_clip(clip, clip.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _palette_of_clip(clip: Path, version: int) -> Palette:
    try:
        with open_media(clip) as container:
            container.streams.video[0].codec_context.skip_frame = "NONKEY"
            found = [_colors(frame) for frame in islice(container.decode(video=0), _MOST_FRAMES)]
    except (av.FFmpegError, IndexError) as error:
        raise MediaError(f"{clip.name} cannot be decoded as video: {error}") from error
    if not found:
        raise MediaError(f"{clip.name} has no frame to take colours from")
    return _moments(np.concatenate(found))


def palette_of_still(picture: Path) -> Palette:
    """The palette of a picture file, to match scenes to. Raises MediaError if it is none."""
    try:
        with Image.open(picture) as image:
            pixels = np.asarray(image.convert("RGB").resize(_LOOKED_AT, Image.Resampling.BOX))
    except OSError as error:
        raise MediaError(f"{picture.name} cannot be read as a picture: {error}") from error
    return _moments(to_ycbcr(pixels.reshape(-1, 3) / 255))


def balance(own: Palette, reference: Palette) -> Balance:
    """What brings a clip with the palette `own` towards `reference`."""

    def moved(here: float, there: float, furthest: float) -> float:
        return float(np.clip(STRENGTH * (there - here), -furthest, furthest))

    gain = float(np.clip((reference.contrast / max(own.contrast, 1e-3)) ** STRENGTH, 1 / _GAIN, _GAIN))
    brightness = own.brightness + moved(own.brightness, reference.brightness, _LIFT)
    # Rounded, so that what differs by less than can be seen gives the same bytes.
    return Balance(
        gain=round(gain, 3),
        lift=round(brightness - gain * own.brightness, 4),
        cb=round(moved(own.cb, reference.cb, _TINT), 4),
        cr=round(moved(own.cr, reference.cr, _TINT), 4),
    )


def _colors(frame: VideoFrame) -> Pixels:
    unnamed = frame.colorspace == _UNSPECIFIED
    width, height = _LOOKED_AT
    small = frame.reformat(
        width=width,
        height=height,
        format="rgb24",
        src_colorspace=Colorspace.ITU709 if unnamed else None,
        interpolation=Interpolation.AREA,
    )
    return to_ycbcr(small.to_ndarray().reshape(-1, 3) / 255)


def _moments(colors: Pixels) -> Palette:
    y, cb, cr = colors.T
    return Palette(float(y.mean()), float(y.std()), float(cb.mean()), float(cr.mean()))
