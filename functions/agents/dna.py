"""The DNA extractor: what a person or a product looks like, in words that every later prompt carries."""

from ugcgen.domain.people import AvatarDNA
from ugcgen.domain.product import ProductDNA
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.pricing import STUDY_AVATAR, STUDY_PRODUCT

_PRODUCT = """These are photos of one product, {name}, which will be advertised. Describe it so exactly that an
illustrator who never saw it draws the same thing: type, colours as hex values (primary, secondary, packaging), shape
and proportions, materials, surface, every word printed on it, the logo, and what sets it apart. In
prohibited_variations list what must never change. Describe only what the photos show."""

_AVATAR = """These are photos of one person{name}, who will appear in every scene of an ad. Describe the person so
exactly that every picture made from the words shows the same person: face, skin (with Fitzpatrick type), eyes, hair,
body, voice as one would cast it, wardrobe. In prohibited_drift say what must never change. Describe only what is
visible; do not identify anyone."""


def study_product(account: Account, model: Model, name: str, photos: list[Picture]) -> ProductDNA:
    """The product's DNA from its photos. Raises what ``text.ask`` raises."""
    found = text.ask(account, model, STUDY_PRODUCT, _PRODUCT.format(name=name), ProductDNA, photos)
    # The user knows what the product is called; a misread label must not rename it.
    return found.model_copy(update={"product_name": name})


def study_avatar(account: Account, model: Model, name: str, photos: list[Picture]) -> AvatarDNA:
    """The person's DNA from photos. Raises what ``text.ask`` raises."""
    called = f", called {name}" if name else ""
    return text.ask(account, model, STUDY_AVATAR, _AVATAR.format(name=called), AvatarDNA, photos)
