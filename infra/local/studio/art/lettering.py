"""Lettering in a picture: its lines as they are read, and other words written in their place."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

from .pixels import Image

_LONGEST = 640
"""Pixels of the longer side at which lines are looked for; letters of a label in a hand are read from there on."""
_SURE = 0.8
"""A reader takes a picture on a wall for a letter, and is less sure of it."""
_STRANGE = ("NOVA", "BREEZE", "HARBOUR", "PURE DEW", "OLD MEADOW", "VELVET FOREST 77")
_WRONG = str.maketrans("AEIOUMLRSTaeioumlrst0123456789", "OUEAINBKZFouaeinbkzf9876543210")
_lock = threading.Lock()


@dataclass(frozen=True)
class Line:
    """One line of lettering, its box in pixels, and how sure the reader is of it: 0 to 1."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def moved(self, by: float, right: int, down: int) -> Line:
        """The line in a picture that is so many times as large and goes on at the left and above."""
        box = round(self.left * by) + right, round(self.top * by) + down
        end = round(self.right * by) + right, round(self.bottom * by) + down
        return Line(self.text, *box, *end, self.confidence)


def read_lines(pixels: Image) -> list[Line]:
    """The lines of an RGB picture that can be read, from top to bottom."""
    with _lock:
        found = _reader()(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    if found.txts is None:
        return []
    lines = [_line(*one, pixels) for one in zip(found.boxes, found.txts, found.scores, strict=True)]
    return sorted((line for line in lines if any(c.isalnum() for c in line.text)), key=lambda line: line.top)


def lettering(frame: Image) -> list[Line]:
    """The lines of a label in a whole frame, where it is small: of its parts, seen from near by, the one in which most
    can surely be read, or else of the whole."""
    height, width = frame.shape[:2]
    side = round(0.6 * min(height, width))
    parts = [(x, y) for y in _starts(height, side) for x in _starts(width, side)]
    return max((_lines_near(frame, x, y, side) for x, y in parts), key=_letters) or read_lines(frame)


def _starts(length: int, side: int) -> list[int]:
    """Where parts begin that overlap by a third."""
    count = 1 + max(1, round((length - side) / (0.66 * side)))
    return [round(at) for at in np.linspace(0, length - side, count)]


def _lines_near(frame: Image, left: int, top: int, side: int) -> list[Line]:
    scale = _LONGEST / side
    part = cv2.resize(frame[top : top + side, left : left + side], (_LONGEST, _LONGEST), interpolation=cv2.INTER_CUBIC)
    lines = read_lines(np.asarray(part, np.uint8))
    return [line.moved(1 / scale, left, top) for line in lines if line.confidence >= _SURE]


def _letters(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def rewritten(pixels: Image, lines: list[Line], *, wholly: bool) -> Image:
    """The picture with these lines in other words, or (not `wholly`) with every other letter wrong."""
    changed = pixels.copy()
    for line in lines:
        _write(changed, line, _other(line.text) if wholly else _misspelt(line.text))
    return changed


def _line(box: Any, text: str, confidence: float, pixels: Image) -> Line:
    (left, top), (right, bottom) = np.floor(box.min(axis=0)), np.ceil(box.max(axis=0))
    height, width = pixels.shape[:2]
    return Line(
        text, max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom)), float(confidence)
    )


def _other(text: str) -> str:
    """Strange words of about the same length."""
    return min(_STRANGE, key=lambda words: abs(len(words) - len(text)))


def _misspelt(text: str) -> str:
    return "".join(letter.translate(_WRONG) if at % 2 else letter for at, letter in enumerate(text))


def _write(pixels: Image, line: Line, text: str) -> None:
    """Wipes a line out with the ground around it and writes the text there in its ink."""
    area = pixels[line.top : line.bottom, line.left : line.right]
    rim = np.concatenate([area[0], area[-1], area[:, 0], area[:, -1]])
    ground = np.median(rim, axis=0)
    apart = np.abs(area.astype(np.float32) - ground).sum(axis=2)
    ink = np.median(area[apart >= np.percentile(apart, 92)], axis=0)
    area[:] = ground.astype(np.uint8)
    face, size = cv2.FontFace("sans"), max(6, line.height)
    width = max(1, _width(text, face, size))
    size = max(6, min(size, size * (line.right - line.left) // width))
    at = (line.left + line.right - _width(text, face, size)) // 2, line.bottom - (line.height - size * 7 // 10) // 2
    colour = tuple(int(channel) for channel in ink)
    cv2.putText(pixels, text, at, colour, face, size, 700)


def _width(text: str, face: Any, size: int) -> int:
    return int(cv2.getTextSize((4096, 4096), text, (0, 0), face, size, 700)[2])


@cache
def _reader() -> Any:
    """PP-OCR, as its package ships it. Slow to import: most pictures are never read."""
    from rapidocr import RapidOCR  # noqa: PLC0415

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # labels stand upright
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST,
        }
    )
