"""Photos on disk, checked before anything is sent."""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from ugcgen_cli.errors import CliError
from ugcgen_cli.local_file import LocalFile

_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def check_photos(paths: Iterable[Path]) -> list[LocalFile]:
    """The photos with their media types. Raises CliError for the first that is missing or no picture."""
    return [_check(path) for path in paths]


def _check(path: Path) -> LocalFile:
    try:
        with Image.open(path, formats=list(_TYPES)) as picture:
            picture.verify()
            return LocalFile(path, _TYPES[picture.format or ""])
    except UnidentifiedImageError as wrong:
        raise CliError(f"{path} is no JPEG, PNG or WebP picture; save it as one of these") from wrong
    except OSError as wrong:
        if wrong.errno is None:  # Pillow's own
            raise CliError(f"{path} is damaged or cut short ({wrong}); send another picture") from wrong
        raise CliError(f"the photo {path} cannot be read: {wrong.strerror}") from wrong
    except (SyntaxError, ValueError, Image.DecompressionBombError) as wrong:
        raise CliError(f"{path} is damaged ({wrong}); send another picture") from wrong
