"""The reference photos, prepared once: what a frame is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from postprod.faces import find_faces
from postprod.likeness.appearance import Appearance, appearance
from postprod.likeness.cutout import cut_out
from postprod.likeness.identity import Embedding, embedded
from postprod.likeness.label import Word, words_in
from postprod.likeness.medium import Medium, medium_of
from postprod.likeness.pixels import Pixels, pixels_of, within
from postprod.likeness.product import View

_LABEL = 900
"""Pixels of the longer side of a product photo that is read."""
_SURE = 0.85


@dataclass(frozen=True)
class Portrait:
    """A person as one photo shows them."""

    name: str
    embedding: Embedding
    appearance: Appearance
    medium: Medium


@dataclass(frozen=True)
class Packshot(View):
    """A product as one photo shows it, with the words on it, read when they are first asked for."""

    medium: Medium

    @cached_property
    def words(self) -> list[Word]:
        return words_in(np.asarray(within(self.cutout.pixels, _LABEL), np.uint8))


@dataclass(frozen=True)
class References:
    """All that is known of the person and of the product from their photos."""

    persons: tuple[Portrait, ...]
    products: tuple[Packshot, ...]

    @property
    def label_text(self) -> list[str]:
        """The words that are read surely on the product's photos, without repetition."""
        words = (word for product in self.products for word in product.words)
        return list(dict.fromkeys(word.text for word in words if word.confidence >= _SURE))


def references_of(persons: Mapping[str, Path | Pixels], products: Mapping[str, Path | Pixels]) -> References:
    """The references in photos, given by name: the photo's object, which evidence then names. A photo of a person
    without a face is left out.

    Raises MediaError if a file is no picture.
    """
    portraits = (_portrait(name, pixels_of(photo)) for name, photo in persons.items())
    return References(
        persons=tuple(portrait for portrait in portraits if portrait),
        products=tuple(_packshot(name, pixels_of(photo)) for name, photo in products.items()),
    )


def _portrait(name: str, photo: Pixels) -> Portrait | None:
    faces = find_faces(photo)
    if not faces:
        return None
    return Portrait(name, embedded(photo, faces[0]), appearance(photo, faces[0]), medium_of(photo))


def _packshot(name: str, photo: Pixels) -> Packshot:
    product = cut_out(photo)
    return Packshot(name, product, medium_of(product.pixels, product.mask))
