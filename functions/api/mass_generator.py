"""The steps of the mass generator between photos and start: how the ad is to persuade, and the production bible.

Its first step, the product, is ``products.analyze_product``; its second, the person, ``avatar_dna``.
"""

from pydantic import Field

from agents import reference_validation
from api import asking
from api.avatars import usable_avatar
from api.caller import Caller
from api.generation import plan
from api.operation import Effort, operation
from api.products import PRODUCTS
from api.shelf import ID
from ugcgen.domain.bible import ProductionBible, Strategy
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document
from ugcgen.domain.people import AvatarDNA, Character, detailed_dna
from ugcgen.domain.product import ProductDNA
from ugcgen.models.catalog import Role


class ExpandBrief(Document):
    brief: Brief


class GenerateBible(Document):
    """``strategy`` is what expandBrief answered. The product is one that is kept or its DNA; so is the person, and
    without either only hands are seen."""

    brief: Brief
    strategy: Strategy
    product_id: str | None = Field(default=None, pattern=ID)
    product_dna: ProductDNA | None = None
    avatar_id: str | None = Field(default=None, pattern=ID)
    avatar_dna: AvatarDNA | None = None


@operation("POST", "/mass-generator/expand-brief", effort=Effort.COSTLY)
def expand_brief(caller: Caller, request: ExpandBrief) -> Strategy:
    """How the ad is to persuade: hook, pain point, selling points, emotions, call to action. Raises OverBudget where
    the day's allowance does not hold it."""
    from agents import copilot  # noqa: PLC0415 - the other operations need no model SDK
    from ugcgen.models.fallback import through  # noqa: PLC0415

    brief, account = request.brief, asking.account(caller)
    models = asking.models(Role.TEXT, brief.quality, brief.models.text)
    return through(models, lambda model: copilot.expand_brief(account, model, brief))


@operation("POST", "/mass-generator/generate-bible", effort=Effort.COSTLY)
def generate_bible(caller: Caller, request: GenerateBible) -> ProductionBible:
    """The production bible as a job of this brief would begin with it. Nothing is paid or stored. Raises InvalidInput
    where there is no DNA, NotFound for an avatar or a product that is not the caller's."""
    return bible_and_outline(caller, request)[0]


def bible_and_outline(caller: Caller, request: GenerateBible) -> tuple[ProductionBible, list[PlannedScene]]:
    """What a script is written from. Raises as ``generate_bible`` does."""
    from agents import production_bible  # noqa: PLC0415

    avatar, character = _person(caller, request)
    product = _product(caller, request)
    planned, _ = plan(request.brief, (1, 0 if avatar is None else 1))
    seconds = sum(scene.seconds for scene in planned)
    bible = production_bible.assembled(request.brief, seconds, request.strategy, product, avatar, character)
    return bible, planned


def _product(caller: Caller, request: GenerateBible) -> ProductDNA:
    dna = request.product_dna
    if request.product_id is not None:
        kept = PRODUCTS.owned(caller.uid, request.product_id).dna
        dna = kept.current if kept else None
    if dna is None:
        raise InvalidInput("there is no Product DNA; extract it from the product's photos first", field="product_dna")
    return dna.model_copy(update={"product_name": request.brief.product_name})


def _person(caller: Caller, request: GenerateBible) -> tuple[AvatarDNA | None, Character | None]:
    if request.avatar_id is None:
        return request.avatar_dna, None
    avatar = usable_avatar(caller.uid, request.avatar_id)
    if avatar.dna is None:
        raise InvalidInput("the avatar has no DNA; extract it from its photos first", field="avatar_id")
    dna = avatar.dna.current
    character = Character(
        unique_identifier=avatar.unique_identifier,
        reference_sheet=avatar.reference_sheet,
        detailed_dna=detailed_dna(avatar.unique_identifier, dna),
        photos=avatar.photos,
        coverage=reference_validation.coverage(avatar.photos),
        dna_version=avatar.dna.version,
    )
    return dna, character
