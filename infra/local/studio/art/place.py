"""Rooms and places, painted to stand out of focus behind a person.

Units are picture heights: y runs from 0 (top) to 1 (bottom), x from -0.9 to 0.9 around the middle, so that an upright
picture sees the middle and a wide one sees all. A place looks the same every time, as a room does from shot to shot.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from .brush import blend, box, fill, glow, limb, line, oval, polygon, smooth
from .colour import WHITE, Colour, darker, lighter, mix
from .furniture import SKY, books, lamp, picture, plant, shelf, wall, window
from .words import Light, Place


def paint_place(canvas: Any, place: Place, light: Light) -> None:
    """Fills the canvas with a place; the view outside its windows follows the light."""
    _PLACES[place](canvas, light)


def surface_of(place: Place) -> tuple[Colour, Colour]:
    """The top and the front of the table that stands in such a place."""
    return {
        "kitchen": ((236, 230, 222), (196, 186, 174)),
        "bathroom": ((242, 240, 238), (206, 206, 206)),
        "office": ((206, 172, 132), (150, 114, 82)),
        "outdoor": ((186, 148, 108), (130, 98, 70)),
        "car": ((70, 68, 74), (44, 42, 48)),
        "backdrop": ((250, 246, 240), (226, 218, 208)),
    }.get(place, ((198, 156, 114), (146, 106, 76)))


def _bedroom(canvas: Any, light: Light) -> None:
    wall(canvas, (226, 206, 190), (190, 150, 116), 0.74)
    window(canvas, -0.52, 0.1, 0.36, 0.42, light, (244, 236, 224))
    picture(canvas, 0.1, 0.12, 0.1, 0.13, (214, 140, 112))
    picture(canvas, 0.22, 0.16, 0.09, 0.11, (140, 160, 150))
    canvas.drawPath(
        box(-0.06, 0.44, 0.9, 0.34, 0.05), blend((0, 0.44), (0, 0.78), ((196, 158, 134), 1), ((158, 118, 98), 1))
    )
    for i in range(5):
        canvas.drawPath(box(-0.03 + 0.18 * i, 0.47, 0.006, 0.26), fill((140, 104, 88), 0.5, 0.004))
    for x, hue in ((0.02, (250, 244, 236)), (0.3, (224, 186, 164)), (0.56, (250, 244, 236))):
        canvas.drawPath(
            box(x, 0.585, 0.27, 0.15, 0.065),
            blend((0, 0.585), (0, 0.735), (lighter(hue, 0.3), 1), (darker(hue, 0.12), 1)),
        )
    canvas.drawPath(
        smooth([(-0.2, 0.74), (0.2, 0.695), (0.9, 0.7), (1, 1.05), (-0.34, 1.05)]),
        blend((0, 0.7), (0, 1), ((246, 238, 228), 1), ((212, 192, 178), 1)),
    )
    canvas.drawPath(smooth([(-0.25, 0.83), (0.25, 0.8), (0.95, 0.82), (1, 1.05), (-0.34, 1.05)]), fill((206, 152, 128)))
    canvas.drawPath(box(-0.34, 0.66, 0.2, 0.3, 0.01), fill((168, 126, 90)))
    lamp(canvas, -0.225, 0.49, 0.66, 0.12, light)
    plant(canvas, -0.6, 0.9, 0.2)


def _kitchen(canvas: Any, light: Light) -> None:
    wall(canvas, (232, 232, 224), (198, 176, 150), 0.86)
    for row in range(8):
        for column in range(-12, 12):
            x = column * 0.085 + (0.0425 if row % 2 else 0)
            canvas.drawPath(
                box(x, 0.3 + row * 0.042, 0.081, 0.038, 0.004),
                fill(mix((247, 246, 240), (214, 222, 214), ((column * 7 + row * 3) % 5) / 6)),
            )
    window(canvas, -0.5, 0.08, 0.34, 0.36, light, None)
    for i in range(6):
        left = -0.06 + 0.17 * i
        canvas.drawPath(
            box(left, -0.02, 0.162, 0.25, 0.006), blend((0, 0), (0, 0.23), ((140, 164, 146), 1), ((118, 144, 128), 1))
        )
        canvas.drawPath(box(left + 0.02, 0.03, 0.122, 0.175, 0.004), fill((158, 180, 162), 0.6))
        canvas.drawPath(box(left + 0.135, 0.15, 0.009, 0.035, 0.004), fill((214, 182, 122)))
    shelf(canvas, 0.05, 0.42, 0.5)
    for x, hue in (
        (0.09, (214, 150, 110)),
        (0.14, (240, 232, 220)),
        (0.19, (120, 146, 150)),
        (0.27, (226, 200, 150)),
        (0.4, (240, 232, 220)),
    ):
        canvas.drawPath(
            box(x, 0.365, 0.042, 0.055, 0.008),
            blend((x, 0), (x + 0.04, 0), (lighter(hue, 0.3), 1), (darker(hue, 0.2), 1)),
        )
    plant(canvas, 0.34, 0.42, 0.07)
    canvas.drawPath(box(-1, 0.635, 2, 0.035), blend((0, 0.635), (0, 0.67), ((246, 242, 236), 1), ((210, 202, 192), 1)))
    for i in range(10):
        canvas.drawPath(
            box(-0.95 + 0.2 * i, 0.675, 0.19, 0.24, 0.006),
            blend((0, 0.67), (0, 0.9), ((132, 156, 140), 1), ((106, 130, 116), 1)),
        )
    canvas.drawPath(oval((0.2, 0.585), 0.05, 0.052), fill((206, 96, 74)))
    canvas.drawPath(limb((0.245, 0.575), 0.008, (0.275, 0.55), 0.006), fill((206, 96, 74)))
    for i, hue in enumerate(((240, 190, 70), (226, 120, 70), (150, 180, 90))):
        canvas.drawPath(oval((-0.17 + 0.035 * i, 0.615), 0.024, 0.024), fill(hue))
    for x in (-0.08, 0.14):
        canvas.drawPath(box(x - 0.0015, 0, 0.003, 0.09), fill((80, 74, 70)))
        canvas.drawPath(oval((x, 0.11), 0.035, 0.028), fill((226, 184, 110)))
        canvas.drawPath(
            oval((x, 0.125), 0.1, 0.1), glow((x, 0.125), 0.1, ((255, 230, 170), 0.6), ((255, 220, 150), 0.0))
        )


def _office(canvas: Any, light: Light) -> None:
    wall(canvas, (214, 218, 218), (170, 148, 126), 0.84)
    window(canvas, -0.56, 0.06, 0.42, 0.44, light, None)
    for i in range(9):
        canvas.drawPath(box(-0.58, 0.05 + 0.018 * i, 0.46, 0.008, 0.003), fill((246, 244, 240), 0.9))
    for i, y in enumerate((0.2, 0.34, 0.48)):
        shelf(canvas, 0.07, y, 0.7)
        books(canvas, 0.09, y, 0.12 + 0.03 * i, f"books {i}")
        books(canvas, 0.36, y, 0.2, f"more books {i}")
    plant(canvas, 0.27, 0.2, 0.1, (240, 236, 230))
    canvas.drawPath(box(0.24, 0.42, 0.06, 0.06, 0.03), fill((222, 176, 112)))
    canvas.drawPath(box(-0.7, 0.66, 1.6, 0.03), blend((0, 0.66), (0, 0.69), ((206, 172, 132), 1), ((166, 130, 94), 1)))
    canvas.drawPath(box(-0.62, 0.69, 0.03, 0.3), fill((90, 84, 84)))
    canvas.drawPath(box(-0.3, 0.5, 0.2, 0.125, 0.008), fill((50, 52, 58)))
    canvas.drawPath(
        box(-0.292, 0.508, 0.184, 0.108, 0.004),
        blend((-0.3, 0.5), (-0.1, 0.62), ((150, 190, 214), 1), ((214, 190, 214), 1)),
    )
    canvas.drawPath(box(-0.21, 0.62, 0.02, 0.045), fill((70, 72, 78)))
    canvas.drawPath(box(0.13, 0.615, 0.035, 0.045, 0.006), fill((214, 110, 86)))
    lamp(canvas, 0.24, 0.52, 0.66, 0.1, light)
    plant(canvas, -0.42, 0.92, 0.2, (120, 126, 130))


def _living_room(canvas: Any, light: Light) -> None:
    wall(canvas, (222, 214, 198), (178, 138, 104), 0.8)
    window(canvas, -0.54, 0.08, 0.4, 0.46, light, (236, 226, 210))
    for left, top, w, h, hue in (
        (0.08, 0.14, 0.12, 0.16, (206, 138, 104)),
        (0.22, 0.11, 0.1, 0.1, (122, 148, 140)),
        (0.22, 0.23, 0.1, 0.12, (224, 184, 118)),
    ):
        picture(canvas, left, top, w, h, hue)
    canvas.drawPath(
        box(-0.5, 0.52, 1.2, 0.3, 0.07), blend((0, 0.52), (0, 0.82), ((132, 152, 146), 1), ((96, 116, 112), 1))
    )
    canvas.drawPath(
        box(-0.55, 0.68, 1.3, 0.2, 0.06), blend((0, 0.68), (0, 0.88), ((146, 166, 158), 1), ((104, 124, 118), 1))
    )
    for x, hue, lean in ((-0.3, (226, 180, 122), -8), (0.18, (236, 224, 204), 9), (0.34, (202, 122, 92), -6)):
        canvas.save()
        canvas.rotate(lean, x, 0.6)
        canvas.drawPath(
            box(x - 0.065, 0.56, 0.13, 0.13, 0.03),
            blend((0, 0.56), (0, 0.69), (lighter(hue, 0.25), 1), (darker(hue, 0.18), 1)),
        )
        canvas.restore()
    lamp(canvas, 0.44, 0.3, 0.92, 0.16, light)
    plant(canvas, -0.22, 0.55, 0.15)
    canvas.drawPath(oval((0.1, 0.97), 0.7, 0.1), fill((230, 216, 194)))


def _bathroom(canvas: Any, light: Light) -> None:
    wall(canvas, (222, 230, 228), (196, 200, 200), 0.88)
    for row in range(14):
        for column in range(-16, 16):
            canvas.drawPath(
                box(column * 0.062, 0.3 + row * 0.042, 0.058, 0.038, 0.003),
                fill(mix((240, 246, 244), (196, 216, 212), ((column * 5 + row * 7) % 6) / 7)),
            )
    canvas.drawPath(oval((0.2, 0.25), 0.145, 0.145), fill((206, 172, 112)))
    canvas.drawPath(
        oval((0.2, 0.25), 0.135, 0.135), blend((0.08, 0.12), (0.32, 0.4), ((244, 250, 250), 1), ((186, 206, 208), 1))
    )
    canvas.drawPath(polygon([(0.12, 0.35), (0.22, 0.13), (0.27, 0.14), (0.17, 0.37)]), fill(WHITE, 0.35))
    for x in (0.02, 0.38):
        canvas.drawPath(oval((x, 0.2), 0.022, 0.03), fill((255, 240, 208)))
        canvas.drawPath(oval((x, 0.2), 0.12, 0.12), glow((x, 0.2), 0.12, ((255, 234, 190), 0.6), ((255, 226, 170), 0)))
    window(canvas, -0.5, 0.08, 0.3, 0.3, light, None)
    shelf(canvas, -0.34, 0.46, 0.22)
    for i, hue in enumerate(((214, 170, 120), (240, 236, 230), (128, 160, 150), (224, 160, 150))):
        canvas.drawPath(
            box(-0.32 + 0.05 * i, 0.46 - 0.05 - 0.012 * (i % 3), 0.03, 0.05 + 0.012 * (i % 3), 0.008), fill(hue)
        )
    canvas.drawPath(box(-1, 0.66, 2, 0.035), blend((0, 0.66), (0, 0.69), ((250, 248, 246), 1), ((214, 212, 210), 1)))
    canvas.drawPath(box(-1, 0.695, 2, 0.3), blend((0, 0.69), (0, 1), ((176, 140, 106), 1), ((138, 104, 78), 1)))
    canvas.drawPath(box(0.16, 0.615, 0.18, 0.05, 0.025), fill((250, 250, 250)))
    canvas.drawPath(
        box(-0.28, 0.5, 0.1, 0.19, 0.01), blend((-0.28, 0), (-0.18, 0), ((236, 196, 178), 1), ((210, 160, 142), 1))
    )
    plant(canvas, -0.12, 0.66, 0.1)


def _car(canvas: Any, light: Light) -> None:
    high, low = SKY[light]
    canvas.drawPath(box(-1, 0, 2, 1), blend((0, 0.1), (0, 0.62), (high, 1), (low, 1)))
    dice = Random("street")
    for _ in range(26):
        x, y = dice.uniform(-0.95, 0.95), dice.uniform(0.33, 0.56)
        tone = mix(dice.choice(((122, 160, 112), (150, 176, 124), (190, 176, 160), (206, 190, 170))), low, 0.25)
        canvas.drawPath(oval((x, y), dice.uniform(0.03, 0.09), dice.uniform(0.04, 0.11)), fill(tone, 0.85, 0.018))
    canvas.drawPath(box(-1, 0.56, 2, 0.1), fill((158, 152, 148), 1.0, 0.01))
    trim, seat = (52, 50, 56), (94, 82, 78)
    canvas.drawPath(
        smooth([(-1, -0.1), (1, -0.1), (1, 0.14), (0.4, 0.1), (0.0, 0.085), (-0.4, 0.1), (-1, 0.14)]),
        blend((0, 0), (0, 0.14), ((206, 198, 190), 1), ((160, 152, 146), 1)),
    )
    for side in (-1, 1):
        canvas.drawPath(
            polygon([(side * 0.235, 0.08), (side * 0.275, 0.08), (side * 0.335, 0.62), (side * 0.27, 0.62)]),
            blend((side * 0.22, 0), (side * 0.34, 0), (lighter(trim, 0.2), 1), (trim, 1)),
        )
    canvas.drawPath(
        smooth([(-1, 0.6), (-0.3, 0.575), (0.3, 0.575), (1, 0.6), (1, 1.1), (-1, 1.1)]),
        blend((0, 0.58), (0, 1), (lighter(trim, 0.18), 1), (darker(trim, 0.3), 1)),
    )
    canvas.drawPath(
        box(-0.1, 0.22, 0.2, 0.15, 0.05), blend((0, 0.22), (0, 0.37), (lighter(seat, 0.2), 1), (darker(seat, 0.2), 1))
    )
    for x in (-0.045, 0.03):
        canvas.drawPath(box(x, 0.35, 0.015, 0.06), fill((180, 180, 184)))
    canvas.drawPath(
        smooth([(-0.17, 0.42), (0, 0.385), (0.17, 0.42), (0.24, 0.7), (0.26, 1.1), (-0.26, 1.1), (-0.24, 0.7)]),
        blend((-0.25, 0), (0.25, 0), (lighter(seat, 0.22), 1), (seat, 1), (darker(seat, 0.35), 1)),
    )
    for x in (-0.09, 0.09):
        canvas.drawPath(
            smooth([(x, 0.44), (x * 1.2, 0.7), (x * 1.3, 1.05)], closed=False), line(lighter(seat, 0.45), 0.004, 0.6)
        )


def _outdoor(canvas: Any, light: Light) -> None:
    high, low = SKY[light]
    canvas.drawPath(box(-1, 0, 2, 1), blend((0, 0), (0, 0.55), (high, 1), (low, 1)))
    sun = (-0.17, 0.3 if light == "golden" else 0.14)
    canvas.drawPath(
        oval(sun, 0.5, 0.5), glow(sun, 0.5, ((255, 246, 214), 0.95), ((255, 236, 190), 0.35), ((255, 230, 180), 0))
    )
    for y, hue in ((0.47, (166, 188, 176)), (0.52, (138, 168, 138))):
        ridge = [(-1 + 0.25 * i, y - 0.035 * ((i * 7) % 4) / 2) for i in range(9)]
        canvas.drawPath(smooth([*ridge, (1.1, 1), (-1.1, 1)]), fill(mix(hue, low, 0.3)))
    dice = Random("trees")
    for _ in range(70):
        x, y, r = dice.uniform(-0.95, 0.95), dice.uniform(0.3, 0.6), dice.uniform(0.025, 0.075)
        if abs(x) < 0.12 and y < 0.45:
            continue
        green = dice.choice(((92, 136, 84), (118, 156, 92), (146, 172, 102), (78, 120, 86)))
        canvas.drawPath(oval((x, y), r, r), fill(mix(green, low, 0.12), 0.8, 0.008))
    canvas.drawPath(box(-1, 0.6, 2, 0.5), blend((0, 0.6), (0, 1), ((150, 178, 100), 1), ((104, 142, 78), 1)))
    canvas.drawPath(
        polygon([(-0.03, 0.6), (0.05, 0.6), (0.5, 1.05), (-0.3, 1.05)]),
        blend((0, 0.6), (0, 1), ((226, 206, 170), 1), ((204, 176, 138), 1)),
    )
    for _ in range(40):
        x, y, r = dice.uniform(-0.9, 0.9), dice.uniform(0.02, 0.58), dice.uniform(0.012, 0.03)
        canvas.drawPath(oval((x, y), r, r), fill(mix((255, 250, 220), low, 0.3), 0.16))


def _gym(canvas: Any, light: Light) -> None:
    wall(canvas, (92, 98, 108), (64, 64, 70), 0.78)
    window(canvas, -0.6, 0.06, 0.44, 0.36, light, None)
    canvas.drawPath(
        box(0.06, 0.08, 0.7, 0.5), blend((0.06, 0.08), (0.7, 0.58), ((176, 190, 198), 1), ((126, 140, 150), 1))
    )
    canvas.drawPath(polygon([(0.1, 0.58), (0.24, 0.08), (0.32, 0.08), (0.18, 0.58)]), fill(WHITE, 0.2))
    for y in (0.62, 0.72):
        canvas.drawPath(box(-0.6, y, 1.4, 0.016), fill((52, 52, 58)))
        for i in range(9):
            x = -0.55 + 0.15 * i
            canvas.drawPath(limb((x, y - 0.022), 0.007, (x + 0.09, y - 0.022), 0.007), fill((190, 192, 198)))
            for end in (x, x + 0.09):
                canvas.drawPath(
                    box(end - 0.014, y - 0.048, 0.028, 0.05, 0.008), fill((206, 92, 62) if i % 3 == 0 else (40, 40, 46))
                )
    for i in range(-4, 5):
        canvas.drawPath(box(0.2 * i - 0.05, 0.01, 0.1, 0.012, 0.004), fill((255, 250, 236)))
        canvas.drawPath(
            oval((0.2 * i, 0.02), 0.12, 0.08), glow((0.2 * i, 0.02), 0.12, ((255, 246, 220), 0.5), ((255, 246, 220), 0))
        )


def _cafe(canvas: Any, light: Light) -> None:
    wall(canvas, (140, 104, 82), (112, 78, 58), 0.84)
    for row in range(16):
        for column in range(-10, 10):
            x = column * 0.1 + (0.05 if row % 2 else 0)
            canvas.drawPath(
                box(x, row * 0.042, 0.096, 0.038, 0.003),
                fill(mix((170, 112, 84), (130, 84, 66), ((column * 3 + row * 5) % 7) / 7)),
            )
    window(canvas, -0.58, 0.08, 0.42, 0.46, light, None)
    for y in (0.3, 0.44):
        shelf(canvas, 0.06, y, 0.7, (96, 66, 48))
        for i in range(9):
            hue = ((240, 232, 220), (196, 140, 96), (88, 96, 92), (214, 190, 150))[i % 4]
            canvas.drawPath(
                box(0.09 + 0.065 * i, y - 0.045 - 0.01 * (i % 3), 0.04, 0.045 + 0.01 * (i % 3), 0.008), fill(hue)
            )
    canvas.drawPath(box(-1, 0.66, 2, 0.03), fill((178, 132, 92)))
    canvas.drawPath(box(-1, 0.69, 2, 0.4), blend((0, 0.69), (0, 1), ((86, 74, 66), 1), ((58, 48, 44), 1)))
    for i in range(-3, 4):
        x = 0.155 * i + 0.02
        canvas.drawPath(box(x - 0.001, 0, 0.002, 0.13), fill((40, 34, 32)))
        canvas.drawPath(oval((x, 0.145), 0.016, 0.02), fill((255, 226, 160)))
        canvas.drawPath(
            oval((x, 0.145), 0.11, 0.11), glow((x, 0.145), 0.11, ((255, 208, 130), 0.8), ((255, 196, 110), 0))
        )


def _backdrop(canvas: Any, light: Light) -> None:
    tone: Colour = (92, 96, 108) if light in ("dramatic", "night") else (222, 225, 228)
    canvas.drawPath(
        box(-1, 0, 2, 1.1), blend((0, 0), (0, 1), (tone, 1), (lighter(tone, 0.25), 1), (darker(tone, 0.14), 1))
    )
    canvas.drawPath(oval((0, 0.4), 0.55, 0.55), glow((0, 0.4), 0.55, (lighter(tone, 0.8), 0.8), (tone, 0)))


_PLACES: dict[Place, Callable[[Any, Light], None]] = {
    "bedroom": _bedroom,
    "kitchen": _kitchen,
    "office": _office,
    "car": _car,
    "outdoor": _outdoor,
    "bathroom": _bathroom,
    "living room": _living_room,
    "gym": _gym,
    "cafe": _cafe,
    "backdrop": _backdrop,
}
