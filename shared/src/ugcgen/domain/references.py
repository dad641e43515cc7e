"""Reference photos: what each shows, how good it is; of a person also from where, and what is missing among them.

A profile is named after the side of the person that it shows. In a left profile the camera sees the left cheek, and
the nose points to the left edge of the picture; three-quarter views are named alike.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from pydantic import Field

from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.model import Document

REQUIRED_ANGLES = (ReferenceAngle.FRONT, ReferenceAngle.LEFT_PROFILE, ReferenceAngle.RIGHT_PROFILE)


class PhotoFault(StrEnum):
    NO_FACE = "no_face"
    SEVERAL_PEOPLE = "several_people"
    TOO_SMALL = "too_small"
    FACE_TOO_SMALL = "face_too_small"
    BLURRED = "blurred"


class PhotoFacts(Document):
    """What the pixels of a photo say. ``faces`` counts the people that matter, not passers-by; ``face_pixels`` is the
    height of the largest face; ``sharpness`` is 0 for a picture without any detail and near 1 for the sharpest;
    ``angle`` is None where the pose cannot be told from the pixels."""

    image: str
    sha256: str
    width: int
    height: int
    faces: int
    face_pixels: int | None = None
    sharpness: float
    angle: ReferenceAngle | None = None


class ReferencePhoto(PhotoFacts):
    """A photo with its verdict. ``advice`` is a sentence on what to take again, empty for a good photo."""

    faults: list[PhotoFault] = Field(default_factory=list)
    advice: str = ""

    @property
    def is_usable(self) -> bool:
        return not {PhotoFault.NO_FACE, PhotoFault.SEVERAL_PEOPLE} & set(self.faults)


class ProductPhoto(Document):
    """What the pixels of a photo of the product say. ``colors`` are hex values, the largest area first; ``words`` are
    those read on it, empty where none could be read."""

    image: str
    sha256: str
    width: int
    height: int
    sharpness: float
    colors: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)


class InspectPhotos(Document):
    """Photos to measure, by the names of their objects: those of one person, and those of a product."""

    user_id: str
    people: list[str] = Field(default_factory=list, max_length=20)
    products: list[str] = Field(default_factory=list, max_length=20)


class Inspected(Document):
    """What was measured, in the order of the photos. ``reference_sheet`` is the object of a picture with the best photo
    of each angle, None where no angle could be told."""

    photos: list[PhotoFacts] = Field(default_factory=list)
    product_photos: list[ProductPhoto] = Field(default_factory=list)
    reference_sheet: str | None = None


class Coverage(Document):
    """Which photo stands for which angle, the required angles that none does, and what to do about it."""

    angles: dict[ReferenceAngle, str] = Field(default_factory=dict)
    missing: list[ReferenceAngle] = Field(default_factory=list)
    advice: list[str] = Field(default_factory=list)

    @property
    def validation(self) -> dict[ReferenceAngle, bool]:
        """For every angle there is, whether a photo stands for it."""
        return {angle: angle in self.angles for angle in ReferenceAngle}

    @property
    def is_complete(self) -> bool:
        return not self.missing


P = TypeVar("P", bound=PhotoFacts)


def best_of_each_angle(photos: Iterable[P]) -> dict[ReferenceAngle, P]:
    """Of photos of one person, the one with the most of a face to see for each angle, in the order of the angles.

    A large and blurred face shows less than a smaller, sharp one: both count alike. Where no face is found, as from
    behind, the whole picture counts instead. Of equal photos the first one stands.
    """
    best: dict[ReferenceAngle, P] = {}
    for photo in photos:
        if photo.angle is None or photo.faces > 1:
            continue
        if photo.angle not in best or _shown(photo) > _shown(best[photo.angle]):
            best[photo.angle] = photo
    return {angle: best[angle] for angle in ReferenceAngle if angle in best}


def _shown(photo: PhotoFacts) -> tuple[bool, float]:
    return photo.faces == 1, photo.sharpness * (photo.face_pixels or photo.height)
