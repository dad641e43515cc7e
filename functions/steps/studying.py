"""Studying the photos: what the product and the person look like, from what was measured and what a model sees.

What an avatar or a product of the user's own brought along is not extracted again.
"""

from dataclasses import dataclass

from agents import dna_extractor, reference_validation
from agents import study as studies
from steps.context import StepContext
from ugcgen.domain.people import AvatarDNA, Character, detailed_dna
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.references import PhotoFacts, ProductPhoto
from ugcgen.models.catalog import Role


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
    models, name, brought = step.models(Role.VISION), step.job.brief.avatar_name, step.job.brought
    photos, coverage = studies.seen(step.account, models, facts)
    dna = brought.avatar or studies.person(step.account, models, name, photos)
    digests = [photo.sha256 for photo in photos]
    identifier = brought.unique_identifier or dna_extractor.unique_identifier(step.job.user_id, name, digests)
    character = Character(
        unique_identifier=identifier,
        reference_sheet=step.unit.memo["reference_sheet"],
        detailed_dna=detailed_dna(identifier, dna),
        photos=photos,
        coverage=coverage,
        dna_version=brought.dna_version,
    )
    return Studied(product, dna, character)


def _product(step: StepContext) -> ProductDNA:
    brief, brought = step.job.brief, step.job.brought.product
    if brought is not None:
        return brought.model_copy(update={"product_name": brief.product_name})
    photos = [ProductPhoto.model_validate(photo) for photo in step.unit.memo["product_photos"]]
    return studies.product(step.account, step.models(Role.VISION), brief.product_name, brief.brand, photos)
