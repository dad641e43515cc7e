"""The product cut out of its photo: a packshot stands on a plain ground, and what differs from it is the product."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from postprod.likeness.pixels import Floats, Pixels, lab, within

Mask = npt.NDArray[np.uint8]
"""1 where the product is, else 0."""

_LOOKED_AT = 320
_SMALLEST, _LARGEST = 0.015, 0.9
"""Shares of the photo. A piece outside of these is no product, so the ground is not plain."""


@dataclass(frozen=True)
class Cutout:
    """A product alone: the photo trimmed to it, and where it is in that."""

    pixels: Pixels
    mask: Mask

    @property
    def aspect(self) -> float:
        """Width over height."""
        rows, columns = self.mask.shape
        return float(columns / rows)


def cut_out(photo: Pixels) -> Cutout:
    """The product of a photo; the middle of the photo where its ground is not plain."""
    small = np.asarray(within(photo, _LOOKED_AT), np.uint8)
    mask = _solid(_foreground(small))
    if not _SMALLEST < float(mask.mean()) < _LARGEST:
        mask = np.zeros_like(mask)
        rows, columns = mask.shape
        mask[rows // 10 : rows - rows // 10, columns // 6 : columns - columns // 6] = 1
    full = np.asarray(cv2.resize(mask, photo.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    inside = np.flatnonzero(full.any(1)), np.flatnonzero(full.any(0))
    trimmed = np.s_[inside[0][0] : inside[0][-1] + 1, inside[1][0] : inside[1][-1] + 1]
    return Cutout(photo[trimmed], full[trimmed])


def _foreground(photo: Pixels) -> Mask:
    """What is not a smooth continuation of the photo's rim, its edges settled by GrabCut."""
    colors = lab(photo)
    rows, columns = colors.shape[:2]
    rim = max(3, min(rows, columns) // 40)
    inside = np.zeros((rows, columns), bool)
    inside[rim:-rim, rim:-rim] = True
    terms = _surface(rows, columns)
    fit, *_ = np.linalg.lstsq(terms[~inside], colors[~inside], rcond=None)
    apart = colors - terms @ fit
    # A shadow darkens the ground without colouring it: lightness counts for less than colour.
    tint = np.hypot(apart[..., 1], apart[..., 2])
    distance = np.hypot(0.4 * apart[..., 0], tint)
    spread, tinted = (float(np.percentile(values[~inside], 95)) for values in (distance, tint))
    # A white lid before a white wall has only a tint of its own.
    probable = (distance > max(7.0, 1.6 * spread)) | (tint > max(4.5, 3 * tinted))
    labels = np.full((rows, columns), cv2.GC_BGD, np.uint8)
    labels[inside] = cv2.GC_PR_BGD
    labels[inside & probable] = cv2.GC_PR_FGD
    sure = (inside & (distance > max(18.0, 3 * spread))).astype(np.uint8)
    labels[cv2.erode(sure, np.ones((5, 5), np.uint8)) > 0] = cv2.GC_FGD
    if (labels[inside] == cv2.GC_PR_FGD).any():
        cv2.setRNGSeed(1)
        whole = (0, 0, 1, 1)  # not looked at: the labels say it all
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(np.ascontiguousarray(photo[..., ::-1]), labels, whole, *models, 3, cv2.GC_INIT_WITH_MASK)
    mask = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))
    return _without_shadow(mask, apart)


def _without_shadow(mask: npt.NDArray[np.bool_], apart: Floats) -> Mask:
    """The mask without the shadow and the reflection at its foot: there, what is the ground, but darker."""
    found = np.flatnonzero(mask.any(1))
    kept = mask.astype(np.uint8)
    if len(found):
        foot = found[-1] - round(0.16 * (found[-1] - found[0]))
        shade = np.hypot(apart[..., 1], apart[..., 2]) < 9
        kept[foot:][shade[foot:] & (np.abs(apart[foot:, :, 0]) < 40)] = 0
    return kept


def _surface(rows: int, columns: int) -> Floats:
    """The terms of a surface of second order at each pixel: light falls off smoothly over a plain ground."""
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=2).astype(np.float32)


def _solid(mask: Mask) -> Mask:
    """The largest piece with its holes filled."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    solid = np.zeros_like(mask)
    if outlines:
        cv2.drawContours(solid, [max(outlines, key=cv2.contourArea)], -1, 1, cv2.FILLED)
    return solid
