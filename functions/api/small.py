"""Small copies of stored pictures, for the places that show them small.

A copy is made when it is first asked for, and kept under the name of its picture, which never means another one. It is
removed with its picture, or after a month by the bucket (``infra/bucket-lifecycle.json``).
"""

import io
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Literal, get_args

from PIL import Image, ImageOps, UnidentifiedImageError

from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.logs import log
from ugcgen.domain.errors import InvalidInput, NotFound

Width = Literal[200, 480, 720]
"""Pixels: for a face or a line of a list, for a card, and for what stands for a film, on a screen of double density."""
CARD: Width = 480
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 4096 * 2160
"""What one thread may hold decoded. A JPEG is decoded at a fraction of its size, so that only other kinds reach it."""

PREFIX = "small/"
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
KEPT = timedelta(days=29)
"""A copy older than this is made anew, since the bucket removes it a day later."""
_REMEMBERED_S = 600.0
_MOST_REMEMBERED = 20_000

_makers = ThreadPoolExecutor(4, "small")
_remembered: dict[tuple[str, Width], tuple[str, float]] = {}
"""The object that shows a picture at a width, and until when that need not be looked up again."""


def addresses(names: Sequence[str], width: Width) -> dict[str, str]:
    """Addresses by name that can be read for a while, of copies that are at most so wide. Where no copy can be had of
    an object, because it is gone, too large or no picture, the address is its own."""
    shown = {name: known for name in names if (known := _known(name, width))}
    unknown = [name for name in dict.fromkeys(names) if name not in shown]
    shown |= zip(unknown, _makers.map(partial(_looked_up, width=width), unknown), strict=True)
    return {name: storage.signed_url(shown[name]) for name in dict.fromkeys(names)}


def forget(name: str) -> None:
    """Remove the copies of an object, which itself is gone already: one that is made meanwhile is removed by whoever
    makes it."""
    if not name.endswith(_PICTURES):
        return
    widths: tuple[Width, ...] = get_args(Width)
    for width in widths:
        _remembered.pop((name, width), None)
    list(_makers.map(storage.delete, [_copy_of(name, width) for width in widths]))


def scaled(data: bytes, width: int) -> bytes:
    """A picture as an upright WebP that is at most so wide, without metadata. Raises InvalidInput for anything that is
    no whole picture or has too many pixels."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as picture:
            picture.draft(None, (width, width))
            if picture.width * picture.height > MOST_PIXELS:
                raise InvalidInput(f"the picture is {picture.width}x{picture.height}, over {MOST_PIXELS:,} pixels")
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as wrong:
        raise InvalidInput("the object is no JPEG, PNG or WebP picture, or is cut short") from wrong
    upright.thumbnail((width, upright.height))
    upright.info.clear()
    out = io.BytesIO()
    upright.save(out, "WEBP", quality=80)
    return out.getvalue()


def _known(name: str, width: Width) -> str | None:
    shown, until = _remembered.get((name, width), ("", 0.0))
    return shown if time.monotonic() < until else None


def _looked_up(name: str, width: Width) -> str:
    """The object that shows this one at a width, which is made where there is none: a copy, or the object itself."""
    if not name.endswith(_PICTURES):
        return name
    shown = copy = _copy_of(name, width)
    try:
        stored_at = storage.stored_at(copy)
        if stored_at is None or stored_at < now() - KEPT:
            _make(name, copy, width)
    except NotFound:
        return name
    except InvalidInput as no_picture:
        log.info("%s has no small copy: %s", name, no_picture)
        shown = name
    except Exception:
        log.exception("no small copy of %s could be made; the whole picture is shown", name)
        return name
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[name, width] = (shown, time.monotonic() + _REMEMBERED_S)
    return shown


def _make(name: str, copy: str, width: Width) -> None:
    """Raises NotFound where the picture is gone, InvalidInput where no copy can be made of it."""
    facts = storage.facts(name)
    if facts is None:
        raise NotFound(f"{name} is gone")
    if facts.size > MOST_BYTES:
        raise InvalidInput(f"the object has {facts.size:,} bytes, over {MOST_BYTES:,}")
    data = scaled(storage.get(name), width)
    storage.delete(copy)  # one that is about to go
    storage.put_once(copy, data, "image/webp")
    if storage.facts(name) is None:  # removed meanwhile, perhaps before the copy was there to be removed with it
        storage.delete(copy)
        raise NotFound(f"{name} is gone")


def _copy_of(name: str, width: Width) -> str:
    return f"{PREFIX}{width}/{name}"
