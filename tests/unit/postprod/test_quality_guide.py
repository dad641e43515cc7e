"""docs/quality.md says the thresholds that the checks have."""

from pathlib import Path

from pytest import mark

from postprod.captions.film import LEAST_SCALE
from postprod.checks import faults, likeness, sound
from tests.unit.markdown import table

GUIDE = Path(__file__).parents[3] / "docs" / "quality.md"

THRESHOLDS = {
    "black": f"{faults.BLACK_SECONDS:g} s",
    "frozen": f"{faults.FROZEN_SECONDS:g} s",
    "doubled": f"{faults.DOUBLED_FRAMES} in a row",
    "likeness": f"{likeness.LEAST_ALIKE:g}",
    "timing": f"{likeness.LATE_FRAMES} frames, if likelier by {likeness.LATE_GAIN:g}",
    "captions": f"{LEAST_SCALE:.0%} of its size, inside what the platform leaves free".replace("%", " %"),
    "loudness": f"{sound.LOUDNESS_TOLERANCE:g} LU",
    "true_peak": f"{sound.PEAK_TOLERANCE:g} dB over the plan",
    "clipping": f"{sound.FLAT}",
    "silence": f"{sound.SILENT_SECONDS:g} s",
}


@mark.parametrize("name", THRESHOLDS)
def test_the_guide_tells_the_threshold(name: str) -> None:
    rows = {row[0].strip("`"): row for row in table(GUIDE, "Checks")}
    assert rows[name][2] == THRESHOLDS[name]
