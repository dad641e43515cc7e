"""The reference sheet: one picture of a person with the best photo of each angle side by side, head and shoulders."""

import io
from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from postprod.captions.fonts import font_for
from postprod.faces import find_faces
from postprod.likeness.pixels import Pixels
from ugcgen.domain.captions import CaptionFont
from ugcgen.domain.enums import ReferenceAngle

CELL = (400, 500)
CAPTION_HEIGHT, GAP = 48, 12
GROUND, INK = (238, 238, 238), (40, 40, 40)
MOST_BYTES = 1024 * 1024
"""What a model takes as a reference beside others."""

_ABOVE, _HIGH = 0.7, 2.6
"""Heights of the face: from the crown to its box, and of head and shoulders together."""


def reference_sheet(photos: Mapping[ReferenceAngle, Pixels]) -> bytes:
    """A JPEG under 1 MiB. Each photo shows one face; they stand in the order given."""
    wide, high = len(photos) * (CELL[0] + GAP) + GAP, CELL[1] + CAPTION_HEIGHT + 2 * GAP
    sheet = Image.new("RGB", (wide, high), GROUND)
    for place, (angle, photo) in enumerate(photos.items()):
        left = GAP + place * (CELL[0] + GAP)
        sheet.paste(_head_and_shoulders(photo), (left, GAP))
        _write(sheet, angle.replace("_", " "), left + CELL[0] // 2, GAP + CELL[1] + CAPTION_HEIGHT // 2)
    return _small(sheet)


def _head_and_shoulders(photo: Pixels) -> Image.Image:
    """The largest face with its hair and shoulders, as large as a cell; what lies outside of the photo is plain."""
    rows, columns = photo.shape[:2]
    face = find_faces(photo)[0]
    high = face.height * rows * _HIGH
    wide = high * CELL[0] / CELL[1]
    top = (face.top - _ABOVE * face.height) * rows
    left = (face.left + face.width / 2) * columns - wide / 2
    box = tuple(round(edge) for edge in (left, top, left + wide, top + high))
    inside = max(0, box[0]), max(0, box[1]), min(columns, box[2]), min(rows, box[3])
    cut = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), GROUND)
    shown = np.ascontiguousarray(photo[inside[1] : inside[3], inside[0] : inside[2]])
    cut.paste(Image.fromarray(shown), (inside[0] - box[0], inside[1] - box[1]))
    return cut.resize(CELL, Image.Resampling.LANCZOS)


def _write(sheet: Image.Image, words: str, x: int, y: int) -> None:
    font = font_for(words, CaptionFont.ROBOTO, 500, "en")
    ImageDraw.Draw(sheet).text((x, y), words, INK, ImageFont.truetype(str(font.path), 26, font.index), anchor="mm")


def _small(sheet: Image.Image) -> bytes:
    """The sheet as JPEG, at the best quality that keeps it small."""
    for quality in (90, 75, 50):
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=quality)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
