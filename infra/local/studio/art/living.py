"""A still that lives: it breathes, sways, blinks and speaks, and a camera moves over it.

A frame is the sum of a few displacement fields, each with its own weight, resampled once, in the planes that the
encoder takes. With everything at rest the frame is the still itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin
from random import Random
from typing import Any

import cv2
import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from .anatomy import MOUTHS, Field, Patch, find_hand, lid_patches, motion_fields, mouth_patches
from .camera import Affine
from .pixels import Image, find_face

Plane = np.ndarray[Any, np.dtype[np.uint8]]
Planes = tuple[Plane, Plane, Plane]
"""Luma, and the two chroma planes at half its width and height (BT.709, limited range)."""

_CELL = 16
"""Pixels between two points of the coarse grid."""
_UNUSED: Any = None
"""OpenCV's second map, which a map of pairs does not need (its stubs do not know)."""


@dataclass(frozen=True)
class Moment:
    """One frame: its time in seconds, how awake everything is, how loud the voice is and how lively it has been."""

    time: float
    awake: float = 1.0
    voice: float = 0.0
    speaking: float = 0.0


def to_planes(pixels: Image) -> Planes:
    """RGB of even size as planes."""
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )
    return split_planes(np.asarray(frame.to_ndarray(), np.uint8))


def split_planes(stacked: Plane) -> Planes:
    """Views of the three planes in one array that holds them one after the other."""
    height, width = stacked.shape[0] * 2 // 3, stacked.shape[1]
    chroma = height // 2, width // 2
    flat = stacked.reshape(-1)
    luma, size = height * width, chroma[0] * chroma[1]
    return stacked[:height], flat[luma : luma + size].reshape(chroma), flat[luma + size :].reshape(chroma)


