"""Avatars: the person who appears in every scene."""

from datetime import datetime

from pydantic import Field

from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.model import Document


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


class Avatar(Document):
    """An avatar document. ``user_id`` is None for the avatars that come with the product."""

    id: str
    name: str
    tag: str = ""
    unique_identifier: str | None = None
    is_system: bool = False
    thumbnail_url: str | None = None
    reference_sheet: str | None = None
    reference_images: list[str] = Field(default_factory=list)
    dna: AvatarDNA | None = None
    detailed_dna: str | None = None
    reference_angles: dict[ReferenceAngle, str] = Field(default_factory=dict)
    angle_validation: dict[ReferenceAngle, bool] = Field(default_factory=dict)
    user_id: str | None = None
    created_at: datetime
    updated_at: datetime
