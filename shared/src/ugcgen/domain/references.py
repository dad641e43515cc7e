"""Reference photos of a person: what each shows, from where, how good it is, and what is missing among them."""

from enum import StrEnum

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
    """What the pixels of a photo say. ``face_pixels`` is the height of the largest face; ``sharpness`` is 0 for a
    picture without any detail; ``angle`` is None where the pose cannot be told from the pixels."""

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


class Coverage(Document):
    """Which photo stands for which angle, the required angles that none does, and what to do about it."""

    angles: dict[ReferenceAngle, str] = Field(default_factory=dict)
    missing: list[ReferenceAngle] = Field(default_factory=list)
    advice: list[str] = Field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return not self.missing
