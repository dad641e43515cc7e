"""The head: a stack of elliptic sections turned to the wanted side, with features laid on its surface.

Units are head heights. The origin is the middle of the head: crown at y = -0.5, chin at y = +0.5, x to the viewer's
right, z towards the viewer. Because features are placed in three dimensions, one drawing serves every turn of the head.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, sin, sqrt
from typing import Any

import numpy as np

from .brush import Point, blend, fill, glow, limb, line, oval, skin_grain, smooth, within
from .character import Character
from .colour import WHITE, Colour, darker, lighter, luma, mix

# y, half width, half depth and z of the centre of the skull's sections
_SKULL = np.array([
    (-0.50, 0.03, 0.05, -0.05), (-0.485, 0.12, 0.17, -0.05), (-0.45, 0.20, 0.26, -0.05), (-0.38, 0.275, 0.35, -0.05),
    (-0.28, 0.325, 0.41, -0.05), (-0.15, 0.352, 0.44, -0.05), (0.0, 0.358, 0.44, -0.04), (0.12, 0.35, 0.42, -0.03),
    (0.22, 0.328, 0.37, 0.02), (0.31, 0.285, 0.31, 0.07), (0.39, 0.222, 0.24, 0.13), (0.45, 0.15, 0.17, 0.19),
    (0.485, 0.085, 0.1, 0.25), (0.50, 0.03, 0.04, 0.29),
])  # fmt: skip
EYE_Y, NOSE_Y, MOUTH_Y = 0.03, 0.215, 0.325
EYE_X, MOUTH_X = 0.163, 0.118
NECK = 0.145


@dataclass(frozen=True)
class Mood:
    """A face at one moment: `smile` -0.3 to 1, `open` (mouth) 0 to 1, `brow` (raised) -1 to 1, `lids` (open) 0 to 1."""

    smile: float = 0.5
    open: float = 0.0
    brow: float = 0.0
    lids: float = 1.0


@dataclass(frozen=True)
class Head:
    """A character's head turned by `yaw` radians, positive to the viewer's right."""

    who: Character
    yaw: float = 0.0

    def section(self, y: float) -> tuple[float, float, float]:
        """Half width, half depth and centre z of the head at height `y`."""
        a, b, z = (float(np.interp(y, _SKULL[:, 0], _SKULL[:, i])) for i in (1, 2, 3))
        jaw = float(np.interp(y, (0.1, 0.3, 0.42, 0.5), (1.0, self.who.jaw, self.who.jaw, 1.0)))
        return a * self.who.face_width * jaw, b, z

    def at(self, x: float, y: float, lift: float = 0.0) -> Point:
        """Where a point of the surface is seen, raised off it by `lift`. Points turned away lie on the edge."""
        a, b, z0 = self.section(y)
        if lift == 0.0 and cos(self.yaw + asin(max(-1.0, min(1.0, x / a)))) <= 0:
            return self.edge(y, 1 if self.yaw > 0 else -1), y
        z = z0 + (b + lift) * sqrt(max(0.0, 1 - (x / max(a, 1e-6)) ** 2))
        return x * cos(self.yaw) + z * sin(self.yaw), y

    def facing(self, x: float, y: float) -> float:
        """How much of its width something at (x, y) keeps as the head turns, 0 to 1."""
        turn = asin(max(-1.0, min(1.0, x / self.section(y)[0])))
        return max(0.12, cos(self.yaw + turn) / cos(turn)) if abs(self.yaw) > 0.01 else 1.0

    def edge(self, y: float, side: int, grow: float = 0.0) -> float:
        """x of the silhouette at height `y` on one side (-1 left, 1 right), grown outwards by `grow`."""
        a, b, z0 = self.section(y)
        return z0 * sin(self.yaw) + side * (sqrt((a * cos(self.yaw)) ** 2 + (b * sin(self.yaw)) ** 2) + grow)

    def outline(self) -> Any:
        """The silhouette of the bare head."""
        ys = [-0.5, -0.45, -0.36, -0.24, -0.1, 0.02, 0.13, 0.23, 0.32, 0.4, 0.455, 0.487]
        chin = (self.at(0, 0.495)[0], 0.503)
        left = [(self.edge(y, -1), y) for y in reversed(ys)]
        return smooth([*left, *((self.edge(y, 1), y) for y in ys[1:]), chin])


def paint_head(canvas: Any, head: Head, mood: Mood, light: int) -> None:
    """The bald head with its features. `light` is the side the light comes from, -1 or 1."""
    who = head.who
    shape = head.outline()
    for side in (-1, 1):
        if side * head.yaw < 0.15 and who.hair_length < 0.25:
            _ear(canvas, head, side)
    canvas.drawPath(_nose_profile(head), fill(who.skin))
    canvas.drawPath(shape, fill(who.skin))
    with within(canvas, shape):
        _modelling(canvas, head, light)
        canvas.drawPaint(skin_grain())
        if who.beard:
            _beard(canvas, head)
    with within(canvas, shape):
        for side in (-1, 1):
            _eye(canvas, head, side, mood)
    _nose(canvas, head, light)
    x, y = head.at(0, MOUTH_Y)
    canvas.save()
    canvas.translate(x - 0.02 * sin(head.yaw), y)
    canvas.scale(max(0.35, cos(head.yaw)), 1.0)
    paint_mouth(canvas, MOUTH_X * who.mouth, who.lips, mood)
    canvas.restore()


def paint_mouth(canvas: Any, half: float, lips: Colour, mood: Mood) -> None:
    """A mouth around the origin, corners `half` to either side when at rest."""
    wide = half * (1 + 0.22 * max(mood.smile, 0) - 0.3 * mood.open * (1 - max(mood.smile, 0)))
    lift = 0.36 * half * mood.smile
    gap = half * 1.05 * mood.open
    left, right = (-wide, -lift), (wide, -lift)
    upper = [
        left,
        (-0.42 * wide, -0.28 * half - gap * 0.18),
        (0, -0.17 * half - gap * 0.16),
        (0.42 * wide, -0.28 * half - gap * 0.18),
        right,
    ]
    inner_top = [
        (0.5 * wide, -0.02 * half - gap * 0.1 + lift * 0.2),
        (0, 0.03 * half - gap * 0.1 + lift * 0.35),
        (-0.5 * wide, -0.02 * half - gap * 0.1 + lift * 0.2),
    ]
    inner_low = [
        (0.5 * wide, 0.02 * half + gap * 0.8 + lift * 0.25),
        (0, 0.05 * half + gap + lift * 0.4),
        (-0.5 * wide, 0.02 * half + gap * 0.8 + lift * 0.25),
    ]
    lower = [
        right,
        (0.45 * wide, 0.3 * half + gap * 0.9 + lift * 0.3),
        (0, 0.42 * half + gap + lift * 0.55),
        (-0.45 * wide, 0.3 * half + gap * 0.9 + lift * 0.3),
        left,
    ]
    canvas.drawPath(smooth([*upper, *lower[1:-1]]), fill(lips))
    canvas.drawPath(
        smooth([left, *reversed(inner_low), right, *inner_low[::-1][3:], *inner_top]),
        fill(mix(lips, (70, 16, 26), 0.55), 0.0),
    )
    if mood.open > 0.05:
        cavity = smooth([left, *reversed(inner_top), right, *inner_low])
        canvas.drawPath(cavity, fill((92, 30, 38)))
        with within(canvas, cavity):
            canvas.drawPath(
                oval((0, -0.12 * half - gap * 0.1 + lift * 0.2), wide * 0.8, 0.22 * half + gap * 0.3),
                fill((250, 246, 240)),
            )
            canvas.drawPath(oval((0, 0.3 * half + gap * 1.05), wide * 0.55, gap * 0.5), fill((206, 96, 100)))
    else:
        seam = smooth([left, *reversed(inner_top), right], closed=False)
        canvas.drawPath(seam, line(darker(lips, 0.55), half * 0.085))
    canvas.drawPath(
        oval((0, 0.24 * half + gap * 0.98 + lift * 0.42), wide * 0.32, half * 0.06), fill(WHITE, 0.28, half * 0.05)
    )
    for x, y in (left, right):
        canvas.drawPath(oval((x, y), half * 0.07, half * 0.07), fill(darker(lips, 0.6), 0.55, half * 0.03))


def paint_lid(canvas: Any, half: float, skin: Colour) -> None:
    """A closed eye around the origin, `half` its half width: the lid and its lashes."""
    canvas.drawPath(oval((0, 0), half * 1.04, half * 0.74), fill(mix(skin, darker(skin, 0.5), 0.16)))
    canvas.drawPath(
        smooth(
            [(-half, 0.08 * half), (-0.4 * half, 0.38 * half), (0.4 * half, 0.4 * half), (half, 0.1 * half)],
            closed=False,
        ),
        line((48, 30, 30), half * 0.13),
    )


def _ear(canvas: Any, head: Head, side: int) -> None:
    a, _, _ = head.section(0.08)
    x = side * (a + 0.015) * cos(head.yaw) - 0.06 * sin(head.yaw)
    canvas.drawPath(
        oval((x, 0.08), 0.055 + 0.03 * abs(sin(head.yaw)), 0.1), fill(mix(head.who.skin, (196, 80, 70), 0.12))
    )


def _modelling(canvas: Any, head: Head, light: int) -> None:
    """Light and shadow on the skin: the turned-away side, blush, the sockets, the shine."""
    skin = head.who.skin
    reach = 0.46
    canvas.drawPaint(
        blend(
            (light * reach, -0.2),
            (-light * reach, 0.2),
            (lighter(skin, 0.5), 0.42),
            (skin, 0.0),
            (darker(skin, 0.5), 0.5),
        )
    )
    canvas.drawPaint(blend((0, 0.26), (0, 0.52), (skin, 0.0), (darker(skin, 0.45), 0.34)))
    blush = mix(skin, (214, 84, 84), 0.6)
    for side in (-1, 1):
        x, y = head.at(side * 0.215 * head.who.face_width, 0.17)
        canvas.drawPath(
            oval((x, y), 0.14 * head.facing(side * 0.2, 0.17), 0.1), glow((x, y), 0.13, (blush, 0.34), (blush, 0.0))
        )
        x, y = head.at(side * EYE_X * head.who.eye_gap, EYE_Y - 0.02)
        canvas.drawPath(oval((x, y), 0.11 * head.facing(side * EYE_X, EYE_Y), 0.07), fill(darker(skin, 0.4), 0.2, 0.03))
    x, y = head.at(light * 0.1, -0.2)
    canvas.drawPath(oval((x, y), 0.12, 0.07), fill(lighter(skin, 0.8), 0.22, 0.05))


def _beard(canvas: Any, head: Head) -> None:
    grow = head.who.beard
    colour = mix(head.who.skin, head.who.hair, 0.45 + 0.45 * grow)
    cheek = 0.13
    rim = [
        (head.edge(cheek, -1, 0.1), cheek),
        (head.edge(0.6, -1, 0.3), 0.65),
        (head.edge(0.6, 1, 0.3), 0.65),
        (head.edge(cheek, 1, 0.1), cheek),
    ]
    inner = [
        head.at(x * head.who.face_width, y)
        for x, y in ((0.3, 0.2), (0.2, 0.29), (0.0, 0.265), (-0.2, 0.29), (-0.3, 0.2))
    ]
    canvas.drawPath(smooth([*rim, *inner]), fill(colour, 0.35 + 0.6 * grow, 0.012))


def _eye(canvas: Any, head: Head, side: int, mood: Mood) -> None:
    who = head.who
    x3 = side * EYE_X * who.eye_gap
    x, y = head.at(x3, EYE_Y)
    keep = head.facing(x3, EYE_Y)
    half = 0.074
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(keep, 1.0)
    rise = 0.56 * half * (0.25 + 0.75 * mood.lids)
    outer, inner = (side * half, -0.14 * half), (-side * half, 0.1 * half)
    top = [inner, (-side * 0.35 * half, -rise * 1.02), (side * 0.42 * half, -rise * 1.06), outer]
    almond = smooth([*top, (side * 0.4 * half, 0.5 * half), (-side * 0.35 * half, 0.5 * half)])
    canvas.drawPath(
        smooth([(px, py - 0.2 * half) for px, py in top], closed=False), line(darker(who.skin, 0.5), 0.09 * half, 0.6)
    )
    canvas.drawPath(almond, fill((250, 247, 243)))
    with within(canvas, almond):
        iris = 0.56 * half
        look = 0.12 * half * sin(head.yaw)
        canvas.drawPath(oval((look, -0.06 * half), iris, iris), fill(darker(who.eyes, 0.35)))
        canvas.drawPath(
            oval((look, -0.03 * half), iris * 0.84, iris * 0.84),
            glow((look, 0.1 * half), iris, (lighter(who.eyes, 0.14), 1), (who.eyes, 1)),
        )
        canvas.drawPath(oval((look, -0.06 * half), iris * 0.42, iris * 0.42), fill((22, 16, 18)))
        canvas.drawPath(oval((look - 0.2 * half, -0.27 * half), iris * 0.24, iris * 0.24), fill(WHITE, 0.95))
        canvas.drawPath(oval((0, -0.75 * half), half, 0.45 * half), fill((60, 40, 50), 0.3, 0.12 * half))
    lash = smooth([*top, (side * 1.2 * half, -0.34 * half)], closed=False)
    canvas.drawPath(lash, line((44, 28, 30), 0.17 * half))
    canvas.drawPath(
        smooth([(-side * 0.5 * half, 0.53 * half), (side * 0.4 * half, 0.54 * half)], closed=False),
        line(darker(who.skin, 0.5), 0.06 * half, 0.5),
    )
    _brow(canvas, side, half, who, mood)
    canvas.restore()


def _brow(canvas: Any, side: int, half: float, who: Character, mood: Mood) -> None:
    """The brow: a tapered stroke that rises with surprise and leans in with thought."""
    up = -1.55 * half - 0.5 * half * mood.brow
    ink = darker(who.hair, 0.2) if luma(who.hair) < 150 else darker(who.hair, 0.45)
    inner, peak, tail = (
        (-side * 0.95 * half, up - (0.04 + 0.24 * mood.brow) * half),
        (side * 0.35 * half, up - 0.28 * half),
        (side * 1.3 * half, up + 0.2 * half),
    )
    canvas.drawPath(
        smooth(
            [
                inner,
                (peak[0], peak[1] - 0.1 * half),
                tail,
                (peak[0] - side * 0.1 * half, peak[1] + 0.14 * half),
                (inner[0], inner[1] + 0.3 * half),
            ]
        ),
        fill(ink, 0.9, 0.02 * half),
    )


def _nose_profile(head: Head) -> Any:
    """What of the nose stands out beyond the face when the head is turned."""
    tip = NOSE_Y - 0.01
    length = 0.04 * head.who.nose
    return smooth(
        [
            head.at(0, -0.06),
            head.at(0, 0.08, 0.035),
            head.at(0, tip - 0.015, 0.085 + length),
            head.at(0, tip + 0.02, 0.075 + length),
            head.at(0, 0.255, 0.0),
            head.at(0, 0.1, -0.1),
        ]
    )


def _nose(canvas: Any, head: Head, light: int) -> None:
    who = head.who
    shade = darker(mix(who.skin, (190, 80, 70), 0.2), 0.35)
    wing = 0.06 * who.nose
    tip_y = NOSE_Y + 0.02 * (who.nose - 1)
    dark = -light
    side_plane = [
        head.at(dark * 0.03, -0.02, 0.02),
        head.at(dark * 0.012, 0.1, 0.06),
        head.at(dark * 0.02, tip_y - 0.02, 0.1),
        head.at(dark * wing, tip_y + 0.015, 0.03),
        head.at(dark * 0.05, 0.1, 0.0),
    ]
    canvas.drawPath(smooth(side_plane), fill(shade, 0.24, 0.012))
    under = [
        head.at(-wing, tip_y, 0.03),
        head.at(-wing * 0.5, tip_y + 0.026, 0.07),
        head.at(0, tip_y + 0.03, 0.09),
        head.at(wing * 0.5, tip_y + 0.026, 0.07),
        head.at(wing, tip_y, 0.03),
    ]
    canvas.drawPath(smooth(under, closed=False), line(shade, 0.013, 0.85))
    x, y = head.at(light * 0.012, tip_y - 0.045, 0.1)
    canvas.drawPath(oval((x, y), 0.022, 0.03), fill(lighter(who.skin, 0.9), 0.5, 0.012))
    x, y = head.at(0, tip_y + 0.06, 0.02)
    canvas.drawPath(limb((x, y - 0.012), 0.008, (x, y + 0.012), 0.012), fill(shade, 0.2, 0.008))
