"""The film's sound drawn: its peaks as data, and a picture of them."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ugcgen.domain.sound import AUDIO_RATE

SAMPLES_PER_PEAK = AUDIO_RATE // 100
PICTURE_SIZE = (1200, 160)
_GREY = 120

Peaks = npt.NDArray[np.int8]


def write_waveform(samples: Path, data: Path, picture: Path) -> None:
    """Write the peaks of `samples` (raw mono 32-bit floats at 48 kHz) as JSON and as PNG.

    The JSON is of the form that audiowaveform writes and peaks.js reads: the least and the greatest sample of every
    hundredth of a second, as 8 bits. The PNG is those bars in grey on nothing, fit for light and dark pages.
    """
    peaks = peaks_of(np.fromfile(samples, dtype="<f4"))
    document = {
        "version": 2,
        "channels": 1,
        "sample_rate": AUDIO_RATE,
        "samples_per_pixel": SAMPLES_PER_PEAK,
        "bits": 8,
        "length": len(peaks),
        "data": peaks.ravel().tolist(),
    }
    data.write_text(json.dumps(document, separators=(",", ":")), encoding="ascii")
    _drawn(peaks).save(picture, "PNG")


def peaks_of(samples: npt.NDArray[np.float32]) -> Peaks:
    """Least and greatest of each stretch of `SAMPLES_PER_PEAK` samples, the last of which may be shorter."""
    starts = np.arange(0, len(samples), SAMPLES_PER_PEAK)
    if not len(starts):
        return np.zeros((0, 2), np.int8)
    extremes = np.stack([np.minimum.reduceat(samples, starts), np.maximum.reduceat(samples, starts)], axis=1)
    return np.clip(np.round(extremes * 127), -128, 127).astype(np.int8)


def _drawn(peaks: Peaks) -> Image.Image:
    width, height = PICTURE_SIZE
    columns = np.minimum(np.arange(width) * len(peaks) // width, len(peaks) - 1)
    middle = height // 2
    levels = np.zeros((width, 2), np.int32)
    if len(peaks):
        starts = np.unique(columns)
        lowest, highest = np.minimum.reduceat(peaks[:, 0], starts), np.maximum.reduceat(peaks[:, 1], starts)
        at = np.searchsorted(starts, columns)
        levels = np.stack([lowest[at], highest[at]], axis=1).astype(np.int32)
    rows = middle - np.arange(height)[:, None]
    # A line is left where it is silent.
    inside = (rows <= np.maximum(levels[:, 1] * middle // 127, 1)) & (
        rows >= np.minimum(levels[:, 0] * middle // 127, 0)
    )
    pixels = np.zeros((height, width, 2), np.uint8)
    pixels[..., 0], pixels[..., 1] = _GREY, np.where(inside, 255, 0)
    return Image.fromarray(pixels, "LA")
