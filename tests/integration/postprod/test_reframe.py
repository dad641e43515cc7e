"""Clips of another shape than the film: what is cut off, what stays, and when nothing is cut off."""

from collections.abc import Callable
from pathlib import Path

import ffmpeg as graph
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest import approx, fixture, mark

from postprod import ffmpeg
from postprod.faces import Face, find_faces
from postprod.picture.frames import frames, upright
from postprod.picture.reframe import Box, Focus, focus_in, share_kept, window
from postprod.picture.segments import render_segment
from ugcgen.domain.edit import Crop, Edit, Join, SceneCut, TransitionKind
from ugcgen.pipeline.timeline import lay_out

Clip = Callable[[str, Image.Image], Path]


@fixture
def clip(tmp_path: Path) -> Clip:
    """Makes a clip of a second from a still."""

    def make(name: str, image: Image.Image) -> Path:
        image.save(tmp_path / f"{name}.png")
        still = graph.input(tmp_path / f"{name}.png", t="1.2", extra_options={"loop": 1, "framerate": 24}).video
        shown = still.scale(out_color_matrix="bt709", out_range="tv").format(pix_fmts="yuv420p")
        options = {"preset": "ultrafast", "colorspace": "bt709"}
        made = graph.output(shown, filename=tmp_path / f"{name}.mp4", extra_options=options)
        ffmpeg.run(made, "make a clip")
        return tmp_path / f"{name}.mp4"

    return make


def photo(name: str, height: int) -> Image.Image:
    with Image.open(f"examples/photos/{name}.jpg") as image:
        return image.resize((round(height * image.width / image.height), height))


def beside(height: int, width: int, *placed: tuple[Image.Image, int]) -> Image.Image:
    """Pictures set from the left on grey."""
    scene = Image.new("RGB", (width, height), (150, 150, 150))
    for picture, left in placed:
        scene.paste(picture, (left, height - picture.height))
    return scene


def film_of(clips: dict[str, Path], folder: Path, size: tuple[int, int], **scene: object) -> list[Image.Image]:
    """The frames of a film of the clips, a second each, that dissolve into each other."""
    cuts = [SceneCut(scene_number=number, clip=name, frames=24, **scene) for number, name in enumerate(clips, 1)]
    joins = [Join(kind=TransitionKind.DISSOLVE, frames=8)] * (len(cuts) - 1)
    edit = Edit(width=size[0], height=size[1], scenes=cuts, joins=joins)
    shown = []
    for segment in lay_out(edit).segments:
        render_segment(segment, edit, clips, [], folder / f"{segment.name}.mp4")
        shown += [upright(frame) for frame in frames(folder / f"{segment.name}.mp4")]
    return shown


def faces(image: Image.Image) -> list[Face]:
    return find_faces(np.asarray(image))


@mark.parametrize("left", [0, 200, 390])
def test_a_wide_clip_in_a_tall_film_shows_the_whole_face(clip: Clip, tmp_path: Path, left: int) -> None:
    wide = beside(360, 640, (photo("avatar-front", 340), left))
    (face,) = faces(wide)
    first, *_, last = film_of({"a": clip("wide", wide)}, tmp_path, (180, 320))
    (kept,) = faces(first)
    assert kept.height == approx(face.height, abs=0.03), "filled to the film's height"
    assert 0 <= kept.left < kept.right <= 1
    assert (kept.left + kept.right) / 2 == approx(0.5, abs=0.06)
    assert kept.left == approx(faces(last)[0].left, abs=0.01), "one window for the scene"


def test_a_tall_clip_in_a_wide_film_shows_the_whole_head(clip: Clip, tmp_path: Path) -> None:
    tall = Image.new("RGB", (360, 640), (150, 150, 150))
    tall.paste(photo("avatar-front", 220), (90, 40))
    (kept,) = faces(film_of({"a": clip("tall", tall)}, tmp_path, (320, 180))[0])
    assert 0.1 < kept.top < kept.bottom < 0.95


