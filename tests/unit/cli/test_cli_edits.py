"""From the options of ``ugcgen edit`` to a patch."""

from typing import Any

import pytest

from api.edits import EditJob
from ugcgen.domain.enums import CameraMovement, Music, ShotType
from ugcgen_cli.edits import patch_of
from ugcgen_cli.errors import CliError

NOTHING: dict[str, Any] = dict.fromkeys(
    (
        *("scene", "line", "action", "movement", "shot", "light", "voice", "pitch", "pace", "manner", "music", "cut"),
        *("bible", "script_note"),
    ),
    None,
)


@pytest.mark.parametrize(
    ("options", "patch"),
    [
        ({"scene": 2, "line": "Hi."}, {"scenes": {2: {"dialogue": "Hi."}}}),
        (
            {"scene": 1, "movement": CameraMovement.STATIC, "shot": ShotType.WIDE},
            {"scenes": {1: {"camera": {"movement": "static", "shot_type": "wide"}}}},
        ),
        ({"scene": 3, "light": "candles"}, {"scenes": {3: {"lighting": {"type": "candles"}}}}),
        ({"light": "candles"}, {"bible": {"lighting": {"type": "candles"}}}),
        ({"voice": "Puck", "music": Music.CALM}, {"voice": {"name": "Puck"}, "music": "calm"}),
        ({"pitch": 0, "pace": 0.9, "manner": "calm"}, {"voice": {"pitch": 0, "rate": 0.9, "style": "calm"}}),
        ({"cut": {"look": {"grade": "warm"}}}, {"cut": {"look": {"grade": "warm"}}}),
        ({"script_note": "Be shorter."}, {"script_note": "Be shorter."}),
        (
            {"bible": {"setting": "A boat", "lighting": {"rim": True}}, "light": "neon"},
            {"bible": {"setting": "A boat", "lighting": {"rim": True, "type": "neon"}}},
        ),
    ],
)
def test_options_become_a_patch_that_the_callable_takes(options: dict[str, Any], patch: dict[str, Any]) -> None:
    assert patch_of(**NOTHING | options) == patch
    assert EditJob.model_validate({"job_id": "j", **patch}).patch == patch


@pytest.mark.parametrize(
    ("options", "said"), [({}, "say what changes"), ({"scene": 2}, "say what changes"), ({"line": "Hi."}, "--scene N")]
)
def test_an_edit_of_nothing_is_told(options: dict[str, Any], said: str) -> None:
    with pytest.raises(CliError, match=said):
        patch_of(**NOTHING | options)
