"""A photo as upright RGB pixels, whatever a camera or a program made of it."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from ugcgen.domain.errors import MediaError

Pixels = npt.NDArray[np.uint8]
"""Rows, columns and 3 colours."""

MOST_PIXELS = 50_000_000


def upright(photo: Path) -> Pixels:
    """The photo turned as it was held, grey and CMYK made RGB, what is transparent made white.

    Raises MediaError for a file that is no picture, is cut short or has over 50 million pixels.
    """
    try:
        with Image.open(photo) as image:
            if image.width * image.height > MOST_PIXELS:
                size = f"{image.width} by {image.height}"
                raise MediaError(f"{photo.name} is {size}, over {MOST_PIXELS:,} pixels; scale it down")
            turned = ImageOps.exif_transpose(image)
            return np.asarray(_on_white(turned) if turned.has_transparency_data else turned.convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as wrong:
        raise MediaError(f"{photo.name} cannot be read as a picture ({wrong}); send another") from wrong


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
