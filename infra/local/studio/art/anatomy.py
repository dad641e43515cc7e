"""What can move in a still: found in its pixels, and written down as fields of displacement and painted patches.

A field gives, for each point of a coarse grid, how far from there (in pixels of the still) the frame looks when the
motion has weight one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, hypot
from typing import Any

import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from .colour import Colour
from .head import EYE_X, Mood, paint_lid, paint_mouth
from .pixels import Face, Image

Field = np.ndarray[Any, np.dtype[np.float32]]
MOUTHS = (0.0, 0.22, 0.45, 0.7, 0.95)
"""How far open each painted mouth is."""
_HEAD_TO_BOX = 1.22
"""Height of the whole head over that of the detector's face box."""


@dataclass(frozen=True)
class Patch:
    """Changed pixels of the still and where their corner lies; position and size are even."""

    x: int
    y: int
    pixels: Image


def find_hand(pixels: Image, face: Face) -> tuple[float, float] | None:
    """The middle of the largest skin-coloured thing below the face: a hand, with what it holds; None without one."""
    scale = 160 / max(pixels.shape[:2])
    small = cv2.cvtColor(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2LAB)
    (lx, ly), (rx, ry) = face.eyes
    drop = 0.42 * (face.mouth[0][1] - ly)
    cheeks = [
        small[min(int((y + drop) * scale), small.shape[0] - 1), min(int(x * scale), small.shape[1] - 1)]
        for x, y in ((lx, ly), (rx, ry))
    ]
    skin = np.mean(cheeks, axis=0)
    there = np.linalg.norm((small.astype(np.float32) - skin) * (0.5, 1, 1), axis=2) < 15
    x, y, h = face.centre[0] * scale, face.centre[1] * scale, face.height * scale
    there[: max(0, int(y + 0.3 * h))] = False
    there[: int(y + 1.0 * h), max(0, int(x - 0.45 * h)) : max(0, int(x + 0.45 * h))] = False
    count, _, stats, middles = cv2.connectedComponentsWithStats(there.astype(np.uint8))
    best = max(range(1, count), key=lambda i: int(stats[i, cv2.CC_STAT_AREA]), default=0)
    if not best or stats[best, cv2.CC_STAT_AREA] < 0.03 * h * h:
        return None
    return float(middles[best][0]) / scale, float(middles[best][1]) / scale


def motion_fields(
    size: tuple[int, int], face: Face | None, hand: tuple[float, float] | None, gx: Field, gy: Field
) -> dict[str, Field]:
    """The fields by name on the grid of points (gx, gy) of a still of some width and height.

    Without a face only what stands in the middle moves.
    """
    width, height = size
    if face is None:
        x, y, reach = width / 2, 0.66 * height, 0.3 * height
        middle = _bell(gx - x, gy - y, 0.6 * reach, reach)
        return {"near": _both(middle), "twist": 0.02 * middle[..., None] * np.dstack([-(gy - y), gx - x])}
    x, y = face.centre
    h = _HEAD_TO_BOX * face.height
    head = _bell(gx - x, gy - y, 0.62 * h, 0.72 * h)
    below = np.clip((gy - (y + 0.45 * h)) / (0.5 * h), 0, 1) * np.exp(-(((gx - x) / (1.25 * h)) ** 2))
    person = np.maximum(head, below)
    neck = y + 0.6 * h
    chin = _bell(gx - x, gy - (y + 0.5 * h), 0.3 * h, 0.22 * h)
    fields = {
        "near": _both(person),
        "breath": _vertical(0.014 * h * below),
        "sway": np.dstack([0.022 * h * person, np.zeros_like(person)]),
        "nod": _vertical(0.012 * h * head),
        "turn": 0.024 * head[..., None] * np.dstack([-(gy - neck), gx - x]),
        "jaw": _vertical(-0.016 * h * chin),
    }
    if hand:
        around = _bell(gx - hand[0], gy - (hand[1] - 0.2 * h), 0.55 * h, 0.75 * h)
        fields["hand"] = np.dstack([0.008 * h * around, 0.022 * h * around])
        fields["twist"] = 0.03 * around[..., None] * np.dstack([-(gy - hand[1]), gx - hand[0]])
    return {name: values.astype(np.float32) for name, values in fields.items()}


def mouth_patches(pixels: Image, face: Face) -> list[Patch]:
    """The face's mouth painted anew, once for each of MOUTHS, over skin from which the old one is gone."""
    (lx, ly), (rx, ry) = face.mouth
    half = hypot(rx - lx, ry - ly) / 2 / 1.12
    x, y = (lx + rx) / 2, (ly + ry) / 2 + 0.1 * half
    turn = atan2(ry - ly, rx - lx)
    left, top, clean = _around(pixels, (x, y), (2.1 * half, 1.6 * half, 2.2 * half))
    middle = x - left, y - top
    drop = (ly + ry) / 2 - (face.eyes[0][1] + face.eyes[1][1]) / 2
    old = _old_mouth(clean, (middle[0], middle[1] + 0.08 * drop), (1.45 * half, 0.4 * drop), turn)
    old[: max(0, round(middle[1] - 0.2 * drop))] = 0
    lips = _reddest(clean, old)
    bare = np.asarray(cv2.inpaint(clean, old, 4, cv2.INPAINT_TELEA), np.uint8)
    soft = cv2.GaussianBlur(bare, (0, 0), max(1.0, 0.12 * half))
    bare = np.where(old[..., None] > 0, soft, bare).astype(np.uint8)

    def painted(opening: float) -> Image:
        surface, canvas = _surface(bare)
        canvas.translate(*middle)
        canvas.rotate(float(np.degrees(turn)))
        paint_mouth(canvas, half, lips, Mood(smile=0.35, open=opening))
        return _pixels_of(surface)

    return [Patch(left, top, painted(opening)) for opening in MOUTHS]


