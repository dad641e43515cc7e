"""Uploads: a session to send a file to, and the check that pins what arrived under its own content."""

import hashlib
import io
import uuid

from PIL import Image, ImageOps, UnidentifiedImageError
from pydantic import Field

from api.caller import Caller
from api.operation import Effort, operation
from ugcgen.cloud import storage
from ugcgen.cloud.settings import settings
from ugcgen.domain.cube import parse_cube
from ugcgen.domain.errors import InvalidInput, NotFound
from ugcgen.domain.model import Document
from ugcgen.domain.sound import LIBRARY

PHOTOS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
SOUNDS = {
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
}
VIDEOS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
TABLES = {"application/x-cube": "cube"}
MAX_BYTES = 10 * 1024 * 1024
MAX_SOUND_BYTES = 50 * 1024 * 1024
"""Four minutes of uncompressed stereo, which is more than the longest film."""
MAX_VIDEO_BYTES = 100 * 1024 * 1024
"""A minute of what a phone records in full HD."""
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2048


class OpenUpload(Document):
    media_type: str
    size: int = Field(gt=0)


class UploadSession(Document):
    """``object`` is what later requests name; the bytes go by PUT to ``url``."""

    object: str
    url: str


@operation("POST", "/upload", "/avatars/upload", "/products/upload", "/editor/upload-music")
def open_upload(caller: Caller, request: OpenUpload) -> UploadSession:
    """A resumable session for a photo, sound, video or colour table. Raises InvalidInput for another type or size."""
    types = PHOTOS | SOUNDS | VIDEOS | TABLES
    if request.media_type not in types:
        allowed = ", ".join(types)
        raise InvalidInput(f"{request.media_type!r} cannot be uploaded; send one of {allowed}", field="media_type")
    most = _most(types[request.media_type])
    if request.size > most:
        raise InvalidInput(f"the file has {request.size:,} bytes, at most {most:,} are taken", field="size")
    name = f"users/{caller.uid}/uploads/{uuid.uuid4().hex}.{types[request.media_type]}"
    url = storage.open_upload(name, request.media_type, request.size, origin=settings().frontend_url)
    return UploadSession(object=name, url=url)


class SentFile(Document):
    object: str = Field(max_length=300)


class CheckedFile(Document):
    """``object`` is what later requests name; ``url`` shows it for a while."""

    object: str
    media_type: str
    size: int
    url: str


@operation("POST", "/upload/check", effort=Effort.COSTLY)
def check_upload(caller: Caller, request: SentFile) -> CheckedFile:
    """Check a file that was sent by what is in it, and keep it under its content. Raises InvalidInput.

    A photo becomes an upright JPEG without metadata; any other file is kept as it is. It costs nothing to skip this:
    whatever takes an upload checks it.
    """
    extension = request.object.rpartition(".")[2]
    check = pin
    if extension in SOUNDS.values():
        check = pin_sound
    elif extension in VIDEOS.values():
        check = pin_video
    elif extension in TABLES.values():
        check = pin_table
    name = check(caller.uid, request.object, "object")
    facts = storage.facts(name)
    if facts is None:
        raise NotFound(f"{name} was deleted just now; send the file again")
    return CheckedFile(object=name, media_type=facts.media_type, size=facts.size, url=storage.signed_url(name))


def _most(extension: str) -> int:
    """Bytes of a file of this kind."""
    if extension in SOUNDS.values():
        return MAX_SOUND_BYTES
    return MAX_VIDEO_BYTES if extension in VIDEOS.values() else MAX_BYTES


def pin(user_id: str, name: str, field: str) -> str:
    """The checked, upright, location-free picture of an upload, under its content; returns the object's name.

    Raises InvalidInput where the object is not the user's, is missing, too large, or no picture.
    """
    data = _sent(user_id, name, field, MAX_BYTES, {"jpg"})
    if data is None:
        return name
    clean = normalised(data, field)
    pinned = storage.pinned_name(user_id, hashlib.sha256(clean).hexdigest(), "jpg")
    storage.put_once(pinned, clean, "image/jpeg")
    return pinned


