"""Products: what a user advertises, with photos and the Product DNA that was extracted from them."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from agents import reference_validation
from api import asking, small
from api.caller import Caller
from api.deletion import remove_objects_of
from api.operation import Effort, operation
from api.paging import PageRequest, page
from api.shelf import ID, Shelf
from api.uploads import pin
from ugcgen.cloud import firestore, postprod, storage
from ugcgen.cloud.clock import now
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document
from ugcgen.domain.product import Product, ProductDNA, ProductDNAEdit, ProductDNARecord
from ugcgen.domain.references import InspectPhotos, ProductPhoto
from ugcgen.models.catalog import Role

PRODUCTS = Shelf(Product, "products", "product")
MOST_PHOTOS = 10


class ProductRequest(Document):
    product_id: str = Field(pattern=ID)


class CreateProduct(Document):
    """``images`` name uploads, the best first. ``dna`` is what was extracted from them before, or somebody's own
    words."""

    name: str = Field(min_length=1, max_length=120)
    brand: str = Field(default="", max_length=120)
    description: str = Field(default="", max_length=2000)
    price: str = Field(default="", max_length=60)
    url: str | None = Field(default=None, max_length=2000, pattern=r"^https?://")
    images: list[str] = Field(default_factory=list, max_length=MOST_PHOTOS)
    dna: ProductDNA | None = None


class UpdateProduct(ProductRequest):
    """What is left out stays as it is. ``images`` take the place of all; of ``dna``, which is kept apart from what was
    extracted, None takes an edit back."""

    name: str | None = Field(default=None, min_length=1, max_length=120)
    brand: str | None = Field(default=None, max_length=120)
    description: str | None = Field(default=None, max_length=2000)
    price: str | None = Field(default=None, max_length=60)
    url: str | None = Field(default=None, max_length=2000, pattern=r"^https?://")
    images: list[str] | None = Field(default=None, max_length=MOST_PHOTOS)
    dna: ProductDNAEdit | None = None


class ProductAnswer(Document):
    """A product, and addresses under which its photos can be read for a while."""

    product: Product
    media: dict[str, str]


class ProductCard(Document):
    """What a list shows of a product."""

    product_id: str
    name: str
    brand: str
    images: int
    has_dna: bool
    thumbnail: str | None
    created_at: datetime


class ProductList(Document):
    products: list[ProductCard]
    next_cursor: str | None = None


class AnalyzeProduct(Document):
    """``images`` name uploads, all of one product."""

    name: str = Field(min_length=1, max_length=120)
    brand: str = Field(default="", max_length=120)
    images: list[str] = Field(min_length=1, max_length=MOST_PHOTOS)


class AnalyzedProduct(Document):
    """``photos`` name the pictures as they are kept from now on; ``advice`` says what to take again of those that are
    not good."""

    dna: ProductDNA
    photos: list[ProductPhoto]
    advice: dict[str, str]


@operation("GET", "/products")
def list_products(caller: Caller, request: PageRequest) -> ProductList:
    """The caller's products, newest first, a page at a time."""
    found, cursor = page(PRODUCTS.of(caller.uid), "created_at", request)
    products = [Product.model_validate(seen.to_dict()) for seen in found]
    thumbnails = small.addresses([product.images[0] for product in products if product.images], small.CARD)
    return ProductList(products=[_card(product, thumbnails) for product in products], next_cursor=cursor)


@operation("POST", "/products")
def create_product(caller: Caller, request: CreateProduct) -> ProductAnswer:
    """Keep a product with its photos. Raises InvalidInput for a file that is no picture."""
    moment = now()
    product = Product(
        id=uuid.uuid4().hex[:20],
        user_id=caller.uid,
        images=_pinned(caller, request.images),
        dna=ProductDNARecord(extracted=request.dna) if request.dna else None,
        created_at=moment,
        updated_at=moment,
        **request.model_dump(include={"name", "brand", "description", "price", "url"}),
    )
    return _answer(PRODUCTS.create(product.id, product))


@operation("GET", "/products/{product_id}")
def get_product(caller: Caller, request: ProductRequest) -> ProductAnswer:
    """One product with its DNA. Raises NotFound."""
    return _answer(PRODUCTS.owned(caller.uid, request.product_id))


