"""The product that is advertised, and what must stay true about its looks."""

from pydantic import Field

from ugcgen.domain.model import Document


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
