"""Reading photos: likeness on the studio's own drawings, and what is said of a person and a product."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from infra.local.studio.art import Picture, Reference, draw
from infra.local.studio.art.pixels import decode, encode_png
from infra.local.studio.errors import ApiError
from infra.local.studio.flaw import Flaw
from infra.local.studio.prompt import Photo, Prompt, Turn
from infra.local.studio.writer import write

EXAMPLES = Path(__file__).parents[3] / "examples" / "photos"
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
    assert dna["branding_text"] == ["ZEN"], "what is printed, not what the prompt calls it"


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ApiError, match="Unable to process input image"):
        judged(b"not an image", person=portrait(PEOPLE[0]))


def asked_of(frame: bytes) -> dict[str, Any]:
    """What a judge says of the example person and product in a frame, by the questions of the consistency service."""
    photos = [
        Photo((EXAMPLES / f"{name}.jpg").read_bytes(), f"Reference, the {label}", "image/jpeg")
        for name, label in (("avatar-front", "person, front"), ("product-front", "product, photo 1"))
    ]
    number, text = {"type": ["number", "null"]}, {"type": ["array", "null"], "items": {"type": "string"}}
    flag = {"type": ["boolean", "null"]}
    answer = {"person_similarity": number, "product_similarity": number, "people_count": number, "label_text": text}
    answer |= {"plastic_look": flag, "wrong_colors": flag, "wrong_shape": flag, "reason": {"type": "string"}}
    schema = {"type": "object", "properties": {"frames": {"type": "array", "items": {"properties": answer}}}}
    shown = Photo(frame, "Frame to judge, number 1", "image/png")
    document = json.loads(write(Prompt((Turn("user", "Judge."),), photos=(*photos, shown)), schema))
    (judged,) = document["frames"]
    assert isinstance(judged, dict)
    return judged


def taken(flaw: Flaw | None = None) -> bytes:
    references = tuple(
        Reference((EXAMPLES / f"{name}.jpg").read_bytes(), f"the {name}") for name in ("avatar-front", "product-front")
    )
    scene = "In a kitchen she holds up the bottle. The product is the main thing. Medium shot."
    return draw(Picture(scene, references, 720, 1280, 3, flaw))


@cache
def shot(flaw: Flaw | None = None) -> dict[str, Any]:
    return asked_of(taken(flaw))


def test_small_letters_are_spelt_only_where_they_are_certain() -> None:
    small = cv2.resize(decode(taken()), (180, 320), interpolation=cv2.INTER_AREA)
    assert asked_of(encode_png(np.asarray(small, np.uint8)))["label_text"] == ["LUM"], "GLOW may as well be GLOM"


def test_good_work_is_found_good() -> None:
    seen = shot()
    assert seen["person_similarity"] > 0.85
    assert seen["product_similarity"] > 0.85
    assert (seen["people_count"], seen["label_text"][:2]) == (1, ["LUMI", "GLOW"])
    assert not seen["plastic_look"] and not seen["wrong_colors"] and seen["wrong_shape"] is False


def test_every_flaw_is_seen_in_the_pixels() -> None:
    assert shot(Flaw("drifting_face"))["person_similarity"] < 0.4
    assert shot(Flaw("drifting_face", 0.4))["person_similarity"] < 0.75
    assert shot(Flaw("extra_person"))["people_count"] == 2
    assert shot(Flaw("plastic_look"))["plastic_look"] is True
    assert "LUMI" not in shot(Flaw("wrong_label"))["label_text"]
    assert "label reads otherwise" in shot(Flaw("wrong_label"))["reason"]
    assert shot(Flaw("wrong_colors"))["wrong_colors"] is True
    assert shot(Flaw("no_product"))["product_similarity"] is None
    assert shot(Flaw("no_product"))["label_text"] is None


def test_angles_of_photos_are_told_one_by_one() -> None:
    photos = tuple(
        Photo((EXAMPLES / f"avatar-{name}.jpg").read_bytes(), f"Photo {number} of the person", "image/jpeg")
        for number, name in enumerate(("left", "front", "right"), start=1)
    )
    angles = ["front", "left_profile", "right_profile", "back", "three_quarter_left", "three_quarter_right", None]
    answer = {"photo": {"type": "integer"}, "angle": {"enum": angles}, "reason": {"type": "string"}}
    schema = {"type": "object", "properties": {"photos": {"type": "array", "items": {"properties": answer}}}}
    document = json.loads(write(Prompt((Turn("user", "Say of each photo."),), photos=photos), schema))
    assert [(seen["photo"], seen["angle"]) for seen in document["photos"]] == [
        (1, "left_profile"),
        (2, "front"),
        (3, "right_profile"),
    ]
