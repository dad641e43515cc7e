"""Avatars: the person who appears in every scene."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from ugcgen.domain.dna import DNARecord
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.model import Document
from ugcgen.domain.references import Coverage, ReferencePhoto


class AvatarDNA(Document):
    """What must stay the same about a person, in words that every prompt carries."""

    face: str
    skin: str
    eyes: str
    hair: str
    body: str
    voice: str
    wardrobe: str
    prohibited_drift: str


def detailed_dna(unique_identifier: str, dna: AvatarDNA) -> str:
    """The DNA as one text, a line for each part, after the name of whom it is about."""
    parts = {name: value for name, value in dna.model_dump().items() if name != "prohibited_drift"}
    lines = [f"{name.capitalize()}: {value.rstrip('.')}." for name, value in parts.items()]
    return "\n".join([unique_identifier, *lines, f"Must not drift: {dna.prohibited_drift.rstrip('.')}."])


class AvatarDNAEdit(Document):
    """A person's DNA as somebody wants it; what is None stays as it was extracted."""

    face: str | None = Field(default=None, min_length=1, max_length=600)
    skin: str | None = Field(default=None, min_length=1, max_length=600)
    eyes: str | None = Field(default=None, min_length=1, max_length=600)
    hair: str | None = Field(default=None, min_length=1, max_length=600)
    body: str | None = Field(default=None, min_length=1, max_length=600)
    voice: str | None = Field(default=None, min_length=1, max_length=600)
    wardrobe: str | None = Field(default=None, min_length=1, max_length=600)
    prohibited_drift: str | None = Field(default=None, min_length=1, max_length=1000)


class AvatarDNARecord(DNARecord[AvatarDNA, AvatarDNAEdit]):
    """A person's DNA with its edits and version."""

    edits: AvatarDNAEdit = Field(default_factory=AvatarDNAEdit)


class Character(Document):
    """Who plays in a job: the person's references, and the DNA as one text.

    ``unique_identifier`` names the same person everywhere. ``reference_sheet`` is the object of a picture with the best
    photo of each angle, None where no photo could be used. ``dna_version`` is that of its ``AvatarDNARecord``.
    """

    unique_identifier: str
    reference_sheet: str | None = None
    detailed_dna: str
    photos: list[ReferencePhoto] = Field(default_factory=list)
    coverage: Coverage = Field(default_factory=Coverage)
    dna_version: int = 1


class Avatar(Document):
    """An avatar document. ``user_id`` is None for the avatars that come with the product.

    ``photos`` are the verdicts on ``reference_images`` that were looked at; ``reference_angles`` and
    ``angle_validation`` are what those cover.
    """

    id: str
    name: str
    tag: str = ""
    unique_identifier: str
    is_system: bool = False
    thumbnail_url: str | None = None
    reference_sheet: str | None = None
    reference_images: list[str] = Field(default_factory=list)
    photos: list[ReferencePhoto] = Field(default_factory=list)
    dna: AvatarDNARecord | None = None
    detailed_dna: str | None = None
    reference_angles: dict[ReferenceAngle, str] = Field(default_factory=dict)
    angle_validation: dict[ReferenceAngle, bool] = Field(default_factory=dict)
    user_id: str | None = None
    created_at: datetime
    updated_at: datetime

    def showing(self, images: Sequence[str]) -> "Avatar":
        """The avatar with these reference images; of those that stay, what is known stays known."""
        left = [photo for photo in self.photos if photo.image in images]
        same = list(images) == self.reference_images
        changed = self.model_copy(
            update={
                "reference_images": list(images),
                "photos": left,
                "reference_sheet": self.reference_sheet if same else None,
            }
        )
        return changed._covered(self.reference_angles)

    def looked_at(self, photos: Sequence[ReferencePhoto], coverage: Coverage, sheet: str | None) -> "Avatar":
        """The avatar after its photos were looked at. Of what was removed in the meantime nothing is kept."""
        known = [photo for photo in photos if photo.image in self.reference_images]
        complete = len(known) == len(photos) == len(self.reference_images)
        changed = self.model_copy(update={"photos": known, "reference_sheet": sheet if complete else None})
        return changed._covered(coverage.angles)

    def described(self, record: AvatarDNARecord) -> "Avatar":
        """The avatar with its DNA, and the text of it."""
        text = detailed_dna(self.unique_identifier, record.current)
        return self.model_copy(update={"dna": record, "detailed_dna": text})

    def _covered(self, angles: Mapping[ReferenceAngle, str]) -> "Avatar":
        left = {angle: image for angle, image in angles.items() if image in self.reference_images}
        first = left.get(ReferenceAngle.FRONT) or next(iter(self.reference_images), None)
        valid = {angle: angle in left for angle in ReferenceAngle}
        return self.model_copy(update={"reference_angles": left, "angle_validation": valid, "thumbnail_url": first})
