"""The example photos: `python -m infra.local.studio.art.photos DIR` draws a product and a person, both invented."""

from __future__ import annotations

import sys
from math import asin, pi
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from .brush import blend, box, canvas_of, fill, smooth, within
from .character import Character
from .colour import Colour, darker, lighter
from .goods import Product
from .pixels import Image
from .stage import paint_packshot, paint_portrait

SIZE = 768, 1024
MIRA = Character(
    skin=(214, 158, 118),
    hair=(74, 46, 36),
    eyes=(112, 76, 44),
    lips=(196, 104, 94),
    top=(92, 124, 166),
    garment="sweater",
    face_width=0.99,
    jaw=0.98,
    eye_gap=1.0,
    nose=1.0,
    mouth=1.0,
    hair_length=0.62,
    hair_volume=0.5,
    wave=0.5,
    beard=0.0,
    shoulders=1.0,
)
_AMBER: Colour = (196, 108, 36)
_GOLD: Colour = (214, 180, 116)


def serum(turned: float) -> Product:
    """The bottle of "Lumi Glow", its label turned by `turned` radians around the bottle."""
    width, height = 420, 1080
    surface, canvas = canvas_of(width, height)
    bulb = smooth([(150, 60), (168, 14), (252, 14), (270, 60), (262, 150), (158, 150)])
    _round(canvas, bulb, (62, 58, 62), 150, 270)
    _round(canvas, box(128, 132, 164, 118, 14), _GOLD, 128, 292)
    for x in range(136, 292, 9):
        canvas.drawPath(box(x, 138, 2, 106), fill(darker(_GOLD, 0.35), 0.35))
    body = box(12, 310, 396, 762, 84)
    body.addPath(smooth([(152, 246), (268, 246), (276, 286), (330, 330), (330, 420), (90, 420), (90, 330), (144, 286)]))
    _round(canvas, body, _AMBER, 12, 408)
    with within(canvas, body):
        canvas.drawPaint(
            blend((0, 300), (0, 1072), (lighter(_AMBER, 0.4), 0.25), (_AMBER, 0.0), (darker(_AMBER, 0.6), 0.35))
        )
        wrapped = _wrap(_label(), radius=198, turned=turned, arch=14 if turned else 0)
        canvas.drawImage(skia.Image.fromarray(wrapped, skia.kRGBA_8888_ColorType), 12, 430)
        canvas.drawPaint(
            blend(
                (12, 0), (408, 0), (darker(_AMBER, 0.8), 0.3), (_AMBER, 0.0), (_AMBER, 0.0), (darker(_AMBER, 0.8), 0.42)
            )
        )
        canvas.drawPath(box(64, 330, 16, 700, 8), fill((255, 250, 240), 0.4, 5))
    pixels = np.array(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))
    return Product(pixels)


def _round(canvas: Any, shape: Any, colour: Colour, left: float, right: float) -> None:
    canvas.drawPath(shape, fill(colour))
    with within(canvas, shape):
        tones = (
            (darker(colour, 0.35), 0.6),
            (lighter(colour, 0.65), 0.6),
            (colour, 0.0),
            (darker(colour, 0.3), 0.3),
            (darker(colour, 0.6), 0.7),
        )
        canvas.drawPaint(blend((left, 0), (right, 0), *tones))


def _label() -> Image:
    """The label laid flat, RGB."""
    label = np.full((520, 620, 3), (250, 245, 236), np.uint8)
    face = cv2.FontFace("sans")
    cv2.rectangle(label, (20, 20), (599, 499), _GOLD, 3, cv2.LINE_AA)
    cv2.circle(label, (310, 92), 34, (240, 170, 60), -1, cv2.LINE_AA)
    for ray in range(12):
        way = np.array([np.cos(ray * pi / 6), np.sin(ray * pi / 6)])
        start, end = (tuple(int(v) for v in (310, 92) + way * reach) for reach in (42, 54))
        cv2.line(label, start, end, (240, 170, 60), 4, cv2.LINE_AA)
    for text, y, size, weight, ink in (
        ("LUMI", 232, 92, 700, (58, 44, 40)),
        ("GLOW", 324, 92, 700, (58, 44, 40)),
        ("VITAMIN C SERUM", 384, 34, 600, (150, 96, 40)),
        ("30 ml  1.0 fl oz", 448, 30, 400, (110, 96, 88)),
    ):
        _, _, width, _ = cv2.getTextSize((620, 520), text, (0, 0), face, size, weight)
        cv2.putText(label, text, ((620 - width) // 2, y), ink, face, size, weight)
    return label


def _wrap(label: Image, radius: int, turned: float, arch: int) -> Image:
    """The label around an upright cylinder seen from the front, RGBA; `arch` is how far its lines sag in the middle."""
    rows, columns = label.shape[:2]
    width, span = 2 * radius, 2.3
    turn = np.array([asin(max(-1.0, min(1.0, (x - radius + 0.5) / radius))) for x in range(width)]) - turned
    across = (turn / span + 0.5) * columns
    x, y = np.meshgrid(across.astype(np.float32), np.arange(rows + arch, dtype=np.float32))
    y -= (arch * np.cos(turn + turned)).astype(np.float32)
    colours = np.dstack([label, np.full((rows, columns), 255, np.uint8)])
    return np.asarray(cv2.remap(colours, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), np.uint8)


def write_photos(folder: Path) -> list[Path]:
    """Draws the five photos into a folder and returns their paths."""
    surfaces = {
        "product-front": paint_packshot(serum(0.0), *SIZE),
        "product-angle": paint_packshot(serum(0.36), *SIZE),
        "avatar-front": paint_portrait(MIRA, 0.0, *SIZE),
        "avatar-left": paint_portrait(MIRA, -0.82, *SIZE),
        "avatar-right": paint_portrait(MIRA, 0.82, *SIZE),
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, surface in surfaces.items():
        paths.append(folder / f"{name}.jpg")
        write_photo(surface, paths[-1])
    return paths


def write_photo(surface: Any, path: Path) -> None:
    """Writes a Skia surface as a JPEG file."""
    rgb = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3]
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 88])
    path.write_bytes(data.tobytes())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m infra.local.studio.art.photos DIR")
    for path in write_photos(Path(sys.argv[1])):
        print(path)
