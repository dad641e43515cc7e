"""The look of a film: its grade, and the small faults of a real camera that are laid over every scene alike."""

from enum import StrEnum
from typing import Self

from pydantic import Field

from ugcgen.domain.model import Value


class Grade(StrEnum):
    """The grades that come with the product."""

    NONE = "none"
    NATURAL = "natural"
    WARM = "warm"
    COOL = "cool"
    FILM = "film"
    VIBRANT = "vibrant"
    MONO = "mono"


class Look(Value):
    """How the picture is coloured and roughened. Shares are of full scale; pixels are of a picture 1080 pixels wide.

    ``lut`` is the stored object of a ``.cube`` file that the user uploaded; it takes the place of ``grade``.
    """

    grade: Grade = Grade.NONE
    lut: str | None = None
    strength: float = Field(default=1.0, ge=0, le=1)
    saturation: float = Field(default=0.93, ge=0, le=2)
    grain: float = Field(default=0.03, ge=0, le=0.1)
    vignette: float = Field(default=0.07, ge=0, le=0.5)
    shake: float = Field(default=1.5, ge=0, le=6)
    aberration: float = Field(default=1.0, ge=0, le=6)
    distortion: float = Field(default=0.007, ge=0, le=0.05)
    match_colors: bool = True

    @classmethod
    def plain(cls) -> Self:
        """The clips as they were filmed."""
        return cls(saturation=1, grain=0, vignette=0, shake=0, aberration=0, distortion=0, match_colors=False)
