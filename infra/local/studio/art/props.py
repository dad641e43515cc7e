"""What stands about: the product in its places, the table, the parcel, the sprig. Units are those of the canvas."""

from __future__ import annotations

from typing import Any

import skia  # type: ignore[import-not-found]

from .brush import Point, blend, box, fill, line, oval, polygon, smooth, tint
from .colour import Colour, darker, lighter
from .goods import Product
from .place import surface_of
from .words import Place


def dab_cream(canvas: Any, at: Point) -> None:
    canvas.drawPath(oval(at, 0.055, 0.03), fill((255, 253, 248), 0.9, 0.006))


def show(canvas: Any, product: Product, middle: Point, width: float, height: float) -> None:
    """The product upright around a point, with the shade it casts on what is behind it."""
    frame = skia.Rect.MakeXYWH(middle[0] - width / 2, middle[1] - height / 2, width, height)
    image, sampling = product.image(), skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    shade = skia.Paint(ImageFilter=skia.ImageFilters.DropShadowOnly(0.03, 0.05, 0.05, 0.05, tint((40, 20, 30), 0.45)))
    canvas.drawImageRect(image, frame, sampling, shade)
    canvas.drawImageRect(image, frame, sampling, skia.Paint(AntiAlias=True))


def stand(canvas: Any, product: Product, foot: Point, area: float) -> None:
    """The product on a surface: contact shadow, cast shadow, and a faint reflection."""
    width, height = product.size(area)
    canvas.drawPath(oval((foot[0] + 0.12 * width, foot[1]), width * 0.75, 0.05), fill((40, 24, 24), 0.35, 0.035))
    canvas.drawPath(oval(foot, width * 0.5, 0.02), fill((30, 18, 20), 0.6, 0.012))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(foot[0] - width, foot[1], foot[0] + width, foot[1] + 0.25 * height))
    canvas.translate(0, 2 * foot[1])
    canvas.scale(1, -1)
    frame = skia.Rect.MakeXYWH(foot[0] - width / 2, foot[1] - height, width, height)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    canvas.drawImageRect(product.image(), frame, sampling, skia.Paint(Alphaf=0.14))
    canvas.restore()
    canvas.drawImageRect(product.image(), frame, sampling, skia.Paint(AntiAlias=True))


def paint_table(canvas: Any, place: Place, wide: float, top: float, edge: float) -> None:
    """A table across the picture, `wide` to either side, from its far edge to its near edge and below."""
    plate, front = surface_of(place)
    canvas.drawPath(box(-wide, top - 0.06, 2 * wide, 0.1), fill((40, 24, 30), 0.3, 0.05))
    canvas.drawPath(
        box(-wide, top, 2 * wide, edge - top),
        blend((0, top), (0, edge), (darker(plate, 0.12), 1), (lighter(plate, 0.15), 1)),
    )
    for i in range(4):
        y = top + (edge - top) * (0.12 + 0.24 * i)
        canvas.drawPath(
            smooth([(-wide, y), (-0.3, y + 0.012), (0.5, y - 0.01), (wide, y + 0.008)], closed=False),
            line(darker(plate, 0.3), 0.008, 0.16),
        )
    canvas.drawPath(
        box(-wide, edge, 2 * wide, 2), blend((0, edge), (0, edge + 0.4), (front, 1), (darker(front, 0.4), 1))
    )
    canvas.drawPath(box(-wide, edge - 0.012, 2 * wide, 0.024), fill(lighter(plate, 0.5), 0.8))


def paint_parcel(canvas: Any, foot: Point, *, back: bool) -> None:
    """An open parcel: its inside and tissue (`back`), or its front and flaps."""
    x, y = foot
    card: Colour = (206, 164, 118)
    if back:
        canvas.drawPath(oval((x + 0.05, y), 0.75, 0.08), fill((40, 24, 24), 0.4, 0.05))
        canvas.drawPath(
            polygon([(x - 0.58, y - 0.56), (x - 0.46, y - 0.68), (x + 0.46, y - 0.68), (x + 0.58, y - 0.56)]),
            fill(darker(card, 0.45)),
        )
        for i in range(7):
            px = x - 0.48 + 0.16 * i
            canvas.drawPath(
                polygon(
                    [
                        (px - 0.12, y - 0.5),
                        (px - 0.03 + 0.04 * (i % 2), y - 0.78 + 0.05 * (i % 3)),
                        (px + 0.13, y - 0.5),
                    ]
                ),
                fill((250, 244, 238), 0.96),
            )
        return
    canvas.drawPath(
        box(x - 0.58, y - 0.56, 1.16, 0.56, 0.01),
        blend((x - 0.6, y - 0.5), (x + 0.6, y), (lighter(card, 0.2), 1), (darker(card, 0.2), 1)),
    )
    canvas.drawPath(box(x - 0.07, y - 0.56, 0.14, 0.56), fill(lighter(card, 0.35), 0.6))
    for flap in (-1, 1):
        wing = [
            (x + flap * 0.58, y - 0.56),
            (x + flap * 0.9, y - 0.44),
            (x + flap * 0.86, y - 0.36),
            (x + flap * 0.58, y - 0.5),
        ]
        canvas.drawPath(polygon(wing), fill(darker(card, 0.12)))
    canvas.drawPath(
        polygon([(x - 0.58, y - 0.56), (x + 0.58, y - 0.56), (x + 0.66, y - 0.4), (x - 0.66, y - 0.4)]),
        fill(lighter(card, 0.16)),
    )
    canvas.drawPath(
        smooth([(x - 0.66, y - 0.4), (x + 0.66, y - 0.4)], closed=False), line(darker(card, 0.35), 0.012, 0.6)
    )


def paint_sprig(canvas: Any, root: Point) -> None:
    """A sprig of leaves that leans outwards from where it stands."""
    away, foot = root
    stem = [(away, foot), (away * 1.1, foot - 0.35), (away * 1.35, foot - 0.75), (away * 1.75, foot - 1.1)]
    canvas.drawPath(oval((away * 1.1, foot), 0.35, 0.03), fill((40, 24, 24), 0.3, 0.03))
    canvas.drawPath(smooth(stem, closed=False), line((104, 124, 84), 0.02))
    for i, (x, y) in enumerate([*stem[1:], ((stem[1][0] + stem[2][0]) / 2, (stem[1][1] + stem[2][1]) / 2)]):
        for turn in (-1, 1):
            tip = (x + turn * 0.3, y - 0.2 - 0.03 * i)
            leaf = [(x, y), (x + turn * 0.1, y - 0.16), tip, (x + turn * 0.2, y - 0.04)]
            canvas.drawPath(smooth(leaf), fill((112 + 9 * i, 150 + 4 * turn, 108)))
