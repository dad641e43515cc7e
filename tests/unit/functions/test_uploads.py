"""What an upload becomes: an upright JPEG of ours that carries nothing but its pixels, or a sentence why not; and what
is taken for a sound."""

import io
import struct
import wave
import zlib
from typing import Any

import av
import numpy as np
from PIL import Image, features
from pytest import mark, raises

from api.uploads import LONGEST_SIDE, MAX_PIXELS, SOUNDS, normalised, sound_type, video_type
from ugcgen.domain.errors import InvalidInput

RED, BLUE = (220, 20, 20), (20, 20, 220)
ORIENTATION, GPS = 0x0112, 0x8825


def halves(width: int = 64, height: int = 48) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def checked(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(normalised(data, "product_images.0")))
    picture.load()
    return picture


def near(found: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True))


def test_a_turned_photo_is_set_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held so that the picture has to be turned clockwise
    upright = checked(encoded(halves(), exif=exif))
    assert upright.size == (48, 64)
    assert near(upright.getpixel((24, 4)), RED)
    assert near(upright.getpixel((24, 60)), BLUE)


def test_where_and_with_what_a_photo_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 1
    exif[0x0110] = "Camera of Jane"
    exif[GPS] = {1: "N", 2: (48.0, 8.0, 14.0), 3: "E", 4: (11.0, 34.0, 31.0)}
    metadata: dict[str, Any] = {"icc_profile": b"profile of Jane", "xmp": b"<x>author: Jane</x>", "comment": b"by Jane"}
    photo = encoded(halves(), exif=exif, **metadata)
    assert photo.count(b"Jane") == 4
    clean = normalised(photo, "avatar_images.0")
    assert b"Jane" not in clean
    assert b"Exif" not in clean
    assert not Image.open(io.BytesIO(clean)).getexif()


@mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_the_same_kind(kind: str) -> None:
    assert kind != "WEBP" or features.check("webp")
    picture = checked(encoded(halves(), kind))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (64, 48))
    assert near(picture.getpixel((8, 24)), RED)


@mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    cut_out = halves().convert("RGBA")
    cut_out.putalpha(Image.new("L", cut_out.size, 0))
    picture = checked(encoded(cut_out.convert(mode), "PNG", **({"transparency": b"\0" * 256} if mode == "P" else {})))
    assert near(picture.getpixel((8, 24)), (255, 255, 255))


@mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA"])
def test_every_mode_of_colour_becomes_rgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert checked(encoded(halves().convert(mode), kind)).mode == "RGB"


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert normalised(encoded(halves()), "a") == normalised(encoded(halves()), "b")


def test_a_large_photo_is_scaled_down_and_a_tiny_one_left_alone() -> None:
    assert checked(encoded(halves(4000, 1000))).size == (LONGEST_SIDE, 512)
    assert checked(encoded(Image.new("RGB", (1, 1), RED), "PNG")).size == (1, 1)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header says that it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@mark.parametrize(("width", "height"), [(8_000, 8_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    with raises(InvalidInput, match=rf"{width}x{height}, over {MAX_PIXELS:,} pixels|is no JPEG, PNG or WebP") as caught:
        normalised(png_claiming(width, height), "product_images.1")
    assert caught.value.field == "product_images.1"


NO_PICTURE = {
    "empty": b"",
    "text": b"hello, I am a photo",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    "gif": encoded(halves().convert("P"), "GIF"),
    "bmp": encoded(halves(), "BMP"),
    "tiff": encoded(halves(), "TIFF"),
    "pdf": encoded(halves(), "PDF"),
    "jpeg cut short": encoded(halves())[:-200],
    "png cut short": encoded(halves(300, 300), "PNG")[:120],
    "webp cut short": encoded(halves(), "WEBP")[:40],
    "bare magic": b"\xff\xd8\xff\xe0",
    "picture after something else": b"GIF89a" + encoded(halves()),
}


@mark.parametrize("name", NO_PICTURE)
def test_what_is_no_whole_picture_is_refused(name: str) -> None:
    with raises(InvalidInput, match="is no JPEG, PNG or WebP picture, or is cut short; send another") as caught:
        normalised(NO_PICTURE[name], "avatar_images.2")
    assert caught.value.field == "avatar_images.2"


def test_what_is_a_picture_and_something_else_too_is_only_a_picture_afterwards() -> None:
    page = b"<html><script>alert(1)</script></html>PK\x03\x04 an archive"
    clean = normalised(encoded(halves()) + page, "product_images.0")
    assert clean == normalised(encoded(halves()), "product_images.0")


CODECS = {
    "wav": ("pcm_s16le", "audio/wav"),
    "mp3": ("libmp3lame", "audio/mpeg"),
    "ipod": ("aac", "audio/mp4"),
    "adts": ("aac", "audio/aac"),
    "ogg": ("libopus", "audio/ogg"),
    "flac": ("flac", "audio/flac"),
}


@mark.parametrize("container", CODECS)
def test_a_sound_is_known_by_its_content(container: str) -> None:
    codec, media_type = CODECS[container]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 2 * 4800), np.int16), format="s16", layout="stereo")
        frame.sample_rate = 48_000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            file.mux(packet)
    assert sound_type(out.getvalue()) == media_type
    assert media_type in SOUNDS


def test_a_wave_file_without_a_sample_is_one_and_renders_to_an_error_later() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
    assert sound_type(out.getvalue()) == "audio/wav"


NO_SOUND = {
    **NO_PICTURE,
    "jpeg": encoded(halves()),
    "png": encoded(halves(), "PNG"),
    "webp": encoded(halves(), "WEBP"),
    "UTF-16 text": "\ufeffhello".encode("utf-16"),
    "AVI": b"RIFF\x00\x00\x00\x00AVI LIST",
    "Theora in Ogg": b"OggS" + bytes(24) + b"\x80theora",
    "MP2": b"\xff\xfd\x90\x00",
    "one byte": b"\xff",
}


@mark.parametrize("name", NO_SOUND)
def test_what_begins_like_no_sound_is_none(name: str) -> None:
    assert sound_type(NO_SOUND[name]) is None


def filmed(container: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container) as film:
        track = film.add_stream(codec, rate=25)
        track.width, track.height, track.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            film.mux(track.encode(av.VideoFrame.from_image(halves())))
        film.mux(track.encode())
    return out.getvalue()


@mark.parametrize(
    ("container", "codec", "media_type"),
    [("mp4", "mpeg4", "video/mp4"), ("mov", "mpeg4", "video/quicktime"), ("webm", "libvpx", "video/webm")],
)
def test_a_video_is_known_by_its_content(container: str, codec: str, media_type: str) -> None:
    assert video_type(filmed(container, codec)) == media_type


SOUND_IN_MP4 = b"\0\0\0\x10ftypM4A \0\0\0\0" + b"\0\0\0\x08moov" + b"\0\0\0\x08mdat"


@mark.parametrize(
    "data",
    [
        b"",
        filmed("mp4", "mpeg4")[:-10],
        filmed("mp4", "mpeg4") + b"<script>alert(1)</script>",
        b"\0\0\0\x04ftyp",
        SOUND_IN_MP4,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        encoded(halves()),
    ],
    ids=["empty", "cut short", "with something behind", "a box of no size", "a sound", "SVG", "a photo"],
)
def test_what_is_no_whole_video_is_none(data: bytes) -> None:
    assert video_type(data) is None
