"""Reading photos: whom and what they show, described in words, and how alike a frame is to its references.

Everything here is measured in pixels; nothing is read that is not in them. The scales are fitted to the studio's own
drawings, where the same person or product shall score about 0.85 to 0.97 and a clearly different one below 0.6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt

from infra.local.studio.art.character import Character, imagine
from infra.local.studio.art.colour import CLOTH, EYES, HAIR, SKIN, Colour
from infra.local.studio.art.goods import cut_out
from infra.local.studio.art.lettering import read_lines
from infra.local.studio.art.likeness import frontal, likeness
from infra.local.studio.art.pixels import Face, Image, decode, find_face, find_faces
from infra.local.studio.errors import invalid
from infra.local.studio.faces import Embedding, embed
from infra.local.studio.prompt import Photo

Role = Literal["frame", "person", "product"]
_LONGEST = 1280  # pixels; larger photos say nothing more
_LEGIBLE = 480  # pixels to which a small label is enlarged before it is read
_TRACES = 0.7  # likeness without a face from which a person is in the frame at all
_PORES_FROM = 130  # pixels of a face's height from which the texture of its skin is seen
_PLASTIC = 0.95  # levels of texture below which skin looks polished


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
        return _read(self.pixels)

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


# -- likeness ------------------------------------------------------------------------------------------------------


def person_similarity(frame: View, references: Sequence[View]) -> float | None:
    """How surely the person in the frame is the one in the references: 0 to 1; None where nobody can be seen."""
    known = [reference for reference in references if reference.face]
    if not known:
        return 0.0
    if frame.face is None:
        traces = max(_traces(frame, reference) for reference in known)
        return traces if traces > _TRACES else None
    return max(_same_person(frame, reference) for reference in known)


def _same_person(frame: View, reference: View) -> float:
    a, b = frame.person, reference.person
    assert a and b and frame.identity is not None and reference.identity is not None
    shape = sum(abs(getattr(a, name) - getattr(b, name)) for name in ("face_width", "eye_gap", "nose", "mouth"))
    # Each term lets pass what light and pose do to the same drawn person, and weighs what exceeds it.
    doubt = (
        0.025 * max(0.0, _apart(a.skin, b.skin) - 4)
        + 0.014 * max(0.0, _apart(a.hair, b.hair) - 10)
        + min(0.12, 0.004 * max(0.0, _apart(a.top, b.top) - 8))  # a table may hide the clothes
        + 0.15 * max(0.0, abs(a.hair_length - b.hair_length) - 0.3)
        + 0.4 * max(0.0, shape - 0.2)
        + 0.8 * max(0.0, 0.75 - float(frame.identity @ reference.identity))
    )
    return round(0.97 * float(np.exp(-doubt)), 3)


def _traces(frame: View, reference: View) -> float:
    """Without a face, the person's colours must be there: skin, hair and clothes."""
    assert reference.person
    lab = _lab(_reduced(frame.pixels, 160))
    who = reference.person
    shares = [float(np.mean(_distances(lab, colour) < 12)) for colour in (who.skin, who.hair, who.top)]
    return round(0.3 + 0.55 * sum(min(1.0, share / 0.01) for share in shares) / 3, 3)


@dataclass(frozen=True)
class Sighting:
    """Where in a frame a product fits best, and how surely it is there: 0 to 1."""

    likeness: float
    left: float
    top: float
    right: float
    bottom: float
    """The box, as shares of the frame's sides."""


def sighting(frame: View, references: Sequence[View]) -> Sighting:
    """The product of the references in the frame."""
    scene = _lab(_reduced(frame.pixels, 400))
    found = (_best_fit(scene, reference.product) for reference in references[:3])
    return max(found, key=lambda seen: seen.likeness, default=Sighting(0, 0, 0, 1, 1))


def product_similarity(frame: View, references: Sequence[View]) -> float:
    """How surely the product of the references is in the frame: 0 to 1."""
    return sighting(frame, references).likeness


def _sure(mismatch: float) -> float:
    fitted = np.interp(mismatch, (0.12, 0.3, 0.44, 0.49, 0.54, 0.65, 0.9), (0.97, 0.92, 0.85, 0.6, 0.5, 0.35, 0.1))
    return round(float(fitted), 3)


@dataclass(frozen=True, order=True)
class _Fit:
    """`mismatch` is a share of that of an ordinary place; `box` is left, top, width and height in pixels."""

    mismatch: float
    scale: float = 1.0
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


def _best_fit(scene: npt.NDArray[np.float32], product: Image) -> Sighting:
    """The place that fits the product best.

    A coarse search over sizes, then a finer one with small turns around the best.
    """
    geometric = float(np.sqrt(product.shape[0] * product.shape[1]))
    sizes = [24 * 1.16**step / geometric for step in range(14)]
    coarse = min((fit for size in sizes if (fit := _fit(scene, product, size, 0))), default=None)
    if coarse is None:
        return Sighting(_sure(1.0), 0, 0, 1, 1)
    fine = (
        _fit(scene, product, coarse.scale * stretch, turn)
        for stretch in (0.94, 1.0, 1.06)
        for turn in (-12, -6, 0, 6, 12)
    )
    best = min((fit for fit in fine if fit), default=coarse)
    (rows, columns), (left, top, width, height) = scene.shape[:2], best.box
    place = left / columns, top / rows, (left + width) / columns, (top + height) / rows
    return Sighting(_sure(best.mismatch), *place)


