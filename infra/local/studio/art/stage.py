"""Staging: who and what stands where, how the camera sees it, and the light that falls on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, pi
from random import Random
from typing import Any

import skia  # type: ignore[import-not-found]

from .body import Arm, paint_arm, paint_grip, paint_open_hand, paint_pointing_hand, paint_torso
from .brush import Point, blend, canvas_of, fill, smooth
from .character import Character
from .colour import Colour, darker, lighter
from .goods import Product
from .hair import paint_back_hair, paint_front_hair
from .head import Head, Mood, paint_head
from .light import LIGHTING, Lighting, finish, set_down, shine
from .place import paint_place
from .props import dab_cream, paint_parcel, paint_sprig, paint_table, show, stand
from .words import Expression, Scene, Shot

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

    def room(self, side: int) -> float:
        """From the middle of the head to one side of the picture (-1 left, 1 right), in head units."""
        return (self.centre[0] if side < 0 else self.width - self.centre[0]) / self.head

    def half_width(self) -> float:
        """From the middle of the head to the nearer side of the picture, in head units."""
        return min(self.room(-1), self.room(1))

    def bottom(self) -> float:
        """The lower edge of the picture, in head units below the middle of the head."""
        return (self.height - self.centre[1]) / self.head


def paint(scene: Scene, cast: Cast, width: int, height: int, seed: int) -> Any:
    """The picture as a Skia surface."""
    surface, canvas = canvas_of(width, height)
    dice = Random(f"stage {seed} {scene.place} {scene.shot} {scene.action}")
    light = LIGHTING[scene.light]
    side = -1 if scene.light_from == "left" else 1
    if scene.angle == "dutch":
        canvas.rotate(5, width / 2, height / 2)
        canvas.scale(1.14, 1.14)
        canvas.translate(-0.07 * width, -0.07 * height)
    _paint_background(canvas, scene, width, height, dice, light)
    view = _view(scene, cast, width, height, dice)
    figure, ink = canvas_of(width, height)
    ink.translate(*view.centre)
    ink.scale(view.head, view.head)
    if cast.who is None or scene.shot == "over-shoulder":
        _paint_display(ink, scene, cast.product, view, side)
    else:
        _paint_person(ink, scene, cast.who, cast.product, view, dice, side)
    ink.resetMatrix()
    shine(figure, ink, view.head, light, side)
    set_down(canvas, figure, view.head, side)
    if cast.who is not None and scene.shot == "over-shoulder":
        _paint_shoulder(canvas, cast.who, view, light, side)
    finish(canvas, scene.light, width, height, side)
    return surface


def paint_portrait(who: Character, yaw: float, width: int, height: int) -> Any:
    """A person alone before a plain wall in even light, as for an avatar photo, as a Skia surface."""
    surface, canvas = canvas_of(width, height)
    light = LIGHTING["studio"]
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
    shine(figure, ink, view.head, light, -1)
    set_down(canvas, figure, view.head, -1)
    return surface


def paint_packshot(product: Product, width: int, height: int) -> Any:
    """A product alone on a plain light ground, as a Skia surface."""
    surface, canvas = canvas_of(width, height)
    _wall(canvas, width, height)
    canvas.translate(0.5 * width, 0.86 * height)
    canvas.scale(height, height)
    stand(canvas, product, (0.0, 0.0), 0.44)
    return surface


def _wall(canvas: Any, width: int, height: int) -> None:
    tone: Colour = (236, 238, 240)
    canvas.drawPaint(blend((0, 0), (0, height), (lighter(tone, 0.3), 1), (tone, 1), (darker(tone, 0.07), 1)))


def _view(scene: Scene, cast: Cast, width: int, height: int, dice: Random) -> View:
    held = cast.who is not None and cast.product is not None and _in_hand(scene)
    # From nearer than a close-up a product in the hand would hide the face.
    share, at = _SHOTS["close-up" if held and scene.shot == "extreme close-up" else scene.shot]
    head = share * min(height, 1.5 * width) * dice.uniform(0.94, 1.06)
    lean = (0.1 if scene.action in ("holding", "pointing", "applying") else 0.03) * width * -_hand_side(scene)
    if scene.action == "display" or scene.shot == "over-shoulder":
        lean = 0.0
    middle = at + {"low": -0.03, "high": 0.06}.get(scene.angle, 0.0) + dice.uniform(-0.015, 0.015)
    return View(width, height, head, (width / 2 + lean + dice.uniform(-0.025, 0.025) * width, middle * height))


def _hand_side(scene: Scene) -> int:
    """The side of the raised hand: away from the light, where it does not shade the face."""
    return 1 if scene.light_from == "left" else -1


def _paint_background(canvas: Any, scene: Scene, width: int, height: int, dice: Random, light: Lighting) -> None:
    softness = {"extreme close-up": 0.016, "close-up": 0.011, "medium": 0.006, "wide": 0.0025, "over-shoulder": 0.012}[
        scene.shot
    ]
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
    yaw = (0.32 if scene.expression == "thoughtful" else 0.1) * hand + dice.uniform(-0.1, 0.1)
    head, tilt = Head(who, yaw), dice.uniform(0.5, 5.0) * -hand
    usual = _MOODS[scene.expression]
    mood = replace(usual, smile=usual.smile + dice.uniform(-0.15, 0.15), brow=usual.brow + dice.uniform(-0.2, 0.2))
    canvas.save()
    canvas.rotate(tilt, 0, 0.5)
    paint_back_hair(canvas, head)
    canvas.restore()
    raised = (
        _raised_arm(scene, view, hand, dice) if product or scene.action in ("talking", "applying", "pointing") else None
    )
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
        paint_table(canvas, scene.place, view.width / view.head, table, view.bottom() - 0.12)
    if scene.action == "unboxing" and table is not None:
        paint_parcel(canvas, (-0.2 * hand, table + 0.36), back=True)
    _paint_hands(canvas, scene, who, product, view, raised, side)
    if table is not None and product is not None and not _in_hand(scene):
        far = scene.visibility == "background"
        away = min(0.85 if far else 0.5, view.room(-hand) - 0.25)
        stand(canvas, product, (-hand * away, table + (0.1 if far else 0.3)), 0.34 if far else 0.52)
    if scene.action == "unboxing" and table is not None:
        paint_parcel(canvas, (-0.2 * hand, table + 0.36), back=False)


def _in_hand(scene: Scene) -> bool:
    return scene.visibility in ("primary", "secondary") and scene.action not in ("at table", "talking")


def _raised_arm(scene: Scene, view: View, hand: int, dice: Random) -> Arm:
    """The arm that holds, gestures or applies; its wrist stays inside the picture."""
    room = max(0.38, view.width / view.head - view.half_width() - 0.36)
    if scene.action == "talking" or (scene.action == "at table" and not _in_hand(scene)):
        return Arm(hand, (hand * min(0.78, room), min(1.72, view.bottom() - 0.5)))
    if scene.action == "unboxing":
        return Arm(hand, (hand * min(0.62, room), min(1.55, view.bottom() - 0.9)))
    low = (0.98 if scene.visibility == "primary" else 1.25) + dice.uniform(-0.08, 0.08)
    if room < 0.6:  # from near by there is no room beside the face, so the product goes below it
        low = max(low, 1.2)
    return Arm(hand, (hand * min(0.98, room), min(low, view.bottom() - 0.3)))


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
        dab_cream(canvas, (-hand * 0.24, 0.15))
    if product is None or not _in_hand(scene):
        if scene.action not in ("applying",):
            paint_arm(canvas, who, raised, side)
            paint_open_hand(canvas, who.skin, -hand, raised.wrist, -pi / 2 + 0.35 * hand)
        return
    paint_arm(canvas, who, raised, side)
    width, height = product.size(0.5 if scene.visibility == "primary" else 0.42)
    half = min(width / 2, 0.3)
    grip = raised.wrist[0] - 0.05 * hand, raised.wrist[1] - 0.3
    sunk = min(0.07, 0.3 * height - 0.11)  # a low jar is held by its foot, or fingers would hide its label
    middle = grip[0] - hand * (width / 2 - half), grip[1] + sunk - height / 2
    paint_grip(canvas, who.skin, hand, grip, half, front=False)
    show(canvas, product, middle, width, height)
    paint_grip(canvas, who.skin, hand, grip, half, front=True)
    if scene.action == "pointing":
        wrist = (-hand * 0.02, 1.12)
        target = (middle[0] - hand * width * 0.5, middle[1])
        paint_arm(canvas, who, Arm(-hand, wrist), side)
        paint_pointing_hand(canvas, who.skin, -hand, wrist, atan2(target[1] - wrist[1], target[0] - wrist[0]))


def _table_top(scene: Scene, view: View, product: Product | None) -> float | None:
    """Where the far edge of the table is, in head units below the middle of the head; None when there is no table."""
    if scene.action in ("unboxing", "at table"):
        return max(1.15, view.bottom() - 0.95)
    if product is not None and not _in_hand(scene):
        return max(1.15, view.bottom() - 0.62)
    return None


def _paint_display(canvas: Any, scene: Scene, product: Product | None, view: View, side: int) -> None:
    """The product alone on a table, with a sprig beside it."""
    top = 0.62 * view.bottom()
    paint_table(canvas, scene.place, view.width / view.head, top, view.bottom() - 0.12)
    foot = top + 0.5 * (view.bottom() - 0.12 - top)
    paint_sprig(canvas, (side * -0.55, foot))
    if product is not None:
        aside = 0.42 * view.half_width() * -side if scene.shot == "over-shoulder" else 0.0
        stand(canvas, product, (aside, foot), 1.15)


def _paint_shoulder(canvas: Any, who: Character, view: View, light: Lighting, side: int) -> None:
    """The person from behind, near the lens and out of focus, at the edge of the picture."""
    figure, ink = canvas_of(view.width, view.height)
    near = view.head * 1.5
    ink.translate(view.width * (0.04 if side < 0 else 0.96), view.height * 0.4)
    ink.scale(near, near)
    ink.drawPath(
        smooth(
            [(-0.16, 0.2), (-0.2, 0.66), (-0.95, 0.9), (-1.1, 2.4), (1.1, 2.4), (0.95, 0.9), (0.2, 0.66), (0.16, 0.2)]
        ),
        fill(who.top),
    )
    head = Head(who)
    ink.drawPath(head.outline(), fill(who.skin))
    ink.save()
    ink.scale(1.08, 1.05)
    ink.drawPath(head.outline(), fill(who.hair))
    ink.restore()
    paint_back_hair(ink, head)
    ink.resetMatrix()
    shine(figure, ink, view.head, light, side)
    lens = skia.Paint(ImageFilter=skia.ImageFilters.Blur(view.height * 0.006, view.height * 0.006))
    canvas.drawImage(figure.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), lens)
