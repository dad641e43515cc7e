"""Flaws painted into a picture that was good: a stranger's face, somebody else, polished skin, a wrong product.

A still that is drawn here gets another cast; a still that is only given, as a clip's first frame is, is painted over.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from infra.local.studio.flaw import Flaw

from .anatomy import find_hand
from .body import Arm, paint_arm, paint_torso
from .brush import canvas_of, oval, within
from .character import Character, imagine
from .colour import HAIR, SKIN, lighter, luma, mix
from .goods import Product
from .hair import paint_back_hair, paint_front_hair
from .head import EYE_Y, MOUTH_Y, Head, Mood, paint_head
from .lettering import lettering, read_lines, rewritten
from .likeness import likeness
from .pixels import Face, Image, find_face
from .stage import Cast

Mask = np.ndarray[Any, np.dtype[np.uint8]]

_TURN = 110
"""By how much of OpenCV's 180 degrees of hue a wholly wrong colour is off."""


def recast(cast: Cast, flaw: Flaw) -> Cast:
    """The cast with a stranger in it, or with a wrong product or none."""
    who, product = cast.who, cast.product
    if flaw.look == "drifting_face" and who:
        return Cast(stranger(who, flaw.share), product)
    if product is None:
        return cast
    match flaw.look:
        case "no_product":
            return Cast(who, None)
        case "wrong_label":
            plain = np.ascontiguousarray(product.pixels[..., :3])
            letters = rewritten(plain, read_lines(plain), wholly=flaw.share >= 0.5)
            return Cast(who, Product(np.dstack([letters, product.pixels[..., 3]])))
        case "wrong_colors":
            recoloured = _recoloured(product.pixels[..., :3], flaw.share)
            return Cast(who, Product(np.dstack([recoloured, product.pixels[..., 3]])))
    return cast


def retouched(pixels: Image, flaw: Flaw) -> Image:
    """A drawn picture with what no other cast brings: somebody else in it, or polished skin."""
    match flaw.look:
        case "extra_person":
            return _joined(pixels)
        case "plastic_look":
            return _polished(pixels, flaw.share)
    return pixels


def spoiled(pixels: Image, flaw: Flaw) -> Image:
    """Any picture with a flaw painted over it; as it is where it does not show what could be wrong."""
    match flaw.look:
        case "drifting_face":
            return _masked(pixels, flaw.share)
        case "wrong_label":
            return rewritten(pixels, lettering(pixels), wholly=flaw.share >= 0.5)
        case "wrong_colors" | "no_product":
            area = _goods(pixels)
            if area is None:
                return pixels
            if flaw.look == "no_product":
                return _without(pixels, area)
            return np.where(area[..., None] > 0, _recoloured(pixels, flaw.share), pixels)
    return retouched(pixels, flaw)


def stranger(who: Character, share: float) -> Character:
    """Somebody else in the same clothes, or who has gone that share of the way there."""
    skin = SKIN["fair"] if luma(who.skin) < 170 else SKIN["deep"]
    other = replace(
        who,
        skin=skin,
        hair=HAIR["ginger"] if luma(who.hair) < 90 else HAIR["black"],
        eyes=(86, 128, 84) if who.eyes[1] < 100 else (72, 44, 30),
        lips=mix(skin, (178, 62, 70), 0.35),
        face_width=0.9 if who.face_width > 1 else 1.12,
        jaw=0.86 if who.jaw > 1 else 1.16,
        eye_gap=0.9 if who.eye_gap > 1 else 1.1,
        nose=1.25,
        mouth=0.85,
        hair_length=0.3 if who.hair_length > 0.5 else 0.8,
        wave=1.0 - who.wave,
    )
    return Character(**{f.name: _between(getattr(who, f.name), getattr(other, f.name), share) for f in fields(who)})


def _between(a: Any, b: Any, share: float) -> Any:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return mix(a, b, share)
    return a + (b - a) * share if isinstance(a, float) and isinstance(b, float) else a


