"""What a person wants changed in a job, from the options of ``ugcgen edit`` to the patch that the callable takes."""

from collections.abc import Mapping
from typing import Any

from ugcgen.domain.enums import CameraMovement, Music, ShotType
from ugcgen_cli.errors import CliError


def patch_of(
    scene: int | None,
    line: str | None,
    action: str | None,
    movement: CameraMovement | None,
    shot: ShotType | None,
    light: str | None,
    voice: str | None,
    pitch: float | None,
    pace: float | None,
    manner: str | None,
    music: Music | None,
    cut: Mapping[str, Any] | None,
    bible: Mapping[str, Any] | None,
    script_note: str | None,
) -> dict[str, Any]:
    """The patch. A light is the scene's where one is named, and of all scenes otherwise.

    Raises CliError where nothing would change, or a scene is meant and not named.
    """
    camera = _given(movement=movement, shot_type=shot)
    lighting = _given(type=light)
    spoken = _given(name=voice, pitch=pitch, rate=pace, style=manner)
    patch = _given(script_note=script_note, bible=bible, voice=spoken or None, music=music, cut=cut)
    own = _given(dialogue=line, action=action) | ({"camera": camera} if camera else {})
    if scene is not None:
        own |= {"lighting": lighting} if lighting else {}
        patch |= {"scenes": {scene: own}} if own else {}
    elif own:
        raise CliError("say which scene: --scene N")
    elif lighting:
        changes = patch.get("bible", {})
        patch["bible"] = {**changes, "lighting": {**changes.get("lighting", {}), **lighting}}
    if not patch:
        raise CliError(
            "say what changes: --line, --action, --movement, --shot, --light, --script-note, --bible, --voice, "
            "--pitch, --pace, --manner, --music or --cut"
        )
    return patch


def _given(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
