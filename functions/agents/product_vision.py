"""The product vision service: what a product looks like, in words that every later prompt carries.

The words and colours that were measured in the photos go to the model as hints, and its answer is held against them and
against what the user says: a person knows best how the product is called, then whoever read the letters one by one.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ugcgen.domain.product import ProductDNA
from ugcgen.domain.references import ProductPhoto
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.pricing import STUDY_PRODUCT

_TASK = """These are photos of one product, {name}, which will be advertised. Describe it so exactly that an
illustrator who never saw it draws the same thing: type, colours as hex values (primary, secondary, packaging), shape
and proportions, materials, surface, the logo, and what sets it apart. In branding_text give the words printed on it,
line by line, exactly as they are spelled. In prohibited_variations list what must never change. Describe only what the
photos show; where they differ, the earlier one is right.{hints}"""

ALIKE = 0.75
"""From this share of common letters on, two words are the same word, one of them misread."""


def study(account: Account, model: Model, name: str, brand: str, photos: Sequence[ProductPhoto]) -> ProductDNA:
    """The product's DNA from its photos. Raises what ``text.ask`` raises."""
    ordered = best_first(photos)
    pictures = [
        Picture(name=photo.image, sha256=photo.sha256, label=f"the product, photo {number}")
        for number, photo in enumerate(ordered, start=1)
    ]
    prompt = _TASK.format(name=name, hints=_hints(ordered))
    found = text.ask(account, model, STUDY_PRODUCT, prompt, ProductDNA, pictures)
    return checked(found, name, brand, read_on(ordered))


def best_first(photos: Iterable[ProductPhoto]) -> list[ProductPhoto]:
    """The photos with the most to see first: a model looks longest at what it is shown first."""
    return sorted(photos, key=lambda photo: -photo.sharpness * min(photo.width, photo.height))


def checked(found: ProductDNA, name: str, brand: str, read: Sequence[str]) -> ProductDNA:
    """The answer after it was held against what is known: the name is the user's, its words are spelled as the user
    spells them, and words that were read and are not in the answer are added to it."""
    said = f"{name} {brand}".split()
    lines = [" ".join(_spelled(word, said) for word in line.split()) for line in found.branding_text]
    missed = [word for word in read if not any(_alike(word, known) for line in lines for known in line.split())]
    return found.model_copy(update={"product_name": name, "branding_text": [*lines, *missed]})


def read_on(photos: Iterable[ProductPhoto]) -> list[str]:
    """The words read on the product, each once, in the order of the photos."""
    words: dict[str, str] = {}
    for photo in photos:
        for word in photo.words:
            words.setdefault(word.casefold(), word)
    return list(words.values())


def _hints(photos: Sequence[ProductPhoto]) -> str:
    words, colors = read_on(photos), photos[0].colors if photos else []
    hints = ""
    if words:
        hints += f"\nA reader of letters found these words on it, perhaps misread: {', '.join(words)}."
    if colors:
        hints += f"\nThe colours measured in the first photo, largest area first: {', '.join(colors)}."
    return hints


def _spelled(word: str, said: Sequence[str]) -> str:
    """The word as the user spells it, in the case in which it is printed."""
    near = [known for known in said if _alike(word, known)]
    if not near or word.casefold() in {known.casefold() for known in said}:
        return word
    best = max(near, key=lambda known: _likeness(word, known))
    return best.upper() if word.isupper() else best


def _alike(one: str, other: str) -> bool:
    return _likeness(one, other) >= ALIKE


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()
