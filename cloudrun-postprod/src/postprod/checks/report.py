"""What quality control says of a film: each check with its figure, where it failed, and which step can mend it."""

from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from typing import Literal

from pydantic import BaseModel, ConfigDict, computed_field

from ugcgen.domain.enums import PipelineStep

Value = bool | int | float | str
Verdict = Literal["pass", "warn", "fail"]


class Severity(StrEnum):
    """What a check that is not ok means for the film: it must not be handed over, or somebody should know."""

    FAIL = "fail"
    WARN = "warn"


class Stretch(BaseModel):
    """A part of the film, in seconds from its start."""

    model_config = ConfigDict(frozen=True)

    start: float
    end: float

    @computed_field  # type: ignore[prop-decorator]
    @property
    def timecode(self) -> str:
        """As editors write it: ``0:03.208-0:04.208``."""
        return f"{_clock(self.start)}-{_clock(self.end)}"


class Mend(BaseModel):
    """The step that can put it right: post-production makes the file again, or a scene is filmed again."""

    model_config = ConfigDict(frozen=True)

    step: PipelineStep = PipelineStep.POST_PRODUCTION
    scene: int | None = None


POST_PRODUCTION = Mend()

_MOST = 20
"""Stretches that are told of one check."""


class Check(BaseModel):
    """One thing looked at.

    ``stretches`` are where in the film it went wrong, if it has a place, the worst first. ``mends`` says who can put
    it right, empty where it is ok. ``picture`` is the stored object of a frame from the worst place.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    ok: bool
    value: Value
    expected: str
    severity: Severity = Severity.FAIL
    stretches: tuple[Stretch, ...] = ()
    mends: tuple[Mend, ...] = ()
    picture: str | None = None


class Report(BaseModel):
    """All checks of one film."""

    model_config = ConfigDict(frozen=True)

    checks: tuple[Check, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Verdict:
        return verdict(self.checks)


class Reports(BaseModel):
    """The reports of a job's films by their stored objects, one for each shape."""

    model_config = ConfigDict(frozen=True)

    films: dict[str, Report]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Verdict:
        return verdict(tuple(check for report in self.films.values() for check in report.checks))


def found_at(seconds: Iterable[tuple[float, float]]) -> tuple[Stretch, ...]:
    """The first of these parts of a film, in milliseconds."""
    return tuple(Stretch(start=round(start, 3), end=round(end, 3)) for start, end in islice(seconds, _MOST))


def verdict(checks: tuple[Check, ...]) -> Verdict:
    wrong = {check.severity for check in checks if not check.ok}
    return "fail" if Severity.FAIL in wrong else "warn" if wrong else "pass"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes}:{rest // 1000:02}.{rest % 1000:03}"
