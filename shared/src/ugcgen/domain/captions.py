"""Captions: how spoken words are written over the picture, and lines that a person wrote."""

from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

from ugcgen.domain.model import Value

HexColor = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class CaptionPreset(StrEnum):
    """The styles that come with the product."""

    HIGHLIGHT = "highlight"
    """The word being spoken has the highlight colour."""
    KARAOKE = "karaoke"
    """Each word fills with the highlight colour while it is spoken."""
    BOX = "box"
    """A box behind the line, and another, in the highlight colour, behind the word being spoken."""
    POP = "pop"
    """Each word springs up when it is spoken."""
    CLEAN = "clean"
    """A subtitle: no word is marked."""


class CaptionAnimation(StrEnum):
    """How a line comes in."""

    NONE = "none"
    FADE = "fade"
    RISE = "rise"
    GROW = "grow"


class CaptionFont(StrEnum):
    """The letters of Latin, Greek and Cyrillic; other scripts have the one that shows them."""

    ROBOTO = "roboto"
    NOTO_SANS = "noto_sans"


class _Usual(NamedTuple):
    weight: int
    outline_width: float
    background_opacity: float
    animation: CaptionAnimation


_USUAL = {
    CaptionPreset.HIGHLIGHT: _Usual(900, 0.075, 0.0, CaptionAnimation.NONE),
    CaptionPreset.KARAOKE: _Usual(900, 0.075, 0.0, CaptionAnimation.FADE),
    CaptionPreset.BOX: _Usual(700, 0.0, 0.72, CaptionAnimation.GROW),
    CaptionPreset.POP: _Usual(900, 0.085, 0.0, CaptionAnimation.NONE),
    CaptionPreset.CLEAN: _Usual(500, 0.045, 0.0, CaptionAnimation.FADE),
}


class CaptionStyle(Value):
    """How spoken words are written over the picture. Sizes are shares of the picture's height or width.

    What is None is as the preset has it; see ``whole``.
    """

    shown: bool = True
    preset: CaptionPreset = CaptionPreset.HIGHLIGHT
    font: CaptionFont = CaptionFont.ROBOTO
    weight: int | None = Field(default=None, ge=100, le=900)
    color: HexColor = "#FFFFFF"
    highlight: HexColor = "#FFDD33"
    outline: HexColor = "#111111"
    outline_width: float | None = Field(default=None, ge=0, le=0.2)
    """As a share of the height of a row of text."""
    background: HexColor = "#111111"
    background_opacity: float | None = Field(default=None, ge=0, le=1)
    """Of the box behind the line; 0 draws none."""
    animation: CaptionAnimation | None = None
    text_height: float = Field(default=0.058, gt=0.01, le=0.12)
    """The height of a row of text."""
    text_width: float = Field(default=0.78, ge=0.3, le=0.9)
    bottom: float | None = Field(default=None, ge=0.1, le=0.98)
    """Where the text's lower edge lies, from the top; None is as low as the platform leaves the picture free."""
    max_words: int = Field(default=4, ge=1, le=8)
    max_characters: int = Field(default=22, ge=8, le=60)

    def whole(self) -> Self:
        """The same style with nothing left to the preset."""
        usual = _USUAL[self.preset]._asdict()
        return self.model_copy(update={name: value for name, value in usual.items() if getattr(self, name) is None})


class Caption(Value):
    """A line that a person wrote, shown from `start` to `end` seconds of the film, in the film's style or its own."""

    text: str = Field(min_length=1, max_length=300)
    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(gt=0, allow_inf_nan=False)
    style: CaptionStyle | None = None

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"the caption {self.text!r} ends at {self.end:g} s, not after its start; move its end")
        return self
