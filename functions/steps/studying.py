"""Studying the photos: what the product and the person look like, from what was measured and what a model sees."""

from dataclasses import dataclass

from agents import avatar_vision, dna_extractor, product_vision, reference_validation
from steps.context import StepContext
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.people import AvatarDNA, Character, detailed_dna
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.references import PhotoFacts, ProductPhoto
from ugcgen.models.catalog import Model, Role
from ugcgen.models.fallback import through
from ugcgen.models.media import Picture


@dataclass(frozen=True)
class Studied:
    """The product; of the person the DNA and who it is, None for a job without photos of one."""

    product: ProductDNA
    avatar: AvatarDNA | None
    character: Character | None


def study(step: StepContext) -> Studied:
    """What the photos of the job show. Raises InvalidInput, before anything is paid, where those of the person show
    nobody, or more than one."""
    facts = [PhotoFacts.model_validate(photo) for photo in step.unit.memo["photos"]]
    reference_validation.require_a_face(facts)
    product = _product(step)
    if not facts:
        return Studied(product, None, None)
    photos, coverage = avatar_vision.validate_coverage(facts, _angles(step, facts))

    def extract_by(model: Model) -> AvatarDNA:
        return dna_extractor.extract(step.account, model, step.job.brief.avatar_name, dna_extractor.shown(photos))

    dna = through(step.models(Role.VISION), extract_by)
    digests = [photo.sha256 for photo in photos]
    identifier = dna_extractor.unique_identifier(step.job.user_id, step.job.brief.avatar_name, digests)
    character = Character(
        unique_identifier=identifier,
        reference_sheet=step.unit.memo["reference_sheet"],
        detailed_dna=detailed_dna(identifier, dna),
        photos=photos,
        coverage=coverage,
    )
    return Studied(product, dna, character)


def _product(step: StepContext) -> ProductDNA:
    brief = step.job.brief
    photos = [ProductPhoto.model_validate(photo) for photo in step.unit.memo["product_photos"]]

    def study_by(model: Model) -> ProductDNA:
        return product_vision.study(step.account, model, brief.product_name, brief.brand, photos)

    return through(step.models(Role.VISION), study_by)


def _angles(step: StepContext, facts: list[PhotoFacts]) -> dict[str, ReferenceAngle | None]:
    """What a model sees of the photos whose angle could not be measured."""
    pictures = [
        Picture(name=photo.image, sha256=photo.sha256, label="") for photo in facts if avatar_vision.is_open(photo)
    ]
    if not pictures:
        return {}

    def classify_by(model: Model) -> dict[str, ReferenceAngle | None]:
        return avatar_vision.classify_angles(step.account, model, pictures)

    return through(step.models(Role.VISION), classify_by)
