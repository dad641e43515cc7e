"""The study of photos: from what was measured in them and what a model sees to the DNA that prompts carry."""

from collections.abc import Sequence

from agents import avatar_vision, dna_extractor, product_vision
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.people import AvatarDNA
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.references import Coverage, PhotoFacts, ProductPhoto, ReferencePhoto
from ugcgen.ledger.account import Account
from ugcgen.models.catalog import Model
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture


def seen(
    account: Account, models: Sequence[Model], facts: Sequence[PhotoFacts]
) -> tuple[list[ReferencePhoto], Coverage]:
    """Every photo of a person with its angle and verdict, and what they cover. A model is asked only for the angles
    that could not be measured."""
    pictures = [
        Picture(name=photo.image, sha256=photo.sha256, label="") for photo in facts if avatar_vision.is_open(photo)
    ]
    if not pictures:
        return avatar_vision.validate_coverage(facts, {})

    def classify_by(model: Model) -> dict[str, ReferenceAngle | None]:
        return avatar_vision.classify_angles(account, model, pictures)

    return avatar_vision.validate_coverage(facts, through(models, classify_by))


def person(account: Account, models: Sequence[Model], name: str, photos: Sequence[ReferencePhoto]) -> AvatarDNA:
    """The person's DNA, from the photos that can be used."""
    pictures = dna_extractor.shown(photos)
    return through(models, lambda model: dna_extractor.extract(account, model, name, pictures))


def product(
    account: Account, models: Sequence[Model], name: str, brand: str, photos: Sequence[ProductPhoto]
) -> ProductDNA:
    """The product's DNA, from its photos."""
    return through(models, lambda model: product_vision.study(account, model, name, brand, photos))
