"""The files that a cut names, colour tables and sounds: paths in the YAML, stored objects when it is sent."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from ugcgen.domain.sound import LIBRARY
from ugcgen_cli.errors import CliError
from ugcgen_cli.local_file import LocalFile

_TYPES = {
    ".cube": "application/x-cube",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
}

Upload = Callable[[LocalFile], str]


def read_changes(path: Path, such_as: str) -> dict[str, Any]:
    """What a YAML file of changes says. Raises CliError for one that cannot be read or holds something else."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        raise CliError(f"{path} cannot be read as YAML: {' '.join(str(wrong).split())}") from wrong
    if not isinstance(found, dict):
        raise CliError(f"{path} names no changes: it must hold lines such as {such_as}")
    return found


def sent(cut: Mapping[str, Any], upload: Upload) -> dict[str, Any]:
    """The cut as JSON with its local files sent and the names of the stored objects in their places.

    Raises CliError for a file that is not there or of a kind that is not taken.
    """
    changed = dict(cut)
    match cut.get("look"):
        case {"lut": str(name), **rest}:
            changed["look"] = rest | {"lut": _stored(name, upload)}
    match cut.get("sounds"):
        case [*sounds]:
            changed["sounds"] = [_sound(sound, upload) for sound in sounds]
    return changed


def _sound(sound: Any, upload: Upload) -> Any:
    match sound:
        case {"source": str(name), **rest} if not name.startswith(LIBRARY):
            return rest | {"source": _stored(name, upload)}
    return sound


def _stored(name: str, upload: Upload) -> str:
    """What is stored already is named by its object, which begins with its owner."""
    if name.startswith("users/"):
        return name
    path = Path(name)
    media_type = _TYPES.get(path.suffix.lower())
    if media_type is None:
        raise CliError(f"{name} is no file that a cut can use; give one that ends in {', '.join(_TYPES)}")
    if not path.is_file():
        raise CliError(f"the file {name} of the cut is not there")
    return upload(LocalFile(path, media_type))
