"""Resemblance: how surely a frame shows the person and the product of its references.

Everything here is measured in pixels; nothing is read that is not in them. The scales are fitted to the studio's own
drawings, where the same person or product shall score about 0.85 to 0.97 and a clearly different one below 0.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from infra.local.studio.art.lab import apart, distances, lab_of
from infra.local.studio.art.pixels import Image, reduced
from infra.local.studio.view import View

_TRACES = 0.7  # likeness without a face from which a person is in the frame at all


def person_similarity(frame: View, references: Sequence[View]) -> float | None:
    """How surely the person in the frame is the one in the references: 0 to 1; None where nobody can be seen."""
    known = [reference for reference in references if reference.face]
    if not known:
        return 0.0
    if frame.face is None:
        traces = max(_traces(frame, reference) for reference in known)
        return traces if traces > _TRACES else None
    return max(_same_person(frame, reference) for reference in known)


def _same_person(frame: View, reference: View) -> float:
    a, b = frame.person, reference.person
    assert a and b and frame.identity is not None and reference.identity is not None
    shape = sum(abs(getattr(a, name) - getattr(b, name)) for name in ("face_width", "eye_gap", "nose", "mouth"))
    # Each term lets pass what light and pose do to the same drawn person, and weighs what exceeds it.
    doubt = (
        0.025 * max(0.0, apart(a.skin, b.skin) - 4)
        + 0.014 * max(0.0, apart(a.hair, b.hair) - 10)
        + min(0.12, 0.004 * max(0.0, apart(a.top, b.top) - 8))  # a table may hide the clothes
        + 0.15 * max(0.0, abs(a.hair_length - b.hair_length) - 0.3)
        + 0.4 * max(0.0, shape - 0.2)
        + 0.8 * max(0.0, 0.75 - float(frame.identity @ reference.identity))
    )
    return round(0.97 * float(np.exp(-doubt)), 3)


def _traces(frame: View, reference: View) -> float:
    """Without a face, the person's colours must be there: skin, hair and clothes."""
    assert reference.person
    lab = lab_of(reduced(frame.pixels, 160))
    who = reference.person
    shares = [float(np.mean(distances(lab, colour) < 12)) for colour in (who.skin, who.hair, who.top)]
    return round(0.3 + 0.55 * sum(min(1.0, share / 0.01) for share in shares) / 3, 3)


@dataclass(frozen=True)
class Sighting:
    """Where in a frame a product fits best, and how surely it is there: 0 to 1."""

    likeness: float
    left: float
    top: float
    right: float
    bottom: float
    """The box, as shares of the frame's sides."""


def sighting(frame: View, references: Sequence[View]) -> Sighting:
    """The product of the references in the frame."""
    scene = lab_of(reduced(frame.pixels, 400))
    found = (_best_fit(scene, reference.product) for reference in references[:3])
    return max(found, key=lambda seen: seen.likeness, default=Sighting(0, 0, 0, 1, 1))


def product_similarity(frame: View, references: Sequence[View]) -> float:
    """How surely the product of the references is in the frame: 0 to 1."""
    return sighting(frame, references).likeness


def _sure(mismatch: float) -> float:
    fitted = np.interp(mismatch, (0.12, 0.3, 0.44, 0.49, 0.54, 0.65, 0.9), (0.97, 0.92, 0.85, 0.6, 0.5, 0.35, 0.1))
    return round(float(fitted), 3)


@dataclass(frozen=True, order=True)
class _Fit:
    """`mismatch` is a share of that of an ordinary place; `box` is left, top, width and height in pixels."""

    mismatch: float
    scale: float = 1.0
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


def _best_fit(scene: npt.NDArray[np.float32], product: Image) -> Sighting:
    """The place that fits the product best.

    A coarse search over sizes, then a finer one with small turns around the best.
    """
    geometric = float(np.sqrt(product.shape[0] * product.shape[1]))
    sizes = [24 * 1.16**step / geometric for step in range(14)]
    coarse = min((fit for size in sizes if (fit := _fit(scene, product, size, 0))), default=None)
    if coarse is None:
        return Sighting(_sure(1.0), 0, 0, 1, 1)
    fine = (
        _fit(scene, product, coarse.scale * stretch, turn)
        for stretch in (0.94, 1.0, 1.06)
        for turn in (-12, -6, 0, 6, 12)
    )
    best = min((fit for fit in fine if fit), default=coarse)
    (rows, columns), (left, top, width, height) = scene.shape[:2], best.box
    place = left / columns, top / rows, (left + width) / columns, (top + height) / rows
    return Sighting(_sure(best.mismatch), *place)


def _fit(scene: npt.NDArray[np.float32], product: Image, scale: float, turn: float) -> _Fit | None:
    width, height = (max(8, round(side * scale)) for side in (product.shape[1], product.shape[0]))
    if width >= scene.shape[1] or height >= scene.shape[0]:
        return None
    small = cv2.resize(product, (width, height), interpolation=cv2.INTER_AREA)
    weight = (small[..., 3] > 128).astype(np.float32)
    weight[height * 6 // 10 :] *= 0.2  # hands hold the lower part
    pattern = lab_of(np.ascontiguousarray(small[..., :3]))
    if turn:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
        pattern = np.asarray(cv2.warpAffine(pattern, matrix, (width, height)), np.float32)
        weight = np.asarray(cv2.warpAffine(weight, matrix, (width, height)), np.float32)
    total = float(weight.sum())
    if total < 16:
        return None
    # Lightness counts half: it is what the light of a scene changes.
    mask = np.dstack([np.sqrt(weight) * share for share in (0.5, 1.0, 1.0)]).astype(np.float32)
    squares = cv2.matchTemplate(scene, pattern, cv2.TM_SQDIFF, mask=mask)
    errors = np.sqrt(np.maximum(squares, 0) / total)
    _, _, (left, top), _ = cv2.minMaxLoc(errors)
    mismatch = float(errors.min() / max(float(np.median(errors)), 12.0))
    return _Fit(mismatch, scale, (left, top, width, height))
