"""Avatars: the people whom a user has on the shelf, and those that come with the product."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from agents import reference_validation
from api import small, system_avatars
from api.caller import Caller
from api.deletion import remove_objects_of
from api.operation import operation
from api.paging import PageRequest, page
from api.shelf import ID, Shelf
from api.uploads import pin
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.domain.errors import InvalidInput, NotFound
from ugcgen.domain.model import Document
from ugcgen.domain.people import Avatar, AvatarDNA, AvatarDNAEdit, AvatarDNARecord
from ugcgen.domain.references import Coverage

AVATARS = Shelf(Avatar, "avatars", "avatar")
MOST_PHOTOS = 10


class AvatarRequest(Document):
    avatar_id: str = Field(pattern=ID)


class CreateAvatar(Document):
    """``reference_images`` name uploads. ``dna`` is what was extracted from them before, or somebody's own words."""

    name: str = Field(min_length=1, max_length=80)
    tag: str = Field(default="", max_length=60)
    reference_images: list[str] = Field(default_factory=list, max_length=MOST_PHOTOS)
    dna: AvatarDNA | None = None


class UpdateAvatar(AvatarRequest):
    """What is left out stays as it is. Of ``dna``, which is kept apart from what was extracted, None takes an edit
    back."""

    name: str | None = Field(default=None, min_length=1, max_length=80)
    tag: str | None = Field(default=None, max_length=60)
    dna: AvatarDNAEdit | None = None


class AddAvatarImages(AvatarRequest):
    """``images`` name uploads."""

    images: list[str] = Field(min_length=1, max_length=MOST_PHOTOS)


class RemoveAvatarImage(AvatarRequest):
    """``image`` is the name of the object, as the avatar has it."""

    image: str


class AvatarAnswer(Document):
    """An avatar, what its photos cover, and addresses under which they can be read for a while."""

    avatar: Avatar
    coverage: Coverage
    media: dict[str, str]


class AvatarCard(Document):
    """What a list shows of an avatar."""

    avatar_id: str
    name: str
    tag: str
    is_system: bool
    images: int
    has_dna: bool
    thumbnail: str | None
    created_at: datetime


class AvatarList(Document):
    """``system`` are the avatars that come with the product, on the first page alone."""

    avatars: list[AvatarCard]
    system: list[AvatarCard]
    next_cursor: str | None = None


@operation("GET", "/avatars")
def list_avatars(caller: Caller, request: PageRequest) -> AvatarList:
    """The caller's own avatars, newest first, and those that come with the product."""
    found, cursor = page(AVATARS.of(caller.uid), "created_at", request)
    own = [Avatar.model_validate(seen.to_dict()) for seen in found]
    system = [] if request.cursor else system_avatars.every()
    pictures = [avatar.thumbnail_url for avatar in [*own, *system] if avatar.thumbnail_url]
    thumbnails = small.addresses(pictures, small.CARD)
    return AvatarList(
        avatars=[_card(avatar, thumbnails) for avatar in own],
        system=[_card(avatar, thumbnails) for avatar in system],
        next_cursor=cursor,
    )


@operation("POST", "/avatars")
def create_avatar(caller: Caller, request: CreateAvatar) -> AvatarAnswer:
    """Keep a person with their photos. Raises InvalidInput for a file that is no picture."""
    from agents import dna_extractor  # noqa: PLC0415 - the other operations need no model SDK

    images = _pinned(caller, request.reference_images, "reference_images")
    digests, moment = [storage.content_of(image) for image in images], now()
    avatar = Avatar(
        id=uuid.uuid4().hex[:20],
        name=request.name,
        tag=request.tag,
        unique_identifier=dna_extractor.unique_identifier(caller.uid, request.name, digests, request.tag),
        user_id=caller.uid,
        created_at=moment,
        updated_at=moment,
    ).showing(images)
    if request.dna is not None:
        avatar = avatar.described(AvatarDNARecord(extracted=request.dna))
    return answer(AVATARS.create(avatar.id, avatar))


@operation("GET", "/avatars/{avatar_id}")
def get_avatar(caller: Caller, request: AvatarRequest) -> AvatarAnswer:
    """One avatar with its DNA and what its photos cover. Raises NotFound."""
    return answer(usable_avatar(caller.uid, request.avatar_id))


