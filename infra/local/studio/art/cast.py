"""The avatars that come with the product: `python -m infra.local.studio.art.cast` draws their photos from their words,
beside the words."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from .character import imagine
from .stage import paint_portrait

CAST = Path(__file__).parents[4] / "functions" / "api" / "cast"
SIZE = 576, 768
TURNS = {"front": 0.0, "left_profile": -0.82, "right_profile": 0.82}


def draw(folder: Path) -> list[Path]:
    """Draws `{id}-{angle}.jpg` for everybody in `people.json` and returns the paths."""
    paths = []
    for number, person in enumerate(json.loads((folder / "people.json").read_text(encoding="utf-8"))):
        words = ". ".join(f"{part}: {said}" for part, said in person["dna"].items() if part != "prohibited_drift")
        who = imagine(words.lower(), number)
        for angle, yaw in TURNS.items():
            drawn = paint_portrait(who, yaw, *SIZE).makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
            pixels = np.ascontiguousarray(drawn[..., 2::-1])
            _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 86])
            paths.append(folder / f"{person['id']}-{angle}.jpg")
            paths[-1].write_bytes(data.tobytes())
    return paths


if __name__ == "__main__":
    for path in draw(CAST):
        print(path)
