"""The character in a photo, measured from its pixels alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import cv2
import numpy as np

from .character import Character
from .colour import Colour, mix
from .pixels import Face, Image, find_face

_Lab = np.ndarray[Any, np.dtype[np.float32]]


def frontal(face: Face) -> float:
    """0 for a face turned right away, 1 for one that looks straight at the camera."""
    (left, _), (right, _) = face.eyes
    middle, half = (left + right) / 2, max((right - left) / 2, 1.0)
    return max(0.0, 1.0 - abs(face.nose[0] - middle) / half)


def best_portrait(photos: Sequence[Image]) -> tuple[Image, Face] | None:
    """The photo that shows a face most frontally, with its face; None if no photo has one."""
    found = [(photo, face) for photo in photos if (face := find_face(photo))]
    return max(found, key=lambda pair: frontal(pair[1]) * pair[1].score, default=None)


def likeness(photo: Image, face: Face, otherwise: Character) -> Character:
    """The person in a photo. What a photo cannot tell (the cut of the garment) is taken from `otherwise`."""
    (lx, ly), (rx, ry) = face.eyes
    span = max(((rx - lx) ** 2 + (ry - ly) ** 2) ** 0.5, 4.0)
    # All measures are taken on a copy in which the eyes are 64 pixels apart.
    scale = 64 / span
    image = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    eye = (lx + rx) / 2 * scale, (ly + ry) / 2 * scale
    mouth = (face.mouth[0][0] + face.mouth[1][0]) / 2 * scale, (face.mouth[0][1] + face.mouth[1][1]) / 2 * scale
    down = max(mouth[1] - eye[1], 30.0)
    skin = _middle(image, [(lx * scale, eye[1] + 0.42 * down), (rx * scale, eye[1] + 0.42 * down)], 7)
    return replace(
        otherwise,
        skin=skin,
    )
