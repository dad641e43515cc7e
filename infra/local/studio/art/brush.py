"""The illustrator's strokes: smooth shapes, soft light and soft shadow, on a Skia canvas.

Every `Paint` is dithered, so that wide gradients do not show bands after the picture is compressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from .colour import Colour

Point = tuple[float, float]


def tint(colour: Colour, alpha: float = 1.0) -> int:
    """The colour as Skia packs it."""
    return int(skia.Color(*colour, round(255 * alpha)))


def fill(colour: Colour, alpha: float = 1.0, blur: float = 0.0) -> Any:
    """A flat paint; `blur` is the softness of its edge in canvas units."""
    paint = skia.Paint(Color=tint(colour, alpha), AntiAlias=True, Dither=True)
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def line(colour: Colour, width: float, alpha: float = 1.0, blur: float = 0.0) -> Any:
    """A round pen."""
    pen = fill(colour, alpha, blur)
    pen.setStyle(skia.Paint.kStroke_Style)
    pen.setStrokeWidth(width)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    pen.setStrokeJoin(skia.Paint.kRound_Join)
    return pen


def blend(start: Point, end: Point, *stops: tuple[Colour, float]) -> Any:
    """A linear gradient between two points through (colour, alpha) stops."""
    shader = skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*end)], [tint(*stop) for stop in stops])
    return skia.Paint(Shader=shader, AntiAlias=True, Dither=True)


def glow(centre: Point, radius: float, *stops: tuple[Colour, float]) -> Any:
    """A radial gradient from the centre out through (colour, alpha) stops."""
    shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, [tint(*stop) for stop in stops])
    return skia.Paint(Shader=shader, AntiAlias=True, Dither=True)


@cache
def skin_grain() -> Any:
    """The pores of skin, as a paint that lightens and darkens what is there; its unit is a head."""
    noise = cv2.GaussianBlur(np.random.default_rng(5).normal(0, 1, (256, 256)), (0, 0), 1.0)
    levels = np.clip(128 + 8 * noise / noise.std(), 0, 255).astype(np.uint8)
    tile = skia.Image.fromarray(cv2.cvtColor(levels, cv2.COLOR_GRAY2RGBA), skia.kRGBA_8888_ColorType)
    scale = skia.Matrix.Scale(0.7 / 256, 0.7 / 256)
    repeat, sampling = skia.TileMode.kMirror, skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    return skia.Paint(Shader=tile.makeShader(repeat, repeat, sampling, scale), BlendMode=skia.BlendMode.kSoftLight)


def polygon(points: Sequence[Point]) -> Any:
    """A closed shape with straight sides."""
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    return path


def smooth(points: Sequence[Point], *, closed: bool = True) -> Any:
    """A curve through all the points (Catmull-Rom)."""
    path = skia.Path()
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        path.cubicTo(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
    if closed:
        path.close()
    return path


def box(left: float, top: float, width: float, height: float, radius: float = 0.0) -> Any:
    """An upright rectangle with round corners."""
    path = skia.Path()
    path.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(left, top, width, height), radius, radius))
    return path


def oval(centre: Point, rx: float, ry: float) -> Any:
    """An upright ellipse."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(centre[0] - rx, centre[1] - ry, centre[0] + rx, centre[1] + ry))
    return path


def limb(start: Point, start_radius: float, end: Point, end_radius: float) -> Any:
    """A tapered limb with round ends: an arm, a finger, a stem."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    nx, ny = -dy / length, dx / length
    # The three pieces run the same way round, so that the winding rule makes them one.
    body = polygon(
        [
            (start[0] - nx * start_radius, start[1] - ny * start_radius),
            (end[0] - nx * end_radius, end[1] - ny * end_radius),
            (end[0] + nx * end_radius, end[1] + ny * end_radius),
            (start[0] + nx * start_radius, start[1] + ny * start_radius),
        ]
    )
    body.addPath(oval(start, start_radius, start_radius))
    body.addPath(oval(end, end_radius, end_radius))
    return body


def within(canvas: Any, shape: Any) -> Any:
    """A context in which nothing is painted outside `shape`."""
    saved = skia.AutoCanvasRestore(canvas)
    canvas.clipPath(shape, doAntiAlias=True)
    return saved


def canvas_of(width: int, height: int) -> tuple[Any, Any]:
    """A transparent surface and its canvas."""
    surface = skia.Surface(width, height)
    return surface, surface.getCanvas()
