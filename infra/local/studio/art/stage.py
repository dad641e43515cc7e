"""Staging: who and what stands where, how the camera sees it, and the light that falls on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
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
    "thoughtful": Mood(smile=-0.05, brow=-0.5, lids=0.85),
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
    view = _view(scene, width, height, dice)
    figure, ink = canvas_of(width, height)
    ink.translate(*view.centre)
    ink.scale(view.head, view.head)
    if cast.who is None or scene.shot == "over-shoulder":
        _paint_display(ink, scene, cast.product, view, side)
    else:
        _paint_person(ink, scene, cast.who, cast.product, view, dice, side)
    ink.resetMatrix()
    _light(figure, ink, view, light, side)
    _set_down(canvas, figure, view, side)
    if cast.who is not None and scene.shot == "over-shoulder":
        _paint_shoulder(canvas, cast.who, view, light, side)
    _finish(canvas, scene, width, height, light, side)
    return surface


def paint_portrait(who: Character, yaw: float, width: int, height: int) -> Any:
    """A person alone before a plain wall in even light, as for an avatar photo, as a Skia surface."""
    surface, canvas = canvas_of(width, height)
    light = _LIGHTING["studio"]
    _wall(canvas, width, height)
    view = View(width, height, 0.36 * height, (0.5 * width, 0.4 * height))
    figure, ink = canvas_of(width, height)
    ink.translate(*view.centre)
    ink.scale(view.head, view.head)
    head = Head(who, yaw)
    paint_back_hair(ink, head)
    for side in (-1, 1):
        paint_arm(ink, who, Arm(side, (side * 0.8, 2.96)), -1)
    paint_torso(ink, who, -1)
    paint_head(ink, head, Mood(smile=0.65), -1)
    paint_front_hair(ink, head, -1)
    ink.resetMatrix()
    _light(figure, ink, view, light, -1)
    _set_down(canvas, figure, view, -1)
    return surface


def paint_packshot(product: Product, width: int, height: int) -> Any:
    """A product alone on a plain light ground, as a Skia surface."""
    surface, canvas = canvas_of(width, height)
    _wall(canvas, width, height)
    canvas.translate(0.5 * width, 0.86 * height)
    canvas.scale(height, height)
    _stand(canvas, product, (0.0, 0.0), 0.44)
    return surface


def _wall(canvas: Any, width: int, height: int) -> None:
    tone: Colour = (236, 238, 240)
    canvas.drawPaint(blend((0, 0), (0, height), (lighter(tone, 0.3), 1), (tone, 1), (darker(tone, 0.07), 1)))


def _view(scene: Scene, width: int, height: int, dice: Random) -> View:
    share, at = _SHOTS[scene.shot]
    head = share * min(height, 1.5 * width)
    lean = (0.1 if scene.action in ("holding", "pointing", "applying") else 0.03) * width * -_hand_side(scene)
    if scene.action == "display" or scene.shot == "over-shoulder":
        lean = 0.0
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


def _paint_person(
    canvas: Any, scene: Scene, who: Character, product: Product | None, view: View, dice: Random, side: int
) -> None:
    """The figure, what it holds, and the table before it; back to front."""
    hand = _hand_side(scene)
    yaw = (0.32 if scene.expression == "thoughtful" else 0.1) * hand
    head, tilt = Head(who, yaw), dice.uniform(2.0, 4.0) * -hand
    mood = _MOODS[scene.expression]
    canvas.save()
    canvas.rotate(tilt, 0, 0.5)
    paint_back_hair(canvas, head)
    canvas.restore()
    raised = _raised_arm(scene, view, hand) if product or scene.action in ("talking", "applying", "pointing") else None
    for arm in _resting_arms(scene, hand, both=raised is None):
        paint_arm(canvas, who, arm, side)
        paint_open_hand(canvas, who.skin, -arm.side, arm.wrist, pi / 2)
    paint_torso(canvas, who, side)
    canvas.save()
    canvas.rotate(tilt, 0, 0.5)
    paint_head(canvas, head, mood, side)
    paint_front_hair(canvas, head, side)
    canvas.restore()
    table = _table_top(scene, view, product)
    if table is not None:
        _paint_table(canvas, scene, view, table)
    if scene.action == "unboxing" and table is not None:
        _paint_box(canvas, (-0.2 * hand, table + 0.36), back=True)
    _paint_hands(canvas, scene, who, product, view, raised, side)
    if table is not None and product is not None and not _in_hand(scene):
        far = scene.visibility == "background"
        _stand(canvas, product, (-hand * (0.85 if far else 0.5), table + (0.1 if far else 0.3)), 0.34 if far else 0.52)
    if scene.action == "unboxing" and table is not None:
        _paint_box(canvas, (-0.2 * hand, table + 0.36), back=False)


def _in_hand(scene: Scene) -> bool:
    return scene.visibility in ("primary", "secondary") and scene.action not in ("at table", "talking")


def _raised_arm(scene: Scene, view: View, hand: int) -> Arm:
    """The arm that holds, gestures or applies; its wrist stays inside the picture."""
    room = max(0.38, view.width / view.head - view.half_width() - 0.36)
    if scene.action == "talking" or (scene.action == "at table" and not _in_hand(scene)):
        return Arm(hand, (hand * min(0.78, room), min(1.72, view.bottom() - 0.5)))
    if scene.action == "unboxing":
        return Arm(hand, (hand * min(0.62, room), min(1.55, view.bottom() - 0.9)))
    low = 0.98 if scene.visibility == "primary" else 1.25
    return Arm(hand, (hand * min(0.98, room), min(low, view.bottom() - 0.35)))


def _resting_arms(scene: Scene, hand: int, *, both: bool) -> list[Arm]:
    sides = [-hand, hand] if both else [-hand]
    if scene.action in ("pointing", "applying"):
        sides.remove(-hand)
    return [Arm(side, (side * 0.8, 2.96)) for side in sides]


def _paint_hands(
    canvas: Any, scene: Scene, who: Character, product: Product | None, view: View, raised: Arm | None, side: int
) -> None:
    """The raised hand with the product in it, or making a gesture, and what the other hand does."""
    if raised is None:
        return
    hand = raised.side
    if scene.action == "applying":
        wrist = (-hand * 0.5, 0.66)
        paint_arm(canvas, who, Arm(-hand, wrist), side)
        paint_open_hand(canvas, who.skin, hand, wrist, atan2(0.12 - wrist[1], -hand * 0.24 - wrist[0]))
        _cream(canvas, (-hand * 0.24, 0.15))
    if product is None or not _in_hand(scene):
        if scene.action not in ("applying",):
            paint_arm(canvas, who, raised, side)
            paint_open_hand(canvas, who.skin, -hand, raised.wrist, -pi / 2 + 0.35 * hand)
        return
    paint_arm(canvas, who, raised, side)
    width, height = product.size(0.5 if scene.visibility == "primary" else 0.42)
    half = min(width / 2, 0.3)
    grip = raised.wrist[0] - 0.05 * hand, raised.wrist[1] - 0.3
    middle = grip[0] - hand * (width / 2 - half), grip[1] + 0.07 - height / 2
    paint_grip(canvas, who.skin, hand, grip, half, front=False)
    _show(canvas, product, middle, width, height)
    paint_grip(canvas, who.skin, hand, grip, half, front=True)
    if scene.action == "pointing":
        wrist = (-hand * 0.02, 1.12)
        target = (middle[0] - hand * width * 0.5, middle[1])
        paint_arm(canvas, who, Arm(-hand, wrist), side)
        paint_pointing_hand(canvas, who.skin, -hand, wrist, atan2(target[1] - wrist[1], target[0] - wrist[0]))


def _cream(canvas: Any, at: Point) -> None:
    canvas.drawPath(oval(at, 0.055, 0.03), fill((255, 253, 248), 0.9, 0.006))


def _show(canvas: Any, product: Product, middle: Point, width: float, height: float) -> None:
    """The product upright around a point, with the shade it casts on what is behind it."""
    frame = skia.Rect.MakeXYWH(middle[0] - width / 2, middle[1] - height / 2, width, height)
    image, sampling = product.image(), skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    shade = skia.Paint(ImageFilter=skia.ImageFilters.DropShadowOnly(0.03, 0.05, 0.05, 0.05, tint((40, 20, 30), 0.45)))
    canvas.drawImageRect(image, frame, sampling, shade)
    canvas.drawImageRect(image, frame, sampling, skia.Paint(AntiAlias=True))


def _stand(canvas: Any, product: Product, foot: Point, area: float) -> None:
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


def _table_top(scene: Scene, view: View, product: Product | None) -> float | None:
    """Where the far edge of the table is, in head units below the middle of the head; None when there is no table."""
    if scene.action in ("unboxing", "at table"):
        return max(1.15, view.bottom() - 0.95)
    if product is not None and not _in_hand(scene):
        return max(1.15, view.bottom() - 0.62)
    return None


def _paint_table(canvas: Any, scene: Scene, view: View, top: float) -> None:
    plate, front = surface_of(scene.place)
    wide = view.width / view.head
    edge = view.bottom() - 0.12
    canvas.drawPath(box(-wide, top - 0.06, 2 * wide, 0.1), fill((40, 24, 30), 0.3, 0.05))
    canvas.drawPath(box(-wide, top, 2 * wide, edge - top), blend((0, top), (0, edge), (darker(plate, 0.12), 1), (lighter(plate, 0.15), 1)))
    for i in range(4):
        y = top + (edge - top) * (0.12 + 0.24 * i)
        canvas.drawPath(smooth([(-wide, y), (-0.3, y + 0.012), (0.5, y - 0.01), (wide, y + 0.008)], closed=False), line(darker(plate, 0.3), 0.008, 0.16))
    canvas.drawPath(box(-wide, edge, 2 * wide, 2), blend((0, edge), (0, edge + 0.4), (front, 1), (darker(front, 0.4), 1)))
    canvas.drawPath(box(-wide, edge - 0.012, 2 * wide, 0.024), fill(lighter(plate, 0.5), 0.8))


def _paint_box(canvas: Any, foot: Point, *, back: bool) -> None:
    """An open parcel: its inside and tissue (`back`), or its front and flaps."""
    x, y = foot
    card: Colour = (206, 164, 118)
    if back:
        canvas.drawPath(oval((x + 0.05, y), 0.75, 0.08), fill((40, 24, 24), 0.4, 0.05))
        canvas.drawPath(polygon([(x - 0.58, y - 0.56), (x - 0.46, y - 0.68), (x + 0.46, y - 0.68), (x + 0.58, y - 0.56)]), fill(darker(card, 0.45)))
        for i in range(7):
            px = x - 0.48 + 0.16 * i
            canvas.drawPath(polygon([(px - 0.12, y - 0.5), (px - 0.03 + 0.04 * (i % 2), y - 0.78 + 0.05 * (i % 3)), (px + 0.13, y - 0.5)]), fill((250, 244, 238), 0.96))
        return
    canvas.drawPath(box(x - 0.58, y - 0.56, 1.16, 0.56, 0.01), blend((x - 0.6, y - 0.5), (x + 0.6, y), (lighter(card, 0.2), 1), (darker(card, 0.2), 1)))
    canvas.drawPath(box(x - 0.07, y - 0.56, 0.14, 0.56), fill(lighter(card, 0.35), 0.6))
    for flap in (-1, 1):
        wing = [(x + flap * 0.58, y - 0.56), (x + flap * 0.9, y - 0.44), (x + flap * 0.86, y - 0.36), (x + flap * 0.58, y - 0.5)]
        canvas.drawPath(polygon(wing), fill(darker(card, 0.12)))
    canvas.drawPath(polygon([(x - 0.58, y - 0.56), (x + 0.58, y - 0.56), (x + 0.66, y - 0.4), (x - 0.66, y - 0.4)]), fill(lighter(card, 0.16)))
    canvas.drawPath(line_between((x - 0.66, y - 0.4), (x + 0.66, y - 0.4)), line(darker(card, 0.35), 0.012, 0.6))


def line_between(start: Point, end: Point) -> Any:
    """A straight stroke."""
    return smooth([start, end], closed=False)


def _paint_display(canvas: Any, scene: Scene, product: Product | None, view: View, side: int) -> None:
    """The product alone on a table, with a sprig beside it."""
    top = 0.62 * view.bottom()
    _paint_table(canvas, scene, view, top)
    foot = top + 0.5 * (view.bottom() - 0.12 - top)
    away = side * -0.55
    stem = [(away, foot), (away * 1.1, foot - 0.35), (away * 1.35, foot - 0.75), (away * 1.75, foot - 1.1)]
    canvas.drawPath(oval((away * 1.1, foot), 0.35, 0.03), fill((40, 24, 24), 0.3, 0.03))
    canvas.drawPath(smooth(stem, closed=False), line((104, 124, 84), 0.02))
    for i, (x, y) in enumerate([*stem[1:], ((stem[1][0] + stem[2][0]) / 2, (stem[1][1] + stem[2][1]) / 2)]):
        for turn in (-1, 1):
            tip = (x + turn * 0.3, y - 0.2 - 0.03 * i)
            leaf = [(x, y), (x + turn * 0.1, y - 0.16), tip, (x + turn * 0.2, y - 0.04)]
            canvas.drawPath(smooth(leaf), fill((112 + 9 * i, 150 + 4 * turn, 108)))
    if product is not None:
        aside = 0.42 * view.half_width() * -side if scene.shot == "over-shoulder" else 0.0
        _stand(canvas, product, (aside, foot), 1.15)


def _paint_shoulder(canvas: Any, who: Character, view: View, light: Lighting, side: int) -> None:
    """The person from behind, near the lens and out of focus, at the edge of the picture."""
    figure, ink = canvas_of(view.width, view.height)
    near = view.head * 1.5
    ink.translate(view.width * (0.04 if side < 0 else 0.96), view.height * 0.4)
    ink.scale(near, near)
    ink.drawPath(smooth([(-0.16, 0.2), (-0.2, 0.66), (-0.95, 0.9), (-1.1, 2.4), (1.1, 2.4), (0.95, 0.9), (0.2, 0.66), (0.16, 0.2)]), fill(who.top))
    head = Head(who)
    ink.drawPath(head.outline(), fill(who.skin))
    ink.save()
    ink.scale(1.08, 1.05)
    ink.drawPath(head.outline(), fill(who.hair))
    ink.restore()
    paint_back_hair(ink, head)
    ink.resetMatrix()
    _light(figure, ink, view, light, side)
    lens = skia.Paint(ImageFilter=skia.ImageFilters.Blur(view.height * 0.006, view.height * 0.006))
    canvas.drawImage(figure.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), lens)


def _light(figure: Any, canvas: Any, view: View, light: Lighting, side: int) -> None:
    """Key light and shadow across what is painted on a layer, and a rim of light along its lit edge."""
    before = figure.makeImageSnapshot()
    wide, high = view.width, view.height
    towards = (wide * (0.5 + 0.55 * side), high * 0.1), (wide * (0.5 - 0.5 * side), high * 0.95)
    wash = blend(*towards, (light.key, light.key_strength), (light.key, 0.0), (light.shadow, light.shadow_strength))
    wash.setBlendMode(skia.BlendMode.kSoftLight)
    canvas.drawPaint(wash)
    canvas.drawImage(before, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=skia.BlendMode.kDstIn))
    thick = 0.016 * view.head
    seen = skia.ImageFilters.Offset(-side * thick, thick * 0.7, skia.ImageFilters.Blur(thick, thick))
    layer = skia.Paint(ImageFilter=seen, BlendMode=skia.BlendMode.kSrcATop, Alphaf=light.rim_strength)
    canvas.saveLayer(None, layer)
    canvas.drawPaint(fill(light.rim))
    canvas.drawImage(before, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=skia.BlendMode.kDstOut))
    canvas.restore()


def _set_down(canvas: Any, figure: Any, view: View, side: int) -> None:
    """The layer over the background, with the soft shadow it throws away from the light."""
    soft = 0.09 * view.head
    shadow = skia.ImageFilters.DropShadowOnly(-side * soft * 1.6, soft, soft, soft, tint((50, 26, 36), 0.36))
    image = figure.makeImageSnapshot()
    canvas.drawImage(image, 0, 0, skia.SamplingOptions(), skia.Paint(ImageFilter=shadow))
    canvas.drawImage(image, 0, 0)


def _finish(canvas: Any, scene: Scene, width: int, height: int, light: Lighting, side: int) -> None:
    """The air between lens and scene: the glow of the key light, and a soft vignette."""
    source = (width * (0.5 + 0.52 * side), height * 0.12)
    glare = {"golden": 0.5, "bright": 0.3, "soft": 0.15, "studio": 0.1}.get(scene.light, 0.12)
    air = glow(source, 0.9 * height, (light.key, glare), (light.key, glare * 0.3), (light.key, 0.0))
    air.setBlendMode(skia.BlendMode.kScreen)
    canvas.drawPaint(air)
    edge = glow((width / 2, height * 0.46), 0.62 * hypot(width, height), (light.shadow, 0.0), (light.shadow, 0.0), (light.shadow, 0.3))
    edge.setBlendMode(skia.BlendMode.kMultiply)
    canvas.drawPaint(edge)
