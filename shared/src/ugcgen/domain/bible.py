"""The production bible: everything that has to be the same in every scene of one job."""

from pydantic import Field

from ugcgen.domain.enums import AspectRatio, Platform, VideoStyle
from ugcgen.domain.model import Document
from ugcgen.domain.people import AvatarDNA, Character
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.script import CameraSetup, LightingSetup


class StyleConfig(Document):
    platform: Platform
    style: VideoStyle
    tone: str
    setting: str
    aspect_ratio: AspectRatio


class CreativeBrief(Document):
    prompt: str
    selling_points: list[str] = Field(default_factory=list)


class RealismRules(Document):
    skin: str = (
        "Visible pores across nose, cheeks and forehead, micro-imperfections, faint redness, fine vellus hair, "
        "natural sheen on the T-zone; no porcelain, plastic or airbrushed skin"
    )
    face: str = "Natural asymmetry, one eyebrow slightly higher, natural tooth variation, individual eyebrow hairs"
    hands: str = "Five fingers on each hand, natural proportions, visible knuckles"
    environment: str = "Natural light, subtle shadows, authentic and slightly untidy room details"
    product_fidelity: str = "Exact label text, correct colours, accurate proportions, real reflections"
    text_overlays: str = "No text in the picture except what is printed on the product"


class ProductionBible(Document):
    product_name: str
    product_dna: ProductDNA
    avatar_dna: AvatarDNA | None
    character: Character | None = None
    style: StyleConfig
    creative_brief: CreativeBrief
    camera: CameraSetup = Field(default_factory=CameraSetup)
    lighting: LightingSetup = Field(default_factory=LightingSetup)
    realism: RealismRules = Field(default_factory=RealismRules)
