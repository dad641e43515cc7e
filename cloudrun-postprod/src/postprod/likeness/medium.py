"""Whether a picture was taken or drawn. Faces and products vary more in photographs, so each has its own calibration.

A camera leaves grain everywhere, and what is drawn has large parts that are nearly even. In what was measured these are
0.54 of a drawing or more; of a photograph at most 0.36, and 0.57 where it was blurred and packed small as well.
"""

from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from postprod.likeness.pixels import Pixels, lab, within

_LOOKED_AT = 480
_GRAIN = 0.8
"""The second difference of CIELAB's lightness between neighbours below which a place is flat: two steps of 8 bits."""
_BURNT_OUT = 98.5
"""Lightness from which a camera too leaves no grain."""
_MOST = 0.5


class Medium(StrEnum):
    PHOTOGRAPH = "photograph"
    DRAWING = "drawing"


def medium_of(picture: Pixels, mask: npt.NDArray[np.uint8] | None = None) -> Medium:
    """How a picture was made, judged by all of it or by its part inside a mask."""
    light = lab(np.asarray(within(picture, _LOOKED_AT), np.uint8))[..., 0]
    grain = np.abs(np.diff(light, 2, axis=0)[:, 1:-1]) + np.abs(np.diff(light, 2, axis=1)[1:-1])
    counts = light[1:-1, 1:-1] < _BURNT_OUT
    if mask is not None:
        counts &= cv2.resize(mask, light.shape[::-1], interpolation=cv2.INTER_NEAREST)[1:-1, 1:-1] > 0
    flat = grain[counts] < _GRAIN
    return Medium.DRAWING if flat.size and float(flat.mean()) > _MOST else Medium.PHOTOGRAPH
