"""What is heard in a film beside the scenes' own voices: tracks of music, effects and voice, and how all is mixed."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from ugcgen.domain.enums import Effect, Music, Platform
from ugcgen.domain.model import Value

AUDIO_RATE = 48_000
"""Samples a second of every film's sound."""

LIBRARY = "library/"
"""Begins the source of a sound that comes with the product; any other source is a stored object."""


CHARACTER: dict[Music | Effect, str] = {
    Music.CALM: "slow electric piano over a wide pad",
    Music.WARM: "picked guitar, homely, a light shaker",
    Music.UPBEAT: "four on the floor, chopped guitar, claps",
    Music.BRIGHT: "marimba and guitar, cheerful and plain",
    Music.DREAMY: "bells over strings in a large room",
    Music.LOFI: "jazz chords, lazy swung drums",
    Music.GROOVE: "funky bass and snare",
    Music.CINEMATIC: "strings and deep drums, grave",
    Effect.WHOOSH: "air that passes from left to right",
    Effect.SWOOSH: "the same, shorter and sharper",
    Effect.POP: "a bubble",
    Effect.CLICK: "a dry click",
    Effect.DING: "one small bell",
    Effect.SPARKLE: "five bells upward",
    Effect.RISER: "a rise that stops at its height",
    Effect.HIT: "a deep blow in a room",
    Effect.SHUTTER: "a camera's shutter",
    Effect.CASH_REGISTER: "a drawer and its bell",
    Effect.NOTIFICATION: "two notes of a phone",
}
"""What the sounds of the library are like, music first."""


class Loudness(Value):
    """How loud a platform wants a film: integrated loudness in LUFS, and what the true peak may reach in dBTP."""

    lufs: float
    true_peak: float


LOUDNESS: dict[Platform, Loudness] = {
    # YouTube turns what is louder down to -14 LUFS and leaves what is quieter.
    Platform.YOUTUBE: Loudness(lufs=-14, true_peak=-1),
    Platform.YOUTUBE_SHORTS: Loudness(lufs=-14, true_peak=-1),
    # These say nothing of loudness; -14 LUFS is what is made for them, and -1 dBTP survives their own encoding.
    Platform.INSTAGRAM_REELS: Loudness(lufs=-14, true_peak=-1),
    Platform.TIKTOK: Loudness(lufs=-14, true_peak=-1),
    Platform.GENERAL: Loudness(lufs=-14, true_peak=-1),
    Platform.CUSTOM: Loudness(lufs=-14, true_peak=-1),
}


class SoundKind(StrEnum):
    """The track a sound lies on. Music gives way to whoever speaks, effects only to a clip that speaks itself.

    Voiceover leads: no other voice speaks at the same time, and the scenes' own sound gives way.
    """

    VOICEOVER = "voiceover"
    MUSIC = "music"
    EFFECT = "effect"


class SoundClip(Value):
    """A sound placed on a track. Times are seconds; ``start`` is of the film, ``trim_start`` of the recording.

    ``source`` is a stored object, or the name of a sound of the product's own library as ``library/<name>``.
    ``seconds`` None means to its end, and for music of the library, which has none, to the film's. Music that is
    shorter than ``seconds`` goes round. Voiceover and music are brought to one loudness first, so that at ``volume`` 1
    music is as loud as the voices; effects are as loud as they were recorded.
    """

    kind: SoundKind
    source: str = Field(min_length=1, max_length=300)
    start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    trim_start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    seconds: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    volume: float = Field(default=1.0, ge=0, le=2)
    fade_in: float = Field(default=0.0, ge=0, le=10)
    fade_out: float = Field(default=0.0, ge=0, le=10)

    @model_validator(mode="after")
    def _is_in_the_library(self) -> Self:
        if self.source.startswith(LIBRARY) and self.in_library is None:
            names = ", ".join(sorted({*Music, *Effect} - {Music.NONE}))
            raise ValueError(f"there is no {self.source!r}; the library has {names}")
        return self

    @property
    def in_library(self) -> Music | Effect | None:
        """The sound of the library that it is, None for a stored object."""
        name = self.source.removeprefix(LIBRARY) if self.source.startswith(LIBRARY) else ""
        if name in set(Music) - {Music.NONE}:
            return Music(name)
        return Effect(name) if name in set(Effect) else None


class SoundPlan(Value):
    """How the voices, the clips' own sound, the music and the effects are mixed."""

    voice_lead: int = Field(default=4, ge=0)
    """Frames between a scene's start and its voice."""
    duck_db: float = Field(default=9.0, ge=0, le=40)
    """How far what gives way goes down while somebody speaks."""
    music: Music = Music.NONE
    music_volume: float = Field(default=0.3, gt=0, le=1)
    clips: tuple[SoundClip, ...] = ()
    master_volume: float = Field(default=1.0, ge=0, le=1)
    """Turns the whole film down from its loudness; 1 is the platform's."""
    loudness_lufs: float = Field(default=-14.0, ge=-30, le=-6)
    true_peak_dbtp: float = Field(default=-1.0, ge=-9, le=0)

    @property
    def sources(self) -> list[str]:
        """The stored objects that the clips are taken from, each once."""
        return list(dict.fromkeys(clip.source for clip in self.clips if not clip.source.startswith(LIBRARY)))
