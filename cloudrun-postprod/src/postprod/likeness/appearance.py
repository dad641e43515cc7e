"""What a person looks like besides their features: the colours of skin, hair, jaw and clothes, apart from the light.

All are taken in places that follow from the eyes and the mouth, and against the skin, so that the colour of the light
cancels out. This is what tells drawn people apart, whose features differ too little for a model of real faces.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from postprod.faces import Face
from postprod.likeness.pixels import Floats, Pixels, lab

_UNIT = 20
"""Pixels from the eyes to the mouth on the upright copy."""
_SIZE = 100, 140
_EYES = 50, 50
_SKIN = (40, 60), (60, 60), (50, 40)
_HAIR = (44, 22), (56, 22), (50, 20)
_JAW = (42, 78), (58, 78)
_CLOTHES = (40, 120), (60, 120), (30, 115), (70, 115)
_AXES = np.array([0.5, 1, 1], np.float32)
"""Lightness counts half: shade changes it first."""


@dataclass(frozen=True)
class Appearance:
    """Colours in CIELAB. ``contrasts`` are those of hair, jaw and clothes against the skin."""

    skin: Floats
    contrasts: Floats

    def distance(self, other: "Appearance") -> float:
        """The sum of the four differences: a few units for the same person, some dozens for another."""
        apart = np.vstack([self.skin - other.skin, self.contrasts - other.contrasts])
        return float(np.linalg.norm(apart * _AXES, axis=1).sum())


def appearance(image: Pixels, face: Face) -> Appearance:
    """How the person with this face looks."""
    colors = lab(_upright(image, face))
    skin, hair, jaw = (np.mean([_patch(colors, at) for at in places], axis=0) for places in (_SKIN, _HAIR, _JAW))
    clothes = np.median([_patch(colors, at) for at in _CLOTHES], axis=0)
    return Appearance(np.asarray(skin, np.float32), np.stack([hair - skin, jaw - skin, clothes - skin]))


def _upright(image: Pixels, face: Face) -> Pixels:
    """The head and what is below it, the eyes level and in one place whatever the picture."""
    height, width = image.shape[:2]
    eyes, mouth = np.array(face.eyes) * (width, height), np.array(face.mouth) * (width, height)
    middle, across = eyes.mean(axis=0), eyes[1] - eyes[0]
    scale = _UNIT / max(float(np.linalg.norm(mouth.mean(axis=0) - middle)), 1.0)
    cos, sin = scale * across / max(float(np.linalg.norm(across)), 1e-6)
    x, y = middle
    turn = np.array([[cos, sin, _EYES[0] - cos * x - sin * y], [-sin, cos, _EYES[1] + sin * x - cos * y]])
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(image, turn, _SIZE, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _patch(colors: Floats, at: tuple[int, int]) -> Floats:
    x, y = at
    return np.asarray(np.median(colors[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3), axis=0), np.float32)
