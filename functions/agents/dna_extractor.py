"""The DNA extractor: what a person looks like, in words that every later prompt carries."""

import re
from collections.abc import Sequence

from agents.reference_validation import IN_WORDS, MOST
from ugcgen.domain.content_key import fingerprint
from ugcgen.domain.people import AvatarDNA
from ugcgen.domain.references import ReferencePhoto
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.pricing import STUDY_AVATAR

_TASK = """These are photos of one person{name}, who will appear in every scene of an ad. Describe the person so
exactly that every picture made from the words shows the same person:
face: shape, cheekbones, jaw and chin, nose, lips, and every mark with its place.
skin: tone with undertone and Fitzpatrick type, texture.
eyes: shape, colour with its shades, brows, lashes.
hair: colour with its shades, type and length, how it is worn.
body: build and posture.
voice: as one would cast it.
wardrobe: clothes with colours and materials, jewellery.
prohibited_drift: what must never change, as short commands: "eyes ALWAYS amber-brown, beauty mark ALWAYS on the right
jawline".
Where photos differ, the sharper and closer one is right. Describe only what is visible; do not identify anyone."""

_NUMBERS = 1_000_000


def extract(account: Account, model: Model, name: str, pictures: Sequence[Picture]) -> AvatarDNA:
    """The person's DNA from pictures of one person. Raises what ``text.ask`` raises."""
    called = f", called {name}" if name else ""
    return text.ask(account, model, STUDY_AVATAR, _TASK.format(name=called), AvatarDNA, list(pictures))


def shown(photos: Sequence[ReferencePhoto]) -> list[Picture]:
    """The photos to extract from: those that can be used, told apart by their angle, at most ten."""
    usable = [photo for photo in photos if photo.is_usable][:MOST]
    return [
        Picture(name=photo.image, sha256=photo.sha256, label=f"the person, photo {number}{_seen_from(photo)}")
        for number, photo in enumerate(usable, start=1)
    ]


def unique_identifier(owner: str, name: str, photos: Sequence[str], tag: str = "") -> str:
    """A name for the person that no other has, like ``mia_casual_creator_id_042137``.

    The same owner, name and tag have the same one, however many photos are added. A person without a name is known by
    the photos alone (their sha256), whatever their order and whoever has them: the same request of two people is the
    same to a model.
    """
    called, tagged = _slug(name), _slug(tag)
    words = [word for word in (called, tagged) if word]
    known_by = [owner, *words] if called else [*words, *sorted(photos)]
    number = int(fingerprint(known_by), 16) % _NUMBERS
    return "_".join([*words, f"creator_id_{number:06d}"])


def _slug(words: str) -> str:
    return re.sub(r"[\W_]+", "_", words.casefold()).strip("_")


def _seen_from(photo: ReferencePhoto) -> str:
    return f", {IN_WORDS[photo.angle]}" if photo.angle else ""
