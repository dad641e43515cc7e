"""From where a photo shows a head: how far the nose stands out of the face's axis.

The tip of the nose lies before the face's plane, so in a head that is turned it lies beside the axis between eyes and
mouth: by about half the tangent of the turn, measured in distances of the eyes. A finder of landmarks leans to one
side; its answers for the photo and for its mirror image are averaged.
"""

import cv2
import numpy as np

from postprod.faces import Face, find_faces
from postprod.likeness.pixels import Pixels
from ugcgen.domain.enums import ReferenceAngle

FRONT, THREE_QUARTER, PROFILE = (0.0, 0.17), (0.21, 0.40), (0.47, 9.9)
"""Turns that are told: to about 15 degrees, from 20 to 30, from 35 or 40. What lies between is left open."""

_FACE, _AROUND = 240, 0.8
"""Pixels of a face's height at which its landmarks are looked for, and heights of it around its middle."""

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
    cheek. ``face`` is the largest of the photo. None where its mirror image is seen as no face."""
    for picture in (_close_up(photo, face), photo):
        mirrored = np.ascontiguousarray(picture[:, ::-1])
        as_seen, in_mirror = find_faces(picture), find_faces(mirrored)
        if as_seen and in_mirror:
            return (_offset(picture, as_seen[0]) - _offset(mirrored, in_mirror[0])) / 2
    return None


def _close_up(photo: Pixels, face: Face) -> Pixels:
    """The face in the middle of a square, always as large, so that its landmarks do not depend on the framing."""
    rows, columns = photo.shape[:2]
    scale, side = _FACE / (face.height * rows), round(2 * _AROUND * _FACE)
    middle = (face.left + face.width / 2) * columns, (face.top + face.height / 2) * rows
    move = [[scale, 0, side / 2 - middle[0] * scale], [0, scale, side / 2 - middle[1] * scale]]
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    close = cv2.warpAffine(photo, np.array(move), (side, side), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(close, np.uint8)


def _offset(photo: Pixels, face: Face) -> float:
    """The nose's distance from the axis of the face, in distances of the eyes; below 0 to the left."""
    size = np.array([photo.shape[1], photo.shape[0]])
    left, right, nose = (np.array(point) * size for point in (*face.eyes, face.nose))
    eyes, mouth = (left + right) / 2, (np.array(face.mouth[0]) + np.array(face.mouth[1])) / 2 * size
    down = mouth - eyes
    across = np.array([down[1], -down[0]]) / max(float(np.linalg.norm(down)), 1e-6)
    return float((nose - eyes) @ across / max(float(np.linalg.norm(right - left)), 1e-6))
