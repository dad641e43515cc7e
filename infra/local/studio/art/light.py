"""The light that falls on a picture, painted over what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Any

import skia  # type: ignore[import-not-found]

from .brush import blend, fill, glow, tint
from .colour import Colour
from .words import Light


@dataclass(frozen=True)
class Lighting:
    """How a light looks: its key and shadow colours with strengths, the rim, and how sharply the place is lit."""

    key: Colour
    key_strength: float
    shadow: Colour
    shadow_strength: float
    rim: Colour
    rim_strength: float
    dim: float


LIGHTING: dict[Light, Lighting] = {
    "soft": Lighting((255, 246, 230), 0.26, (70, 60, 96), 0.22, (255, 250, 238), 0.45, 0.0),
    "bright": Lighting((255, 252, 240), 0.34, (90, 90, 120), 0.14, (255, 255, 250), 0.55, 0.0),
    "golden": Lighting((255, 186, 96), 0.42, (96, 44, 70), 0.34, (255, 214, 130), 0.95, 0.0),
    "studio": Lighting((250, 252, 255), 0.30, (60, 64, 92), 0.20, (240, 248, 255), 0.7, 0.0),
    "dramatic": Lighting((255, 220, 180), 0.22, (16, 16, 40), 0.52, (255, 206, 160), 0.9, 0.38),
    "night": Lighting((255, 196, 130), 0.24, (18, 22, 66), 0.46, (150, 180, 255), 0.8, 0.34),
}


def shine(figure: Any, canvas: Any, head: float, light: Lighting, side: int) -> None:
    """Key light and shadow across what is painted on a layer, and a rim of light along its lit edge."""
    before = figure.makeImageSnapshot()
    wide, high = figure.width(), figure.height()
    towards = (wide * (0.5 + 0.55 * side), high * 0.1), (wide * (0.5 - 0.5 * side), high * 0.95)
    wash = blend(*towards, (light.key, light.key_strength), (light.key, 0.0), (light.shadow, light.shadow_strength))
    wash.setBlendMode(skia.BlendMode.kSoftLight)
    canvas.drawPaint(wash)
    canvas.drawImage(before, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=skia.BlendMode.kDstIn))
    thick = 0.016 * head
    seen = skia.ImageFilters.Offset(-side * thick, thick * 0.7, skia.ImageFilters.Blur(thick, thick))
    layer = skia.Paint(ImageFilter=seen, BlendMode=skia.BlendMode.kSrcATop, Alphaf=light.rim_strength)
    canvas.saveLayer(None, layer)
    canvas.drawPaint(fill(light.rim))
    canvas.drawImage(before, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=skia.BlendMode.kDstOut))
    canvas.restore()


def set_down(canvas: Any, figure: Any, head: float, side: int) -> None:
    """The layer over the background, with the soft shadow it throws away from the light."""
    soft = 0.09 * head
    shadow = skia.ImageFilters.DropShadowOnly(-side * soft * 1.6, soft, soft, soft, tint((50, 26, 36), 0.36))
    image = figure.makeImageSnapshot()
    canvas.drawImage(image, 0, 0, skia.SamplingOptions(), skia.Paint(ImageFilter=shadow))
    canvas.drawImage(image, 0, 0)


def finish(canvas: Any, kind: Light, width: int, height: int, side: int) -> None:
    """The air between lens and scene: the glow of the key light, and a soft vignette."""
    light = LIGHTING[kind]
    source = (width * (0.5 + 0.52 * side), height * 0.12)
    glare = {"golden": 0.5, "bright": 0.3, "soft": 0.15, "studio": 0.1}.get(kind, 0.12)
    air = glow(source, 0.9 * height, (light.key, glare), (light.key, glare * 0.3), (light.key, 0.0))
    air.setBlendMode(skia.BlendMode.kScreen)
    canvas.drawPaint(air)
    edge = glow(
        (width / 2, height * 0.46),
        0.62 * hypot(width, height),
        (light.shadow, 0.0),
        (light.shadow, 0.0),
        (light.shadow, 0.3),
    )
    edge.setBlendMode(skia.BlendMode.kMultiply)
    canvas.drawPaint(edge)
