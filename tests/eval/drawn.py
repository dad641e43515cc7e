"""The drawn half of the labelled set: who and what is in each picture is known, because it was drawn so."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import av
import cv2
import numpy as np
import skia  # type: ignore[import-not-found]

from infra.local.studio.art.character import Character, imagine
from infra.local.studio.art.film import film
from infra.local.studio.art.goods import Product, imagine_product
from infra.local.studio.art.photos import MIRA, serum
from infra.local.studio.art.picture import render
from infra.local.studio.art.pixels import Image, encode_png
from infra.local.studio.art.request import Clip, Picture, Reference
from infra.local.studio.art.stage import paint_packshot, paint_portrait
from ugcgen.domain.consistency import Trait

SIZE = 720, 1280
PHOTO = 768, 1024
PEOPLE = (
    "woman, long dark brown wavy hair, tan skin, sage sweater",
    "woman, long dark brown straight hair, tan skin, denim shirt",
    "woman, shoulder-length black hair, deep brown skin, cream tee",
    "woman, blonde bob, fair skin, rust sweater",
    "man, short black hair, olive skin, navy hoodie",
    "man, short brown hair and full beard, fair skin, grey tee",
    "man, short grey hair, light skin, white shirt",
    "woman, long auburn curly hair, pale skin, lavender sweater",
    "woman, long black straight hair, honey skin, mustard blazer",
    "man, short dark brown hair, tan skin, terracotta tee",
)
GOODS = (
    ("amber bottle", ("LUNA", "RENEW OIL")),
    ("teal bottle", ("VERDE", "SHAMPOO")),
    ("emerald jar", ("NIVORA", "NIGHT CREAM")),
    ("pink jar", ("BLOOM", "LIP BALM")),
    ("navy box", ("ORAL CO", "MINT PASTE")),
    ("coral can", ("FIZZA", "SELTZER")),
    ("mint box", ("GREEN BITE", "SNACK BAR")),
    ("black bottle", ("NOIR", "PERFUME")),
)
OTHER_LABELS = (("LUVA", "RENEW OIL"), ("KARMA", "BODY WASH"), ("ZENITH", "POWER GEL"), ("OPALIS", "FACE MIST"))
PLACES = ("bedroom", "kitchen", "office", "bathroom", "outdoor", "cafe", "living room", "car", "gym", "plain backdrop")
LIGHTS = ("soft window light", "golden hour", "studio light", "bright midday", "dramatic moody", "evening candle")
SHOTS = ("medium", "close-up", "medium", "wide")
ANGLES = ("eye level", "low angle", "high angle", "dutch angle")
ACTIONS = (
    "holds the product to the camera, smiling",
    "points at the product, excited",
    "sits at the table with the product on the table, confident",
    "holds the product in her hand, thoughtful",
    "unboxing the product, surprised",
    "applies the product to the cheek, smiling",
    "talks to the camera, happy",
)
CLIPS = ((360, 640), (720, 1280))
"""Clips of a draft, and of an ad that is to be shown."""
_RATE, _FILMED_AT = 12, (6, 18)


@dataclass(frozen=True)
class Goods:
    """A product with the words on it."""

    product: Product
    words: tuple[str, ...]


@cache
def person(number: int) -> Character:
    return MIRA if number == 0 else imagine(PEOPLE[number - 1], number)


@cache
def goods(number: int, label: tuple[str, str] | None = None) -> Goods:
    """One of the products, with its own label or with another."""
    kind, own = GOODS[number]
    return made(kind, *(label or own))


def made(kind: str, brand: str, line: str) -> Goods:
    return Goods(_labelled(imagine_product(kind), brand, line), (*brand.split(), *line.split()))


def lookalikes(number: int, seed: int) -> dict[Trait, Image]:
    """The product in another colour, and in another shape, with the same label."""
    kind, label = GOODS[number]
    color, form = kind.split()
    colors = [other for other in ("teal", "amber", "pink", "coral", "navy", "lavender") if other != color]
    forms = [other for other in ("bottle", "jar", "can", "box") if other != form]
    other_color, other_form = f"{colors[seed % len(colors)]} {form}", f"{color} {forms[seed % len(forms)]}"
    return {
        Trait.COLORS: packshot(made(other_color, *label).product),
        Trait.SHAPE: packshot(made(other_form, *label).product),
    }


def words_of(number: int) -> tuple[str, ...]:
    """The words on a product; the last number is the example's serum."""
    if number == len(GOODS):
        return ("LUMI", "GLOW", "VITAMIN", "C", "SERUM", "30", "ml", "1.0", "fl", "oz")
    return goods(number).words


