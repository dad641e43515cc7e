"""The edit document: which part of which clip is shown when, how scenes join, what is heard and written over them.

Lengths are whole frames of the film, so that the film's length is plain arithmetic. Only a place inside a source clip
is in seconds, because a source clip has a frame rate of its own.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ugcgen.domain.enums import Music

AUDIO_RATE = 48_000
"""Samples a second of every film's sound."""

HexColor = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
EvenPixels = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]


class TransitionKind(StrEnum):
    """How one scene gives way to the next."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    CROSSFADE = "crossfade"
    DIP_TO_BLACK = "dip_to_black"
    WHIP = "whip"
    ZOOM = "zoom"
    FADE = "fade"
    SLIDE_LEFT = "slide_left"
    SLIDE_RIGHT = "slide_right"
    SLIDE_UP = "slide_up"
    SLIDE_DOWN = "slide_down"
    WIPE_LEFT = "wipe_left"
    WIPE_RIGHT = "wipe_right"
    WIPE_UP = "wipe_up"
    WIPE_DOWN = "wipe_down"

    @property
    def seconds(self) -> float:
        """How long this kind lasts unless the edit says otherwise."""
        return _USUAL_SECONDS.get(self, 0.5)


_USUAL_SECONDS = {
    TransitionKind.CUT: 0.0,
    TransitionKind.CROSSFADE: 0.8,
    TransitionKind.WHIP: 0.2,
    TransitionKind.ZOOM: 0.2,
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SceneCut(_Part):
    """One scene as the film shows it: `frames` frames of `clip` from `trim_start` seconds on.

    `clip` and `voice` are names of stored objects. `text` is what is spoken, and so what the captions show.
    `clip_volume` scales the clip's own sound; 0 leaves it out.
    """

    scene_number: int = Field(ge=1)
    clip: str = Field(min_length=1)
    trim_start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    frames: int = Field(ge=1)
    voice: str | None = None
    text: str = ""
    clip_volume: float = Field(default=1.0, ge=0, le=4)


class Join(_Part):
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


class CaptionStyle(_Part):
    """How spoken words are written over the picture. Sizes are shares of the picture's height or width."""

    shown: bool = True
    color: HexColor = "#FFFFFF"
    highlight: HexColor = "#FFDD33"
    outline: HexColor = "#111111"
    text_height: float = Field(default=0.058, gt=0.01, le=0.12)
    text_width: float = Field(default=0.78, ge=0.3, le=0.9)
    bottom: float = Field(default=0.74, ge=0.3, le=0.75)
    """Where the text's lower edge lies, from the top; what TikTok and Reels draw over the picture begins below 0.75."""
    max_words: int = Field(default=4, ge=1, le=8)
    max_characters: int = Field(default=22, ge=8, le=60)


class SoundPlan(_Part):
    """How the voices, the clips' own sound and the music are mixed."""

    voice_lead: int = Field(default=4, ge=0)
    """Frames between a scene's start and its voice."""
    duck_ratio: float = Field(default=8.0, ge=1, le=20)
    """Compression of the clips' own sound and of the music while a voice speaks; 1 leaves them alone."""
    music: Music = Music.NONE
    music_volume: float = Field(default=0.3, gt=0, le=1)
    loudness_lufs: float = Field(default=-14.0, ge=-30, le=-6)
    true_peak_dbtp: float = Field(default=-1.0, ge=-9, le=0)


class Edit(_Part):
    """A whole film."""

    width: EvenPixels = 1080
    height: EvenPixels = 1920
    fps: int = Field(default=24, ge=1, le=60)
    scenes: list[SceneCut] = Field(min_length=1)
    joins: list[Join] = Field(default_factory=list)
    captions: CaptionStyle = CaptionStyle()
    sound: SoundPlan = SoundPlan()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if AUDIO_RATE % self.fps:
            raise ValueError(f"{self.fps} frames a second do not divide {AUDIO_RATE} samples; use 24, 25, 30 or 60")
        if len(self.joins) != len(self.scenes) - 1:
            raise ValueError(f"{len(self.scenes)} scenes need {len(self.scenes) - 1} joins, not {len(self.joins)}")
        for (before, after), scene in zip(self.overlaps(), self.scenes, strict=True):
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