@operation("PATCH", "/products/{product_id}")
def update_product(caller: Caller, request: UpdateProduct) -> ProductAnswer:
    """Change a product or correct its DNA. Raises NotFound for one that is not the caller's, InvalidInput for an edit
    of DNA that is not there yet."""
    before = PRODUCTS.owned(caller.uid, request.product_id)
    patch = request.model_dump(exclude_unset=True, exclude={"product_id"})
    edit = patch.pop("dna", None)
    changes = {name: value for name, value in patch.items() if name == "url" or value is not None}
    if request.images is not None:
        changes["images"] = _pinned(caller, request.images)

    def to(product: Product) -> Product:
        return _edited(product.model_copy(update=changes), edit)

    changed = PRODUCTS.change(caller.uid, request.product_id, to)
    remove_objects_of(caller.uid, [image for image in before.images if image not in changed.images])
    return _answer(changed)


@operation("DELETE", "/products/{product_id}")
def delete_product(caller: Caller, request: ProductRequest) -> ProductRequest:
    """Forget a product. Photos that a job still uses stay. Raises NotFound for one that is not the caller's."""
    product = PRODUCTS.owned(caller.uid, request.product_id)
    PRODUCTS.delete(product.id)
    remove_objects_of(caller.uid, firestore.to_document(product))
    return request


@operation("POST", "/products/{product_id}/extract-dna", effort=Effort.COSTLY)
def extract_product_dna(caller: Caller, request: ProductRequest) -> ProductAnswer:
    """Extract a product's DNA from its photos anew; what somebody corrected stays corrected. Raises NotFound,
    InvalidInput for a product without photos, OverBudget where the day's allowance does not hold it."""
    product = PRODUCTS.owned(caller.uid, request.product_id)
    if not product.images:
        raise InvalidInput("the product has no photos; add one in which its label can be read first", field="images")
    dna, photos = _studied(caller, product.name, product.brand, product.images)

    def to(stored: Product) -> Product:
        record = stored.dna.extracted_again(dna) if stored.dna else ProductDNARecord(extracted=dna)
        known = [photo for photo in photos if photo.image in stored.images]
        return stored.model_copy(update={"photos": known, "dna": record})

    return _answer(PRODUCTS.change(caller.uid, product.id, to))


@operation("POST", "/mass-generator/analyze-product", effort=Effort.COSTLY)
def analyze_product(caller: Caller, request: AnalyzeProduct) -> AnalyzedProduct:
    """The DNA of a product, to look over before it is kept. Raises InvalidInput for a file that is no picture,
    OverBudget where the day's allowance does not hold it."""
    dna, photos = _studied(caller, request.name, request.brand, _pinned(caller, request.images))
    advice = {photo.image: said for photo in photos if (said := reference_validation.advice_on_product(photo))}
    return AnalyzedProduct(dna=dna, photos=photos, advice=advice)


def _studied(caller: Caller, name: str, brand: str, images: list[str]) -> tuple[ProductDNA, list[ProductPhoto]]:
    from agents import study  # noqa: PLC0415 - the other operations need no model SDK

    photos = postprod.inspect_photos(InspectPhotos(user_id=caller.uid, products=images)).product_photos
    return study.product(asking.account(caller), asking.models(Role.VISION), name, brand, photos), photos


def _edited(product: Product, patch: dict[str, Any] | None) -> Product:
    left = [photo for photo in product.photos if photo.image in product.images]
    if patch is None:
        return product.model_copy(update={"photos": left})
    if product.dna is None:
        raise InvalidInput("the product has no DNA to edit yet; extract it from its photos first", field="dna")
    return product.model_copy(update={"photos": left, "dna": product.dna.edited(patch)})


def _answer(product: Product) -> ProductAnswer:
    return ProductAnswer(product=product, media={name: storage.signed_url(name) for name in product.images})


def _card(product: Product, thumbnails: Mapping[str, str]) -> ProductCard:
    return ProductCard(
        product_id=product.id,
        images=len(product.images),
        has_dna=product.dna is not None,
        thumbnail=thumbnails[product.images[0]] if product.images else None,
        **product.model_dump(include={"name", "brand", "created_at"}),
    )


def _pinned(caller: Caller, images: list[str]) -> list[str]:
    """Each photo once, checked and under its content."""
    return [*dict.fromkeys(pin(caller.uid, name, f"images.{i}") for i, name in enumerate(images))]
