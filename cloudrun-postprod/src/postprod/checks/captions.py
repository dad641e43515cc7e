"""Whether captions can be read: large enough, inside the picture, and clear of what a platform draws over it."""

from collections.abc import Sequence

from postprod.captions.film import LEAST_SCALE, overflowing
from postprod.captions.lines import Line
from postprod.checks.report import Check, found_at
from ugcgen.domain.edit import Edit


def caption_check(lines: Sequence[Line], edit: Edit) -> Check:
    """The lines that do not fit where they stand, and why the first of them does not."""
    wrong = overflowing(lines, edit)
    return Check(
        name="captions",
        ok=not wrong,
        value=f"{' '.join(wrong[0].line.words)!r}: {wrong[0].why}" if wrong else "every line fits",
        expected=f"every line in its room, at {LEAST_SCALE:.0%} of its size or more",
        stretches=found_at((one.line.starts[0] / edit.fps, one.line.end / edit.fps) for one in wrong),
    )
