"""How the camera moves over a still: an affine path that starts on the still exactly as it is.

A pose says which point of the still each point of the frame shows: `still = centre + (frame - centre) / zoom + shift`,
turned by `roll`. Shifts are shares of the frame's size.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import numpy as np

from .words import Movement

Affine = np.ndarray[Any, np.dtype[np.float64]]
"""Two rows of three: frame pixels to still pixels."""


@dataclass(frozen=True)
class Pose:
    """Where the camera is, relative to where it started."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    roll: float = 0.0

    def affine(self, width: int, height: int, focus: tuple[float, float]) -> Affine:
        """The pose as a map from frame to still, zooming about `focus` (pixels)."""
        c, s = cos(self.roll) / self.zoom, sin(self.roll) / self.zoom
        fx, fy = focus
        return np.array([
            [c, -s, fx - c * fx + s * fy + self.x * width],
            [s, c, fy - s * fx - c * fy + self.y * height],
        ])  # fmt: skip


def ease(share: float) -> float:
    """0 to 1 with rest at both ends."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def follow(movement: Movement, time: float, seconds: float, phase: float) -> Pose:
    """The pose at a time; a still camera drifts by nothing, a hand-held one is never quite at rest."""
    share = ease(time / seconds)
    # Panning needs picture beyond the frame: closing in by twice the shift makes it.
    match movement:
        case "static":
            return Pose()
        case "dolly in":
            return Pose(zoom=1 + 0.16 * share)
        case "dolly out":
            return Pose(zoom=1 - 0.045 * share)
        case "pan left" | "pan right":
            way = -1 if movement == "pan left" else 1
            return Pose(zoom=1 + 0.12 * share, x=0.052 * way * share)
        case "tilt up" | "tilt down":
            way = -1 if movement == "tilt up" else 1
            return Pose(zoom=1 + 0.12 * share, y=0.052 * way * share)
        case "tracking":
            return Pose(zoom=1 + 0.1 * share, x=0.04 * sin(pi * share * 1.5))
        case "handheld":
            awake = ease(time / 0.8)
            wander = [sin(time * rate + phase * k) - sin(phase * k) for k, rate in enumerate((2.3, 3.1, 1.7, 2.9, 1.3))]
            return Pose(
                zoom=1 + 0.02 * awake + 0.045 * share,
                x=awake * 0.0028 * (wander[0] + 0.6 * wander[1]),
                y=awake * 0.0022 * (wander[2] + 0.6 * wander[3]),
                roll=awake * 0.0028 * wander[4],
            )
