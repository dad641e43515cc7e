"""The body: torso with its garment, arms that reach where they are told, and hands.

Units and axes are those of `head`: the figure hangs from the middle of its head.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, atan2, cos, hypot, sin
from typing import Any

import skia  # type: ignore[import-not-found]

from .brush import Point, blend, fill, limb, line, oval, polygon, smooth, within
from .character import Character
from .colour import Colour, darker, lighter, mix
from .head import NECK

UPPER_ARM, FOREARM = 1.12, 1.0
HIP_Y = 3.0


@dataclass(frozen=True)
class Arm:
    """An arm on one side (-1 the viewer's left, 1 right) whose wrist is at a point."""

    side: int
    wrist: Point

    def shoulder(self, who: Character) -> Point:
        return self.side * 0.63 * who.shoulders, 0.88

    def elbow(self, who: Character) -> Point:
        """The elbow, bent outwards and down."""
        sx, sy = self.shoulder(who)
        dx, dy = self.wrist[0] - sx, self.wrist[1] - sy
        reach = max(hypot(dx, dy), 0.3)
        # A hand close to its shoulder is brought there by an elbow that points away from the camera: a shorter arm.
        short = min(1.0, 0.64 * reach)
        upper, fore = UPPER_ARM * short, FOREARM * short
        reach = min(reach, 0.999 * (upper + fore))
        bend = acos((upper**2 + reach**2 - fore**2) / (2 * upper * reach))
        angle = atan2(dy, dx)
        ways = [(sx + upper * cos(a), sy + upper * sin(a)) for a in (angle + bend, angle - bend)]
        return max(ways, key=lambda way: way[1] + 0.35 * self.side * way[0])


def paint_torso(canvas: Any, who: Character, light: int) -> None:
    """Neck, torso, garment and, for wide shots, trousers."""
    wide = who.shoulders
    neck = smooth(
        [
            (-NECK, 0.25),
            (-NECK, 0.48),
            (-0.19, 0.6),
            (-0.32, 0.74),
            (0.32, 0.74),
            (0.19, 0.6),
            (NECK, 0.48),
            (NECK, 0.25),
        ]
    )
    canvas.drawPath(_trousers(wide), fill((66, 68, 84)))
    canvas.drawPath(neck, fill(mix(who.skin, darker(who.skin, 0.5), 0.18)))
    with within(canvas, neck):
        canvas.drawPath(oval((0.02, 0.42), 0.3, 0.18), fill(darker(who.skin, 0.6), 0.5, 0.05))
    half = [
        (0.22, 0.62),
        (0.42, 0.69),
        (0.66 * wide, 0.77),
        (0.79 * wide, 0.94),
        (0.73 * wide, 1.4),
        (0.65 * wide, 2.0),
        (0.62 * wide, 2.5),
        (0.7 * wide, HIP_Y + 0.12),
    ]
    torso = smooth([(0.0, 0.76), *half, (0.0, HIP_Y + 0.18), *((-x, y) for x, y in reversed(half))])
    canvas.drawPath(torso, fill(who.top))
    with within(canvas, torso):
        canvas.drawPaint(
            blend(
                (light * 0.8, 1.0),
                (-light * 0.8, 1.6),
                (lighter(who.top, 0.35), 0.5),
                (who.top, 0.0),
                (darker(who.top, 0.5), 0.55),
            )
        )
        for x, bend in ((-0.28, -0.1), (0.3, 0.12), (0.02, 0.05)):
            canvas.drawPath(
                smooth([(x, 1.35), (x + bend, 1.8), (x + 0.4 * bend, 2.5)], closed=False),
                line(darker(who.top, 0.45), 0.05, 0.22, 0.035),
            )
        canvas.drawPath(oval((0.0, 0.66), 0.4, 0.18), fill(darker(who.top, 0.6), 0.3, 0.06))
    _neckline(canvas, who, torso)


def _trousers(wide: float) -> Any:
    legs = skia.Path()
    for side in (-1, 1):
        legs.addPath(limb((side * 0.36 * wide, HIP_Y), 0.42 * wide, (side * 0.4 * wide, 6.6), 0.24))
    return legs


def _neckline(canvas: Any, who: Character, torso: Any) -> None:
    """What tells the garments apart is at the neck."""
    if who.garment in ("sweater", "hoodie"):
        rib = smooth([(-0.23, 0.58), (-0.13, 0.71), (0.0, 0.75), (0.13, 0.71), (0.23, 0.58)], closed=False)
        canvas.drawPath(rib, line(darker(who.top, 0.18), 0.1))
        canvas.drawPath(rib, line(lighter(who.top, 0.2), 0.03, 0.6))
        if who.garment == "hoodie":
            for side in (-1, 1):
                canvas.drawPath(
                    smooth([(side * 0.22, 0.55), (side * 0.4, 0.68), (side * 0.3, 0.88), (side * 0.05, 0.86)]),
                    fill(darker(who.top, 0.14)),
                )
                canvas.drawPath(
                    smooth([(side * 0.12, 0.84), (side * 0.14, 1.05), (side * 0.13, 1.24)], closed=False),
                    line((236, 232, 226), 0.03),
                )
        return
    depth = {"tee": 0.88, "shirt": 0.98, "blazer": 1.6}[who.garment]
    opening = (
        smooth([(-0.22, 0.56), (-0.15, 0.76), (0.0, depth), (0.15, 0.76), (0.22, 0.56)])
        if who.garment == "tee"
        else polygon([(-0.22, 0.56), (0.0, depth), (0.22, 0.56)])
    )
    with within(canvas, torso):
        canvas.drawPath(opening, fill((242, 240, 236) if who.garment == "blazer" else who.skin))
        if who.garment == "blazer":
            canvas.drawPath(smooth([(-0.2, 0.54), (-0.1, 0.76), (0.0, 0.81), (0.1, 0.76), (0.2, 0.54)]), fill(who.skin))
        canvas.drawPath(oval((0.0, 0.56), 0.3, 0.14), fill(darker(who.skin, 0.6), 0.3, 0.05))
    if who.garment == "tee":
        canvas.drawPath(opening, line(darker(who.top, 0.25), 0.022, 0.8))
        return
    for side in (-1, 1):
        lapel = [(side * 0.2, 0.5), (side * 0.36, 0.61), (side * 0.31, 0.87), (side * 0.01, depth)]
        canvas.drawPath(polygon(lapel), fill(lighter(who.top, 0.14)))
        canvas.drawPath(polygon(lapel), line(darker(who.top, 0.4), 0.014, 0.7))
    canvas.drawPath(smooth([(0, depth), (0.01, HIP_Y)], closed=False), line(darker(who.top, 0.4), 0.014, 0.8))
    for y in (1.35, 1.75, 2.15):
        if y > depth:
            canvas.drawPath(oval((0.03, y), 0.025, 0.025), fill(lighter(who.top, 0.6)))


def paint_arm(canvas: Any, who: Character, arm: Arm, light: int) -> None:
    """The sleeve and, at its end, the wrist."""
    shoulder, elbow, wrist = arm.shoulder(who), arm.elbow(who), arm.wrist
    bare = who.garment == "tee"
    canvas.drawPath(_union(limb(elbow, 0.135, wrist, 0.09)), fill(mix(who.skin, darker(who.skin, 0.5), 0.1)))
    cuff = _along(elbow, wrist, 0.86)
    upper = limb(shoulder, 0.205, elbow if not bare else _along(shoulder, elbow, 0.62), 0.165 if not bare else 0.18)
    sleeve = upper if bare else _union(upper, limb(elbow, 0.165, cuff, 0.125))
    if bare:
        forearm = _union(limb(shoulder, 0.16, elbow, 0.13), limb(elbow, 0.13, wrist, 0.09))
        canvas.drawPath(forearm, fill(mix(who.skin, darker(who.skin, 0.5), 0.1)))
    canvas.save()
    canvas.translate(0.0, 0.05)
    canvas.drawPath(sleeve, fill(darker(who.top, 0.75), 0.25, 0.05))
    canvas.restore()
    canvas.drawPath(sleeve, fill(mix(who.top, darker(who.top, 0.5), 0.08)))
    with within(canvas, sleeve):
        x = (shoulder[0] + wrist[0]) / 2
        canvas.drawPaint(
            blend(
                (x + light * 0.5, 0.8),
                (x - light * 0.5, 1.6),
                (lighter(who.top, 0.35), 0.45),
                (who.top, 0.0),
                (darker(who.top, 0.5), 0.45),
            )
        )
        for share in (0.2, 0.45):
            fold = _along(elbow, shoulder, share)
            canvas.drawPath(
                limb((fold[0] - 0.1, fold[1]), 0.01, (fold[0] + 0.1, fold[1] + 0.05), 0.02),
                fill(darker(who.top, 0.5), 0.25, 0.02),
            )


def paint_grip(canvas: Any, skin: Colour, side: int, centre: Point, half_width: float, *, front: bool) -> None:
    """A hand around something `half_width` wide at `centre`: the palm behind it, or (`front`) the fingers before it."""
    x, y = centre
    if not front:
        palm = _union(
            oval((x + side * 0.04, y + 0.03), half_width * 0.75 + 0.1, 0.19),
            limb((x + side * 0.03, y + 0.12), 0.14, (x + side * 0.06, y + 0.3), 0.1),
        )
        canvas.drawPath(palm, fill(mix(skin, darker(skin, 0.5), 0.2)))
        return
    for i in range(4):
        row = y - 0.125 + 0.08 * i
        knuckle = (x + side * (half_width + 0.055 - 0.012 * abs(i - 1)), row + 0.012)
        tip = (x + side * (max(half_width - 0.12, 0.03) + 0.015 * abs(i - 1)), row - 0.004)
        _finger(canvas, skin, knuckle, tip, 0.042 if i < 3 else 0.037)
    _finger(canvas, skin, (x - side * (half_width + 0.02), y + 0.17), (x - side * half_width * 0.62, y - 0.06), 0.052)


def paint_open_hand(canvas: Any, skin: Colour, side: int, wrist: Point, angle: float) -> None:
    """An open hand at the end of a wrist, fingers towards `angle` (radians, 0 to the right, positive down)."""
    ux, uy = cos(angle), sin(angle)
    palm = (wrist[0] + 0.16 * ux, wrist[1] + 0.16 * uy)
    for i, (spread, length) in enumerate(((-0.34, 0.25), (-0.12, 0.3), (0.1, 0.29), (0.32, 0.23))):
        turn = angle + spread
        root = (palm[0] + 0.12 * cos(angle + 1.9 * spread), palm[1] + 0.12 * sin(angle + 1.9 * spread))
        _finger(canvas, skin, root, (root[0] + length * cos(turn), root[1] + length * sin(turn)), 0.042 if i else 0.038)
    canvas.drawPath(limb(wrist, 0.1, palm, 0.15), fill(skin))
    thumb = angle + side * 1.15
    _finger(
        canvas,
        skin,
        (palm[0] - 0.02 * ux, palm[1] - 0.02 * uy),
        (palm[0] + 0.26 * cos(thumb), palm[1] + 0.26 * sin(thumb)),
        0.05,
    )


def paint_pointing_hand(canvas: Any, skin: Colour, side: int, wrist: Point, angle: float) -> None:
    """A fist with the index finger out towards `angle`."""
    ux, uy = cos(angle), sin(angle)
    fist = (wrist[0] + 0.15 * ux, wrist[1] + 0.15 * uy)
    root = (fist[0] + 0.1 * cos(angle - side * 0.9), fist[1] + 0.1 * sin(angle - side * 0.9))
    _finger(canvas, skin, root, (root[0] + 0.34 * ux, root[1] + 0.34 * uy), 0.045)
    canvas.drawPath(limb(wrist, 0.1, fist, 0.15), fill(skin))
    for i in range(3):
        turn = angle + side * (0.05 + 0.5 * i)
        knuckle = (fist[0] + 0.12 * cos(turn), fist[1] + 0.12 * sin(turn))
        _finger(canvas, skin, knuckle, (knuckle[0] - 0.09 * ux, knuckle[1] - 0.09 * uy), 0.045)


def _finger(canvas: Any, skin: Colour, root: Point, tip: Point, radius: float) -> None:
    shape = limb(root, radius * 1.06, tip, radius * 0.9)
    canvas.drawPath(shape, line(darker(skin, 0.5), radius * 0.42, 0.4))
    canvas.drawPath(shape, fill(skin))
    nail = _along(root, tip, 0.98)
    canvas.drawPath(
        oval(nail, radius * 0.46, radius * 0.46), fill(lighter(mix(skin, (240, 150, 150), 0.3), 0.45), 0.75)
    )


def _along(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _union(*shapes: Any) -> Any:
    whole = skia.Path()
    for shape in shapes:
        whole.addPath(shape)
    return whole
