"""Text in pictures, read by RapidOCR with the PP-OCRv6 models that its wheel carries."""

from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import Any

import numpy as np

from postprod.likeness.pixels import Pixels, resized

_READ_AT = 560
"""Pixels of a product's longer side when its label is read."""
_SMALLEST = 90
"""The longer side of a product below which no label can be read."""

_SLIMMEST = 16
"""A strip slimmer than this, side to side, shows no word, and the reader would enlarge it beyond all bounds."""

_one_at_a_time = Lock()
"""The reader keeps buffers between calls."""


@dataclass(frozen=True)
class Word:
    """A word as read, how sure that is (0 to 1), and its line's upright box in pixels. Lines are read whole: the words
    of a line share its box, and its height is the height of the letters."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def words_in(image: Pixels) -> list[Word]:
    """The words of an upright RGB picture, from the top down. Equal pictures give equal words."""
    if max(image.shape[:2]) > _SLIMMEST * min(image.shape[:2]):
        return []
    with _one_at_a_time:
        read = _reader()(np.ascontiguousarray(image[..., ::-1]))
    if read.txts is None:
        return []
    words = []
    for text, confidence, corners in zip(read.txts, read.scores, read.boxes, strict=True):
        (left, top), (right, bottom) = np.min(corners, axis=0), np.max(corners, axis=0)
        place = float(left), float(top), float(right), float(bottom)
        words += [Word(one, float(confidence), *place) for one in text.split()]
    return words


def words_on(product: Pixels) -> list[Word]:
    """The words on a product cut out of a frame, enlarged to be read. Their boxes are in the frame's pixels."""
    rows, columns = product.shape[:2]
    if max(rows, columns) < _SMALLEST:
        return []
    scale = _READ_AT / max(rows, columns)
    read = words_in(np.asarray(resized(product, columns * scale, rows * scale), np.uint8))
    return [
        replace(
            word, left=word.left / scale, top=word.top / scale, right=word.right / scale, bottom=word.bottom / scale
        )
        for word in read
    ]


@cache
def _reader() -> Any:
    # Loaded with the first label: the import alone takes a second.
    from rapidocr import RapidOCR  # noqa: PLC0415

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": 960,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
