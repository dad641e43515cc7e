"""What the rooms are furnished with. Units are picture heights, as in `place`."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random
from typing import Any

from .brush import blend, box, fill, glow, oval, polygon, smooth, within
from .colour import WHITE, Colour, darker, lighter, mix
from .words import Light

SKY: dict[Light, tuple[Colour, Colour]] = {
    "soft": ((214, 230, 242), (250, 248, 240)),
    "bright": ((150, 205, 244), (236, 247, 252)),
    "golden": ((246, 176, 112), (255, 232, 178)),
    "studio": ((206, 222, 236), (244, 246, 246)),
    "dramatic": ((96, 112, 142), (198, 176, 166)),
    "night": ((26, 34, 66), (68, 66, 110)),
}


def wall(canvas: Any, paint: Colour, floor: Colour, horizon: float) -> None:
    """A wall with its floor and skirting, `horizon` where they meet."""
    canvas.drawPath(
        box(-1, 0, 2, 1), blend((0, 0), (0, horizon), (lighter(paint, 0.12), 1), (paint, 1), (darker(paint, 0.1), 1))
    )
    canvas.drawPath(
        box(-1, horizon, 2, 1.1 - horizon),
        blend((0, horizon), (0, 1), (darker(floor, 0.2), 1), (lighter(floor, 0.1), 1)),
    )
    canvas.drawPath(box(-1, horizon - 0.018, 2, 0.018), fill(lighter(paint, 0.5)))


def window(
    canvas: Any, left: float, top: float, width: float, height: float, light: Light, curtain: Colour | None
) -> None:
    """A window with trees behind it, and curtains if a colour for them is given."""
    high, low = SKY[light]
    canvas.drawPath(oval((left + width / 2, top + height / 2), width * 1.1, height * 0.8), fill(low, 0.28, 0.08))
    canvas.drawPath(box(left - 0.012, top - 0.012, width + 0.024, height + 0.024, 0.004), fill((250, 247, 241)))
    pane = box(left, top, width, height)
    canvas.drawPath(pane, blend((0, top), (0, top + height), (high, 1), (low, 1)))
    with within(canvas, pane):
        dice = Random("trees behind the window")
        for _ in range(9):
            x, y = left + dice.random() * width, top + height * dice.uniform(0.72, 1.05)
            canvas.drawPath(
                oval((x, y), 0.05, 0.06), fill(mix((124, 158, 112), low, 0.35 if light != "night" else 0.0), 0.75, 0.01)
            )
        canvas.drawPath(
            polygon(
                [
                    (left, top + height),
                    (left + width * 0.5, top),
                    (left + width * 0.8, top),
                    (left + width * 0.3, top + height),
                ]
            ),
            fill(WHITE, 0.14),
        )
    for share in (1 / 3, 2 / 3):
        canvas.drawPath(box(left + width * share - 0.004, top, 0.008, height), fill((250, 247, 241)))
    canvas.drawPath(box(left, top + height * 0.42, width, 0.009), fill((250, 247, 241)))
    if curtain is None:
        return
    canvas.drawPath(box(left - 0.09, top - 0.045, width + 0.18, 0.012, 0.006), fill((170, 136, 98)))
    for side, edge in ((-1, left), (1, left + width)):
        for fold in range(4):
            x = edge + side * (0.02 * fold) - 0.018
            tone = darker(curtain, 0.16) if fold % 2 else curtain
            canvas.drawPath(
                smooth(
                    [
                        (x, top - 0.035),
                        (x + 0.028, top - 0.035),
                        (x + 0.032, top + height + 0.12),
                        (x - 0.004, top + height + 0.12),
                    ]
                ),
                fill(tone, 0.94),
            )


def plant(canvas: Any, x: float, floor: float, size: float, pot: Colour = (222, 204, 184)) -> None:
    """A plant in a pot."""
    for i in range(11):
        angle = -pi / 2 + (i - 5) * 0.24
        reach = size * (1.0 - 0.05 * abs(i - 5)) * (1 if i % 2 else 0.8)
        tip = (x + reach * cos(angle), floor - size * 0.45 + reach * sin(angle))
        root = (x, floor - size * 0.4)
        bow = ((root[0] + tip[0]) / 2 - size * 0.09 * sin(angle), (root[1] + tip[1]) / 2)
        leaf = smooth([root, (bow[0] + size * 0.07, bow[1]), tip, (bow[0] - size * 0.07, bow[1])])
        canvas.drawPath(leaf, fill((86 + 7 * (i % 3), 134 + 9 * (i % 4), 94)))
    canvas.drawPath(
        polygon(
            [
                (x - size * 0.26, floor - size * 0.46),
                (x + size * 0.26, floor - size * 0.46),
                (x + size * 0.19, floor),
                (x - size * 0.19, floor),
            ]
        ),
        blend((x - size * 0.25, 0), (x + size * 0.25, 0), (lighter(pot, 0.3), 1), (darker(pot, 0.2), 1)),
    )


def picture(canvas: Any, left: float, top: float, width: float, height: float, hue: Colour) -> None:
    """A framed picture with a sun and hills."""
    canvas.drawPath(box(left + 0.006, top + 0.01, width, height), fill((60, 40, 40), 0.22, 0.008))
    canvas.drawPath(box(left, top, width, height), fill((176, 140, 102)))
    inner = box(left + 0.008, top + 0.008, width - 0.016, height - 0.016)
    canvas.drawPath(inner, fill((248, 244, 236)))
    with within(canvas, inner):
        canvas.drawPath(oval((left + width * 0.45, top + height * 0.42), width * 0.22, width * 0.22), fill(hue))
        canvas.drawPath(
            smooth(
                [
                    (left, top + height * 0.7),
                    (left + width * 0.5, top + height * 0.55),
                    (left + width, top + height * 0.75),
                    (left + width, top + height),
                    (left, top + height),
                ]
            ),
            fill(darker(hue, 0.3), 0.8),
        )


def lamp(canvas: Any, x: float, top: float, foot: float, size: float, light: Light) -> None:
    """A standing lamp, lit more in the dark."""
    lit = 0.75 if light in ("night", "dramatic", "golden") else 0.42
    canvas.drawPath(box(x - size * 0.03, top + size * 0.5, size * 0.06, foot - top - size * 0.5), fill((150, 118, 84)))
    canvas.drawPath(oval((x, foot), size * 0.3, size * 0.05), fill((130, 100, 72)))
    canvas.drawPath(
        polygon(
            [
                (x - size * 0.3, top),
                (x + size * 0.3, top),
                (x + size * 0.46, top + size * 0.56),
                (x - size * 0.46, top + size * 0.56),
            ]
        ),
        blend((0, top), (0, top + size * 0.56), ((255, 240, 208), 1), ((255, 214, 150), 1)),
    )
    canvas.drawPath(
        oval((x, top + size * 0.35), size * 2.1, size * 2.1),
        glow((x, top + size * 0.35), size * 2.1, ((255, 214, 140), lit), ((255, 200, 120), 0.0)),
    )


def books(canvas: Any, left: float, shelf: float, width: float, seed: str) -> None:
    """A row of books on a shelf."""
    dice = Random(seed)
    x = left
    while x < left + width - 0.012:
        thick, tall = dice.uniform(0.011, 0.02), dice.uniform(0.05, 0.078)
        hue = dice.choice(
            ((196, 120, 92), (226, 190, 140), (110, 134, 140), (236, 226, 208), (158, 170, 140), (92, 84, 104))
        )
        canvas.drawPath(
            box(x, shelf - tall, thick, tall, 0.002),
            blend((x, 0), (x + thick, 0), (lighter(hue, 0.2), 1), (darker(hue, 0.2), 1)),
        )
        x += thick + 0.001


def shelf(canvas: Any, left: float, y: float, width: float, wood: Colour = (178, 138, 98)) -> None:
    """A board on the wall."""
    canvas.drawPath(box(left + 0.005, y + 0.012, width, 0.016), fill((50, 34, 34), 0.25, 0.008))
    canvas.drawPath(box(left, y, width, 0.014), fill(wood))
