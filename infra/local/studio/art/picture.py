"""Drawing a still that obeys a prompt and its reference photos."""

from __future__ import annotations

import re

import numpy as np
import skia  # type: ignore[import-not-found]

from .character import Character, imagine
from .flaws import recast, retouched
from .goods import Product, cut_out, imagine_product
from .likeness import best_portrait, likeness
from .pixels import Image, decode, encode_png, find_face
from .request import Picture, Reference
from .stage import Cast, paint
from .words import Scene, read_scene

_PERSON = re.compile(r"person|avatar|character|creator|model|face|portrait|profile|woman|man\b")
_PRODUCT = re.compile(r"product|pack|bottle|jar|label|item")


def draw(picture: Picture) -> bytes:
    """The picture as PNG. Raises ValueError if a reference is no image."""
    return encode_png(render(picture))


def render(picture: Picture) -> Image:
    """The picture as RGB pixels. Raises ValueError if a reference is no image."""
    scene = read_scene(picture.prompt)
    people, products = sort_references(picture.references)
    cast = _cast(scene, people, products, picture.seed)
    if picture.flaw:
        cast = recast(cast, picture.flaw)
    surface = paint(scene, cast, picture.width, picture.height, picture.seed)
    rgba = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    pixels = np.ascontiguousarray(rgba[..., :3])
    return retouched(pixels, picture.flaw) if picture.flaw else pixels


def sort_references(references: tuple[Reference, ...]) -> tuple[list[Image], list[Image]]:
    """The photos of people and the photos of products, by label or, where there is none, by what is in them."""
    people: list[Image] = []
    products: list[Image] = []
    for reference in references:
        photo, label = decode(reference.data), reference.label.lower()
        named = _PERSON.search(label), _PRODUCT.search(label)
        shows_person = bool(named[0]) if any(named) and not all(named) else _looks_human(photo)
        (people if shows_person else products).append(photo)
    return people, products


def _looks_human(photo: Image) -> bool:
    return find_face(photo) is not None


def _cast(scene: Scene, people: list[Image], products: list[Image], seed: int) -> Cast:
    return Cast(
        who=None if scene.action == "display" else _character(scene, people, seed),
        product=None if scene.visibility == "none" else _product(scene, products),
    )


def _character(scene: Scene, people: list[Image], seed: int) -> Character:
    described = imagine(scene.text, seed if not people else 0)
    portrait = best_portrait(people)
    return likeness(*portrait, described) if portrait else described


def _product(scene: Scene, products: list[Image]) -> Product:
    return cut_out(products[0]) if products else imagine_product(scene.text)
