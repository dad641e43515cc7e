"""Staging: who and what stands where, how the camera sees it, and the light that falls on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, sin
from random import Random
from typing import Any

import skia  # type: ignore[import-untyped]

from .body import Arm, paint_arm, paint_grip, paint_open_hand, paint_pointing_hand, paint_torso
from .brush import Point, blend, box, canvas_of, fill, glow, line, oval, polygon, smooth, tint, within
from .character import Character
from .colour import Colour, darker, lighter
from .goods import Product
from .hair import paint_back_hair, paint_front_hair
from .head import Head, Mood, paint_head
from .place import paint_place, surface_of
from .words import Expression, Light, Scene, Shot

_MOODS: dict[Expression, Mood] = {
    "smiling": Mood(smile=0.75, brow=0.1),
    "excited": Mood(smile=0.9, open=0.55, brow=0.5),
    "surprised": Mood(smile=0.1, open=0.75, brow=0.9),
    "thoughtful": Mood(smile=-0.05, brow=-0.15, lids=0.8),
    "neutral": Mood(smile=0.12),
}
# Head height as a share of the reference length, and where the middle of the head is, as a share of the picture height.
_SHOTS: dict[Shot, tuple[float, float]] = {
    "extreme close-up": (0.62, 0.46),
    "close-up": (0.40, 0.40),
    "medium": (0.285, 0.335),
    "wide": (0.165, 0.285),
    "over-shoulder": (0.285, 0.335),
}


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


_LIGHTING: dict[Light, Lighting] = {
    "soft": Lighting((255, 246, 230), 0.26, (70, 60, 96), 0.22, (255, 250, 238), 0.45, 0.0),
    "bright": Lighting((255, 252, 240), 0.34, (90, 90, 120), 0.14, (255, 255, 250), 0.55, 0.0),
    "golden": Lighting((255, 186, 96), 0.42, (96, 44, 70), 0.34, (255, 214, 130), 0.95, 0.0),
    "studio": Lighting((250, 252, 255), 0.30, (60, 64, 92), 0.20, (240, 248, 255), 0.7, 0.0),
    "dramatic": Lighting((255, 220, 180), 0.22, (16, 16, 40), 0.52, (255, 206, 160), 0.9, 0.38),
    "night": Lighting((255, 196, 130), 0.24, (18, 22, 66), 0.46, (150, 180, 255), 0.8, 0.34),
}


@dataclass(frozen=True)
class Cast:
    """Who and what is in the picture; None where there is nobody or nothing."""

    who: Character | None
    product: Product | None


@dataclass(frozen=True)
class View:
    """The camera: picture size in pixels, head height in pixels and the middle of the head."""

    width: int
    height: int
    head: float
    centre: Point

    def half_width(self) -> float:
        """From the middle of the head to the nearer side of the picture, in head units."""
        return min(self.centre[0], self.width - self.centre[0]) / self.head

    def bottom(self) -> float:
        """The lower edge of the picture, in head units below the middle of the head."""
        return (self.height - self.centre[1]) / self.head


def paint(scene: Scene, cast: Cast, width: int, height: int, seed: int) -> Any:
    """The picture as a Skia surface."""
    surface, canvas = canvas_of(width, height)
    dice = Random(f"stage {seed} {scene.place} {scene.shot} {scene.action}")
    light = _LIGHTING[scene.light]
    side = -1 if scene.light_from == "left" else 1
    if scene.angle == "dutch":
        canvas.rotate(5, width / 2, height / 2)
        canvas.scale(1.14, 1.14)
        canvas.translate(-0.07 * width, -0.07 * height)
    _paint_background(canvas, scene, width, height, dice, light)
    if cast.who is None:
        _paint_display(canvas, scene, cast.product, width, height, light, side)
    else:
        view = _view(scene, width, height, dice)
        figure, ink = canvas_of(width, height)
        _paint_figure(ink, scene, cast, view, dice, side)
        _light_figure(figure, ink, view, light, side)
        _place_figure(canvas, figure, view, light, side)
    _finish(canvas, scene, width, height, light, side)
    return surface


def _view(scene: Scene, width: int, height: int, dice: Random) -> View:
    share, at = _SHOTS[scene.shot]
    head = share * min(height, 1.5 * width)
    reaching = scene.action in ("holding", "pointing", "unboxing") and scene.visibility in ("primary", "secondary")
    lean = (0.1 if reaching else 0.03) * width * (-1 if _hand_side(scene) > 0 else 1)
    middle = at + {"low": -0.03, "high": 0.06}.get(scene.angle, 0.0) + dice.uniform(-0.008, 0.008)
    return View(width, height, head, (width / 2 + lean + dice.uniform(-0.01, 0.01) * width, middle * height))


def _hand_side(scene: Scene) -> int:
    """The side of the raised hand: away from the light, where it does not shade the face."""
    return 1 if scene.light_from == "left" else -1


def _paint_background(canvas: Any, scene: Scene, width: int, height: int, dice: Random, light: Lighting) -> None:
    softness = {"extreme close-up": 0.016, "close-up": 0.011, "medium": 0.006, "wide": 0.0025, "over-shoulder": 0.012}[scene.shot]
    lens = skia.Paint(ImageFilter=skia.ImageFilters.Blur(softness * height, softness * height, skia.TileMode.kClamp))
    nearer = {"extreme close-up": 1.5, "close-up": 1.25, "medium": 1.06, "wide": 1.0, "over-shoulder": 1.2}[scene.shot]
    drop = {"low": 0.06, "high": -0.09}.get(scene.angle, 0.0)
    canvas.saveLayer(None, lens)
    canvas.save()
    canvas.translate(width * (0.5 + dice.uniform(-0.04, 0.04)), height * (0.45 + drop))
    canvas.scale(height * nearer * 1.06, height * nearer * 1.06)
    canvas.translate(0, -0.45)
    paint_place(canvas, scene.place, scene.light)
    canvas.restore()
    canvas.restore()
    if light.dim:
        canvas.drawPaint(fill(light.shadow, light.dim))


def _paint_figure(canvas: Any, scene: Scene, cast: Cast, view: View, dice: Random, side: int) -> None:
    who = cast.who
    assert who is not None
    canvas.save()
    canvas.translate(*view.centre)
    canvas.scale(view.head, view.head)
    hand = _hand_side(scene)
    away = scene.expression == "thoughtful" or scene.shot == "over-shoulder"
    head = Head(who, yaw=(0.34 if away else 0.12) * hand)
    tilt = dice.uniform(2.0, 4.0) * -hand
    canvas.save()
    canvas.rotate(tilt, 0, 0.5)
    paint_back_hair(canvas, head)
    canvas.restore()
    paint_torso(canvas, who, side)
    poses = _arms(scene, view, hand)
    for arm, _ in poses:
        if arm.wrist[1] > 1.9:
            paint_arm(canvas, who, arm, side)
    canvas.save()
    canvas.rotate(tilt, 0, 0.5)
    paint_head(canvas, head, _MOODS[scene.expression], side)
    paint_front_hair(canvas, head, side)
    canvas.restore()
    canvas.restore()


def _arms(scene: Scene, view: View, hand: int) -> list[tuple[Arm, str]]:
    return []