def _masked(pixels: Image, share: float) -> Image:
    """A stranger's head over the largest face, beneath the hair that is there."""
    face = find_face(pixels)
    if face is None:
        return pixels
    known = likeness(pixels, face, imagine("", 0))
    who = replace(stranger(known, share), hair_length=0.4, hair_volume=0.8)
    head = Head(who, _yaw(face))
    height = _head_height(face)
    eyes = np.mean(face.eyes, axis=0)
    (lx, ly), (rx, ry) = face.eyes
    surface = skia.Surface(pixels.shape[1], pixels.shape[0])
    canvas = surface.getCanvas()
    canvas.drawImage(_image(pixels), 0, 0)
    canvas.translate(float(eyes[0]), float(eyes[1]))
    canvas.rotate(float(np.degrees(np.arctan2(ry - ly, rx - lx))))
    canvas.scale(height, height)
    canvas.translate(-head.at(0, EYE_Y)[0], -EYE_Y)
    paint_back_hair(canvas, head)
    paint_head(canvas, head, Mood(smile=0.6), -1)
    paint_front_hair(canvas, head, -1)
    return _pixels(surface)


def _yaw(face: Face) -> float:
    """How far a face is turned, in radians, from where its nose is between its eyes."""
    (left, _), (right, _) = face.eyes
    off = (face.nose[0] - (left + right) / 2) / max((right - left) / 2, 1.0)
    return float(np.clip(0.75 * off, -0.8, 0.8))


def _head_height(face: Face) -> float:
    """The height of a whole head in pixels, by the distance from its eyes to its mouth."""
    down = np.mean(face.mouth, axis=0) - np.mean(face.eyes, axis=0)
    return max(8.0, float(np.hypot(*down)) / (MOUTH_Y - EYE_Y))


def _joined(pixels: Image) -> Image:
    """Somebody else who stands at one side of the frame: where no hand shows anything, else where there is room."""
    height, width = pixels.shape[:2]
    face = find_face(pixels)
    known = likeness(pixels, face, imagine("", 0)) if face else imagine("", 0)
    who = replace(stranger(known, 1.0), skin=SKIN["fair"], top=lighter(known.hair, 0.1), garment="tee")
    middle = face.centre if face else (width / 2, 0.4 * height)
    hand = find_hand(pixels, face) if face else None
    on_the_left = hand[0] > middle[0] if hand else middle[0] > width / 2
    tall = 0.56 * _head_height(face) if face else 0.16 * height
    x = 0.44 * tall if on_the_left else width - 0.44 * tall
    figure, canvas = canvas_of(width, height)
    canvas.translate(x, max(0.6 * tall, middle[1] - 0.55 * tall))
    canvas.scale(tall, tall)
    head = Head(who, 0.12 if on_the_left else -0.12)
    paint_back_hair(canvas, head)
    for side in (-1, 1):
        paint_arm(canvas, who, Arm(side, (side * 0.8, 2.96)), -1)
    paint_torso(canvas, who, -1)
    paint_head(canvas, head, Mood(smile=0.5), -1)
    paint_front_hair(canvas, head, -1)
    surface = skia.Surface(width, height)
    surface.getCanvas().drawImage(_image(pixels), 0, 0)
    surface.getCanvas().drawImage(figure.makeImageSnapshot(), 0, 0)
    if face:  # whoever joins stands behind the face that was there
        with within(surface.getCanvas(), oval(face.centre, 0.5 * face.width, 0.6 * face.height)):
            surface.getCanvas().drawImage(_image(pixels), 0, 0)
    return _pixels(surface)


