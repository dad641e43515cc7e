"""Hair: what falls behind the shoulders, and what frames the face."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

import numpy as np

from .brush import Point, blend, fill, line, oval, smooth, within
from .colour import darker, lighter
from .head import Head


def _fall(head: Head) -> float:
    """How far down the hair reaches, in head units from the middle of the head."""
    return 0.06 + 1.75 * head.who.hair_length


def _thickness(head: Head) -> float:
    return 0.06 + 0.07 * head.who.hair_volume + 0.05 * head.who.wave


def _outer(head: Head, side: int, steps: int = 14) -> list[Point]:
    """The outer edge on one side, from the temple down to the tips."""
    thick, end, wave = _thickness(head), _fall(head), head.who.wave
    edge: list[Point] = []
    for i in range(steps + 1):
        y = -0.05 + (end + 0.05) * i / steps
        x = head.edge(min(y, 0.12), side, thick * (1 + 0.8 * min(1.0, max(0.0, y)) * head.who.hair_volume))
        x += side * 0.10 * min(1.0, max(0.0, y - 0.1)) * min(1.0, end)
        edge.append((x + side * 0.1 * wave * sin(2.6 * pi * y + side) * min(1.0, max(0.0, y + 0.1)), y))
    return edge


def _crown(head: Head) -> list[Point]:
    """The top of the hair, from left to right: the skull's own curve, swollen."""
    swell = 1 + _thickness(head) / 0.36
    rows = (-0.2, -0.36, -0.45)
    middle = head.at(0.0, -0.5)[0] * 0.5

    def rim(y: float, side: int) -> Point:
        return middle + (head.edge(y, side) - middle) * swell, y * (1 + 0.45 * (swell - 1)) - 0.02

    top = (middle, -0.5 - 0.9 * _thickness(head))
    return [*(rim(y, -1) for y in rows), top, *(rim(y, 1) for y in reversed(rows))]


def paint_back_hair(canvas: Any, head: Head) -> None:
    """The mass of hair behind the neck; nothing when the hair is short."""
    end = _fall(head)
    if end < 0.3:
        return
    left, right = _outer(head, -1), _outer(head, 1)
    tips = [(right[-1][0] * 0.7, end + 0.06), (0.0, end + 0.09), (left[-1][0] * 0.7, end + 0.06)]
    canvas.drawPath(smooth([*_crown(head), *right, *tips, *reversed(left)]), fill(darker(head.who.hair, 0.34)))


def paint_front_hair(canvas: Any, head: Head, light: int) -> None:
    """The cap, the parting and the locks that fall beside the face. Paints nothing on a bald head."""
    who = head.who
    if who.hair_length <= 0.01:
        return
    shape = smooth(_hood(head))
    face = head.outline()
    with within(canvas, face):
        canvas.save()
        canvas.translate(0.0, 0.025)
        canvas.drawPath(shape, fill(darker(who.skin, 0.55), 0.42, 0.025))
        canvas.restore()
    canvas.drawPath(shape, fill(who.hair))
    if who.wave > 0.75:
        _curls(canvas, head)
    with within(canvas, shape):
        canvas.drawPaint(
            blend(
                (light * 0.5, -0.4),
                (-light * 0.5, 0.5),
                (lighter(who.hair, 0.3), 0.5),
                (who.hair, 0.0),
                (darker(who.hair, 0.5), 0.6),
            )
        )
        _strands(canvas, head, light)


def _hood(head: Head) -> list[Point]:
    """The hair seen in front: outer edge up one side and down the other, then back along the hairline."""
    width = head.who.face_width
    hairline = [
        (0.315, 0.02),
        (0.295, -0.12),
        (0.22, -0.27),
        (0.07, -0.335),
        (-0.08, -0.36),
        (-0.2, -0.29),
        (-0.29, -0.14),
        (-0.315, 0.02),
    ]
    inner = [head.at(x * width, y) for x, y in hairline]
    return [*_crown(head), *_side(head, 1), *inner, *reversed(_side(head, -1))]


def _side(head: Head, side: int) -> list[Point]:
    """One side of the hood: down the outer edge, and up again to the temple.

    Short hair ends in a sideburn and, on a turned head, covers the skull behind the ear down to the nape. Long hair
    falls in a lock, but not on the side a turned head hides.
    """
    turned = abs(head.yaw) > 0.3
    hidden = turned and side * head.yaw > 0
    if _fall(head) < 0.3 or hidden:
        ear = side * head.section(0.1)[0] * cos(head.yaw) - 0.02 * sin(head.yaw)
        if not turned or hidden:
            return [
                (head.edge(-0.05, side, _thickness(head) * (0.4 if hidden else 1)), -0.05),
                (head.edge(0.1, side), 0.1),
            ]
        nape = head.edge(0.3, side)
        return [
            (head.edge(0.0, side, _thickness(head)), 0.0),
            (head.edge(0.2, side, 0.02), 0.2),
            (nape, 0.33),
            ((nape + ear) / 2, 0.3),
            (ear, 0.14),
        ]
    edge, end = _outer(head, side), _fall(head)
    face = head.at(side * 0.33 * head.who.face_width, 0.12)[0] + side * 0.012
    lock = []
    for i in range(9):
        y = end - (end - 0.14) * i / 8
        outer = min(edge, key=lambda point: abs(point[1] - y))[0]
        share = min(1.0, max(0.0, (y - 0.2) / max(end - 0.2, 0.2)))
        lock.append((face + (outer * 0.86 - face) * share, y))
    return [*edge, *lock]


def _curls(canvas: Any, head: Head) -> None:
    """Scalloped edges for curly hair."""
    rim = np.array([*reversed(_outer(head, -1)), *_crown(head), *_outer(head, 1)])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(rim, axis=0).T))])
    for i, step in enumerate(np.arange(0.0, along[-1], 0.075)):
        x, y = (float(np.interp(step, along, rim[:, axis])) for axis in (0, 1))
        canvas.drawPath(oval((x * 0.97, y), 0.07 + 0.018 * (i % 3), 0.07 + 0.02 * (i % 2)), fill(head.who.hair))


def _strands(canvas: Any, head: Head, light: int) -> None:
    """A few combed strokes from the parting outwards, and the band of shine across them."""
    who = head.who
    part = head.at(0.07 * who.face_width, -0.42)
    for side in (-1, 1):
        edge = _outer(head, side)
        for i in range(7):
            share = 0.25 + 0.11 * i
            via = (part[0] + (edge[0][0] - part[0]) * share, -0.44 + 0.13 * share)
            temple = (head.edge(0.0, side, 0.0) * (0.82 + 0.04 * i), -0.05)
            tip = (edge[-1][0] * (0.72 + 0.045 * i), edge[-1][1])
            tone = darker(who.hair, 0.35) if i % 2 else lighter(who.hair, 0.22)
            canvas.drawPath(smooth([part, via, temple, tip], closed=False), line(tone, 0.012, 0.3, 0.003))
    shine = smooth(
        [
            (head.edge(-0.2, -1, -0.02), -0.2),
            (head.at(light * 0.1, -0.42)[0], -0.43),
            (head.edge(-0.2, 1, -0.02), -0.2),
        ],
        closed=False,
    )
    canvas.drawPath(shine, line(lighter(who.hair, 0.75), 0.06, 0.2, 0.03))