def misspelt(word: str, seed: int) -> str:
    """The word with one letter that looks nothing like its own."""
    at = 1 + seed % (len(word) - 1)
    return word[:at] + ("K" if word[at] not in "KXRH" else "O") + word[at + 1 :]


@cache
def portraits(number: int) -> tuple[Image, ...]:
    return tuple(_pixels(paint_portrait(person(number), yaw, *PHOTO)) for yaw in (0.0, -0.82, 0.82))


def packshot(product: Product) -> Image:
    return _pixels(paint_packshot(product, *PHOTO))


def serum_photos() -> tuple[Image, ...]:
    return tuple(_pixels(paint_packshot(serum(turned), *PHOTO)) for turned in (0.0, 0.36))


def scene(dice: Random, action: str | None = None) -> str:
    """A prompt for one scene."""
    return (
        f"{dice.choice(SHOTS)} shot, {dice.choice(ANGLES)}, {dice.choice(PLACES)}, {dice.choice(LIGHTS)}. "
        f"A person {action or dice.choice(ACTIONS)}. product visibility: primary"
    )


def drawn(prompt: str, people: tuple[Image, ...], products: tuple[Image, ...], seed: int) -> Image:
    references = [Reference(encode_png(photo), "the person") for photo in people]
    references += [Reference(encode_png(photo), "the product") for photo in products]
    return render(Picture(prompt, tuple(references), *SIZE, seed))


def filmed(prompt: str, still: Image, seed: int) -> list[Image]:
    """Frames of a clip that begins on a still, in which the person speaks, as they are sampled: moved, and packed."""
    said = f'{prompt} The person says: "Hello there, my friend."'
    clip = film(Clip(said, encode_png(still), None, (), None, 2, *CLIPS[seed // 2 % 2], _RATE, seed))
    with av.open(io.BytesIO(clip), "r") as source:
        frames = [frame.to_ndarray(format="rgb24") for frame in source.decode(video=0)]
    return [np.asarray(frames[at], np.uint8) for at in _FILMED_AT]


def _pixels(surface: skia.Surface) -> Image:
    return np.ascontiguousarray(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3])


def _labelled(product: Product, brand: str, line: str) -> Product:
    """The product with a paper label: the brand in large letters, what it is below."""
    pixels = product.pixels.copy()
    height, width = pixels.shape[:2]
    left, top = round(0.08 * width), round(0.46 * height)
    label = np.full((round(0.36 * height), width - 2 * left, 3), (250, 246, 238), np.uint8)
    rows, columns = label.shape[:2]
    face = cv2.FontFace("sans")
    for text, share, weight, at in ((brand, 0.86, 700, 0.5), (line, 0.7, 500, 0.8)):
        _, _, wide, _ = cv2.getTextSize((columns, rows), text, (0, 0), face, 100, weight)
        size = min(round(100 * share * columns / wide), round(0.4 * rows))
        _, _, wide, _ = cv2.getTextSize((columns, rows), text, (0, 0), face, size, weight)
        cv2.putText(label, text, ((columns - wide) // 2, round(at * rows)), (52, 44, 48), face, size, weight)
    under = pixels[top : top + rows, left : left + columns]
    under[..., :3] = np.where(under[..., 3:] > 0, label, under[..., :3])
    return replace(product, pixels=pixels)