class LivingStill:
    """A still of even size, made ready to be filmed. `talks` says whether its mouth will move."""

    def __init__(self, pixels: Image, seed: int, *, talks: bool) -> None:
        height, width = pixels.shape[:2]
        self.size = width, height
        self.talks = talks
        self.face = find_face(pixels)
        self._planes = tuple(plane.copy() for plane in to_planes(pixels))
        self._grid = [
            axis.astype(np.float32)
            for axis in np.meshgrid(*(_CELL * (np.arange(n // _CELL + 3) - 0.5) - 0.5 for n in (width, height)))
        ]
        self._identity = [_identity(width, height), _identity(width // 2, height // 2)]
        # Memory for the maps is kept: taking 14 MB anew for each frame costs more than filling it.
        rows, columns = self._grid[0].shape
        self._wide = [np.empty((rows * cell, columns * cell, 2), np.float32) for cell in (_CELL, _CELL // 2)]
        self._sample = [np.empty_like(identity) for identity in self._identity]
        self.hand = find_hand(pixels, self.face) if self.face else None
        self._fields = motion_fields(self.size, self.face, self.hand, self._grid[0], self._grid[1])
        self._lids = [self._dressing([patch], pixels) for patch in lid_patches(pixels, self.face)] if self.face else []
        self._mouth = self._dressing(mouth_patches(pixels, self.face), pixels) if self.face and talks else None
        self._gleam = _gleam(width, height)
        dice = Random(f"living {seed}")
        self._phase = dice.uniform(0, 2 * pi)
        self._blinks = [1.0 + dice.uniform(0, 0.8)]
        while self._blinks[-1] < 200:
            self._blinks.append(self._blinks[-1] + dice.uniform(2.2, 4.2))

    @property
    def focus(self) -> tuple[float, float]:
        """What the camera closes in on, in pixels: the face, and the hand if one shows something; else the middle."""
        if self.face is None:
            return self.size[0] / 2, self.size[1] / 2
        x, y = self.face.centre
        return ((x + self.hand[0]) / 2, (y + self.hand[1]) / 2) if self.hand else (x, y)

    def film(self, camera: Affine, now: Moment, out: Planes) -> None:
        """Films one frame into `out`."""
        self._dress(now)
        shift = self._shift(camera, now)
        for level, planes in enumerate(([0], [1, 2])):
            cell, wide, identity, sample = _CELL >> level, self._wide[level], self._identity[level], self._sample[level]
            cv2.resize(shift / (1 << level), wide.shape[1::-1], dst=wide, interpolation=cv2.INTER_LINEAR)
            rows, columns = identity.shape[:2]
            cv2.add(identity, wide[cell : cell + rows, cell : cell + columns], dst=sample)
            for i in planes:
                cv2.remap(
                    self._planes[i], sample, _UNUSED, cv2.INTER_LINEAR, dst=out[i], borderMode=cv2.BORDER_REFLECT_101
                )
        self._shine(now, out[0])

    def _shift(self, camera: Affine, now: Moment) -> Field:
        """How far from itself each point of the coarse grid looks."""
        gx, gy = self._grid
        x = (camera[0, 0] - 1) * gx + camera[0, 1] * gy + camera[0, 2]
        y = camera[1, 0] * gx + (camera[1, 1] - 1) * gy + camera[1, 2]
        shift = np.dstack([x, y]).astype(np.float32)
        for name, weight in self._weights(now).items():
            if name in self._fields:
                shift += self._fields[name] * np.float32(weight * now.awake)
        # Parallax: what is near moves more than what is far when the camera goes sideways.
        drift = camera @ [*self.focus, 1.0] - self.focus
        return np.asarray(shift + self._fields["near"] * (0.3 * drift).astype(np.float32), np.float32)

    def _weights(self, now: Moment) -> dict[str, float]:
        def wave(hertz: float, offset: float) -> float:
            return sin(2 * pi * hertz * now.time + self._phase + offset) - sin(self._phase + offset)

        beat = 2 * pi * now.time
        return {
            "breath": 0.6 * wave(0.27, 0.0),
            "sway": 0.55 * wave(0.11, 1.0) + 0.25 * wave(0.31, 0.3),
            "nod": 0.4 * wave(0.23, 2.0) + 0.9 * now.speaking * sin(1.1 * beat),
            "turn": 0.45 * wave(0.17, 0.5) + 0.35 * now.speaking * sin(0.63 * beat),
            "jaw": now.voice,
            "hand": 0.6 * wave(0.33, 1.5) + 0.5 * now.speaking * sin(0.8 * beat),
            "twist": 0.7 * wave(0.21, 0.7),
        }

    def _dress(self, now: Moment) -> None:
        """Lays the lids and the mouth of the moment into the still."""
        shut = now.awake > 0.9 and any(0 <= now.time - start < 0.13 for start in self._blinks)
        for lid in self._lids:
            self._lay(lid[1 if shut else 0])
        if self._mouth:
            talking = now.awake > 0 and now.speaking > 0.03
            opening = min(range(len(MOUTHS)), key=lambda i: abs(MOUTHS[i] - now.voice))
            self._lay(self._mouth[opening + 1 if talking else 0])

    def _dressing(self, patches: list[Patch], pixels: Image) -> list[tuple[int, int, Planes]]:
        """Patches of one place as planes, the still's own pixels first."""
        first = patches[0]
        rows, columns = first.pixels.shape[:2]
        bare = pixels[first.y : first.y + rows, first.x : first.x + columns]
        return [(first.x, first.y, to_planes(image)) for image in (bare, *(patch.pixels for patch in patches))]

    def _lay(self, piece: tuple[int, int, Planes]) -> None:
        for scale, plane, part in zip((1, 2, 2), self._planes, piece[2], strict=True):
            x, y = piece[0] // scale, piece[1] // scale
            plane[y : y + part.shape[0], x : x + part.shape[1]] = part

    def _shine(self, now: Moment, luma: Plane) -> None:
        """A slow gleam of light crosses the picture; it begins and ends outside."""
        width, height = self.size
        along = (now.time / 7.0) % 1.0 * 2.0 - 1.0
        band = cv2.getRectSubPix(self._gleam, (width, height), (width / 2 - along * width - 0.5, height / 2 - 0.5))
        cv2.addWeighted(luma, 1.0, band, now.awake, 0.0, dst=luma)


def _identity(width: int, height: int) -> Field:
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.dstack([x, y])


def _gleam(width: int, height: int) -> Plane:
    """A soft slanting band, dark at the left and right edges, up to 9 levels bright."""
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    return np.round(9 * np.exp(-(((x + 0.22 * y) / 0.26) ** 2))).astype(np.uint8)
