"""Scrutiny of a frame: what is written on the product, and whether skin looks real."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from infra.local.studio.art.likeness import frontal
from infra.local.studio.art.pixels import Face, Image
from infra.local.studio.resemblance import Sighting
from infra.local.studio.view import View, legible

_PORES_FROM = 130  # pixels of a face's height from which the texture of its skin is seen
_POLISHED = 0.5  # share of the texture in the photos below which skin looks polished
_TURNED = 0.4  # below it a photo shows a profile, whose cheek ends in an edge
_PLASTIC = 0.6  # levels of texture below which it does where there is no photo


def label_words(frame: View, seen: Sighting) -> list[str]:
    """The lines of lettering that can be read on the product where it was seen."""
    height, width = frame.pixels.shape[:2]
    columns = slice(max(0, int(seen.left * width) - 8), int(seen.right * width) + 8)
    rows = slice(max(0, int(seen.top * height) - 8), int(seen.bottom * height) + 8)
    return legible(np.ascontiguousarray(frame.pixels[rows, columns]))


def looks_plastic(frame: View, people: Sequence[View]) -> bool | None:
    """Whether the skin of the largest face has far less texture than in the person's photos; None where it is too
    small to tell. Fair skin shows less of it than dark skin does, so the photos are the measure."""
    seen = _skin(frame)
    known = [skin for skin in map(_skin, filter(_shows_both_cheeks, people)) if skin is not None]
    return None if seen is None else seen < (_POLISHED * min(known) if known else _PLASTIC)


def _shows_both_cheeks(view: View) -> bool:
    return view.face is not None and frontal(view.face) > _TURNED


@lru_cache(maxsize=16)
def _skin(view: View) -> float | None:
    """The texture of the face in a photo; None where it is too small."""
    face = view.face
    if face is None or face.height < _PORES_FROM:
        return None
    scale = _PORES_FROM * 1.4 / face.height
    small = cv2.resize(view.pixels, None, fx=min(1.0, scale), fy=min(1.0, scale), interpolation=cv2.INTER_AREA)
    return texture(np.asarray(small, np.uint8), view.pixels.shape[0] / small.shape[0], face)


def texture(pixels: Image, shrunk: float, face: Face) -> float:
    """How uneven the skin of the cheeks is, in levels; the picture is `shrunk` times smaller than the face's own."""
    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = np.abs(light - cv2.GaussianBlur(light, (0, 0), 2.0))
    (x, y), side = face.centre, 0.14 * face.width
    found = []
    for at in (-0.24, 0.24):
        box = (np.array([x + at * face.width - side / 2, y + 0.08 * face.height]) / shrunk).astype(int)
        cheek = fine[box[1] : box[1] + int(side / shrunk), box[0] : box[0] + int(side / shrunk)]
        found.append(float(np.median(cheek)) if cheek.size else 0.0)
    return max(found)
