"""The avatars that come with the product: drawn people, ``cast/``, put into the store by whoever first looks for them.

A deployment that changes one puts the change in place at its first look; jobs keep what they began with.
"""

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ugcgen.cloud import firestore, storage
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT
from ugcgen.domain.people import Avatar, AvatarDNA, AvatarDNARecord
from ugcgen.domain.references import Coverage, ReferencePhoto, best_of_each_angle

CAST = Path(__file__).with_name("cast")
_DRAWN = datetime(2026, 1, 1, tzinfo=UTC)


def every() -> list[Avatar]:
    """All of them, which clients find in Firestore and Storage from now on."""
    return [*_stored().values()]


def named(avatar_id: str) -> Avatar | None:
    """The one of this id, None where there is none."""
    return _stored()[avatar_id] if avatar_id in shipped() else None


@cache
def shipped() -> dict[str, Avatar]:
    """The avatars of this deployment, by id."""
    people = json.loads((CAST / "people.json").read_text(encoding="utf-8"))
    return {person["id"]: _avatar(person) for person in people}


@cache
def _stored() -> dict[str, Avatar]:
    for avatar in shipped().values():
        reference = firestore.client().collection("avatars").document(avatar.id)
        if firestore.from_snapshot(Avatar, reference.get(timeout=READ_TIMEOUT)) == avatar:
            continue
        for photo in _files(avatar.id):
            storage.put_once(_object(photo), photo.read_bytes(), "image/jpeg")
        reference.set(firestore.to_document(avatar), timeout=WRITE_TIMEOUT)
    return shipped()


def _avatar(person: dict[str, Any]) -> Avatar:
    facts = {photo.pop("file"): photo for photo in person["photos"]}
    names = {file: _object(CAST / file) for file in facts}
    photos = [
        ReferencePhoto(image=names[file], sha256=storage.content_of(names[file]), **measured)
        for file, measured in facts.items()
    ]
    avatar = Avatar(
        id=person["id"],
        name=person["name"],
        tag=person["tag"],
        unique_identifier=person["id"].replace("-", "_"),
        is_system=True,
        created_at=_DRAWN,
        updated_at=_DRAWN,
    ).showing(list(names.values()))
    best = best_of_each_angle(photos)
    covered = Coverage(angles={angle: photo.image for angle, photo in best.items()})
    record = AvatarDNARecord(extracted=AvatarDNA(**person["dna"]))
    return avatar.looked_at(photos, covered, None).described(record)


def _files(avatar_id: str) -> list[Path]:
    return sorted(CAST.glob(f"{avatar_id}-*.jpg"))


def _object(photo: Path) -> str:
    return f"system/media/{hashlib.sha256(photo.read_bytes()).hexdigest()}.jpg"
