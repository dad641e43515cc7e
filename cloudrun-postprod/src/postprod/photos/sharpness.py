"""How sharp a picture is, whatever its size and contrast: how much of its detail another blur takes away.

What is blurred already loses little. After Crété-Roffet et al., The blur effect (2007).
"""

from typing import Any

import cv2
import numpy as np

from postprod.likeness.pixels import Pixels

_HEIGHT = 192
"""Pixels to which the picture is scaled: what a face is looked at, and a sharper picture than that gains nothing."""
_REACH = 9
_FLAT = 0.05
"""Mean difference of neighbours, of 255, up to which there is nothing to be sharp."""


def sharpness(picture: Pixels) -> float:
    """0 for a picture without any detail, about 0.2 for a smear, from 0.5 for a sharp one."""
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    scale = _HEIGHT / grey.shape[0]
    size = max(_REACH, round(grey.shape[1] * scale)), _HEIGHT
    scaled = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC).astype(np.float32)
    # The blurrier direction counts: a hand that shakes blurs in one.
    return round(min(_lost(scaled, 0, (1, _REACH)), _lost(scaled, 1, (_REACH, 1))), 3)


def _lost(grey: Any, axis: int, reach: tuple[int, int]) -> float:
    """The share of the differences along an axis that a blur along it takes away."""
    before = np.abs(np.diff(grey, axis=axis))
    if before.mean() < _FLAT:
        return 0.0
    after = np.abs(np.diff(cv2.blur(grey, reach), axis=axis))
    return float(np.maximum(0, before - after).sum() / before.sum())
