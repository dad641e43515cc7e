"""Who is in the picture: the few numbers and colours from which the whole figure is drawn.

A character holds nothing but what can be measured in a photo (see `likeness`), so that a person drawn from words and
the same person drawn from their own picture are one and the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Literal

from .colour import CLOTH, EYES, HAIR, SKIN, Colour, find_colour, mix
from .words import about

Garment = Literal["sweater", "tee", "shirt", "blazer", "hoodie"]


@dataclass(frozen=True)
class Character:
    """A person. Ratios are 1.0 for the average face; `hair_length` is 0 (cropped), 0.5 (shoulders), 1 (mid-back)."""

    skin: Colour
    hair: Colour
    eyes: Colour
    lips: Colour
    top: Colour
    garment: Garment
    face_width: float
    jaw: float
    eye_gap: float
    nose: float
    mouth: float
    hair_length: float
    hair_volume: float
    wave: float
    beard: float
    shoulders: float


_GARMENTS: dict[Garment, str] = {
    "blazer": r"blazer|suit|jacket",
    "hoodie": r"hoodie|sweatshirt",
    "shirt": r"(?<!t-)(?<!t )\bshirt\b|blouse|button[ -]?(?:down|up)|linen",
    "tee": r"t-?shirt|\btee\b|\btop\b|tank",
    "sweater": r"sweater|knit|cardigan|jumper|pullover|turtleneck",
}
_WARDROBE = r"(?:wardrobe|outfit|clothes|clothing|wears)"
_PIECE = (
    r"(?:blazer|suit|jacket|hoodie|sweatshirt|t-?shirt|shirt|blouse|tee|top|tank|sweater|knit|cardigan|jumper|pullover"
    r"|turtleneck|dress|outfit)"
)
_MASCULINE = re.compile(r"\b(?:man|male|guy|boy|he|his|him|father|dad|gentleman)\b")
_FEMININE = re.compile(r"\b(?:woman|female|girl|she|her|lady|mother|mom)\b")


def imagine(text: str, seed: int) -> Character:
    """The character that lower-case `text` describes; what it leaves open, and the face itself, come from the seed."""
    dice = Random(f"character {seed}")
    he = len(_MASCULINE.findall(text)) > len(_FEMININE.findall(text))
    skin = find_colour(about(text, "skin"), SKIN) or dice.choice(list(SKIN.values())[1:6])
    hair_words = about(text, "hair")
    beard_words = re.search(r"\b(?:full )?(?:beard|stubble|goatee)\b", text)
    return Character(
        skin=skin,
        hair=find_colour(hair_words, HAIR) or dice.choice([HAIR[name] for name in ("black", "dark brown", "chestnut")]),
        eyes=find_colour(about(text, "eyes"), EYES)
        or dice.choice([EYES[name] for name in ("brown", "hazel", "green")]),
        lips=mix(skin, (178, 62, 70), 0.22 if he else 0.52),
        top=_clothes_colour(text)
        or dice.choice([CLOTH[name] for name in ("cream", "sage", "terracotta", "denim", "lavender")]),
        garment=garment_of(text) or "sweater",
        face_width=dice.uniform(0.94, 1.06) + (0.03 if he else 0.0),
        jaw=dice.uniform(0.9, 1.06) + (0.12 if he else 0.0),
        eye_gap=dice.uniform(0.94, 1.06),
        nose=dice.uniform(0.9, 1.1),
        mouth=dice.uniform(0.92, 1.1),
        hair_length=_hair_length(hair_words, dice.uniform(0.04, 0.1) if he else dice.uniform(0.4, 0.8)),
        hair_volume=dice.uniform(0.3, 0.7),
        wave=_wave(hair_words, dice.choice((0.0, 0.4))),
        beard=0.0 if not beard_words else 0.5 if beard_words.group() == "stubble" else 1.0,
        shoulders=1.14 if he else dice.uniform(0.96, 1.02),
    )


def garment_of(text: str) -> Garment | None:
    """The garment that lower-case `text` names, or None."""
    said = about(text, _WARDROBE) or text
    return next((garment for garment, pattern in _GARMENTS.items() if re.search(pattern, said)), None)


def _clothes_colour(text: str) -> Colour | None:
    return find_colour(about(text, _WARDROBE), CLOTH) or find_colour(about(text, _PIECE), CLOTH)


def _hair_length(said: str, otherwise: float) -> float:
    for pattern, length in (
        (r"bald|shaved|buzz", 0.0),
        (r"waist", 1.1),
        (r"mid-?back|very long", 1.0),
        (r"shoulder", 0.5),
        (r"\bbob\b|chin", 0.3),
        (r"short|cropped|pixie|fade", 0.06),
        (r"long", 0.8),
    ):
        if re.search(pattern, said):
            return length
    return otherwise


def _wave(said: str, otherwise: float) -> float:
    for pattern, wave in ((r"curl|coil|afro|type [34]", 1.0), (r"wav|type 2", 0.5), (r"straight|sleek|type 1", 0.0)):
        if re.search(pattern, said):
            return wave
    return otherwise
