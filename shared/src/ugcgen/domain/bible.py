"""The production bible: everything that has to be the same in every scene of one job, in eight components."""

from pydantic import Field

from ugcgen.domain.enums import (
    AspectRatio,
    CameraAngle,
    CameraMovement,
    Pacing,
    Platform,
    SceneType,
    ShotType,
    VideoStyle,
)
from ugcgen.domain.model import Document
from ugcgen.domain.people import AvatarDNA, Character
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.script import CameraSetup, LightingSetup


class StyleConfig(Document):
    """What the user chose. ``setting`` is the place of every scene; ``duration_seconds`` is that of the whole ad."""

    platform: Platform
    duration_seconds: float = Field(gt=0)
    style: VideoStyle
    tone: str
    pacing: Pacing = Pacing.NATURAL
    setting: str
    aspect_ratio: AspectRatio


class Strategy(Document):
    """How the ad is going to persuade. ``key_selling_points`` are of the user's own, weightiest first."""

    hook_strategy: str
    pain_point: str
    key_selling_points: list[str]
    emotional_journey: str
    cta_approach: str


class CreativeBrief(Strategy):
    """The user's own words, and the strategy that was made of them."""

    prompt: str
    selling_points: list[str] = Field(default_factory=list)


class Shot(Document):
    shot_type: ShotType = ShotType.MEDIUM
    angle: CameraAngle = CameraAngle.EYE_LEVEL
    movement: CameraMovement = CameraMovement.HANDHELD


_PLAIN = CameraSetup()


class CameraLanguage(Document):
    """One camera for the whole ad, and the shot that each type of scene is usually filmed in."""

    body: str = _PLAIN.body
    lens: str = _PLAIN.lens
    focus: str = _PLAIN.focus
    default: Shot = Field(default_factory=Shot)
    by_scene_type: dict[SceneType, Shot] = Field(default_factory=dict)

    def shot(self, scene_type: SceneType) -> Shot:
        return self.by_scene_type.get(scene_type, self.default)


class RealismRules(Document):
    skin: str = "Visible pores, micro-imperfections, natural sebaceous activity, fine vellus hair"
    face: str = "Natural asymmetry, one eyebrow slightly higher, natural tooth variation"
    hands: str = "Correct finger count, natural proportions, visible veins and tendons"
    environment: str = "Natural window light, subtle shadows, authentic room details"
    product_fidelity: str = "Exact label text, correct colours, accurate proportions, real reflections"
    text_overlays: str = "No text in the picture except what is printed on the product, legible and correctly spelled"


class MasterPrompt(Document):
    """What every prompt of the job says in the same words: its blocks, but for those of one scene alone."""

    realism_header: str = ""
    character_dna: str = ""
    environment: str = ""
    skin_realism: str = ""
    consistency_lock: str = ""
    negative_prompt: str = ""


class ProductionBible(Document):
    product_name: str
    product_dna: ProductDNA
    avatar_dna: AvatarDNA | None
    character: Character | None = None
    style: StyleConfig
    creative_brief: CreativeBrief
    camera: CameraLanguage = Field(default_factory=CameraLanguage)
    lighting: LightingSetup = Field(default_factory=LightingSetup)
    realism: RealismRules = Field(default_factory=RealismRules)
    master_prompt: MasterPrompt = Field(default_factory=MasterPrompt)