def _polished(pixels: Image, share: float) -> Image:
    """The face without any texture, and with the shine of plastic."""
    face = find_face(pixels)
    if face is None:
        return pixels
    height, width = pixels.shape[:2]
    tall = _head_height(face)
    x, y = face.centre
    where = np.zeros((height, width), np.float32)
    cv2.ellipse(where, (round(x), round(y)), (round(0.38 * tall), round(0.52 * tall)), 0, 0, 360, 1.0, cv2.FILLED)
    where = np.asarray(cv2.GaussianBlur(where, (0, 0), 0.04 * tall), np.float32)[..., None] * share
    smooth = cv2.bilateralFilter(cv2.GaussianBlur(pixels, (0, 0), 0.9), 0, 28, max(2.0, 0.02 * tall)).astype(np.float32)
    gleam = np.zeros((height, width), np.float32)
    for at in (-0.14, 0.14):
        spot = round(x + at * tall), round(y + 0.1 * tall)
        cv2.ellipse(gleam, spot, (round(0.04 * tall), round(0.07 * tall)), 0, 0, 360, 110.0, cv2.FILLED)
    gleam = np.asarray(cv2.GaussianBlur(gleam, (0, 0), 0.04 * tall), np.float32)[..., None]
    polished = smooth + gleam * (255 - smooth) / 255
    return np.clip(pixels + (polished - pixels) * where, 0, 255).astype(np.uint8)


def _recoloured(rgb: Image, share: float) -> Image:
    """The hues turned round; what has no hue gets one."""
    hsv = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2HSV).astype(np.int16)
    hsv[..., 0] = (hsv[..., 0] + round(_TURN * share)) % 180
    hsv[..., 1] = np.minimum(255, hsv[..., 1] + round(40 * share))
    return np.asarray(cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB), np.uint8)


def _without(pixels: Image, area: Mask) -> Image:
    """The picture as it would go on where the area is."""
    x, y, wide, high = cv2.boundingRect(area)
    rows, columns = slice(max(0, y - 24), y + high + 24), slice(max(0, x - 24), x + wide + 24)
    part, hole = pixels[rows, columns], cv2.dilate(area[rows, columns], np.ones((15, 15), np.uint8))
    small = part.shape[1] // 3, part.shape[0] // 3  # what fills a hole is blurred anyway
    filled = cv2.inpaint(cv2.resize(part, small), cv2.resize(hole, small, fx=0, fy=0), 3, cv2.INPAINT_TELEA)
    whole = pixels.copy()
    whole[rows, columns] = np.where(hole[..., None] > 0, cv2.resize(filled, part.shape[1::-1]), part)
    return whole


def _goods(pixels: Image) -> Mask | None:
    """255 where the labelled thing is: what stands out around the lettering; None in a picture without lettering."""
    lines = lettering(pixels)
    if not lines:
        return None
    height, width = pixels.shape[:2]
    first, last = min(line.top for line in lines), max(line.bottom for line in lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    wide, high = right - left, max(last - first, (right - left) // 2)
    x0, x1 = max(1, left - wide), min(width - 1, right + wide)
    y0, y1 = max(1, first - 3 * high), min(height - 1, last + 2 * high)
    mask = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    mask[max(y0, first - high) : last, max(x0, left - wide // 4) : right + wide // 4] = cv2.GC_PR_FGD
    mask[first:last, left:right] = cv2.GC_FGD
    part, labels = np.ascontiguousarray(pixels[y0:y1, x0:x1, ::-1]), np.ascontiguousarray(mask[y0:y1, x0:x1])
    labels[[0, -1]] = cv2.GC_BGD
    labels[:, [0, -1]] = cv2.GC_BGD
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(part, labels, (0, 0, 1, 1), *models, 4, cv2.GC_INIT_WITH_MASK)
    found = np.zeros((height, width), np.uint8)
    found[y0:y1, x0:x1] = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)) * np.uint8(255)
    return np.asarray(cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8)


def _image(pixels: Image) -> Any:
    rgba = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    return skia.Image.fromarray(np.ascontiguousarray(rgba), skia.kRGBA_8888_ColorType)


def _pixels(surface: Any) -> Image:
    rgba = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return np.ascontiguousarray(rgba[..., :3])
