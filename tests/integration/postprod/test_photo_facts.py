"""What pixels say of reference photos: of drawn ones, spoilt in known ways, and of files that are hardly photos."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from pytest import fixture, mark, raises

from infra.local.parts import REPO
from infra.local.studio.art.character import imagine
from infra.local.studio.art.photos import MIRA, SIZE
from infra.local.studio.art.pixels import Image as Pixels
from infra.local.studio.art.stage import paint_portrait
from postprod.likeness.pixels import MOST_PIXELS, pixels_of
from postprod.photos.person import person_facts
from postprod.photos.pose import angle_of
from postprod.photos.product import product_facts
from postprod.photos.sharpness import sharpness
from postprod.photos.sheet import CELL, MOST_BYTES, reference_sheet
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.errors import MediaError
from ugcgen.domain.references import PhotoFacts

EXAMPLES = REPO / "examples" / "photos"
PEOPLE = {
    "Mira": MIRA,
    "a bearded man": imagine("a man with a black beard", 3),
    "a blonde woman": imagine("a woman with blond hair", 7),
}


@fixture(scope="module")
def front() -> Image.Image:
    return Image.open(EXAMPLES / "avatar-front.jpg").convert("RGB")


def portrait(who: str, yaw: float) -> Pixels:
    surface = paint_portrait(PEOPLE[who], yaw, *SIZE)
    return np.ascontiguousarray(surface.makeImageSnapshot().toarray()[..., 2::-1])


def facts(photo: Image.Image | Pixels) -> PhotoFacts:
    return person_facts("photo", "ab" * 32, np.ascontiguousarray(photo))


@mark.parametrize(
    ("name", "angle"), [("avatar-front", "front"), ("avatar-left", "left_profile"), ("avatar-right", "right_profile")]
)
def test_the_example_photos_are_what_they_are_called(name: str, angle: str) -> None:
    found = facts(pixels_of(EXAMPLES / f"{name}.jpg"))
    assert (found.angle, found.faces, found.width, found.height) == (angle, 1, 768, 1024)
    assert found.sharpness > 0.6
    assert found.face_pixels is not None
    assert 250 < found.face_pixels < 400


@mark.parametrize("who", PEOPLE)
@mark.parametrize(
    ("yaw", "expected"),
    [
        (0.0, {"front"}),
        # Between two angles the pixels may leave it open, but never say one of another side.
        (0.45, {"three_quarter", None}),
        (0.82, {"profile", None}),
        (1.1, {"profile"}),
    ],
)
def test_a_head_that_turns_shows_its_angles_in_order(who: str, yaw: float, expected: set[str | None]) -> None:
    for side, turned in (("left", -yaw), ("right", yaw)):
        found = facts(portrait(who, turned)).angle
        kind = str(found).replace(f"_{side}", "").replace(f"{side}_", "") if found else None
        assert kind in expected, f"{found} of {who} at {turned} rad"


def test_a_mirrored_photo_shows_the_other_side(front: Image.Image) -> None:
    left = pixels_of(EXAMPLES / "avatar-left.jpg")
    assert facts(left[:, ::-1]).angle is ReferenceAngle.RIGHT_PROFILE
    assert facts(np.asarray(front)[:, ::-1]).angle is ReferenceAngle.FRONT


@mark.parametrize("tilt", [-20, 20])
def test_a_head_on_one_side_still_looks_ahead(front: Image.Image, tilt: int) -> None:
    assert facts(front.rotate(tilt, fillcolor=(235, 236, 240))).angle is ReferenceAngle.FRONT


def test_two_people_are_two_and_a_passer_by_is_none(front: Image.Image) -> None:
    other = Image.fromarray(portrait("a bearded man", 0))
    couple = Image.new("RGB", (1536, 1024))
    couple.paste(front, (0, 0))
    couple.paste(other, (768, 0))
    assert (facts(couple).faces, facts(couple).angle) == (2, None)
    street = front.copy()
    street.paste(other.resize((192, 256)), (0, 100))
    assert (facts(street).faces, facts(street).angle) == (1, "front")


@mark.parametrize("scale", [1.0, 0.5])
def test_blur_lowers_the_sharpness_alike_at_every_size(front: Image.Image, scale: float) -> None:
    """Blurred by 0, 1 and 2 % of the face's height."""
    size = round(front.width * scale), round(front.height * scale)
    found = [
        facts(front.filter(ImageFilter.GaussianBlur(radius)).resize(size, Image.Resampling.LANCZOS)).sharpness
        for radius in (0, 3, 6)
    ]
    assert found[0] > 0.6
    assert 0.25 < found[1] < 0.35
    assert found[2] < 0.22


def test_a_hand_that_shook_is_seen(front: Image.Image) -> None:
    moved = np.mean([np.roll(np.asarray(front, np.float32), shift, axis=0) for shift in range(-10, 11)], axis=0)
    assert facts(moved.astype(np.uint8)).sharpness < 0.33


@mark.parametrize("shape", [(1, 1), (1, 1000), (1000, 1), (40, 30)])
def test_what_is_too_small_to_show_anything_has_no_face_and_no_detail(shape: tuple[int, int]) -> None:
    found = facts(np.full((*shape, 3), 90, np.uint8))
    assert (found.faces, found.face_pixels, found.sharpness, found.angle) == (0, None, 0, None)


