"""From where a photo shows a head: how far the nose stands out of the face's axis.

The tip of the nose lies about half the distance of the eyes before the face's plane, so a head that is turned by an
angle has its nose half the angle's tangent beside the axis between eyes and mouth, measured in distances of the eyes.
A finder of landmarks leans to one side; its answers for the photo and for its mirror image are averaged.
"""

import cv2
import numpy as np

from postprod.faces import Face, find_faces
from postprod.photos.upright import Pixels
from ugcgen.domain.enums import ReferenceAngle

FRONT, THREE_QUARTER, PROFILE = (0.0, 0.18), (0.24, 0.38), (0.46, 9.9)
"""Turns that are told: to about 20 degrees, from 25 to 37, from 43. What lies between is left open."""

_LEFT = {THREE_QUARTER: ReferenceAngle.THREE_QUARTER_LEFT, PROFILE: ReferenceAngle.LEFT_PROFILE}
_RIGHT = {THREE_QUARTER: ReferenceAngle.THREE_QUARTER_RIGHT, PROFILE: ReferenceAngle.RIGHT_PROFILE}


def angle_of(turn: float | None) -> ReferenceAngle | None:
    """The angle of a head by its turn; None where it is not known or between two angles."""
    if turn is None:
        return None
    if abs(turn) <= FRONT[1]:
        return ReferenceAngle.FRONT
    sides = _LEFT if turn < 0 else _RIGHT
    return next((angle for (least, most), angle in sides.items() if least <= abs(turn) <= most), None)


def turn_of(photo: Pixels, face: Face) -> float | None:
    """How far a face of the photo is turned; below 0 where its nose points to the left edge, which shows the left
    cheek. None where its mirror image is not seen as a face."""
    mirrored = find_faces(np.ascontiguousarray(cv2.flip(photo, 1)))
    middle = 1 - (face.left + face.width / 2)
    same = [other for other in mirrored if other.left < middle < other.right]
    return (_offset(photo, face) - _offset(photo, same[0])) / 2 if same else None


def _offset(photo: Pixels, face: Face) -> float:
    """The nose's distance from the axis of the face, in distances of the eyes; below 0 to the left."""
    size = np.array([photo.shape[1], photo.shape[0]])
    left, right, nose = (np.array(point) * size for point in (*face.eyes, face.nose))
    eyes, mouth = (left + right) / 2, (np.array(face.mouth[0]) + np.array(face.mouth[1])) / 2 * size
    down = mouth - eyes
    across = np.array([down[1], -down[0]]) / max(float(np.linalg.norm(down)), 1e-6)
    return float((nose - eyes) @ across / max(float(np.linalg.norm(right - left)), 1e-6))