@operation("PATCH", "/avatars/{avatar_id}")
def update_avatar(caller: Caller, request: UpdateAvatar) -> AvatarAnswer:
    """Rename an avatar or correct its DNA. Raises NotFound for one that is not the caller's, InvalidInput for an edit
    of DNA that is not there yet."""
    patch = request.model_dump(exclude_unset=True, exclude={"avatar_id"})
    named = {name: patch[name] for name in ("name", "tag") if patch.get(name) is not None}

    def to(avatar: Avatar) -> Avatar:
        return _edited(avatar.model_copy(update=named), patch.get("dna"))

    return answer(AVATARS.change(caller.uid, request.avatar_id, to))


@operation("DELETE", "/avatars/{avatar_id}")
def delete_avatar(caller: Caller, request: AvatarRequest) -> AvatarRequest:
    """Forget an avatar. Photos that a job still uses stay. Raises NotFound for one that is not the caller's."""
    avatar = AVATARS.owned(caller.uid, request.avatar_id)
    AVATARS.delete(avatar.id)
    remove_objects_of(caller.uid, firestore.to_document(avatar))
    return request


@operation("GET", "/avatars/{avatar_id}/images")
def get_avatar_images(caller: Caller, request: AvatarRequest) -> AvatarAnswer:
    """The reference photos, each with its angle, faults and advice where it was looked at. Raises NotFound."""
    return get_avatar(caller, request)


@operation("POST", "/avatars/{avatar_id}/images")
def add_avatar_images(caller: Caller, request: AddAvatarImages) -> AvatarAnswer:
    """Add reference photos. Raises InvalidInput for a file that is no picture, or more than ten in all."""
    AVATARS.owned(caller.uid, request.avatar_id)
    images = _pinned(caller, request.images, "images")

    def to(avatar: Avatar) -> Avatar:
        every = [*dict.fromkeys([*avatar.reference_images, *images])]
        if len(every) > MOST_PHOTOS:
            raise InvalidInput(f"an avatar has at most {MOST_PHOTOS} photos, not {len(every)}; remove some", "images")
        return avatar.showing(every)

    return answer(AVATARS.change(caller.uid, request.avatar_id, to))


@operation("DELETE", "/avatars/{avatar_id}/images")
def remove_avatar_image(caller: Caller, request: RemoveAvatarImage) -> AvatarAnswer:
    """Remove a reference photo. Raises InvalidInput for one that the avatar has not."""

    def to(avatar: Avatar) -> Avatar:
        if request.image not in avatar.reference_images:
            raise InvalidInput(f"the avatar has no photo {request.image!r}; its reference_images name them", "image")
        return avatar.showing([image for image in avatar.reference_images if image != request.image])

    changed = AVATARS.change(caller.uid, request.avatar_id, to)
    remove_objects_of(caller.uid, [request.image])
    return answer(changed)


def usable_avatar(user_id: str, avatar_id: str) -> Avatar:
    """An avatar of the user's own, or one that comes with the product. Raises NotFound."""
    avatar = system_avatars.named(avatar_id) or AVATARS.find(avatar_id)
    if avatar is None or not (avatar.is_system or avatar.user_id == user_id):
        raise NotFound(f"there is no avatar {avatar_id}")
    return avatar


def answer(avatar: Avatar) -> AvatarAnswer:
    names = [*avatar.reference_images, avatar.reference_sheet]
    return AvatarAnswer(
        avatar=avatar,
        coverage=reference_validation.coverage(avatar.photos),
        media={name: storage.signed_url(name) for name in names if name},
    )


def _card(avatar: Avatar, thumbnails: Mapping[str, str]) -> AvatarCard:
    return AvatarCard(
        avatar_id=avatar.id,
        images=len(avatar.reference_images),
        has_dna=avatar.dna is not None,
        thumbnail=thumbnails[avatar.thumbnail_url] if avatar.thumbnail_url else None,
        **avatar.model_dump(include={"name", "tag", "is_system", "created_at"}),
    )


def _edited(avatar: Avatar, patch: dict[str, Any] | None) -> Avatar:
    if patch is None:
        return avatar
    if avatar.dna is None:
        raise InvalidInput("the avatar has no DNA to edit yet; extract it from its photos first", field="dna")
    return avatar.described(avatar.dna.edited(patch))


def _pinned(caller: Caller, images: list[str], field: str) -> list[str]:
    """Each photo once, checked and under its content."""
    return [*dict.fromkeys(pin(caller.uid, name, f"{field}.{i}") for i, name in enumerate(images))]
