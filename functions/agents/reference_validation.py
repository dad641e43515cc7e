"""The reference validation service: what is wrong with a photo, and what those of the person do not cover.

Rules alone, of what was measured. Nothing is asked of a model.
"""

from collections.abc import Sequence

from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.references import (
    REQUIRED_ANGLES,
    Coverage,
    PhotoFacts,
    PhotoFault,
    ProductPhoto,
    ReferencePhoto,
    best_of_each_angle,
)

MIN_SIDE = 400
"""Pixels of the shorter side below which too little of hair and clothes is seen."""
MIN_FACE = 112
"""Pixels of a face's height below which one face cannot be told from another: what a recogniser is given."""
SHARP = 0.35
"""Sharpness from which eyes and skin can be described."""
FEWEST, MOST = 3, 10
"""How many photos make a good set."""

IN_WORDS = {
    ReferenceAngle.FRONT: "from the front",
    ReferenceAngle.LEFT_PROFILE: "of the left profile",
    ReferenceAngle.RIGHT_PROFILE: "of the right profile",
    ReferenceAngle.BACK: "from behind",
    ReferenceAngle.THREE_QUARTER_LEFT: "half turned, the left cheek to the camera",
    ReferenceAngle.THREE_QUARTER_RIGHT: "half turned, the right cheek to the camera",
}

_AGAIN = {
    PhotoFault.NO_FACE: "No face is found in it: take it again with the whole head in the picture and light on it.",
    PhotoFault.SEVERAL_PEOPLE: "{faces} people are in it: take one of the person alone.",
    PhotoFault.TOO_SMALL: "It is {width} by {height} pixels: send one with at least {side} on its shorter side.",
    PhotoFault.FACE_TOO_SMALL: "The face is only {face} pixels high: go closer, until it is {least} or more.",
    PhotoFault.BLURRED: "The face is blurred: hold the camera still, focus on the eyes, and use more light.",
}


def validate(facts: PhotoFacts) -> ReferencePhoto:
    """The photo with its faults, and what to take again."""
    faults = list(_faults(facts))
    advice = " ".join(_AGAIN[fault] for fault in faults)
    said = advice.format(
        faces=facts.faces,
        width=facts.width,
        height=facts.height,
        side=MIN_SIDE,
        face=facts.face_pixels,
        least=MIN_FACE,
    )
    return ReferencePhoto(**facts.model_dump(), faults=faults, advice=said)


def advice_on_product(photo: ProductPhoto) -> str:
    """What to take again of the product, empty for a good photo."""
    said = []
    if min(photo.width, photo.height) < MIN_SIDE:
        said.append(_AGAIN[PhotoFault.TOO_SMALL].format(width=photo.width, height=photo.height, side=MIN_SIDE))
    if photo.sharpness < SHARP:
        said.append("It is blurred: hold the camera still, and use more light.")
    if not photo.words:
        said.append("No word can be read on it: turn the label to the camera in at least one photo.")
    return " ".join(said)


def coverage(photos: Sequence[ReferencePhoto]) -> Coverage:
    """Which photo stands for each angle, and in sentences what to add. A photo that is no use covers nothing."""
    best = best_of_each_angle(photo for photo in photos if photo.is_usable)
    missing = [angle for angle in REQUIRED_ANGLES if angle not in best]
    advice = [f"Add a photo {IN_WORDS[angle]}." for angle in missing]
    usable = sum(photo.is_usable for photo in photos)
    if usable < FEWEST:
        advice.append(f"{_counted(usable)} can be used; {FEWEST} to {MOST} keep a person the same in every scene.")
    return Coverage(angles={angle: photo.image for angle, photo in best.items()}, missing=missing, advice=advice)


def require_a_face(photos: Sequence[PhotoFacts], field: str = "avatar_images") -> None:
    """Raises InvalidInput, with a sentence on each photo, where none shows exactly one person's face."""
    if not photos or any(photo.faces == 1 for photo in photos):
        return
    each = " ".join(f"Photo {number}: {validate(photo).advice}" for number, photo in enumerate(photos, start=1))
    raise InvalidInput(f"no photo of the person can be used. {each}", field=field)


def _faults(facts: PhotoFacts) -> list[PhotoFault]:
    if facts.faces > 1:
        return [PhotoFault.SEVERAL_PEOPLE]
    if facts.faces == 0 and facts.angle is None:
        return [PhotoFault.NO_FACE]
    faults = []
    if min(facts.width, facts.height) < MIN_SIDE:
        faults.append(PhotoFault.TOO_SMALL)
    if facts.face_pixels is not None and facts.face_pixels < MIN_FACE:
        faults.append(PhotoFault.FACE_TOO_SMALL)
    elif facts.sharpness < SHARP:
        faults.append(PhotoFault.BLURRED)
    return faults


def _counted(photos: int) -> str:
    return "Only one photo" if photos == 1 else f"Only {photos} photos"