def pin_sound(user_id: str, name: str, field: str) -> str:
    """An uploaded sound as it was sent, under its content; a sound of the library stays what it is.

    Whether all of it decodes is found when it is mixed. Raises InvalidInput where the object is not the user's, is
    missing, too large, or does not begin like a sound.
    """
    if name.startswith(LIBRARY):
        return name
    data = _sent(user_id, name, field, MAX_SOUND_BYTES, set(SOUNDS.values()))
    if data is None:
        return name
    media_type = sound_type(data)
    if media_type is None:
        raise InvalidInput("the file is no WAV, MP3, M4A, AAC, Ogg or FLAC sound; send another", field)
    pinned = storage.pinned_name(user_id, hashlib.sha256(data).hexdigest(), SOUNDS[media_type])
    storage.put_once(pinned, data, media_type)
    return pinned


def pin_video(user_id: str, name: str, field: str) -> str:
    """An uploaded video as it was sent, under its content.

    Whether all of it decodes is found when it is rendered. Raises InvalidInput where the object is not the user's, is
    missing, too large, cut short, or no video.
    """
    data = _sent(user_id, name, field, MAX_VIDEO_BYTES, set(VIDEOS.values()))
    if data is None:
        return name
    media_type = video_type(data)
    if media_type is None:
        raise InvalidInput("the file is no whole MP4, MOV or WebM video; send another", field)
    pinned = storage.pinned_name(user_id, hashlib.sha256(data).hexdigest(), VIDEOS[media_type])
    storage.put_once(pinned, data, media_type)
    return pinned


def pin_table(user_id: str, name: str, field: str) -> str:
    """An uploaded ``.cube`` file as it was sent, under its content.

    Raises InvalidInput where the object is not the user's, is missing, too large, or no colour table.
    """
    data = _sent(user_id, name, field, MAX_BYTES, set(TABLES.values()))
    if data is None:
        return name
    try:
        parse_cube(data)
    except InvalidInput as wrong:
        raise InvalidInput(str(wrong), field) from wrong
    pinned = storage.pinned_name(user_id, hashlib.sha256(data).hexdigest(), "cube")
    storage.put_once(pinned, data, "application/x-cube")
    return pinned


def _sent(user_id: str, name: str, field: str, most: int, extensions: set[str]) -> bytes | None:
    """The bytes of the user's upload, or None where the name is of one that was pinned already."""
    own = (f"users/{user_id}/uploads/", f"users/{user_id}/media/")
    if not name.startswith(own) or ".." in name:
        raise InvalidInput(f"{name!r} is no upload of yours; open an upload and send the file first", field=field)
    facts = storage.facts(name)
    if facts is None:
        raise InvalidInput(f"{name!r} was never sent; send the file to its upload address first", field=field)
    if facts.size > most:
        raise InvalidInput(f"{name!r} has {facts.size:,} bytes, at most {most:,} are taken", field=field)
    if name.startswith(own[1]):
        if name.rpartition(".")[2] not in extensions:
            raise InvalidInput(f"{name!r} is no file of this kind; send another", field=field)
        return None
    try:
        return storage.get(name)
    except NotFound as gone:
        raise InvalidInput(str(gone), field=field) from gone


def video_type(data: bytes) -> str | None:
    """The type of a video by the boxes or elements it consists of, None for what is none or is cut short."""
    if data[:4] == b"\x1aE\xdf\xa3" and b"webm" in data[:64]:
        return "video/webm"
    boxes, at = set(), 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16])
        size = size or len(data) - at  # the last box may leave it out
        if size < 8:
            return None
        boxes.add(kind)
        at += size
    if at != len(data) or not {b"moov", b"mdat"} <= boxes or b"vide" not in data:
        return None
    return "video/quicktime" if data[4:12] == b"ftypqt  " or b"ftyp" not in boxes else "video/mp4"


def sound_type(data: bytes) -> str | None:
    """The type of a sound by how its bytes begin, None for what begins like none."""
    begins = data[:64]
    if begins[:4] in {b"RIFF", b"RF64"} and begins[8:12] == b"WAVE":
        return "audio/wav"
    if begins[:4] == b"fLaC":
        return "audio/flac"
    if begins[:4] == b"OggS" and any(codec in begins for codec in (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")):
        return "audio/ogg"
    if begins[4:8] == b"ftyp":
        return "audio/mp4"
    # A frame of MPEG sound: eleven bits set, its version, its layer. AAC says 0; MP3, which is layer III, says 1.
    layer = begins[1] >> 1 & 3 if len(begins) > 1 and begins[0] == 0xFF and begins[1] & 0xE0 == 0xE0 else None
    if begins[:3] == b"ID3" or layer == 1:
        return "audio/mpeg"
    return "audio/aac" if layer == 0 and begins[1] & 0xF0 == 0xF0 else None


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
