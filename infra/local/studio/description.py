"""Description: whom and what photos show, in words. Nothing is told that is not in the pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np

from infra.local.studio.art.character import Character
from infra.local.studio.art.colour import CLOTH, EYES, HAIR, SKIN, Colour
from infra.local.studio.art.lab import apart, lab_of
from infra.local.studio.art.likeness import frontal
from infra.local.studio.art.pixels import Image, reduced
from infra.local.studio.view import View


def person_in_words(people: Sequence[View]) -> dict[str, str]:
    """An avatar's DNA from the most frontal photo with a face; empty if there is none."""
    faces = [view for view in people if view.face]
    if not faces:
        return {}
    best = max(faces, key=lambda view: frontal(view.face) if view.face else 0)
    who = best.person
    assert who
    skin, hair, eyes, top = (_named(c, names) for c, names in _palette(who))
    length = ("cropped", "short", "chin-length", "shoulder-length", "long", "mid-back length")
    cut = length[int(np.searchsorted((0.05, 0.2, 0.4, 0.65, 0.9), who.hair_length))]
    face = "Broad" if who.face_width > 1.05 else "Slim" if who.face_width < 0.95 else "Oval"
    jaw = "strong jaw" if who.jaw > 1.06 else "soft, narrow chin" if who.jaw < 0.94 else "balanced jaw"
    beard = ", full beard" if who.beard > 0.6 else ", stubble" if who.beard > 0.2 else ""
    wide = "wide-set" if who.eye_gap > 1.05 else "close-set" if who.eye_gap < 0.95 else "evenly set"
    return {
        "face": f"{face} face, {jaw}{beard}",
        "skin": f"{skin.capitalize()} skin, Fitzpatrick type {_fitzpatrick(who.skin)}, {_hex(who.skin)}",
        "eyes": f"{wide.capitalize()} {eyes} eyes",
        "hair": f"{hair.capitalize()} hair, {cut}, {_hex(who.hair)}",
        "body": "Average build" if who.jaw < 1.06 else "Solid, broad-shouldered build",
        "voice": "Warm, medium pitch, conversational",
        "wardrobe": f"{top.capitalize()} top, {_hex(who.top)}",
        "prohibited_drift": (f"Skin ALWAYS {skin}, hair ALWAYS {hair} and {cut}, eyes ALWAYS {eyes}, top ALWAYS {top}"),
        "angle": angle(best),
    }


def angle(view: View) -> str:
    """From where the camera sees the head: `left_profile` shows the left cheek, the nose points to the left edge."""
    if view.face is None:
        return "back"
    (left, _), (right, _) = view.face.eyes
    ahead = frontal(view.face)
    side = "left" if view.face.nose[0] < (left + right) / 2 else "right"
    if ahead > 0.62:
        return "front"
    return f"three_quarter_{side}" if ahead > 0.4 else f"{side}_profile"


def product_in_words(products: Sequence[View], said: Sequence[str]) -> dict[str, Any]:
    """A product's DNA from its photos, its looks from the first; `said` are the names that the prompt gives with it."""
    if not products:
        return {}
    cut = products[0].product
    colours = _main_colours(cut)
    height, width = cut.shape[:2]
    shape = _shape(width / height, float(np.mean(cut[..., 3] > 128)), _taper(cut))
    first, second, third = (_hex(colour) for colour in colours)
    words = [_named(colour, CLOTH) for colour in colours]
    name = said[0] if said else ""
    printed = list({line.casefold(): line for photo in products[:3] for line in photo.words}.values())
    return {
        "product_type": shape.split("_")[-1],
        "product_name": name,
        "colors": {"primary": first, "secondary": second, "packaging": third},
        "shape": shape,
        "materials": ["glass", "plastic cap"] if shape.endswith(("bottle", "jar")) else ["printed packaging"],
        "texture": "glossy" if _glossy(cut) else "matte",
        "branding_text": printed,
        "logo_description": f'"{printed[0]}" on a {words[1]} label' if printed else f"Plain {words[0]} surface",
        "distinctive_features": [f"{words[0]} body", f"{words[1]} accents", shape.replace("_", " ")],
        "prohibited_variations": [
            "Never change the label text",
            f"Never alter the {shape.replace('_', ' ')} shape",
            f"Never recolor the {words[0]} body",
        ],
    }


def _palette(who: Character) -> list[tuple[Colour, Mapping[str, Colour]]]:
    return [(who.skin, SKIN), (who.hair, HAIR), (who.eyes, EYES), (who.top, CLOTH)]


def _named(colour: Colour, names: Mapping[str, Colour]) -> str:
    plain = {name: value for name, value in names.items() if not name.startswith("fitzpatrick")}
    return min(plain, key=lambda name: apart(plain[name], colour))


def _fitzpatrick(skin: Colour) -> str:
    """Skin type by the individual typology angle, the usual measure of skin colour."""
    light, _, b = (float(v) for v in lab_of(np.array([[skin]], np.uint8))[0, 0])
    ita = float(np.degrees(np.arctan2(light / 2.55 - 50, b - 128)))
    return ("VI", "V", "IV", "III", "II", "I")[int(np.searchsorted((-30, 10, 28, 41, 55), ita))]


def _main_colours(cut: Image) -> list[Colour]:
    """The three main colours of the opaque pixels, largest area first."""
    small = reduced(cut, 96)
    opaque = small[small[..., 3] > 128][:, :3].astype(np.float32)
    if len(opaque) < 3:
        return [(128, 128, 128)] * 3
    cv2.setRNGSeed(1)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    _, labels, centres = cv2.kmeans(opaque, 3, np.empty(0), criteria, 2, cv2.KMEANS_PP_CENTERS)
    order = np.argsort(-np.bincount(labels.ravel(), minlength=3))
    return [(round(float(r)), round(float(g)), round(float(b))) for r, g, b in centres[order]]


def _taper(cut: Image) -> float:
    """Width of the top sixth over that of the middle: bottles have a neck, jars and boxes have none."""
    opaque = (cut[..., 3] > 128).sum(1).astype(float)
    height = len(opaque)
    return float(opaque[: max(1, height // 6)].mean() / max(1.0, opaque[height * 2 // 5 : height * 4 // 5].mean()))


def _shape(aspect: float, filled: float, taper: float) -> str:
    """A word for a silhouette by its width over height, how much of its box it fills, and its neck."""
    if taper < 0.65:
        return "tall_slim_bottle" if aspect < 0.42 else "bottle"
    if filled > 0.95:
        return "flat_box" if aspect > 1.15 else "rectangular_box"
    if aspect > 0.85:
        return "round_jar"
    return "tube" if filled < 0.86 else "cylindrical_can"


def _glossy(cut: Image) -> bool:
    light = cv2.cvtColor(np.ascontiguousarray(cut[..., :3]), cv2.COLOR_RGB2GRAY)[cut[..., 3] > 128]
    return bool(len(light) and np.percentile(light, 99) - np.percentile(light, 60) > 40)


def _hex(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