def test_two_scenes_keep_their_windows_through_the_transition(clip: Clip, tmp_path: Path) -> None:
    at_left = clip("left", beside(360, 640, (photo("avatar-front", 340), 0)))
    at_right = clip("right", beside(360, 640, (photo("avatar-left", 340), 385)))
    shown = film_of({"a": at_left, "b": at_right}, tmp_path, (180, 320))
    assert len(shown) == 40
    assert difference(shown[15], shown[16]) < 12, "the join begins where the body ended"
    assert difference(shown[23], shown[24]) < 12


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16)).mean())


def test_a_face_that_does_not_fit_is_shown_whole_over_blur(clip: Clip, tmp_path: Path) -> None:
    close = photo("avatar-front", 640).crop((60, 40, 420, 640)).resize((360, 640))
    shown = film_of({"a": clip("close", close)}, tmp_path, (320, 180))[0]
    assert faces(shown), "small, but all of it"
    pixels = np.asarray(shown.convert("L"), dtype=np.float32)
    middle, side = pixels[:, 112:208], pixels[:, :100]
    assert np.abs(np.diff(side)).mean() < 0.35 * np.abs(np.diff(middle)).mean()
    assert side.std() > 2, "not a plain bar"
    expected = np.asarray(close.convert("L").resize((102, 180)), dtype=np.float32)
    assert np.abs(pixels[:, 109:209] - expected[:, 1:101]).mean() < 6


def test_without_a_face_the_window_lies_on_what_stands_out(clip: Clip, tmp_path: Path) -> None:
    product = photo("product-front", 300).crop((60, 0, 165, 300))
    wide = clip("product", beside(360, 640, (product, 470)))
    focus = focus_in(wide, 0, 1, Box(0, 0, 1, 1))
    assert not focus.is_face
    assert focus.box.left == approx((470 + 52) / 640, abs=0.08)
    square = film_of({"a": wide}, tmp_path, (180, 180))[0]
    # The clip's right end is the window's: the product is 105 of 360 pixels wide there, at 300 of 360.
    assert difference(square.crop((95, 40, 145, 170)), product.resize((52, 150)).crop((0, 10, 50, 140))) < 12


def test_a_crop_says_what_the_window_may_show(clip: Clip, tmp_path: Path) -> None:
    two = beside(360, 1280, (photo("avatar-front", 340), 100), (photo("avatar-left", 340), 800))
    shown = film_of({"a": clip("two", two)}, tmp_path, (180, 320), crop=Crop(right=0.5))[0]
    (kept,) = faces(shown)
    assert (kept.left + kept.right) / 2 == approx(0.5, abs=0.08)


shapes = st.floats(0.3, 3)
shares = st.floats(0, 1)


@given(wide=shapes, film=shapes, left=shares, top=shares, across=shares, down=shares, face=st.booleans())
def test_a_window_lies_inside_has_the_shape_and_holds_the_focus(
    wide: float, film: float, left: float, top: float, across: float, down: float, face: bool
) -> None:
    picture = Box(0, 0, 1000 * wide, 1000)
    box = Box(left * picture.width, top * 1000, across * (1 - left) * picture.width, down * (1 - top) * 1000)
    found = window(picture, film, Focus(box, face))
    if found is None:
        too_large = min(picture.width, 1000 * film) < box.width or min(1000, picture.width / film) < box.height
        assert too_large or share_kept(picture, film) < 0.5
        return
    near = 1e-6
    assert found.shape == approx(film)
    assert found.left >= -near
    assert found.left + found.width <= picture.width + near
    assert found.top >= -near
    assert found.top + found.height <= picture.height + near
    assert found.left - near <= box.left
    assert box.left + box.width <= found.left + found.width + near
    assert found.top - near <= box.top
    assert box.top + box.height <= found.top + found.height + near