def test_a_flat_picture_has_no_detail_and_noise_is_no_face() -> None:
    assert sharpness(np.full((300, 200, 3), 200, np.uint8)) == 0
    noise = np.random.default_rng(1).integers(0, 255, (600, 400, 3), dtype=np.uint8)
    assert facts(noise).faces == 0


def test_a_turn_between_two_angles_is_left_open() -> None:
    assert [angle_of(turn) for turn in (None, 0.19, -0.43)] == [None] * 3
    assert [angle_of(turn) for turn in (-0.3, 0.3, -2.0)] == [
        "three_quarter_left",
        "three_quarter_right",
        "left_profile",
    ]


@mark.parametrize("name", ["product-front", "product-angle"])
def test_a_product_photo_tells_its_words_and_colours_without_its_ground(name: str) -> None:
    found = product_facts("p", "s", pixels_of(EXAMPLES / f"{name}.jpg"))
    assert found.words[:5] == ["LUMI", "GLOW", "VITAMIN", "C", "SERUM"]
    near = {known: any(_apart(color, known) < 40 for color in found.colors) for known in ("#C46C24", "#FAF5EC")}
    assert all(near.values()), f"amber and cream: {found.colors}"
    assert found.sharpness > 0.5


def test_what_shows_no_product_has_no_words_and_still_has_facts() -> None:
    found = product_facts("p", "s", np.full((300, 200, 3), 200, np.uint8))
    assert (found.words, found.sharpness, found.colors) == ([], 0, ["#C8C8C8"])
    for shape in ((1, 1), (1, 400), (7, 5)):
        tiny = product_facts("p", "s", np.zeros((*shape, 3), np.uint8))
        assert (tiny.words, tiny.sharpness) == ([], 0)


def _apart(one: str, other: str) -> float:
    values = [np.array([int(color[n : n + 2], 16) for n in (1, 3, 5)]) for color in (one, other)]
    return float(np.linalg.norm(values[0] - values[1]))


# Files.


def saved(folder: Path, image: Image.Image, name: str, **options: object) -> Path:
    image.save(folder / name, **options)
    return folder / name


def test_a_photo_is_turned_as_it_was_held(front: Image.Image, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    lying = saved(tmp_path, front.rotate(90, expand=True), "lying.jpg", exif=exif, quality=95)
    assert pixels_of(lying).shape == (1024, 768, 3)
    assert facts(pixels_of(lying)).angle is ReferenceAngle.FRONT


@mark.parametrize("mode", ["L", "CMYK", "P", "RGBA", "1", "I;16"])
def test_every_kind_of_pixels_becomes_rgb(front: Image.Image, tmp_path: Path, mode: str) -> None:
    source = front.convert("L") if mode == "I;16" else front
    name = "photo.jpg" if mode == "CMYK" else "photo.png"
    pixels = pixels_of(saved(tmp_path, source.convert(mode), name))
    assert (pixels.shape, pixels.dtype) == ((1024, 768, 3), np.uint8)
    if mode in {"L", "CMYK", "P", "RGBA"}:
        assert facts(pixels).angle is ReferenceAngle.FRONT


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    assert pixels_of(saved(tmp_path, Image.new("RGBA", (8, 8), (200, 0, 0, 0)), "clear.png")).min() == 255


def test_files_that_are_no_photos_are_refused_by_name(front: Image.Image, tmp_path: Path) -> None:
    whole = saved(tmp_path, front, "whole.jpg").read_bytes()
    files = {"cut.jpg": whole[: len(whole) // 2], "words.jpg": b"not a picture", "empty.jpg": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        with raises(MediaError, match=f"{name} cannot be read as a picture"):
            pixels_of(tmp_path / name)


def test_a_photo_of_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    huge = saved(tmp_path, Image.new("1", (10_000, MOST_PIXELS // 10_000 + 1)), "huge.png")
    with raises(MediaError, match=r"huge.png is 10000 by 5001, over 50,000,000 pixels"):
        pixels_of(huge)


# The sheet.


def test_the_sheet_shows_each_head_large_in_the_order_given(front: Image.Image) -> None:
    far = Image.new("RGB", (2000, 2000), "white")
    far.paste(front.resize((384, 512)), (1500, 1400))
    photos = {ReferenceAngle.FRONT: np.asarray(far), ReferenceAngle.LEFT_PROFILE: portrait("Mira", -0.82)}
    data = reference_sheet(photos)
    sheet = np.asarray(Image.open(io.BytesIO(data)))
    assert len(data) < MOST_BYTES
    halves = [sheet[:, : sheet.shape[1] // 2], sheet[:, sheet.shape[1] // 2 :]]
    found = [facts(half) for half in halves]
    assert [one.angle for one in found] == list(photos)
    for one in found:
        assert one.face_pixels is not None
        assert 0.3 * CELL[1] < one.face_pixels < 0.5 * CELL[1]


def test_a_sheet_of_noise_is_small_all_the_same(front: Image.Image) -> None:
    noise = np.random.default_rng(2).normal(0, 40, (1024, 768, 3))
    grainy = np.clip(np.asarray(front) + noise, 0, 255).astype(np.uint8)
    assert len(reference_sheet(dict.fromkeys(list(ReferenceAngle), grainy))) < MOST_BYTES
