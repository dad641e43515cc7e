"""The character in a photo, measured from its pixels alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from .character import Character
from .colour import Colour
from .head import EYE_X, EYE_Y, MOUTH_Y
from .pixels import Face, Image, find_face

_TURNED = 0.4
"""How frontal a face must be for its breadth, its eyes and its hair to be measured."""
_HEAD = 220
"""Head height in pixels on the copy that everything is measured on."""


def best_portrait(photos: Sequence[Image]) -> tuple[Image, Face] | None:
    """The photo that shows a face most frontally, with its face; None if no photo has one."""
    found = [(photo, face) for photo in photos if (face := find_face(photo))]
    return max(found, key=lambda pair: frontal(pair[1]) * pair[1].score, default=None)


def frontal(face: Face) -> float:
    """0 for a face turned right away, 1 for one that looks straight at the camera."""
    (left, _), (right, _) = face.eyes
    middle, half = (left + right) / 2, max((right - left) / 2, 1.0)
    return max(0.0, 1.0 - abs(face.nose[0] - middle) / half)


def likeness(photo: Image, face: Face, otherwise: Character) -> Character:
    """The person in a photo. The cut of the garment is taken from `otherwise`; nose and mouth, whose measures are no
    better than chance at the size of an avatar photo, stay average, and so does every measure of a face in profile, of
    which the eyes and the fall of the hair are taken from `otherwise` too."""
    chart = _chart(photo, face)
    skin = chart.mean([(-0.12, -0.13), (0.12, -0.13), (0.0, -0.1), (-0.12, 0.17), (0.12, 0.17)])
    hair = chart.darker_part([(-0.2, -0.44), (-0.1, -0.48), (0.0, -0.48), (0.1, -0.48), (0.2, -0.44)])
    bald = chart.distance(hair, skin) < 14
    beard = 0.0 if bald else _within((chart.bearded(skin, hair) - 0.25) / 0.5, 0.0, 1.0)
    width = chart.half_width(skin, 0.22) / 0.345
    (lx, ly), (rx, ry) = face.eyes
    gap = float(np.hypot(rx - lx, ry - ly)) * chart.scale / _HEAD
    length, volume, wave = (0.0, 0.0, 0.0) if bald else chart.fall(hair)
    seen = replace(
        otherwise,
        skin=skin,
        hair=hair,
        top=chart.median([(-0.2, 1.45), (0.2, 1.45), (-0.5, 1.3), (0.5, 1.3)]),
        lips=chart.reddest((0.0, MOUTH_Y + 0.03)),
        face_width=1.0,
        jaw=1.0,
        eye_gap=1.0,
        nose=1.0,
        mouth=1.0,
        hair_length=length,
        beard=beard,
    )
    if frontal(face) < _TURNED:
        return seen
    return replace(
        seen,
        eyes=chart.iris(gap),
        face_width=_within(width, 0.92, 1.1),
        jaw=_within(chart.half_width(skin, 0.36) / 0.262 / width, 0.88, 1.2) if beard < 0.1 and width > 0.5 else 1.1,
        eye_gap=_within(gap / (2 * EYE_X), 0.92, 1.08),
        hair_volume=volume,
        wave=wave,
    )


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


@dataclass(frozen=True)
class _Chart:
    """A photo laid out in head units: upright, the eyes level, the middle of the head in a known place."""

    rgb: Image
    lab: np.ndarray[Any, np.dtype[np.float32]]
    scale: float

    def patch(self, at: tuple[float, float], radius: int = 5) -> np.ndarray[Any, np.dtype[np.uint8]]:
        x, y = self._pixel(at)
        height, width = self.rgb.shape[:2]
        x, y = min(max(x, radius), width - radius - 1), min(max(y, radius), height - radius - 1)
        return self.rgb[y - radius : y + radius + 1, x - radius : x + radius + 1].reshape(-1, 3)

    def _pixel(self, at: tuple[float, float]) -> tuple[int, int]:
        return round((at[0] + 1.5) * _HEAD), round((at[1] + 1.0) * _HEAD)

    def mean(self, points: Sequence[tuple[float, float]]) -> Colour:
        """The mean of the patches' medians: light from one side cancels out."""
        return _rounded(np.mean([np.median(self.patch(point), axis=0) for point in points], axis=0))

    def median(self, points: Sequence[tuple[float, float]]) -> Colour:
        """The median of all the patches: what most of them show."""
        return _rounded(np.median(np.concatenate([self.patch(point) for point in points]), axis=0))

    def darker_part(self, points: Sequence[tuple[float, float]]) -> Colour:
        """The colour beneath the shine: the median of the darker half of the patches."""
        pixels = np.concatenate([self.patch(point) for point in points])
        bright = pixels.astype(np.float32).mean(1)
        return _rounded(np.median(pixels[bright <= np.median(bright)], axis=0))

    def bearded(self, skin: Colour, hair: Colour) -> float:
        """How far the jaw has gone from skin to hair, 0 to 1, where it is least so."""
        way = np.subtract(hair, skin).astype(np.float64)
        jaw = [np.median(self.patch(point), axis=0) for point in ((-0.15, 0.37), (0.15, 0.37))]
        return min(float(way @ (colour - skin) / max(way @ way, 1.0)) for colour in jaw)

    def reddest(self, at: tuple[float, float]) -> Colour:
        pixels = self.patch(at, 7)
        red = np.asarray(cv2.cvtColor(pixels[None], cv2.COLOR_RGB2LAB))[0, :, 1]
        return _rounded(np.median(pixels[red >= np.percentile(red, 60)], axis=0))

    def iris(self, gap: float) -> Colour:
        """The colour of eyes `gap` apart: what is neither their white nor their pupil and has most colour."""
        pixels = np.concatenate([self.patch((side * gap / 2, EYE_Y), 7) for side in (-1, 1)])
        lab = cv2.cvtColor(pixels[None], cv2.COLOR_RGB2LAB)[0].astype(np.float32)
        light = lab[:, 0]
        between = (light > np.percentile(light, 20)) & (light < np.percentile(light, 75))
        vivid = np.hypot(lab[:, 1] - 128, lab[:, 2] - 128)
        return _rounded(np.median(pixels[between & (vivid >= np.percentile(vivid[between], 60))], axis=0))

    def distance(self, a: Colour, b: Colour) -> float:
        pair = cv2.cvtColor(np.array([[a, b]], np.uint8), cv2.COLOR_RGB2LAB)[0].astype(np.float32)
        return float(np.linalg.norm(pair[0] - pair[1]))

    def like(self, colour: Colour, limit: float) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where the photo has the colour, in any light: lightness counts half."""
        target = cv2.cvtColor(np.array([[colour]], np.uint8), cv2.COLOR_RGB2LAB)[0, 0].astype(np.float32)
        return np.asarray(np.linalg.norm((self.lab - target) * (0.5, 1, 1), axis=2) < limit)

    def half_width(self, skin: Colour, y: float) -> float:
        """Half the width of the skin at height `y`, in head units, going outwards from beside nose and mouth."""
        left, row = self._pixel((-0.13, y))
        right, _ = self._pixel((0.13, y))
        there = self.like(skin, 23)[row - 2 : row + 3].mean(0) > 0.4
        width = len(there)
        outwards = there[left::-1], there[right:]
        ends = [int(np.argmin(run)) if not run.all() else width for run in outwards]
        return (right - left + sum(ends)) / 2 / _HEAD

    def fall(self, hair: Colour) -> tuple[float, float, float]:
        """Length, volume and wave of the hair beside the face, on the scales of `Character`."""
        there = self.like(hair, 24)
        lengths, swell, waves = [0.06], [0.06], [0.0]
        for side in (-1, 1):
            near, start = self._pixel((side * 0.33, -0.15))
            far, _ = self._pixel((side * 0.85, 0.0))
            strip = there[start:, near:far] if side > 0 else there[start:, near:far:-1]
            column = np.asarray(strip.any(axis=1), np.uint8)[:, None]
            filled = np.asarray(cv2.morphologyEx(column, cv2.MORPH_CLOSE, np.ones((15, 1), np.uint8)))[:, 0]
            rows = int(np.argmin(filled)) if filled[0] and not filled.all() else len(filled) * int(filled[0])
            lengths.append((rows / _HEAD - 0.15 - 0.06) / 1.75)
            reach = strip.shape[1] - np.argmax(strip[:, ::-1], axis=1)
            swell.append(0.33 + float(np.median(reach[:20])) / _HEAD - 0.355)
            hanging = reach[round(0.3 * _HEAD) : rows - round(0.08 * _HEAD)].astype(np.float64)
            if len(hanging) > 0.25 * _HEAD:
                across = np.arange(len(hanging))
                waves.append(
                    float(np.std(hanging - np.polyval(np.polyfit(across, hanging, 1), across))) / _HEAD / 0.042
                )
        wave = _within(float(np.mean(waves[1:] or waves)), 0.0, 1.0)
        volume = 0.25 + 0.5 * (float(np.median(swell)) - 0.06 - 0.05 * wave) / 0.07
        return _within(max(lengths), 0.06, 1.1), _within(volume, 0.0, 1.0), wave


def _chart(photo: Image, face: Face) -> _Chart:
    eye = np.mean(face.eyes, axis=0)
    mouth = np.mean(face.mouth, axis=0)
    scale = (MOUTH_Y - EYE_Y) * _HEAD / max(float(np.hypot(*(mouth - eye))), 4.0)
    (lx, ly), (rx, ry) = face.eyes
    turn = np.arctan2(ry - ly, rx - lx)
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    # The eyes' midpoint goes to (1.5, 1.0 + EYE_Y) heads; the copy spans three heads across and down to y = 2.
    matrix = np.array(
        [
            [cos, sin, 1.5 * _HEAD - cos * eye[0] - sin * eye[1]],
            [-sin, cos, (1 + EYE_Y) * _HEAD + sin * eye[0] - cos * eye[1]],
        ]
    )
    rgb = cv2.warpAffine(
        photo,
        matrix,
        (3 * _HEAD, 3 * _HEAD),
        flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    rgb = _cleared(np.asarray(rgb, np.uint8))
    return _Chart(rgb, cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB).astype(np.float32), scale)


def _cleared(rgb: Image) -> Image:
    """The photo without the haze of its light: pupils, the darkest thing of every face, are made dark again."""
    eyes = rgb[round(0.95 * _HEAD) : round(1.1 * _HEAD), round(1.25 * _HEAD) : round(1.75 * _HEAD)].reshape(-1, 3)
    haze = np.clip(np.percentile(eyes, 0.5, axis=0) - 20, 0, 60)
    return np.clip((rgb - haze) * (255 / (255 - haze)), 0, 255).astype(np.uint8)


def _rounded(values: np.ndarray[Any, Any]) -> Colour:
    red, green, blue = (round(float(value)) for value in values)
    return red, green, blue