def _fit(scene: npt.NDArray[np.float32], product: Image, scale: float, turn: float) -> _Fit | None:
    width, height = (max(8, round(side * scale)) for side in (product.shape[1], product.shape[0]))
    if width >= scene.shape[1] or height >= scene.shape[0]:
        return None
    small = cv2.resize(product, (width, height), interpolation=cv2.INTER_AREA)
    weight = (small[..., 3] > 128).astype(np.float32)
    weight[height * 6 // 10 :] *= 0.35  # hands hold the lower part
    pattern = _lab(np.ascontiguousarray(small[..., :3]))
    if turn:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
        pattern = np.asarray(cv2.warpAffine(pattern, matrix, (width, height)), np.float32)
        weight = np.asarray(cv2.warpAffine(weight, matrix, (width, height)), np.float32)
    total = float(weight.sum())
    if total < 16:
        return None
    # Lightness counts half: it is what the light of a scene changes.
    mask = np.dstack([np.sqrt(weight) * share for share in (0.5, 1.0, 1.0)]).astype(np.float32)
    squares = cv2.matchTemplate(scene, pattern, cv2.TM_SQDIFF, mask=mask)
    errors = np.sqrt(np.maximum(squares, 0) / total)
    _, _, (left, top), _ = cv2.minMaxLoc(errors)
    mismatch = float(errors.min() / max(float(np.median(errors)), 12.0))
    return _Fit(mismatch, scale, (left, top, width, height))


# -- truth to the product, and to life ---------------------------------------------------------------------------------


def label_words(frame: View, seen: Sighting) -> list[str]:
    """The lines of lettering that can be read on the product where it was seen."""
    height, width = frame.pixels.shape[:2]
    columns = slice(max(0, int(seen.left * width) - 8), int(seen.right * width) + 8)
    rows = slice(max(0, int(seen.top * height) - 8), int(seen.bottom * height) + 8)
    return _read(np.ascontiguousarray(frame.pixels[rows, columns]))


def _read(pixels: Image) -> list[str]:
    scale = min(4.0, _LEGIBLE / max(pixels.shape[:2]))
    if scale > 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    return [line.text for line in read_lines(pixels) if line.confidence > 0.8]


def looks_plastic(frame: View) -> bool | None:
    """Whether the skin of the largest face has no texture; None where the face is too small to tell."""
    face = frame.face
    if face is None or face.height < _PORES_FROM:
        return None
    scale = _PORES_FROM * 1.4 / face.height
    small = cv2.resize(frame.pixels, None, fx=min(1.0, scale), fy=min(1.0, scale), interpolation=cv2.INTER_AREA)
    return texture(np.asarray(small, np.uint8), frame.pixels.shape[0] / small.shape[0], face) < _PLASTIC


def texture(pixels: Image, shrunk: float, face: Face) -> float:
    """How uneven the skin of the cheeks is, in levels; the picture is `shrunk` times smaller than the face's own."""
    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = np.abs(light - cv2.GaussianBlur(light, (0, 0), 2.0))
    (x, y), side = face.centre, 0.14 * face.width
    found = []
    for at in (-0.24, 0.24):
        box = (np.array([x + at * face.width - side / 2, y + 0.08 * face.height]) / shrunk).astype(int)
        cheek = fine[box[1] : box[1] + int(side / shrunk), box[0] : box[0] + int(side / shrunk)]
        found.append(float(np.median(cheek)) if cheek.size else 0.0)
    return max(found)


# -- description ---------------------------------------------------------------------------------------------------


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
    return min(plain, key=lambda name: _apart(plain[name], colour))


def _fitzpatrick(skin: Colour) -> str:
    """Skin type by the individual typology angle, the usual measure of skin colour."""
    light, _, b = (float(v) for v in _lab(np.array([[skin]], np.uint8))[0, 0])
    ita = float(np.degrees(np.arctan2(light / 2.55 - 50, b - 128)))
    return ("VI", "V", "IV", "III", "II", "I")[int(np.searchsorted((-30, 10, 28, 41, 55), ita))]


def _main_colours(cut: Image) -> list[Colour]:
    """The three main colours of the opaque pixels, largest area first."""
    small = _reduced(cut, 96)
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


def _reduced(pixels: Image, longest: int) -> Image:
    scale = longest / max(pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _lab(rgb: Image) -> npt.NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB), np.float32)


def _distances(lab: npt.NDArray[np.float32], colour: Colour) -> npt.NDArray[np.float32]:
    target = _lab(np.array([[colour]], np.uint8))[0, 0]
    return np.asarray(np.linalg.norm((lab - target) * np.array([0.5, 1, 1], np.float32), axis=-1), np.float32)


def _apart(a: Colour, b: Colour) -> float:
    """How different two colours look in any light: lightness counts half."""
    return float(_distances(_lab(np.array([[a]], np.uint8)), b)[0, 0])


def _hex(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
