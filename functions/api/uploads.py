"""Uploads: a session to send a photo to, and the check that pins what arrived under its own content."""

import hashlib
import io
import uuid

from PIL import Image, ImageOps, UnidentifiedImageError
from pydantic import Field

from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, NotFound
from ugcgen.domain.model import Document

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
LONGEST_SIDE = 2048


class OpenUpload(Document):
    media_type: str
    size: int = Field(gt=0)


class UploadSession(Document):
    """``object`` is what later requests name; the bytes go by PUT to ``url``."""

    object: str
    url: str


def open_upload(user_id: str, request: OpenUpload) -> UploadSession:
    """A resumable session for one photo. Raises InvalidInput for another type or too many bytes."""
    if request.media_type not in TYPES:
        allowed = ", ".join(TYPES)
        raise InvalidInput(f"{request.media_type!r} cannot be uploaded; send one of {allowed}", field="media_type")
    if request.size > MAX_BYTES:
        raise InvalidInput(f"the file has {request.size:,} bytes, at most {MAX_BYTES:,} are taken", field="size")
    name = f"users/{user_id}/uploads/{uuid.uuid4().hex}.{TYPES[request.media_type]}"
    url = storage.open_upload(name, request.media_type, request.size, origin=settings().frontend_url)
    return UploadSession(object=name, url=url)


def pin(user_id: str, name: str, field: str) -> str:
    """The checked, upright, location-free picture of an upload, under its content; returns the object's name.

    Raises InvalidInput where the object is not the user's, is missing, too large, or no picture.
    """
    own = (f"users/{user_id}/uploads/", f"users/{user_id}/media/")
    if not name.startswith(own) or ".." in name:
        raise InvalidInput(f"{name!r} is no upload of yours; open an upload and send the file first", field=field)
    facts = storage.facts(name)
    if facts is None:
        raise InvalidInput(f"{name!r} was never sent; send the file to its upload address first", field=field)
    if facts.size > MAX_BYTES:
        raise InvalidInput(f"{name!r} has {facts.size:,} bytes, at most {MAX_BYTES:,} are taken", field=field)
    if name.startswith(own[1]):
        return name
    try:
        data = storage.get(name)
    except NotFound as gone:
        raise InvalidInput(str(gone), field=field) from gone
    clean = normalised(data, field)
    pinned = storage.pinned_name(user_id, hashlib.sha256(clean).hexdigest(), "jpg")
    storage.put_once(pinned, clean, "image/jpeg")
    return pinned


def normalised(data: bytes, field: str) -> bytes:
    """The picture as an upright JPEG without metadata. Raises InvalidInput for anything that is no picture."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                size = f"{picture.width}x{picture.height}"
                raise InvalidInput(f"the picture is {size}, over {MAX_PIXELS:,} pixels; scale it down", field)
            upright = _on_white(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as wrong:
        raise InvalidInput("the file is no JPEG, PNG or WebP picture, or is cut short; send another", field) from wrong
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.info.clear()  # Pillow would write a comment it finds there
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=92)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture as RGB. What is transparent, as around a cut-out product, becomes white, not what lies under it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
