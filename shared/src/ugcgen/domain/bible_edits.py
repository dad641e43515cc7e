"""What a person changes in a production bible, component by component. What is None stays as it was assembled."""

from pydantic import Field

from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.enums import CameraAngle, CameraMovement, Pacing, SceneType, ShotType, VideoStyle
from ugcgen.domain.model import Document
from ugcgen.domain.patch import laid_over
from ugcgen.domain.people import AvatarDNAEdit, detailed_dna
from ugcgen.domain.product import Lines, ProductDNAEdit, Words


class StyleEdit(Document):
    """Platform, length and ratio are the outline's, which is priced; another one is another job."""

    style: VideoStyle | None = None
    tone: str | None = Field(default=None, min_length=1, max_length=200)
    pacing: Pacing | None = None


class CreativeBriefEdit(Document):
    prompt: str | None = Field(default=None, min_length=1, max_length=4000)
    selling_points: Lines | None = None
    hook_strategy: Words | None = None
    pain_point: Words | None = None
    key_selling_points: Lines | None = None
    emotional_journey: Words | None = None
    cta_approach: Words | None = None


class ShotEdit(Document):
    shot_type: ShotType | None = None
    angle: CameraAngle | None = None
    movement: CameraMovement | None = None


class EquipmentEdit(Document):
    body: str | None = Field(default=None, max_length=120)
    lens: str | None = Field(default=None, max_length=120)
    focus: str | None = Field(default=None, max_length=200)


class CameraEdit(ShotEdit, EquipmentEdit):
    """The camera of one scene."""


class CameraLanguageEdit(EquipmentEdit):
    """The camera of all scenes. ``default`` is the shot of every scene, but for a type that has one of its own."""

    default: ShotEdit | None = None
    by_scene_type: dict[SceneType, ShotEdit] = Field(default_factory=dict)

    def of(self, scene_type: SceneType) -> list[Document]:
        """What it changes in a scene of that type, the weightiest last."""
        edits = [EquipmentEdit(body=self.body, lens=self.lens, focus=self.focus), self.default]
        return [edit for edit in (*edits, self.by_scene_type.get(scene_type)) if edit is not None]


class LightingEdit(Document):
    type: str | None = Field(default=None, max_length=200)
    direction: str | None = Field(default=None, max_length=80)
    color_temp: str | None = Field(default=None, max_length=40)
    intensity: str | None = Field(default=None, max_length=80)
    key_intensity: float | None = Field(default=None, ge=0, le=1)
    fill_intensity: float | None = Field(default=None, ge=0, le=1)
    rim: bool | None = None


class RealismEdit(Document):
    skin: Words | None = None
    face: Words | None = None
    hands: Words | None = None
    environment: Words | None = None
    product_fidelity: Words | None = None
    text_overlays: Words | None = None


class MasterPromptEdit(Document):
    """A block in words of one's own, in place of what is assembled from the other components."""

    realism_header: str | None = Field(default=None, min_length=1, max_length=1000)
    character_dna: str | None = Field(default=None, min_length=1, max_length=2000)
    environment: str | None = Field(default=None, min_length=1, max_length=1000)
    skin_realism: str | None = Field(default=None, min_length=1, max_length=1500)
    consistency_lock: str | None = Field(default=None, min_length=1, max_length=2000)
    negative_prompt: str | None = Field(default=None, min_length=1, max_length=1500)


_AS_A_WHOLE = ("product_dna", "avatar_dna", "style", "creative_brief", "camera", "lighting", "realism")


class BibleEdit(Document):
    """Edits of every component. ``setting`` is the style's place, apart because it changes no word of the script.

    A scene that was given a camera or a light of its own keeps it.
    """

    product_dna: ProductDNAEdit | None = None
    avatar_dna: AvatarDNAEdit | None = None
    style: StyleEdit | None = None
    setting: str | None = Field(default=None, min_length=1, max_length=300)
    creative_brief: CreativeBriefEdit | None = None
    camera: CameraLanguageEdit | None = None
    lighting: LightingEdit | None = None
    realism: RealismEdit | None = None
    master_prompt: MasterPromptEdit | None = None

    @property
    def of_script(self) -> "BibleEdit":
        """What the script is written from."""
        return BibleEdit(style=self.style, creative_brief=self.creative_brief)

    @property
    def of_prompts(self) -> "BibleEdit":
        """What the scenes' prompts are composed from."""
        return self.model_copy(update={"creative_brief": None})

    def over(self, assembled: ProductionBible) -> ProductionBible:
        """The bible with these edits, but for its master prompt, which is assembled from the others anew."""
        edited = {
            name: laid_over(getattr(assembled, name), getattr(self, name))
            for name in _AS_A_WHOLE
            if getattr(assembled, name) is not None
        }
        if self.setting is not None:
            edited["style"] = edited["style"].model_copy(update={"setting": self.setting})
        if assembled.character is not None and "avatar_dna" in edited:
            text = detailed_dna(assembled.character.unique_identifier, edited["avatar_dna"])
            edited["character"] = assembled.character.model_copy(update={"detailed_dna": text})
        return assembled.model_copy(update=edited)
