"""Whether captions can be read: a line that is too long for its place is drawn smaller, down to nothing."""

from collections.abc import Sequence

from postprod.captions.ass import text_width
from postprod.captions.lines import Line
from postprod.checks.report import Check, found_at
from ugcgen.domain.edit import Edit

SMALLEST = 0.6
"""Share of its planned size below which a line cannot be read on a phone."""


def caption_check(lines: Sequence[Line], edit: Edit) -> Check:
    """The line that has to be drawn smallest."""
    small = sorted((scale, line) for line in lines if (scale := _scale(line, edit)) < SMALLEST)
    return Check(
        name="captions",
        ok=not small,
        value=round(min((_scale(line, edit) for line in lines), default=1.0), 3),
        expected=f"every line at {SMALLEST:g} of its size or more",
        stretches=found_at((line.starts[0] / edit.fps, line.end / edit.fps) for _, line in small),
    )


def _scale(line: Line, edit: Edit) -> float:
    width = text_width(" ".join(line.words), edit.captions.text_height * edit.height)
    return min(1.0, edit.width * edit.captions.text_width / max(width, 1.0))
