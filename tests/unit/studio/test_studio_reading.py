"""Reading photos: likeness on the studio's own drawings, and what is said of a person and a product."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import cv2
import numpy as np
import pytest

from infra.local.studio.art import Picture, Reference, draw
from infra.local.studio.errors import ApiError
from infra.local.studio.prompt import Photo, Prompt, Turn
from infra.local.studio.writer import write

PEOPLE = (
    "a woman with long red hair, fair skin, green eyes, cream sweater",
    "a man with short black hair and a beard, brown skin, navy shirt",
    "a woman with blonde hair, light skin, blue blouse",
)
SCENES = ("close-up in a kitchen, holds up the product", "medium shot in a bedroom, frustrated", "in a park, waves")


@cache
def portrait(who: str) -> bytes:
    return draw(Picture(f"front portrait of {who}, no product", (), 480, 640, 7))


@cache
def pack(hue: int) -> bytes:
    """A photo of a lettered box of a colour on a plain background."""
    photo = np.full((480, 480, 3), 236, np.uint8)
    colour = cv2.cvtColor(np.array([[[hue, 170, 170]]], np.uint8), cv2.COLOR_HSV2BGR)[0, 0].tolist()
    cv2.rectangle(photo, (150, 90), (330, 400), colour, cv2.FILLED)
    cv2.rectangle(photo, (175, 190), (305, 290), (240, 240, 240), cv2.FILLED)
    cv2.putText(photo, "ZEN", (190, 255), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (40, 40, 40), 4)
    return cv2.imencode(".png", photo)[1].tobytes()


@cache
def frame(who: str, hue: int, scene: str) -> bytes:
    references = (Reference(portrait(who), "the person, front"), Reference(pack(hue), "the product, photo 1"))
    return draw(Picture(scene, references, 540, 960, 21))


def judged(shot: bytes, **references: bytes) -> dict[str, Any]:
    photos = [Photo(data, f"Reference: the {name}", "image/png") for name, data in references.items()]
    prompt = Prompt((Turn("user", "Judge."),), photos=(*photos, Photo(shot, "Frame to judge", "image/png")))
    names = [f"{name}_similarity" for name in references]
    properties: dict[str, Any] = {name: {"type": "NUMBER"} for name in names} | {"reason": {"type": "STRING"}}
    document = json.loads(write(prompt, {"type": "OBJECT", "properties": properties}))
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("who", PEOPLE)
def test_the_same_person_scores_high_and_another_low(who: str, scene: str) -> None:
    shot = frame(who, 60, scene)
    assert judged(shot, person=portrait(who))["person_similarity"] > 0.8
    for other in PEOPLE:
        if other != who:
            assert judged(shot, person=portrait(other))["person_similarity"] < 0.6


def test_the_same_product_scores_high_and_another_low() -> None:
    shot = frame(PEOPLE[0], 60, SCENES[0])
    assert judged(shot, product=pack(60))["product_similarity"] > 0.8
    verdict = judged(shot, product=pack(120))
    assert verdict["product_similarity"] < 0.6
    assert "product differs" in verdict["reason"]


def test_a_person_is_described_from_the_photo() -> None:
    photo = Photo(portrait(PEOPLE[0]), "the person, front", "image/png")
    names = ("face", "skin", "eyes", "hair", "body", "voice", "wardrobe", "prohibited_drift", "angle")
    schema = {"type": "OBJECT", "properties": {name: {"type": "STRING"} for name in names}}
    dna = json.loads(write(Prompt((Turn("user", "Describe."),), photos=(photo,)), schema))
    assert "red" in dna["hair"].lower() or "copper" in dna["hair"].lower() or "ginger" in dna["hair"].lower()
    assert "green" in dna["eyes"]
    assert dna["angle"] == "front"
    assert dna["hair"].split()[0].lower() in dna["prohibited_drift"]


def test_a_product_is_described_from_the_photo_and_named_from_the_prompt() -> None:
    photo = Photo(pack(60), "the product, photo 1", "image/png")
    text = {"type": "STRING"}
    colors = {"type": "OBJECT", "properties": {"primary": text, "secondary": text}}
    schema = {
        "type": "OBJECT",
        "properties": {
            "product_type": text,
            "colors": colors,
            "shape": text,
            "branding_text": {"type": "ARRAY", "items": text},
        },
    }
    dna = json.loads(write(Prompt((Turn("user", 'The product is "Zen Matcha".'),), photos=(photo,)), schema))
    red, green, blue = (int(dna["colors"]["primary"][i : i + 2], 16) for i in (1, 3, 5))
    assert green > max(red, blue) + 40
    assert dna["shape"] == "rectangular_box"
    assert "Zen Matcha" in dna["branding_text"]


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ApiError, match="Unable to process input image"):
        judged(b"not an image", person=portrait(PEOPLE[0]))
