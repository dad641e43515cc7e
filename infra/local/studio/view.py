"""A photo of a prompt, and what can be seen in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import cv2
import numpy as np

from infra.local.studio.art.character import Character, imagine
from infra.local.studio.art.goods import cut_out
from infra.local.studio.art.lettering import read_lines
from infra.local.studio.art.likeness import likeness
from infra.local.studio.art.pixels import Face, Image, decode, find_face, find_faces
from infra.local.studio.errors import invalid
from infra.local.studio.faces import Embedding, embed
from infra.local.studio.prompt import Photo

Role = Literal["frame", "person", "product"]
_LONGEST = 1280  # pixels; larger photos say nothing more
_LEGIBLE = 480  # pixels to which a small label is enlarged before it is read
_SURE = 0.8  # how sure the reader must be of a line
_LOW, _CERTAIN = 9, 0.97  # and of one lower than so many pixels of the picture, whose letters it guesses at


@dataclass(frozen=True, eq=False)
class View:
    """One photo of a prompt, with what it shows worked out when it is asked for."""

    pixels: Image
    label: str

    @cached_property
    def face(self) -> Face | None:
        return find_face(self.pixels)

    @cached_property
    def person(self) -> Character | None:
        return likeness(self.pixels, self.face, imagine("", 0)) if self.face else None

    @cached_property
    def identity(self) -> Embedding | None:
        return embed(self.pixels, self.face) if self.face else None

    @cached_property
    def product(self) -> Image:
        """RGBA pixels of the product, trimmed to it."""
        return cut_out(self.pixels).pixels

    @cached_property
    def words(self) -> list[str]:
        """The lines of lettering that can be read anywhere in it."""
        return legible(self.pixels)

    @cached_property
    def role(self) -> Role:
        label = self.label.lower()
        if re.search(r"judge|frame|candidate|generated|storyboard|render", label):
            return "frame"
        if re.search(r"product|pack|bottle|jar|label|item", label):
            return "product"
        if re.search(r"person|avatar|character|creator|model|face|portrait", label):
            return "person"
        return "person" if self.face else "product"


def people_in(pixels: Image) -> int:
    """How many faces there are to be seen."""
    return len(find_faces(pixels))


def views(photos: Sequence[Photo]) -> list[View]:
    """The photos of a prompt; raises a 400 for one that is no image."""
    return [_view(photo.data, photo.label) for photo in photos]


@lru_cache(maxsize=16)
def _view(data: bytes, label: str) -> View:
    """One photo. Kept: the references of a job come with every question, and are worked out once."""
    try:
        pixels = decode(data)
    except ValueError as error:
        raise invalid(f"Unable to process input image: {error}") from None
    scale = min(1.0, _LONGEST / max(pixels.shape[:2]))
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return View(pixels, label)


def legible(pixels: Image) -> list[str]:
    """The lines of lettering that can be read."""
    scale = max(1.0, min(4.0, _LEGIBLE / max(pixels.shape[:2])))
    if scale > 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    return [
        line.text
        for line in read_lines(pixels)
        if line.confidence > (_CERTAIN if line.height < _LOW * scale else _SURE)
    ]
