"""What an avatar's photos say: from where each shows the person, and the DNA. Paid out of the daily allowance."""

from pydantic import Field

from agents import reference_validation
from api import asking
from api.avatars import AVATARS, MOST_PHOTOS, AvatarAnswer, AvatarRequest, answer
from api.caller import Caller
from api.operation import Effort, operation
from api.uploads import pin
from ugcgen.cloud import postprod
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document
from ugcgen.domain.people import Avatar, AvatarDNA, AvatarDNARecord
from ugcgen.domain.references import Coverage, Inspected, InspectPhotos, ReferencePhoto
from ugcgen.models.catalog import Role


class ExtractDNA(Document):
    """``images`` name uploads, all of one person."""

    images: list[str] = Field(min_length=1, max_length=MOST_PHOTOS)
    name: str = Field(default="", max_length=80)


class ExtractedDNA(Document):
    """``photos`` name the pictures as they are kept from now on."""

    dna: AvatarDNA
    photos: list[ReferencePhoto]
    coverage: Coverage
    reference_sheet: str | None


@operation("POST", "/avatars/extract-dna", effort=Effort.COSTLY)
def extract_dna(caller: Caller, request: ExtractDNA) -> ExtractedDNA:
    """The DNA of the person on some photos, to look over before an avatar is made of it. Raises InvalidInput where
    none of them shows exactly one person, OverBudget where the day's allowance does not hold it."""
    images = [pin(caller.uid, name, f"images.{i}") for i, name in enumerate(request.images)]
    found = _inspected(caller, images)
    photos, coverage = _seen(caller, found)
    dna = _extracted(caller, request.name, photos)
    return ExtractedDNA(dna=dna, photos=photos, coverage=coverage, reference_sheet=found.reference_sheet)


@operation("POST", "/avatars/{avatar_id}/extract-dna", effort=Effort.COSTLY)
def extract_avatar_dna(caller: Caller, request: AvatarRequest) -> AvatarAnswer:
    """Extract an avatar's DNA from its photos anew; what somebody corrected stays corrected. Raises as extractDna
    does, and NotFound for an avatar that is not the caller's."""
    avatar = AVATARS.owned(caller.uid, request.avatar_id)
    found = _inspected(caller, avatar.reference_images)
    photos, coverage = _seen(caller, found)
    dna = _extracted(caller, avatar.name, photos)

    def to(stored: Avatar) -> Avatar:
        record = stored.dna.extracted_again(dna) if stored.dna else AvatarDNARecord(extracted=dna)
        return stored.looked_at(photos, coverage, found.reference_sheet).described(record)

    return answer(AVATARS.change(caller.uid, avatar.id, to))


@operation("POST", "/avatars/{avatar_id}/validate-angles", effort=Effort.COSTLY)
def validate_angles(caller: Caller, request: AvatarRequest) -> AvatarAnswer:
    """Which angles the photos cover, what is wrong with each and what to add. Raises NotFound for an avatar that is not
    the caller's, InvalidInput for one without photos."""
    avatar = AVATARS.owned(caller.uid, request.avatar_id)
    found = _inspected(caller, avatar.reference_images, need_a_face=False)
    photos, coverage = _seen(caller, found)
    return answer(AVATARS.change(caller.uid, avatar.id, lambda a: a.looked_at(photos, coverage, found.reference_sheet)))


def _inspected(caller: Caller, images: list[str], need_a_face: bool = True) -> Inspected:
    """What was measured, before anything is paid."""
    if not images:
        raise InvalidInput("the avatar has no photos; add 3 to 10 of one person first", field="images")
    found = postprod.inspect_photos(InspectPhotos(user_id=caller.uid, people=images))
    if need_a_face:
        reference_validation.require_a_face(found.photos, "images")
    return found


def _seen(caller: Caller, found: Inspected) -> tuple[list[ReferencePhoto], Coverage]:
    from agents import study  # noqa: PLC0415 - the other operations need no model SDK

    return study.seen(asking.account(caller), asking.models(Role.VISION), found.photos)


def _extracted(caller: Caller, name: str, photos: list[ReferencePhoto]) -> AvatarDNA:
    from agents import study  # noqa: PLC0415

    return study.person(asking.account(caller), asking.models(Role.VISION), name, photos)
