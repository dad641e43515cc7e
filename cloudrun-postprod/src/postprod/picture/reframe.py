"""Which part of a clip of another shape fills the film: a window that keeps the face, the same for the whole scene.

The rule, where the window of the film's shape would keep less than nine tenths of the clip's picture:

- Faces were found: the window lies around them, all of the scene's, with room for hair and chin. Where they do not fit
  into it together, or it would keep less than three tenths of the picture, the whole picture is shown instead.
- No face was found: the window lies around what stands out most. Where it would keep less than half of the picture,
  the whole picture is shown instead.

A picture shown whole lies over a blurred copy of itself that fills the film.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from postprod.faces import Face, faces_in
from postprod.picture.frames import paced

UNNOTICED = 0.9
"""The share of the picture from which on what is cut off is not worth a look at what it shows."""

_LEAST_OF_A_FACE, _LEAST = 0.3, 0.5
_SIDES, _ABOVE, _BELOW = 0.3, 0.5, 0.4
"""Room around a face that shows the head, as shares of the face's width and height."""
_MINOR_FACE = 0.5
"""Share of the largest face's height below which a face is somebody in the background."""
_LOOKED_AT = 64


Salience = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """A rectangle: of pixels, or of shares of a picture's width and height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def shape(self) -> float:
        return self.width / self.height

    def holds(self, point: tuple[float, float]) -> bool:
        across, down = point
        return self.left <= across <= self.left + self.width and self.top <= down <= self.top + self.height

    def scaled(self, across: float, down: float) -> "Box":
        return Box(self.left * across, self.top * down, self.width * across, self.height * down)


@dataclass(frozen=True)
class Focus:
    """What is to stay in sight, in shares of the picture: heads, or the spot that stands out most."""

    box: Box
    is_face: bool


def share_kept(picture: Box, shape: float) -> float:
    """How much of `picture` a window of `shape` (width over height) shows at most."""
    return min(shape / picture.shape, picture.shape / shape)


def window(picture: Box, shape: float, focus: Focus | None = None) -> Box | None:
    """The largest window of `shape` inside `picture`, as near to the focus as it goes; centred where there is none.

    None where the picture is better shown whole. The focus's box is measured like `picture`.
    """
    middle = centred(picture, shape)
    if focus is None:
        return middle
    if share_kept(picture, shape) < (_LEAST_OF_A_FACE if focus.is_face else _LEAST):
        return None
    if focus.box.width > middle.width or focus.box.height > middle.height:
        return None
    left = focus.box.left + (focus.box.width - middle.width) / 2
    top = focus.box.top + (focus.box.height - middle.height) / 2
    return Box(
        min(max(left, picture.left), picture.left + picture.width - middle.width),
        min(max(top, picture.top), picture.top + picture.height - middle.height),
        middle.width,
        middle.height,
    )


def view(picture: Box, shape: float, focus: Focus | None = None) -> Box:
    """Where the film's picture lies over the clip's: the window, or around all of `picture` if that is shown whole."""
    if shown := window(picture, shape, focus):
        return shown
    width, height = max(picture.width, picture.height * shape), max(picture.height, picture.width / shape)
    return Box(picture.left + (picture.width - width) / 2, picture.top + (picture.height - height) / 2, width, height)


def centred(picture: Box, shape: float) -> Box:
    """The largest window of `shape` in the middle of `picture`."""
    width, height = min(picture.width, picture.height * shape), min(picture.height, picture.width / shape)
    return Box(picture.left + (picture.width - width) / 2, picture.top + (picture.height - height) / 2, width, height)


def focus_in(clip: Path, start: float, end: float, left: Box) -> Focus:
    """What is to stay in sight of the clip between two of its seconds, of the part that is `left` by a crop.

    Boxes are of shares of the picture. Raises MediaError if the clip cannot be decoded.
    """
    sightings = (sighting for sighting in faces_in(clip) if start <= sighting.seconds <= end)
    seen = [face for sighting in sightings for face in sighting.faces if left.holds(face.nose)]
    if seen:
        largest = max(face.height for face in seen)
        return Focus(_around([_head(face) for face in seen if face.height >= _MINOR_FACE * largest]), is_face=True)
    salience = [_salience(image) for seconds, image in paced(clip, 1.0) if start <= seconds <= end]
    return Focus(_standing_out(salience), is_face=False)


def _head(face: Face) -> Box:
    left, top = max(0.0, face.left - _SIDES * face.width), max(0.0, face.top - _ABOVE * face.height)
    right, bottom = face.right + _SIDES * face.width, face.bottom + _BELOW * face.height
    return Box(left, top, min(1.0, right) - left, min(1.0, bottom) - top)


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.left + box.width for box in boxes), max(box.top + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _standing_out(salience: Sequence[Salience]) -> Box:
    """The middle of the tenth of the picture that stands out most; the picture's own where nothing was looked at."""
    if not salience:
        return Box(0.5, 0.5, 0, 0)
    mean = np.mean(salience, axis=0)
    rows, columns = np.nonzero(mean >= np.percentile(mean, 90))
    left, top = ((float(at.mean()) + 0.5) / _LOOKED_AT for at in (columns, rows))
    return Box(left, top, 0, 0)


def _salience(image: Image.Image) -> Salience:
    """Spectral residual (Hou and Zhang, 2007): what of a picture's spectrum is not as in any picture."""
    light = np.asarray(image.convert("L").resize((_LOOKED_AT, _LOOKED_AT), Image.Resampling.BOX), dtype=np.float64)
    spectrum = np.fft.fft2(light)
    amplitude = np.log(np.abs(spectrum) + 1e-6)
    residual = amplitude - _blurred(amplitude, 1)
    return _blurred(np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2, 4)


def _blurred(values: Salience, radius: int) -> Salience:
    """The mean of the square around each value; the picture goes on at its other side."""
    for axis in (0, 1):
        values = np.mean([np.roll(values, shift, axis) for shift in range(-radius, radius + 1)], axis=0)
    return values
