"""What a person looks like besides their features: the colours of skin, hair, jaw and clothes, apart from the light.

All are taken in places that follow from the eyes and the mouth, and against the skin, so that the colour of the light
cancels out. A place that is hidden says nothing. This is what tells drawn people apart, whose features differ too
little for a model of real faces.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from postprod.faces import Face
from postprod.likeness.pixels import Floats, Pixels, lab

_UNIT = 20
"""Pixels from the eyes to the mouth on the upright copy."""
_SIZE = 100, 140
_EYES = 50, 50
_SKIN = (40, 60), (60, 60), (50, 40), (44, 42), (56, 42), (38, 56), (62, 56)
_HAIR = (44, 22), (56, 22), (50, 20), (38, 26), (62, 26)
_JAW = (42, 78), (58, 78), (46, 80), (54, 80)
_CLOTHES = tuple((x, y) for y in (102, 110, 120) for x in range(20, 90, 10))
_SEEN = 0.6, 0.5, 0.2
"""Of the places of hair, jaw and clothes the share that is compared: the most alike, because hands, the product and a
table hide the others. Of the clothes little may be left, of the hair most is in sight."""
_AXES = np.array([0.5, 1, 1], np.float32)
"""Lightness counts half: shade changes it first."""


@dataclass(frozen=True)
class Appearance:
    """Colours in CIELAB. ``contrasts`` are those of hair, jaw and clothes against the skin, in each of their places."""

    skin: Floats
    contrasts: tuple[Floats, ...]

    def distance(self, photo: "Appearance") -> float:
        """The sum of the four differences from a reference photo, in which nothing is hidden: some units for the same
        person, some dozens for another."""
        parts = zip(self.contrasts, photo.contrasts, _SEEN, strict=True)
        return float(_apart(self.skin, photo.skin)) + sum(_differ(part, whole, seen) for part, whole, seen in parts)


def appearance(image: Pixels, face: Face) -> Appearance:
    """How the person with this face looks."""
    colors = lab(_upright(image, face))
    # The median, so that a product held up to one cheek leaves the skin's colour what it is.
    skin = np.asarray(np.median(_patches(colors, _SKIN), axis=0), np.float32)
    return Appearance(skin, tuple(_patches(colors, places) - skin for places in (_HAIR, _JAW, _CLOTHES)))


def _differ(part: Floats, whole: Floats, seen: float) -> float:
    """How far the colours of a part are from those in a photo, where they are nearest."""
    apart = np.sort(_apart(part, np.median(whole, axis=0)))
    return float(apart[: round(seen * len(apart))].mean())


def _apart(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.linalg.norm((one - other) * _AXES, axis=-1), np.float32)


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


def _patches(colors: Floats, places: Sequence[tuple[int, int]]) -> Floats:
    found = [np.median(colors[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3), axis=0) for x, y in places]
    return np.asarray(found, np.float32)
