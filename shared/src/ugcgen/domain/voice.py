"""The voice of an ad: who speaks, how high, how fast and in what manner; and how what was spoken fits its scene."""

from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator, model_validator

from ugcgen.domain.model import Document

HIGHEST_PITCH = 6.0
"""Semitones, up or down: further off, a voice no longer sounds like a person's."""

SLOWEST, FASTEST = 0.8, 1.25
"""Factors on a voice's own pace: beyond them it drags, or sounds hurried."""


class VoiceEdit(Document):
    """What changes about the voice; what is None stays. A bare name stands for a voice of that name.

    ``name`` is a profile of the product or a prebuilt voice, ``pitch`` semitones above its own, ``rate`` a factor on
    its pace, ``style`` how it is to speak, in words.
    """

    name: str | None = Field(default=None, min_length=1, max_length=60)
    pitch: float | None = None
    rate: float | None = None
    style: str | None = Field(default=None, max_length=200)

    @model_validator(mode="before")
    @classmethod
    def _a_name_alone(cls, given: Any) -> Any:
        return {"name": given} if isinstance(given, str) else given

    @field_validator("pitch")
    @classmethod
    def _pitch_of_a_person(cls, pitch: float | None) -> float | None:
        if pitch is not None and not -HIGHEST_PITCH <= pitch <= HIGHEST_PITCH:
            raise ValueError(
                f"a voice is moved by at most {HIGHEST_PITCH:g} semitones, not {pitch:g}; choose a pitch from "
                f"{-HIGHEST_PITCH:g} to {HIGHEST_PITCH:g}, or another voice"
            )
        return pitch

    @field_validator("rate")
    @classmethod
    def _pace_of_a_person(cls, rate: float | None) -> float | None:
        if rate is not None and not SLOWEST <= rate <= FASTEST:
            raise ValueError(
                f"a voice speaks {SLOWEST:g} to {FASTEST:g} times as fast as usual, not {rate:g} times; "
                "choose a rate in between, and fewer words where they do not fit"
            )
        return rate


class VoiceConfig(VoiceEdit):
    """A whole voice. Without a style it speaks in the tone of the ad, as its script and its scene say."""

    name: str = Field(default="Kore", min_length=1, max_length=60)
    pitch: float = 0
    rate: float = 1
    style: str = Field(default="", max_length=200)

    def edited(self, edit: VoiceEdit | None) -> "VoiceConfig":
        return self.model_copy(update=edit.model_dump(exclude_none=True)) if edit else self


class Fit(StrEnum):
    """What it took to make a scene's voice fit, the gentlest first."""

    AS_IS = "as_is"
    STRETCHED = "stretched"
    SPOKEN_AGAIN = "spoken_again"
    TRIMMED = "trimmed"


class VoiceFit(Document):
    """How a voice fits its scene: ``tempo`` is how many times as fast as recorded it is played in the film, and
    ``left_out`` the words that found no room."""

    how: Fit
    tempo: float = 1
    left_out: str = ""
