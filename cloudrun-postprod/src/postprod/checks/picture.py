"""What can be wrong with pictures, found in a film's small ones: black, standing still, doubled, torn.

All of it is arithmetic on the small pictures' blocks of 10 x 10 pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from postprod.captions.layout import block_of
from postprod.captions.lines import Line
from postprod.checks.look import BLOCK, Pictures, small_size
from ugcgen.domain.edit import Edit
from ugcgen.pipeline.timeline import Timeline

Cell = TypeVar("Cell", bound=np.generic)
Mask = npt.NDArray[np.bool_]
Blocks = npt.NDArray[np.float32]

_DARK = 26
"""Luma below which a pixel is dark: a tenth of full scale."""

_DARK_SHARE = 0.95
"""Share of a black picture that is dark; captions and the disclosure lie on the rest."""

_STILL = 0.6
"""Mean difference of a block, in steps of luma, that coding alone makes between two equal pictures."""

_PUMPING = 5.0
"""The same at a key frame, where the coder begins anew: a difference that stands alone among still frames."""

_AROUND = 6
"""Frames to either side of a key frame that must be still."""

_TORN = 14.0
"""Mean difference of a block from both neighbours that is no motion, if these two are alike."""

_TORN_SHARE = 0.08
"""Share of a picture's blocks that must be torn before it is."""

_CHUNK = 64


@dataclass(frozen=True)
class Unrest:
    """What moves in a film without anything in it moving: `noise` in steps of luma, `shake` in small pixels, and the
    rows of blocks in which captions come and go."""

    noise: float
    shake: float
    captions: slice

    @classmethod
    def of(cls, edit: Edit, lines: Sequence[Line]) -> "Unrest":
        """What the edit, with these captions, lays over its clips."""
        width, _ = small_size(edit.width, edit.height)
        scale = width / edit.width
        # Averaging pixels lessens what differs from pixel to pixel.
        noise = 255 * edit.look.grain * min(1.0, scale)
        boxes = [block.box for line in lines if (block := block_of(line, edit))]
        top = min((box.top for box in boxes), default=0.0) * scale / BLOCK
        bottom = max((box.bottom for box in boxes), default=0.0) * scale / BLOCK
        return cls(noise, 2 * edit.look.shake / 1080 * width, slice(floor(top), ceil(bottom)))


NO_UNREST = Unrest(0.0, 0.0, slice(0, 0))


def plain_frames(edit: Edit, timeline: Timeline, frames: int) -> Mask:
    """For each of `frames` frames, whether it shows one scene and nothing else: no transition, no fade."""
    plain = np.ones(frames, dtype=bool)
    for segment in timeline.segments:
        if segment.transition is not None:
            plain[segment.start : segment.end] = False
    for scene, start in zip(edit.scenes, timeline.scene_starts, strict=True):
        plain[start : start + scene.fade_in] = False
        plain[start + scene.frames - scene.fade_out : start + scene.frames] = False
    return plain


def black(pictures: Pictures) -> Mask:
    """Which frames are black, but for what is written over them."""
    return np.asarray((pictures < _DARK).mean(axis=(1, 2)) >= _DARK_SHARE)


def still(pictures: Pictures, unrest: Unrest = NO_UNREST) -> Mask:
    """Which frames show what the one before shows; never the first."""
    alike, near = np.zeros(len(pictures), dtype=bool), np.zeros(len(pictures), dtype=bool)
    for first in range(1, len(pictures), _CHUNK):
        after = pictures[first : first + _CHUNK]
        before = pictures[first - 1 : first - 1 + len(after)]
        moved = _outside(_difference(after, before), unrest.captions)
        moved = moved - unrest.noise - unrest.shake * _outside(_slope(after), unrest.captions)
        most = moved.max(axis=(1, 2))
        alike[first : first + len(after)], near[first : first + len(after)] = most <= _STILL, most <= _PUMPING
    return alike | (near & _amid(alike))


def _amid(alike: Mask) -> Mask:
    """Frames with nothing but still ones around them."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(alike, _AROUND), 2 * _AROUND + 1).sum(axis=1)
    return np.asarray(around - alike == 2 * _AROUND)


def torn(pictures: Pictures, unrest: Unrest = NO_UNREST) -> Mask:
    """Which frames are, in some part, unlike both their neighbours, which are like each other."""
    found = np.zeros(len(pictures), dtype=bool)
    for first in range(1, len(pictures) - 1, _CHUNK):
        last = min(first + _CHUNK, len(pictures) - 1)
        before, here, after = (pictures[first + step : last + step] for step in (-1, 0, 1))
        apart = np.minimum(_difference(here, before), _difference(here, after))
        around = _difference(after, before)
        odd = _outside((apart > _TORN + unrest.noise) & (around < apart / 3), unrest.captions)
        found[first:last] = odd.mean(axis=(1, 2)) >= _TORN_SHARE
    return found


def _difference(one: Pictures, other: Pictures) -> Blocks:
    return _blocks(np.abs(one.astype(np.int16) - other))


def _slope(pictures: Pictures) -> Blocks:
    """How much a shift by one pixel can change each block."""
    across = np.abs(np.diff(pictures.astype(np.int16), axis=2, append=pictures[:, :, -1:]))
    down = np.abs(np.diff(pictures.astype(np.int16), axis=1, append=pictures[:, -1:]))
    return _blocks(across + down)


def _blocks(values: npt.NDArray[np.int16]) -> Blocks:
    """The mean of each block: frames x rows x columns."""
    frames, height, width = values.shape
    cut = values.reshape(frames, height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return np.asarray(cut.mean(axis=(2, 4)), dtype=np.float32)


def _outside(blocks: npt.NDArray[Cell], rows: slice) -> npt.NDArray[Cell]:
    return np.delete(blocks, rows, axis=1)
