"""Colours in CIE Lab, in which distances are those that people see."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from infra.local.studio.art.colour import Colour
from infra.local.studio.art.pixels import Image


def lab_of(rgb: Image) -> npt.NDArray[np.float32]:
    """RGB pixels in Lab as OpenCV scales it, 0 to 255 in each channel."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB), np.float32)


def distances(lab: npt.NDArray[np.float32], colour: Colour) -> npt.NDArray[np.float32]:
    """How different each pixel is from a colour: lightness counts half."""
    target = lab_of(np.array([[colour]], np.uint8))[0, 0]
    return np.asarray(np.linalg.norm((lab - target) * np.array([0.5, 1, 1], np.float32), axis=-1), np.float32)


def apart(a: Colour, b: Colour) -> float:
    """How different two colours look in any light: lightness counts half."""
    return float(distances(lab_of(np.array([[a]], np.uint8)), b)[0, 0])
