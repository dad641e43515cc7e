"""The product: cut out of its photo, or a plain container drawn from words when there is no photo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from .brush import blend, box, canvas_of, fill, oval, smooth, within
from .colour import CLOTH, Colour, darker, find_colour, lighter
from .pixels import Image
from .words import about


@dataclass(frozen=True)
class Product:
    """A product seen from the front, upright: RGBA pixels trimmed to it, straight alpha."""

    pixels: Image

    @property
    def aspect(self) -> float:
        """Width over height."""
        return float(self.pixels.shape[1] / self.pixels.shape[0])

    def size(self, area: float) -> tuple[float, float]:
        """Width and height with sides' geometric mean `area`, tall things a little less tall."""
        aspect = min(max(self.aspect, 0.3), 2.5)
        return area * aspect**0.5, area * aspect**0.5 / self.aspect

    def image(self) -> Any:
        """The pixels as Skia wants them."""
        return skia.Image.fromarray(np.ascontiguousarray(self.pixels), skia.kRGBA_8888_ColorType)


def cut_out(photo: Image) -> Product:
    """The product of an RGB photo on a plain background; the middle of the photo if the background is not plain."""
    scale = min(1.0, 360 / max(photo.shape[:2]))
    small = np.asarray(cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    mask = _foreground(small)
    share = float(mask.mean())
    if not 0.015 < share < 0.9:
        mask = np.zeros(small.shape[:2], np.float32)
        height, width = mask.shape
        mask[height // 10 : -height // 10, width // 6 : -width // 6] = 1.0
    full = cv2.GaussianBlur(cv2.resize(mask, photo.shape[1::-1], interpolation=cv2.INTER_CUBIC), (0, 0), 0.6 / scale)
    alpha = np.clip((full - 0.5) * 3.0 + 0.35, 0, 1)
    rows, columns = np.flatnonzero((alpha > 0.5).any(1)), np.flatnonzero((alpha > 0.5).any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    cut = np.dstack([photo, np.round(alpha * 255).astype(np.uint8)])[top:bottom, left:right]
    return Product(_at_most(cut, 900))


def _foreground(photo: Image) -> np.ndarray[Any, np.dtype[np.float32]]:
    """1.0 where the product is. The background is what resembles a smooth continuation of the photo's border."""
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB).astype(np.float32)
    height, width = lab.shape[:2]
    rim = max(3, min(height, width) // 40)
    border = np.ones((height, width), bool)
    border[rim:-rim, rim:-rim] = False
    ys, xs = np.nonzero(border)
    terms = _plane(xs / width, ys / height)
    everywhere = _plane(*(axis.ravel() for axis in np.meshgrid(np.arange(width) / width, np.arange(height) / height)))
    fit, *_ = np.linalg.lstsq(terms, lab[border], rcond=None)
    apart = lab - (everywhere @ fit).reshape(lab.shape)
    # A cast shadow darkens the background without colouring it: lightness counts for less than colour.
    tint = np.hypot(apart[..., 1], apart[..., 2])
    distance = np.hypot(0.5 * apart[..., 0], tint)
    spread, tinted = (float(np.percentile(values[border], 95)) for values in (distance, tint))
    # A white lid before a white wall has only a tint of its own.
    probable = (distance > max(9.0, 1.6 * spread)) | (tint > max(4.5, 3 * tinted))
    labels = np.full((height, width), cv2.GC_BGD, np.uint8)
    inside = np.zeros_like(probable)
    inside[rim:-rim, rim:-rim] = True
    labels[inside] = cv2.GC_PR_BGD
    labels[inside & probable] = cv2.GC_PR_FGD
    sure = cv2.erode((inside & (distance > max(22.0, 3 * spread))).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    labels[sure] = cv2.GC_FGD
    if probable[inside].any():
        cv2.setRNGSeed(1)
        models = np.zeros((1, 65)), np.zeros((1, 65))
        nowhere = (0, 0, 1, 1)  # the labels say it all
        bgr = np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2BGR), np.uint8)
        cv2.grabCut(bgr, labels, nowhere, *models, 3, cv2.GC_INIT_WITH_MASK)
    mask = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    return _without_shadow(_whole(mask), apart).astype(np.float32)


def _without_shadow(
    mask: np.ndarray[Any, np.dtype[np.uint8]], apart: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The mask without the shadow and the reflection at the foot: there, what is only a darker background."""
    rows = np.flatnonzero(mask.any(1))
    if not len(rows):
        return mask
    foot = rows[-1] - round(0.16 * (rows[-1] - rows[0]))
    shade = (np.hypot(apart[..., 1], apart[..., 2]) < 20) & (np.abs(apart[..., 0]) < 110)
    kept = mask.copy()
    kept[foot:][shade[foot:]] = 0
    return _whole(kept)


def _plane(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=1)


def _whole(mask: np.ndarray[Any, np.dtype[np.uint8]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The largest piece with its holes filled: a product is one solid thing."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    solid = np.zeros_like(mask)
    if outlines:
        cv2.drawContours(solid, [max(outlines, key=cv2.contourArea)], -1, 1, cv2.FILLED)
    return solid


def _at_most(image: Image, longest: int) -> Image:
    scale = longest / max(image.shape[:2])
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def imagine_product(text: str) -> Product:
    """A container without a label, of the kind and colour that lower-case `text` names."""
    kind = next((kind for kind, words in _KINDS.items() if re.search(words, text)), "bottle")
    noun = rf"(?:{_KINDS[kind]}|product|packaging)"
    body = find_colour(about(text, noun), CLOTH) or CLOTH["amber"]
    width, height = {"bottle": (190, 480), "jar": (320, 300), "tube": (190, 500), "can": (230, 430), "box": (330, 420)}[
        kind
    ]
    surface, canvas = canvas_of(width, height)
    _CONTAINERS[kind](canvas, float(width), float(height), body)
    return Product(np.array(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)))


_KINDS = {
    "jar": r"jar|cream|balm|moisturi[sz]er|candle",
    "tube": r"tube|toothpaste|sunscreen|gel\b",
    "can": r"\bcan\b|soda|energy drink|seltzer",
    "box": r"\bbox\b|carton|snack|cereal|gadget",
    "bottle": r"bottle|serum|shampoo|perfume|dropper|oil",
}


def _rounded(canvas: Any, shape: Any, colour: Colour, left: float, right: float) -> None:
    """Fills a shape as a lit cylinder between two x."""
    canvas.drawPath(shape, fill(colour))
    with within(canvas, shape):
        canvas.drawPaint(
            blend(
                (left, 0),
                (right, 0),
                (lighter(colour, 0.25), 0.5),
                (lighter(colour, 0.75), 0.75),
                (colour, 0.0),
                (darker(colour, 0.5), 0.55),
                (colour, 0.2),
            )
        )


def _bottle(canvas: Any, w: float, h: float, colour: Colour) -> None:
    _rounded(canvas, box(w * 0.36, 0, w * 0.28, h * 0.17, w * 0.12), (58, 54, 58), w * 0.36, w * 0.64)
    _rounded(canvas, box(w * 0.3, h * 0.13, w * 0.4, h * 0.12, w * 0.04), (214, 182, 122), w * 0.3, w * 0.7)
    _rounded(canvas, box(w * 0.02, h * 0.25, w * 0.96, h * 0.75, w * 0.2), colour, 0, w)
    canvas.drawPath(box(w * 0.14, h * 0.46, w * 0.72, h * 0.36, 6), fill((250, 246, 238), 0.94))
    canvas.drawPath(oval((w * 0.5, h * 0.58), w * 0.12, w * 0.12), fill(colour))


def _jar(canvas: Any, w: float, h: float, colour: Colour) -> None:
    _rounded(canvas, box(w * 0.04, h * 0.3, w * 0.92, h * 0.7, w * 0.1), colour, 0, w)
    _rounded(canvas, box(0, 0, w, h * 0.34, w * 0.05), (240, 234, 226), 0, w)
    canvas.drawPath(box(w * 0.2, h * 0.48, w * 0.6, h * 0.34, 6), fill((250, 246, 238), 0.9))


def _tube(canvas: Any, w: float, h: float, colour: Colour) -> None:
    _rounded(canvas, smooth([(w * 0.02, 0), (w * 0.98, 0), (w * 0.8, h * 0.84), (w * 0.2, h * 0.84)]), colour, 0, w)
    _rounded(canvas, box(w * 0.2, h * 0.84, w * 0.6, h * 0.16, 8), (244, 240, 234), w * 0.2, w * 0.8)
    canvas.drawPath(oval((w * 0.5, h * 0.4), w * 0.2, w * 0.2), fill((250, 246, 238), 0.9))


def _can(canvas: Any, w: float, h: float, colour: Colour) -> None:
    _rounded(canvas, box(w * 0.06, 0, w * 0.88, h, w * 0.1), (200, 202, 206), 0, w)
    _rounded(canvas, box(0, h * 0.06, w, h * 0.88, w * 0.06), colour, 0, w)
    canvas.drawPath(oval((w * 0.5, h * 0.48), w * 0.24, w * 0.24), fill((250, 246, 238), 0.92))


def _box(canvas: Any, w: float, h: float, colour: Colour) -> None:
    _rounded(canvas, box(0, 0, w, h, 8), colour, -w, w * 2)
    canvas.drawPath(box(w * 0.12, h * 0.2, w * 0.76, h * 0.5, 8), fill((250, 246, 238), 0.92))
    canvas.drawPath(oval((w * 0.5, h * 0.45), w * 0.16, w * 0.16), fill(darker(colour, 0.15)))


_CONTAINERS = {"bottle": _bottle, "jar": _jar, "tube": _tube, "can": _can, "box": _box}
