"""The brief: what a person asks for, as written in a YAML file or sent by a client."""

from pydantic import Field, model_validator

from ugcgen.domain.cut import Cut
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import (
    AspectRatio,
    BackgroundSetting,
    LightingPreset,
    Music,
    Pacing,
    PipelineStep,
    Platform,
    Quality,
    SceneJoin,
    SceneType,
    SpeechMode,
    VideoStyle,
    Voiceover,
)
from ugcgen.domain.model import Document, Value
from ugcgen.domain.unit import UnitKey
from ugcgen.domain.voice import VoiceConfig

MAX_SCENES = 20

LABELS_ADS = frozenset({Platform.INSTAGRAM_REELS, Platform.TIKTOK, Platform.YOUTUBE_SHORTS, Platform.YOUTUBE})
"""Platforms that put a label of their own on what was made with AI, so that a film for them may do without its own."""


class SceneWish(Document):
    """One scene that the brief fixes: how long it is, what it is for, how it starts."""

    seconds: float = Field(gt=0, le=60)
    scene_type: SceneType | None = None
    note: str = Field(default="", max_length=500)
    join: SceneJoin | None = None


class ModelChoice(Document):
    """Models the user prefers, by role; None takes the catalog's choice for the quality."""

    text: str | None = None
    image: str | None = None
    video: str | None = None
    speech: str | None = None


class Brief(Document):
    """A request for one ad. Durations are seconds; ``wpm`` limits how much is said, ``variants`` is how many
    frames are drawn of each scene to choose from."""

    product_name: str = Field(min_length=1, max_length=120)
    prompt: str = Field(min_length=1, max_length=4000)
    brand: str = Field(default="", max_length=120)
    selling_points: list[str] = Field(default_factory=list, max_length=12)
    avatar_name: str = Field(default="", max_length=80)
    platform: Platform = Platform.INSTAGRAM_REELS
    style: VideoStyle = VideoStyle.TESTIMONIAL
    tone: str = Field(default="warm, conversational", max_length=200)
    pacing: Pacing = Pacing.NATURAL
    background: BackgroundSetting = BackgroundSetting.MODERN_BEDROOM
    background_note: str = Field(default="", max_length=300)
    lighting: LightingPreset = LightingPreset.NATURAL
    language: str = Field(default="en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    voice: VoiceConfig = VoiceConfig()
    speech: SpeechMode = SpeechMode.VOICEOVER
    voiceover: Voiceover = Voiceover.PER_SCENE
    aspect_ratio: AspectRatio = AspectRatio.PORTRAIT
    quality: Quality = Quality.STANDARD
    total_seconds: float | None = Field(default=None, gt=0, le=180)
    scenes: list[SceneWish] | None = Field(default=None, min_length=1, max_length=MAX_SCENES)
    max_scene_duration: int = Field(default=8, ge=1, le=60)
    variants: int = Field(default=2, ge=2, le=4)
    words_per_minute: int = Field(default=150, ge=60, le=240)
    join: SceneJoin = SceneJoin.CUT
    transition: TransitionKind = TransitionKind.CROSSFADE
    music: Music = Music.NONE
    cut: Cut = Cut()
    models: ModelChoice = Field(default_factory=ModelChoice)

    @model_validator(mode="after")
    def _length_is_said_once(self) -> "Brief":
        if self.scenes is not None and self.total_seconds is not None:
            planned = sum(scene.seconds for scene in self.scenes)
            if abs(planned - self.total_seconds) > 0.01:
                raise ValueError(
                    f"total_seconds is {self.total_seconds:g} but the scenes add up to {planned:g}; keep one of the two"
                )
        return self

    @model_validator(mode="after")
    def _somebody_says_it_was_made_with_ai(self) -> "Brief":
        if not self.cut.disclosure.shown and self.platform not in LABELS_ADS:
            raise ValueError(
                f"cut.disclosure is off, and {self.platform} has no label of its own for what was made with AI; "
                f"leave it on, or name one of {', '.join(sorted(LABELS_ADS))} as the platform"
            )
        return self

    def voice_unit(self, scene_number: int) -> UnitKey:
        """The unit that speaks a scene: one for each, or one for all of them."""
        own = scene_number if self.voiceover is Voiceover.PER_SCENE else None
        return UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=own)


class ClipLimits(Value):
    """What a video model can make, in seconds. ``lengths`` are the clip lengths it offers, shortest first.

    ``extension_lengths`` is empty for a model that cannot extend; ``longest`` is the longest video after extensions.
    """

    model: str
    lengths: tuple[float, ...]
    extension_lengths: tuple[float, ...] = ()
    longest: float


class PlannedScene(Document):
    """A scene of the outline: everything about it that is known, and priced, before the script is written.

    ``clip_seconds`` is what the first clip is asked for and ``extension_seconds`` what extensions must add; both
    are durations the chosen video model can make, so their sum may exceed ``seconds`` and is trimmed in the cut.
    """

    scene_number: int
    scene_type: SceneType
    seconds: float
    clip_seconds: float
    extension_seconds: float = 0
    join: SceneJoin = SceneJoin.CUT
    transition: TransitionKind = TransitionKind.CUT
    max_words: int
    note: str = ""

    @property
    def is_extended(self) -> bool:
        return self.extension_seconds > 0
