"""Where a product is in a frame, and how like its photos it is there: its colours, and its shape.

The product is looked for by its picture, small, in many sizes. What is found is aligned more finely, and then compared
cell by cell: by the colours of the cells, and by the edges, which its outline makes too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

import cv2
import numpy as np
import numpy.typing as npt

from postprod.likeness.cutout import Cutout
from postprod.likeness.pixels import Floats, Pixels, lab, resized

_LIGHTNESS = 0.5
"""What lightness counts beside colour: light changes it first."""
_FRAME = 180
_SMALLEST, _LARGEST, _STEP = 0.07, 0.85, 1.22
"""Heights of a product that is looked for, as shares of the frame's; and the ratio of one to the next."""
_FEWEST = 5
"""Pixels across below which a product is not looked for."""
_CANDIDATES = 3
_FINE = 56
"""Rows of the product on the copy that it is compared on."""
_ROOM = 0.25
"""How much of the surroundings the copy shows on each side, as a share of the product's sides."""
_KEPT = 0.7
"""The share of a product's cells that must be right; fingers and shine may cover the others."""
_PARTS = (1.0, 0.62)
"""A product is looked for whole, and by its upper part alone: hands hold the lower one."""
_SIZES, _TURNS, _STRETCHES = (1.0, 0.88, 1.14), (-8.0, 8.0), (0.8, 1.25)
"""How else a product may stand than it was found: larger, turned, wider."""


@dataclass(frozen=True)
class View:
    """A product as one photo shows it."""

    name: str
    cutout: Cutout

    def at(self, rows: float, part: float = 1.0) -> "Picture":
        """The product at a height in pixels, or the upper part of it. Each frame asks for the same few heights."""
        if (rows, part) not in self._pictures:
            self._pictures[rows, part] = self._shrunk(rows, part)
        return self._pictures[rows, part]

    @cached_property
    def _pictures(self) -> "dict[tuple[float, float], Picture]":
        return {}

    def _shrunk(self, rows: float, part: float) -> "Picture":
        columns = max(2, round(rows * self.cutout.aspect))
        mask = resized(self.cutout.mask.astype(np.float32), columns, rows) > 0.6
        colors = _weighted(np.asarray(resized(self.cutout.pixels, columns, rows), np.uint8))
        kept = max(2, round(rows * part))
        return Picture(colors[:kept], mask[:kept])


@dataclass(frozen=True)
class Picture:
    """Colours, and which of the cells are the product's."""

    colors: Floats
    inside: npt.NDArray[np.bool_]

    @cached_property
    def weights(self) -> Floats:
        return np.repeat(self.inside[..., None].astype(np.float32), 3, axis=2)

    def fits(self, frame: Floats) -> bool:
        room = frame.shape[0] - self.inside.shape[0], frame.shape[1] - self.inside.shape[1]
        return min(room) >= 0 and bool(self.inside.any())

    def turned(self, degrees: float, stretch: float) -> "Picture":
        """The picture turned about its middle, and made wider."""
        rows, columns = self.inside.shape
        angle = np.radians(degrees)
        cos, sin = float(np.cos(angle)), float(np.sin(angle))
        turn = np.array([[cos * stretch, sin], [-sin * stretch, cos]])
        wide, high = np.abs(turn) @ (columns, rows)
        size = round(float(wide)), round(float(high))
        move = np.array(size) / 2 - turn @ (columns / 2, rows / 2)
        turn = np.column_stack([turn, move])
        return Picture(
            np.asarray(cv2.warpAffine(self.colors, turn, size, borderMode=cv2.BORDER_REPLICATE), np.float32),
            cv2.warpAffine(self.inside.astype(np.float32), turn, size) > 0.6,
        )


@dataclass(frozen=True)
class Found:
    """The best place for a product in a frame: its box in shares of the frame, and how it compares with `view` there.

    ``colors`` is the mean distance of the colours in CIELAB, ``shape`` the correlation of the edges, ``stretch`` how
    much wider it is than in the photo.
    """

    view: str
    left: float
    top: float
    width: float
    height: float
    stretch: float
    colors: float
    shape: float

    @property
    def distance(self) -> float:
        """Less is more like the product."""
        return self.colors - 20 * self.shape

    def crop(self, frame: Pixels, room: float = 0.1) -> Pixels:
        """The product's part of the frame with a little of its surroundings."""
        rows, columns = frame.shape[:2]
        across, down = self.width * room, self.height * room
        left, right = (self.left - across) * columns, (self.left + self.width + across) * columns
        top, bottom = (self.top - down) * rows, (self.top + self.height + down) * rows
        return frame[max(0, round(top)) : max(1, round(bottom)), max(0, round(left)) : max(1, round(right))]


def find(frame: Pixels, views: Sequence[View]) -> Found | None:
    """The place where a product is most like one of its photos; None if the frame has no room for it."""
    small = resized(frame, frame.shape[1] * _FRAME / frame.shape[0], _FRAME)
    colors = _weighted(np.asarray(small, np.uint8))
    spots = [spot for view in views for spot in _spots(colors, view)]
    likely = nsmallest(_CANDIDATES, spots, key=lambda spot: spot.color)
    likely += nsmallest(_CANDIDATES, (one for one in spots if one not in likely), key=lambda spot: spot.contrast)
    found = [place for spot in likely if (place := _compared(frame, spot))]
    return min(found, key=lambda place: place.distance, default=None)


@dataclass(frozen=True, eq=False)
class _Spot:
    """A place that looks like a part of the product in some size: where in the small frame, and how far off it is."""

    view: View
    part: float
    left: int
    top: int
    height: float
    color: float
    contrast: float