def lid_patches(pixels: Image, face: Face) -> list[Patch]:
    """Both eyes shut."""
    (lx, ly), (rx, ry) = face.eyes
    span = hypot(rx - lx, ry - ly)
    turn = float(np.degrees(atan2(ry - ly, rx - lx)))
    # The eye on the far side of a turned head is narrower, as it is nearer to the nose.
    reach = [max(abs(face.nose[0] - lx), 1.0), max(abs(rx - face.nose[0]), 1.0)]
    patches = []
    for (x, y), near in zip(face.eyes, reach, strict=True):
        half = 0.074 / (2 * EYE_X) * span * min(1.1, max(0.55, 2 * near / sum(reach)))
        left, top, piece = _around(pixels, (x, y), (1.7 * half, 1.3 * half, 1.5 * half))
        row = min(max(round(y - top + 1.3 * half), 0), piece.shape[0] - 1)
        below = piece[row, max(0, round(x - left - 0.3 * half)) : round(x - left + 0.3 * half) + 1]
        surface, canvas = _surface(piece)
        canvas.translate(x - left, y - top)
        canvas.rotate(turn)
        paint_lid(canvas, 1.2 * half, _colour(np.median(below, axis=0)))
        patches.append(Patch(left, top, _pixels_of(surface)))
    return patches


def _bell(dx: Field, dy: Field, rx: float, ry: float) -> Field:
    """1 in the middle, flat around it, falling to 0 at about twice the radii."""
    return np.asarray(np.exp(-(((dx / rx) ** 2 + (dy / ry) ** 2) ** 1.5) * 0.35), np.float32)


def _both(mask: Field) -> Field:
    return np.dstack([mask, mask])


def _vertical(amount: Field) -> Field:
    return np.dstack([np.zeros_like(amount), amount])


def _around(pixels: Image, at: tuple[float, float], reach: tuple[float, float, float]) -> tuple[int, int, Image]:
    """Left, top and a copy of the pixels to `reach` (sideways, up, down) of a point, on even numbers."""
    height, width = pixels.shape[:2]
    left = min(max(0, int(at[0] - reach[0])), width - 4) // 2 * 2
    top = min(max(0, int(at[1] - reach[1])), height - 4) // 2 * 2
    right = max(min(width, int(at[0] + reach[0])) // 2 * 2, left + 2)
    bottom = max(min(height, int(at[1] + reach[2])) // 2 * 2, top + 2)
    return left, top, pixels[top:bottom, left:right].copy()


def _old_mouth(pixels: Image, at: tuple[float, float], reach: tuple[float, float], turn: float) -> Image:
    """255 where, within an ellipse, there is mouth and not skin."""
    inside = np.zeros(pixels.shape[:2], np.uint8)
    cv2.ellipse(
        inside, (round(at[0]), round(at[1])), (round(reach[0]), round(reach[1])), np.degrees(turn), 0, 360, 255, -1
    )
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    skin = np.median(lab[inside > 0][lab[inside > 0][:, 1] <= np.percentile(lab[inside > 0][:, 1], 50)], axis=0)
    unlike = (np.linalg.norm((lab - skin) * (0.7, 1, 1), axis=2) > 9).astype(np.uint8) * 255
    size = 2 * max(2, round(0.05 * reach[0])) + 1
    return np.asarray(cv2.dilate(unlike & inside, np.ones((size, size), np.uint8)), np.uint8)


def _reddest(pixels: Image, mask: np.ndarray[Any, Any]) -> Colour:
    """The colour of the lips among the masked pixels."""
    inside = pixels[mask > 0]
    if not len(inside):
        return (190, 100, 100)
    red = cv2.cvtColor(inside[None], cv2.COLOR_RGB2LAB)[0].astype(np.float32)
    lit = red[:, 0] > np.percentile(red[:, 0], 10)
    return _colour(np.median(inside[lit & (red[:, 1] >= np.percentile(red[lit, 1], 80))], axis=0))


def _colour(values: np.ndarray[Any, Any]) -> Colour:
    red, green, blue = (round(float(value)) for value in values)
    return red, green, blue


def _surface(pixels: Image) -> tuple[Any, Any]:
    surface = skia.Surface(pixels.shape[1], pixels.shape[0])
    canvas = surface.getCanvas()
    rgba = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    canvas.drawImage(skia.Image.fromarray(rgba, skia.kRGBA_8888_ColorType), 0, 0)
    return surface, canvas


def _pixels_of(surface: Any) -> Image:
    return np.ascontiguousarray(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3])
