"""Pictures as the measurements take them: upright RGB pixels."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from ugcgen.domain.errors import MediaError

Pixels = npt.NDArray[np.uint8]
"""Rows, columns and 3 colours."""
Floats = npt.NDArray[np.float32]

MOST_PIXELS = 50_000_000


def pixels_of(photo: Path | Pixels) -> Pixels:
    """A photo's pixels, from its file or as they are: turned as it was held, grey and CMYK made RGB, what is
    transparent made white.

    Raises MediaError for a file that is no picture, is cut short or has over 50 million pixels.
    """
    if not isinstance(photo, Path):
        return photo
    try:
        with Image.open(photo) as image:
            if image.width * image.height > MOST_PIXELS:
                size = f"{image.width} by {image.height}"
                raise MediaError(f"{photo.name} is {size}, over {MOST_PIXELS:,} pixels; scale it down")
            turned = ImageOps.exif_transpose(image)
            return np.asarray(_on_white(turned) if turned.has_transparency_data else turned.convert("RGB"))
    except (OSError, Image.DecompressionBombError, SyntaxError, ValueError) as wrong:
        raise MediaError(f"{photo.name} cannot be read as a picture ({wrong}); send another") from wrong


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def within(image: npt.NDArray[Any], longest: int) -> npt.NDArray[Any]:
    """The picture with a longer side of at most `longest` pixels."""
    scale = longest / max(image.shape[:2])
    return image if scale >= 1 else resized(image, image.shape[1] * scale, image.shape[0] * scale)


def resized(image: npt.NDArray[Any], width: float, height: float) -> npt.NDArray[Any]:
    """The picture at a size, neither side below one pixel: averaged when it shrinks, interpolated when it grows."""
    size = max(1, round(width)), max(1, round(height))
    shrinks = size[0] * size[1] < image.shape[0] * image.shape[1]
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC))


def lab(image: Pixels) -> Floats:
    """CIELAB: lightness 0 to 100, and the two axes of colour."""
    return np.asarray(cv2.cvtColor(np.asarray(image, np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
