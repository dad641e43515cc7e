"""The edit document: which part of which clip is shown when, how scenes join, what is heard and written over them.

Lengths are whole frames of the film, so that the film's length is plain arithmetic. Only a place inside a source clip
is in seconds, because a source clip has a frame rate of its own.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from ugcgen.domain.captions import Caption, CaptionStyle
from ugcgen.domain.enums import Platform, Quality
from ugcgen.domain.look import Look
from ugcgen.domain.model import Value
from ugcgen.domain.output import Disclosure
from ugcgen.domain.sound import AUDIO_RATE, SoundPlan

EvenPixels = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]


class TransitionKind(StrEnum):
    """How one scene gives way to the next."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    CROSSFADE = "crossfade"
    FADE = "fade"
    DIP_TO_BLACK = "dip_to_black"
    DIP_TO_WHITE = "dip_to_white"
    WHIP = "whip"
    WHIP_RIGHT = "whip_right"
    ZOOM = "zoom"
    ZOOM_OUT = "zoom_out"
    SLIDE_LEFT = "slide_left"
    SLIDE_RIGHT = "slide_right"
    SLIDE_UP = "slide_up"
    SLIDE_DOWN = "slide_down"
    WIPE_LEFT = "wipe_left"
    WIPE_RIGHT = "wipe_right"
    WIPE_UP = "wipe_up"
    WIPE_DOWN = "wipe_down"
    SMOOTH_LEFT = "smooth_left"
    SMOOTH_RIGHT = "smooth_right"
    CIRCLE_OPEN = "circle_open"
    CIRCLE_CLOSE = "circle_close"
    RADIAL = "radial"
    PIXELIZE = "pixelize"

    @property
    def seconds(self) -> float:
        """How long this kind lasts unless the edit says otherwise."""
        return _USUAL_SECONDS.get(self, 0.5)


_USUAL_SECONDS = {
    TransitionKind.CUT: 0.0,
    TransitionKind.CROSSFADE: 0.8,
    TransitionKind.WHIP: 0.2,
    TransitionKind.WHIP_RIGHT: 0.2,
    TransitionKind.ZOOM: 0.2,
    TransitionKind.ZOOM_OUT: 0.2,
}


class Crop(Value):
    """What is cut off a clip's picture on each side, as shares of its width or height; what is left fills the film."""

    left: float = Field(default=0.0, ge=0, le=0.9)
    top: float = Field(default=0.0, ge=0, le=0.9)
    right: float = Field(default=0.0, ge=0, le=0.9)
    bottom: float = Field(default=0.0, ge=0, le=0.9)

    @model_validator(mode="after")
    def _leaves_something(self) -> Self:
        if self.left + self.right > 0.9 or self.top + self.bottom > 0.9:
            raise ValueError("the crop leaves less than a tenth of the picture; cut off less")
        return self


class SceneCut(Value):
    """One scene as the film shows it: `frames` frames of `clip` from `trim_start` seconds on, at `speed`.

    `clip` and `voice` are names of stored objects. `text` is what is spoken, and so what the captions show.
    `clip_volume` scales the clip's own sound; 0 leaves it out. `fade_in` and `fade_out` are frames over which picture
    and sound come from nothing and go to nothing.
    """

    scene_number: int = Field(ge=1)
    clip: str = Field(min_length=1)
    trim_start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    frames: int = Field(ge=1)
    speed: float = Field(default=1.0, ge=0.25, le=4)
    crop: Crop = Crop()
    fade_in: int = Field(default=0, ge=0)
    fade_out: int = Field(default=0, ge=0)
    voice: str | None = None
    text: str = ""
    clip_volume: float = Field(default=1.0, ge=0, le=4)


class Join(Value):
    """The transition between two neighbours, which overlap by `frames`. A cut overlaps by none, all others by some."""

    kind: TransitionKind = TransitionKind.CUT
    frames: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _only_a_cut_is_instant(self) -> Self:
        if (self.kind is TransitionKind.CUT) != (self.frames == 0):
            raise ValueError(f"a {self.kind} of {self.frames} frames: only a cut has 0 frames, and it has no others")
        return self

    @classmethod
    def usual(cls, kind: TransitionKind, fps: int) -> Self:
        """A transition of this kind with its usual length at `fps` frames a second."""
        return cls(kind=kind, frames=round(kind.seconds * fps))


class Edit(Value):
    """A whole film."""

    width: EvenPixels = 1080
    height: EvenPixels = 1920
    fps: int = Field(default=24, ge=1, le=60)
    quality: Quality = Quality.STANDARD
    scenes: list[SceneCut] = Field(min_length=1)
    joins: list[Join] = Field(default_factory=list)
    captions: CaptionStyle = CaptionStyle()
    lines: tuple[Caption, ...] | None = None
    """Captions in place of those made from the spoken words."""
    language: str = "en"
    """What is spoken and written, as in the brief: some scripts are set differently in different languages."""
    sound: SoundPlan = SoundPlan()
    look: Look = Look.plain()
    disclosure: Disclosure = Disclosure(shown=False)
    platform: Platform = Platform.GENERAL
    """Where the film will be shown, and so what is drawn over its picture there."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if AUDIO_RATE % self.fps:
            raise ValueError(f"{self.fps} frames a second do not divide {AUDIO_RATE} samples; use 24, 25, 30 or 60")
        if len(self.joins) != len(self.scenes) - 1:
            raise ValueError(f"{len(self.scenes)} scenes need {len(self.scenes) - 1} joins, not {len(self.joins)}")
        for (before, after), scene in zip(self.overlaps(), self.scenes, strict=True):
            if scene.fade_in + scene.fade_out > scene.frames:
                raise ValueError(
                    f"scene {scene.scene_number} has {scene.frames} frames, fewer than it fades "
                    f"({scene.fade_in} in and {scene.fade_out} out); lengthen it or fade less"
                )
            if before + after > scene.frames:
                raise ValueError(
                    f"scene {scene.scene_number} has {scene.frames} frames, "
                    f"fewer than its transitions need ({before} before and {after} after); lengthen it or shorten them"
                )
        return self

    def overlaps(self) -> Iterator[tuple[int, int]]:
        """For each scene, how many of its frames it shares with the scene before and with the scene after."""
        return pairwise([0, *(join.frames for join in self.joins), 0])

    @property
    def frames(self) -> int:
        """Length of the film in frames."""
        return sum(scene.frames for scene in self.scenes) - sum(join.frames for join in self.joins)

    @property
    def samples_per_frame(self) -> int:
        """Samples of sound to each frame; always whole."""
        return AUDIO_RATE // self.fps
