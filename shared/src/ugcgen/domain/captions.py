"""Captions: how spoken words are written over the picture, and lines that a person wrote."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ugcgen.domain.model import Value

HexColor = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class CaptionPreset(StrEnum):
    """The styles that come with the product."""

    HIGHLIGHT = "highlight"
    KARAOKE = "karaoke"
    BOX = "box"
    POP = "pop"
    CLEAN = "clean"


class CaptionStyle(Value):
    """How spoken words are written over the picture. Sizes are shares of the picture's height or width."""

    shown: bool = True
    preset: CaptionPreset = CaptionPreset.HIGHLIGHT
    color: HexColor = "#FFFFFF"
    highlight: HexColor = "#FFDD33"
    outline: HexColor = "#111111"
    text_height: float = Field(default=0.058, gt=0.01, le=0.12)
    text_width: float = Field(default=0.78, ge=0.3, le=0.9)
    bottom: float = Field(default=0.74, ge=0.3, le=0.75)
    """Where the text's lower edge lies, from the top; what TikTok and Reels draw over the picture begins below 0.75."""
    max_words: int = Field(default=4, ge=1, le=8)
    max_characters: int = Field(default=22, ge=8, le=60)


class Caption(Value):
    """A line that a person wrote, shown from `start` to `end` seconds of the film."""

    text: str = Field(min_length=1, max_length=300)
    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(gt=0, allow_inf_nan=False)
