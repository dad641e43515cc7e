"""The product that is advertised, and what must stay true about its looks."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from ugcgen.domain.dna import DNARecord
from ugcgen.domain.model import Document
from ugcgen.domain.references import ProductPhoto


class ProductColors(Document):
    primary: str
    secondary: str
    packaging: str


class ProductDNA(Document):
    product_type: str
    product_name: str
    colors: ProductColors
    shape: str
    materials: list[str] = Field(default_factory=list)
    texture: str = ""
    branding_text: list[str] = Field(default_factory=list)
    logo_description: str = ""
    distinctive_features: list[str] = Field(default_factory=list)
    prohibited_variations: list[str] = Field(default_factory=list)


Words = Annotated[str, Field(min_length=1, max_length=300)]
Lines = Annotated[list[Words], Field(max_length=20)]


class ProductColorsEdit(Document):
    primary: Words | None = None
    secondary: Words | None = None
    packaging: Words | None = None


class ProductDNAEdit(Document):
    """A product's DNA as somebody wants it; what is None stays as it was extracted. A list takes a list's place."""

    product_type: Words | None = None
    product_name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    colors: ProductColorsEdit | None = None
    shape: Words | None = None
    materials: Lines | None = None
    texture: Words | None = None
    branding_text: Lines | None = None
    logo_description: Words | None = None
    distinctive_features: Lines | None = None
    prohibited_variations: Lines | None = None


class ProductDNARecord(DNARecord[ProductDNA, ProductDNAEdit]):
    """A product's DNA with its edits and version."""

    edits: ProductDNAEdit = Field(default_factory=ProductDNAEdit)


class Product(Document):
    """A product document. ``photos`` is what was measured of ``images`` when the DNA was extracted; ``price`` is as it
    is shown to buyers."""

    id: str
    user_id: str
    name: str
    brand: str = ""
    description: str = ""
    price: str = ""
    url: str | None = None
    images: list[str] = Field(default_factory=list)
    photos: list[ProductPhoto] = Field(default_factory=list)
    dna: ProductDNARecord | None = None
    created_at: datetime
    updated_at: datetime
