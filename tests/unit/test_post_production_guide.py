"""docs/post-production.md tells of every transition, with its usual length."""

from pathlib import Path

from tests.unit.markdown import table
from ugcgen.domain.edit import TransitionKind

GUIDE = Path(__file__).parents[2] / "docs" / "post-production.md"


def test_every_transition_is_told_with_its_usual_length() -> None:
    told = {row[0].strip("`"): float(row[1]) for row in table(GUIDE, "Transitions")}
    assert told == {str(kind): kind.seconds for kind in TransitionKind}
