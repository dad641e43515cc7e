"""The storyboard agent: a scene's frame, asked for with the photos of person and product in view."""

from collections.abc import Iterable

from agents.scene_prompt import Reference
from ugcgen.domain.call import Artifact
from ugcgen.domain.enums import Quality
from ugcgen.ledger.account import Account
from ugcgen.models import image
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.quote import PERSON_REFERENCES, PRODUCT_REFERENCES


def injected(references: Iterable[Reference], slots: int) -> list[Reference]:
    """The references that go into a frame, most important first: as many of each kind as are in its price, and in all
    as many as the model has ``slots`` for. The first photo of the product is never crowded out by the person's."""
    known = list(references)
    persons = [one for one in known if one.kind == "person"][:PERSON_REFERENCES]
    products = [one for one in known if one.kind == "product"][:PRODUCT_REFERENCES]
    room = max(0, slots - len(products[:1]))
    kept = [*persons[:room], *products]
    return [one for one in known if one in kept[:slots]]


def frame_prompt(prompt: str, wish: str | None, change: str | None) -> str:
    """The scene's prompt with what a person wishes to be other, and what was wrong in the take before."""
    return "\n\n".join([prompt, *(f"[CHANGE] {words}" for words in (wish, change) if words)])


def draw(
    account: Account,
    model: Model,
    prompt: str,
    references: list[Picture],
    ratio: str,
    quality: Quality,
    seed: int,
    take: int,
) -> Artifact:
    """One frame in Storage. Raises what ``Account.call`` raises."""
    size = image.size_for(model, quality)
    return image.make(account, model, prompt, references, ratio=ratio, size=size, seed=seed, take=take)
