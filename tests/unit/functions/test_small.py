"""What a small copy of a picture is: an upright WebP, no wider than asked for, of a whole picture."""

import io
import json

from PIL import Image
from pytest import mark, raises

from api.small import KEPT, MOST_PIXELS, PREFIX, scaled
from infra.local.parts import REPO
from tests.unit.functions.test_uploads import (
    BLUE,
    NO_PICTURE,
    ORIENTATION,
    RED,
    encoded,
    halves,
    near,
    png_claiming,
)
from ugcgen.domain.errors import InvalidInput


def copy_of(data: bytes, width: int) -> Image.Image:
    picture = Image.open(io.BytesIO(scaled(data, width)))
    picture.load()
    return picture


@mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_is_as_wide_as_asked_for_and_never_enlarged(kind: str) -> None:
    sizes = {(1200, 800): (480, 320), (1080, 1920): (480, 853), (64, 480): (64, 480)}
    for size, wanted in sizes.items():
        copy = copy_of(encoded(halves(*size), kind), 480)
        assert (copy.format, copy.mode, copy.size) == ("WEBP", "RGB", wanted)
        assert near(copy.getpixel((8, 24)), RED)


def test_a_turned_photo_is_as_wide_as_asked_for_when_it_is_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    copy = copy_of(encoded(halves(1600, 800), exif=exif), 200)
    assert copy.size == (200, 400)
    assert near(copy.getpixel((100, 20)), RED) and near(copy.getpixel((100, 380)), BLUE)
    assert not copy.getexif()


def test_what_is_transparent_stays_so() -> None:
    cut_out = halves(600, 600).convert("RGBA")
    cut_out.putalpha(0)
    assert copy_of(encoded(cut_out, "PNG"), 200).getchannel("A").getextrema() == (0, 0)


def test_a_photo_of_many_pixels_is_decoded_at_a_fraction_and_other_pictures_are_refused() -> None:
    many = (6000, 4000)
    assert many[0] * many[1] > MOST_PIXELS
    assert copy_of(encoded(halves(*many)), 480).size == (480, 320)
    with raises(InvalidInput, match="is 6000x4000, over"):
        scaled(png_claiming(*many), 480)


def test_a_copy_is_made_anew_before_the_bucket_removes_it() -> None:
    [rule] = json.loads((REPO / "infra" / "bucket-lifecycle.json").read_text())["rule"]
    assert rule["action"] == {"type": "Delete"}
    assert rule["condition"] == {"age": KEPT.days + 1, "matchesPrefix": [PREFIX]}


@mark.parametrize("name", NO_PICTURE)
def test_what_is_no_whole_picture_has_no_copy(name: str) -> None:
    with raises(InvalidInput, match="is no JPEG, PNG or WebP picture, or is cut short"):
        scaled(NO_PICTURE[name], 200)