def _spots(frame: Floats, view: View) -> Iterator[_Spot]:
    rows = frame.shape[0]
    height = _SMALLEST * rows
    while height <= _LARGEST * rows:
        for part in _PARTS:
            picture = view.at(height, part)
            if picture.inside.shape[1] < _FEWEST or not picture.fits(frame):
                continue
            apart = cv2.matchTemplate(frame, picture.colors, cv2.TM_SQDIFF, mask=picture.weights)
            alike = _alike(frame, picture)
            for top, left in {_index(np.argmin(apart), apart.shape), _index(np.argmax(alike), alike.shape)}:
                color = np.sqrt(max(float(apart[top, left]), 0.0) / picture.inside.sum())
                yield _Spot(view, part, left, top, height, float(color), 1 - float(alike[top, left]))
        height *= _STEP


def _alike(frame: Floats, picture: Picture) -> Floats:
    """The correlation of the colours at each place: their contrasts, in whatever light."""
    alike = cv2.matchTemplate(frame, picture.colors, cv2.TM_CCOEFF_NORMED, mask=picture.weights)
    return np.where(np.isfinite(alike), alike, -1).astype(np.float32)


def _index(flat: np.intp, shape: tuple[int, ...]) -> tuple[int, int]:
    row, column = np.unravel_index(flat, shape)
    return int(row), int(column)


@dataclass(frozen=True)
class _Pose:
    """A picture of the product as it may stand in the frame, and where that fits best, in pixels of the copy."""

    picture: Picture
    size: float
    stretch: float
    left: int
    top: int
    value: float


def _compared(frame: Pixels, spot: _Spot) -> Found | None:
    """The spot aligned finely: a little turned, larger, or wider. None where its surroundings are cut too short."""
    rows, columns = frame.shape[:2]
    unit = rows / _FRAME
    high = spot.height * unit
    wide = high * spot.view.cutout.aspect
    left, top = (spot.left - 1) * unit - _ROOM * wide, (spot.top - 1) * unit - _ROOM * high
    around = _cut(frame, left, top, (1 + 2 * _ROOM) * wide + 2 * unit, (1 + 2 * _ROOM) * high + 2 * unit, _FINE / high)
    sizes = [pose for size in _SIZES if (pose := _posed(around, spot, size))]
    if not sizes:
        return None
    best = max(sizes, key=lambda pose: pose.value)
    others = [_posed(around, spot, best.size, turned=turned) for turned in _TURNS]
    others += [_posed(around, spot, best.size, stretch=stretch) for stretch in _STRETCHES]
    best = max(best, *(pose or best for pose in others), key=lambda pose: pose.value)
    down, across = best.picture.inside.shape
    patch = around[best.top : best.top + down, best.left : best.left + across]
    scale = high / _FINE
    return Found(
        view=spot.view.name,
        left=(left + best.left * scale) / columns,
        top=(top + best.top * scale) / rows,
        width=across * scale / columns,
        height=down * scale / spot.part / rows,
        stretch=best.stretch,
        colors=_color_distance(patch, best.picture),
        shape=_edge_correlation(patch, best.picture),
    )


def _posed(around: Floats, spot: _Spot, size: float, turned: float = 0, stretch: float = 1) -> _Pose | None:
    picture = spot.view.at(_FINE * size, spot.part).turned(turned, stretch)
    if not picture.fits(around):
        return None
    alike = _alike(around, picture)
    top, left = _index(np.argmax(alike), alike.shape)
    # A pose that is not the photo's own has to be plainly better.
    value = float(alike[top, left]) - 0.02 * (turned != 0) - 0.03 * (stretch != 1)
    return _Pose(picture, size, stretch, left, top, value)


def _color_distance(patch: Floats, picture: Picture) -> float:
    apart = np.sort(np.linalg.norm(patch - picture.colors, axis=2)[picture.inside])
    return float(apart[: max(1, round(_KEPT * len(apart)))].mean())


def _edge_correlation(patch: Floats, picture: Picture) -> float:
    """How far the edges are in the same places. The product's own outline is drawn into its picture."""
    here = _edges(patch)
    middle = np.median(patch[~picture.inside], axis=0) if (~picture.inside).any() else patch.mean((0, 1))
    there = _edges(np.where(picture.inside[..., None], picture.colors, middle).astype(np.float32))
    return float(np.corrcoef(here.ravel(), there.ravel())[0, 1]) if here.any() and there.any() else 0.0


def _edges(colors: Floats) -> Floats:
    smooth = cv2.GaussianBlur(colors, (0, 0), 1.2)
    steep = np.hypot(cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)).max(2)
    return np.asarray(cv2.GaussianBlur(np.minimum(steep, np.percentile(steep, 95)), (0, 0), 1.0), np.float32)


def _cut(frame: Pixels, left: float, top: float, wide: float, high: float, scale: float) -> Floats:
    """A part of the frame at a scale; what sticks out of the frame repeats its rim."""
    rows, columns = frame.shape[:2]
    across = np.clip(np.arange(round(left), round(left + wide)), 0, columns - 1)
    down = np.clip(np.arange(round(top), round(top + high)), 0, rows - 1)
    part = np.ascontiguousarray(frame[down[0] : down[-1] + 1, across[0] : across[-1] + 1])
    whole = part[(down - down[0])[:, None], (across - across[0])[None, :]]
    return _weighted(np.asarray(resized(whole, wide * scale, high * scale), np.uint8))


def _weighted(image: Pixels) -> Floats:
    return lab(image) * np.array([_LIGHTNESS, 1, 1], np.float32)
