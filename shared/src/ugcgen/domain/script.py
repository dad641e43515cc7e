"""The script: what is said and done in each scene, and how it is filmed."""

from pydantic import Field

from ugcgen.domain.consistency import FrameScore
from ugcgen.domain.enums import (
    CameraAngle,
    CameraMovement,
    ProductVisibility,
    SceneType,
    ShotType,
)
from ugcgen.domain.model import Document


class CameraSetup(Document):
    body: str = "iPhone 17 Pro Max"
    lens: str = "24mm main camera"
    shot_type: ShotType = ShotType.MEDIUM
    angle: CameraAngle = CameraAngle.EYE_LEVEL
    movement: CameraMovement = CameraMovement.HANDHELD
    focus: str = "face and product in focus, natural background blur"


class LightingSetup(Document):
    type: str = "natural window light"
    direction: str = "front_45"
    color_temp: str = "5200K"
    intensity: str = "soft"
    key_intensity: float = Field(default=0.8, ge=0, le=1)
    fill_intensity: float = Field(default=0.4, ge=0, le=1)
    rim: bool = False


class ScriptScene(Document):
    scene_number: int = Field(ge=1)
    scene_type: SceneType
    duration_seconds: float = Field(gt=0)
    dialogue: str
    action: str
    expression: str
    camera: CameraSetup = Field(default_factory=CameraSetup)
    lighting: LightingSetup = Field(default_factory=LightingSetup)
    product_visibility: ProductVisibility = ProductVisibility.PRIMARY
    product_action: str = ""
    audio_notes: str = ""


class Script(Document):
    title: str
    total_duration: float = Field(gt=0)
    scenes: list[ScriptScene] = Field(min_length=1)
    audio_direction: str = ""

    def scene(self, number: int) -> ScriptScene:
        return self.scenes[number - 1]


class Writing(Document):
    """How a script came about. ``violations`` are those of its first draft, which was then asked for again;
    ``put_right_by_rule`` are those that were left. JSON is repaired where that takes no guess, else asked for again."""

    json_repairs: int = 0
    json_retries: int = 0
    violations: list[str] = Field(default_factory=list)
    put_right_by_rule: list[str] = Field(default_factory=list)

    def __add__(self, later: "Writing") -> "Writing":
        return Writing(
            json_repairs=self.json_repairs + later.json_repairs,
            json_retries=self.json_retries + later.json_retries,
            violations=self.violations + later.violations,
            put_right_by_rule=self.put_right_by_rule + later.put_right_by_rule,
        )


class StoryboardVariant(Document):
    """One drawn frame: the object it is stored under and what it scored (0 to 1; None where nothing was compared).

    ``likeness`` is all that is known of it.
    """

    image: str
    sha256: str
    take: int
    score: float | None = None
    reason: str = ""
    likeness: FrameScore | None = None


class StoryboardFrame(Document):
    """The frames drawn for a scene, best first."""

    scene_number: int
    variants: list[StoryboardVariant] = Field(default_factory=list, max_length=4)
    chosen: int = 0
    consistency_score: float | None = None

    @property
    def image(self) -> str:
        return self.variants[self.chosen].image


class VideoScene(Document):
    scene_number: int
    video_url: str
    first_frame_url: str | None = None
    last_frame_url: str | None = None
    consistency_score: float | None = None
