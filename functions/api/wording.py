"""A script that somebody looked over before the start: it has to be one that the brief's outline could have."""

from collections.abc import Sequence

from pydantic import ValidationError

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.job_edits import SceneEdit
from ugcgen.domain.script import Script

MOST_CHARACTERS = 30_000
"""How long what a model is shown beside a brief may be: a script has one price."""
_WORDS = {"dialogue", "action", "expression", "product_action"}


def check_script(script: Script, outline: Sequence[PlannedScene]) -> None:
    """Raises InvalidInput where it breaks the outline, or a scene says more than an edit of one may."""
    from agents.script import violations  # noqa: PLC0415 - a start without a script needs no model SDK

    length = len(script.model_dump_json())
    if length > MOST_CHARACTERS:
        raise InvalidInput(f"the script has {length} characters, at most {MOST_CHARACTERS} fit; shorten it", "script")
    if broken := violations(script, outline):
        raise InvalidInput(f"{'; '.join(broken)}; change it, or have the script written again", "script")
    for index, scene in enumerate(script.scenes):
        try:
            SceneEdit.model_validate(scene.model_dump(include=_WORDS))
        except ValidationError as wrong:
            raise InvalidInput.of(wrong, f"script.scenes.{index}") from wrong
