"""What is heard in a film beside the scenes' own voices: tracks of music, effects and voice, and how all is mixed."""

from enum import StrEnum

from pydantic import Field

from ugcgen.domain.enums import Music
from ugcgen.domain.model import Value

AUDIO_RATE = 48_000
"""Samples a second of every film's sound."""


class SoundKind(StrEnum):
    """The track a sound lies on. Music gives way to voices; effects do not."""

    VOICEOVER = "voiceover"
    MUSIC = "music"
    EFFECT = "effect"


class SoundClip(Value):
    """A sound placed on a track. Times are seconds; ``start`` is of the film, ``trim_start`` of the recording.

    ``source`` is a stored object, or the name of a sound of the product's own library as ``library/<name>``.
    ``seconds`` None means to its end.
    """

    kind: SoundKind
    source: str = Field(min_length=1, max_length=300)
    start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    trim_start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    seconds: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    volume: float = Field(default=1.0, ge=0, le=2)
    fade_in: float = Field(default=0.0, ge=0, le=10)
    fade_out: float = Field(default=0.0, ge=0, le=10)


class SoundPlan(Value):
    """How the voices, the clips' own sound, the music and the effects are mixed."""

    voice_lead: int = Field(default=4, ge=0)
    """Frames between a scene's start and its voice."""
    duck_ratio: float = Field(default=8.0, ge=1, le=20)
    """Compression of the clips' own sound and of the music while a voice speaks; 1 leaves them alone."""
    music: Music = Music.NONE
    music_volume: float = Field(default=0.3, gt=0, le=1)
    clips: tuple[SoundClip, ...] = ()
    master_volume: float = Field(default=1.0, ge=0, le=1)
    """Turns the whole film down from its loudness; 1 is the platform's."""
    loudness_lufs: float = Field(default=-14.0, ge=-30, le=-6)
    true_peak_dbtp: float = Field(default=-1.0, ge=-9, le=0)
