"""What a raw similarity is worth: its score of 0 to 1, on which the thresholds of the pipeline mean something.

The points of each curve are in calibration.toml, which `make calibrate` writes. A trait without a curve for a medium
tells nothing in it: it scores None.
"""

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pydantic import model_validator

from postprod.likeness.medium import Medium
from ugcgen.domain.consistency import Trait
from ugcgen.domain.model import Value


class Curve(Value):
    """A rising line through points: scores by raw similarities, which may fall where they are distances."""

    raw: list[float]
    score: list[float]

    @model_validator(mode="after")
    def _monotone(self) -> "Curve":
        steps = [after - before for before, after in pairwise(self.raw)]
        rising = all(step > 0 for step in steps) or all(step < 0 for step in steps)
        if len(self.raw) != len(self.score) or len(self.raw) < 2 or not rising or self.score != sorted(self.score):
            raise ValueError("a curve needs as many raw values as scores, in one order, and scores that do not fall")
        return self

    def at(self, raw: float) -> float:
        """The score of a raw similarity."""
        points = sorted(zip(self.raw, self.score, strict=True))
        if raw <= points[0][0]:
            return points[0][1]
        for (left, low), (right, high) in pairwise(points):
            if raw <= right:
                return low + (high - low) * (raw - left) / (right - left)
        return points[-1][1]


class Calibration(Value):
    """The curves of each medium by trait."""

    photograph: dict[Trait, Curve]
    drawing: dict[Trait, Curve]

    def score(self, medium: Medium, trait: Trait, raw: float) -> float | None:
        """The score of a raw similarity; None for what was not found to tell anything."""
        curves = self.photograph if medium is Medium.PHOTOGRAPH else self.drawing
        return round(curves[trait].at(raw), 4) if trait in curves else None


@cache
def calibration() -> Calibration:
    """The committed calibration."""
    return Calibration.model_validate(tomllib.loads(files(__package__).joinpath("calibration.toml").read_text()))
