"""The files that a cut names: the caller's own, checked, and pinned under their content like every upload."""

from collections.abc import Mapping
from typing import Any

from api.uploads import pin_sound, pin_table, pin_video


def pinned(user_id: str, cut: Mapping[str, Any]) -> dict[str, Any]:
    """A cut, or a patch of one, as JSON, with every upload that it names pinned. What is no cut is left as it is, for
    validation to refuse. Raises InvalidInput for a file that cannot be used."""
    changed = dict(cut)
    match cut.get("look"):
        case {"lut": str(name), **rest}:
            changed["look"] = rest | {"lut": pin_table(user_id, name, "cut.look.lut")}
    match cut.get("clips"):
        case {**clips}:
            changed["clips"] = {n: _clip(user_id, clip, f"cut.clips.{n}.source") for n, clip in clips.items()}
    match cut.get("sounds"):
        case [*sounds]:
            changed["sounds"] = [_sound(user_id, sound, f"cut.sounds.{n}.source") for n, sound in enumerate(sounds)]
    return changed


def _clip(user_id: str, clip: Any, field: str) -> Any:
    match clip:
        case {"source": str(name), **rest}:
            return rest | {"source": pin_video(user_id, name, field)}
    return clip


def _sound(user_id: str, sound: Any, field: str) -> Any:
    match sound:
        case {"source": str(name), **rest}:
            return rest | {"source": pin_sound(user_id, name, field)}
    return sound
