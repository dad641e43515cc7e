"""Product page import: the address of a shop's page becomes what it says of its product, and photos to choose from."""

import hashlib

from pydantic import Field

from api.caller import Caller
from api.operation import Effort, operation
from api.product_page import ProductFacts, decoded, facts_of
from api.uploads import MAX_BYTES, normalised
from ugcgen.cloud import safe_http, storage
from ugcgen.domain.errors import InvalidInput, UgcgenError
from ugcgen.domain.model import Document

MOST_PAGE_BYTES = 4 * 1024 * 1024
LONGEST_SECONDS = 12.0
_PAGES = ("text/html", "application/xhtml+xml")


class ImportPage(Document):
    url: str = Field(max_length=safe_http.LONGEST_URL)


class ImportedPage(Document):
    """``url`` is where the page was found in the end."""

    url: str
    product: ProductFacts


class ImportPhoto(Document):
    url: str = Field(max_length=safe_http.LONGEST_URL)


class ImportedPhoto(Document):
    """``object`` is what later requests name, as that of an upload; ``url`` shows it for a while."""

    object: str
    url: str


@operation("POST", "/products/import", effort=Effort.COSTLY)
def import_product_page(caller: Caller, request: ImportPage) -> ImportedPage:
    """What a shop's page says of its product, by schema.org and Open Graph. Nothing is stored. Raises InvalidInput."""
    found = _fetched(request.url, ", ".join(_PAGES), MOST_PAGE_BYTES)
    kind = found.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        raise InvalidInput("there is no web page at this address; copy the address of the product's page", "url")
    product = facts_of(decoded(found.body, kind), found.url)
    if not product.name and not product.photos:
        raise InvalidInput("the page names no product and no photo; enter them yourself", "url")
    return ImportedPage(url=found.url, product=product)


@operation("POST", "/products/import-photo", effort=Effort.COSTLY)
def import_photo(caller: Caller, request: ImportPhoto) -> ImportedPhoto:
    """Take over a photo that a page named, checked as an upload is. Raises InvalidInput."""
    found = _fetched(request.url, "image/jpeg, image/png, image/webp", MAX_BYTES)
    clean = normalised(found.body, "url")
    name = storage.pinned_name(caller.uid, hashlib.sha256(clean).hexdigest(), "jpg")
    storage.put_once(name, clean, "image/jpeg")
    return ImportedPhoto(object=name, url=storage.signed_url(name))


def _fetched(url: str, accept: str, most: int) -> safe_http.Fetched:
    try:
        found = safe_http.fetch(url, accept, most, LONGEST_SECONDS)
    except UgcgenError as wrong:
        raise InvalidInput(f"the address cannot be read: {wrong}", "url") from wrong
    if found.status != 200:
        raise InvalidInput(f"the address answers {found.status}; open it in a browser and copy it from there", "url")
    return found
