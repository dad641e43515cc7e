"""The still pictures that stand for a film: its poster, the thumbnail of it, and the strip of all frames taken."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from postprod.faces import find_faces

THUMBNAIL_WIDTH = 360
CELL_HEIGHT = 160

_JUDGED_WIDTH = 270
_DARK, _FLAT = 24.0, 8.0
"""Mean and deviation of brightness, of 255, up to which a frame shows nothing."""


def write_pictures(frames: Sequence[Path], poster: Path, thumbnail: Path, filmstrip: Path) -> None:
    """Write all three as JPEG from `frames`, which are pictures of one size in the order of the film.

    The filmstrip is one row with a cell for each frame, 160 pixels high, so that cell `n` of `c` begins at `n / c` of
    its width.
    """
    with Image.open(max(frames, key=_worth)) as chosen:
        chosen.save(poster, "JPEG", quality=90)
        height = round(THUMBNAIL_WIDTH * chosen.height / chosen.width)
        chosen.resize((THUMBNAIL_WIDTH, height), Image.Resampling.LANCZOS).save(thumbnail, "JPEG", quality=82)
        cell = (round(CELL_HEIGHT * chosen.width / chosen.height), CELL_HEIGHT)
    strip = Image.new("RGB", (len(frames) * cell[0], cell[1]))
    for number, frame in enumerate(frames):
        with Image.open(frame) as image:
            strip.paste(image.resize(cell, Image.Resampling.LANCZOS), (number * cell[0], 0))
    strip.save(filmstrip, "JPEG", quality=80)


def _worth(path: Path) -> tuple[bool, bool, float]:
    """How well a frame stands for its film: that it shows something, that it shows a face, how sharp it is."""
    with Image.open(path) as frame:
        small = frame.resize((_JUDGED_WIDTH, round(_JUDGED_WIDTH * frame.height / frame.width)), Image.Resampling.BOX)
        faces = find_faces(np.asarray(frame))
    light = np.asarray(small.convert("L"), dtype=np.float32)
    shows_something = bool(light.mean() > _DARK and light.std() > _FLAT)
    return shows_something, bool(faces), _sharpness(light)


def _sharpness(light: npt.NDArray[np.float32]) -> float:
    """Variance of the Laplacian: blurred frames, such as those of a whip or a fast turn, have little."""
    around = light[:-2, 1:-1] + light[2:, 1:-1] + light[1:-1, :-2] + light[1:-1, 2:]
    return float((around - 4 * light[1:-1, 1:-1]).var())
