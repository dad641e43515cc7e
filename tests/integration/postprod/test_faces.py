"""Faces in the example photos of an avatar, and in clips made from one."""

from pathlib import Path

import ffmpeg
import numpy as np
from PIL import Image
from pytest import approx, mark, raises

from postprod.faces import faces_in, find_faces
from postprod.ffmpeg import run
from tests.integration.postprod.conftest import Make, Ramp
from ugcgen.domain.errors import MediaError

PHOTOS = Path(__file__).parents[3] / "examples" / "photos"


def photo(name: str = "avatar-front") -> Image.Image:
    return Image.open(PHOTOS / f"{name}.jpg").convert("RGB")


@mark.parametrize("name", ["avatar-front", "avatar-left", "avatar-right"])
def test_a_face_is_found_with_its_parts_in_place(name: str) -> None:
    (face,) = find_faces(np.asarray(photo(name)))
    (left_eye, right_eye), (left_corner, right_corner) = face.eyes, face.mouth
    assert left_eye[0] < right_eye[0]
    assert left_corner[0] <= right_corner[0]
    assert max(left_eye[1], right_eye[1]) < face.nose[1] < min(left_corner[1], right_corner[1])
    for x, y in (*face.eyes, face.nose, *face.mouth):
        assert face.left < x < face.right
        assert face.top < y < face.bottom


def test_places_are_shares_of_the_picture_whatever_its_size() -> None:
    large = photo()
    (small,) = find_faces(np.asarray(large.resize((large.width // 3, large.height // 3))))
    (face,) = find_faces(np.asarray(large))
    assert (small.left, small.top, small.width, small.height) == approx(
        (face.left, face.top, face.width, face.height), abs=0.02
    )


def test_the_largest_face_comes_first() -> None:
    pair = Image.new("RGB", (800, 600), "white")
    pair.paste(photo().resize((250, 250 * photo().height // photo().width)), (20, 20))
    pair.paste(photo().resize((400, 400 * photo().height // photo().width)), (380, 20))
    first, second = find_faces(np.asarray(pair))
    assert first.left > 0.5 > second.left
    assert find_faces(np.asarray(pair)) == [first, second]


def test_a_clip_shows_its_faces_when_they_are_there(ramp: Ramp, tmp_path: Path) -> None:
    photo().resize((180, 320)).save(tmp_path / "face.png")
    face = ffmpeg.input(tmp_path / "face.png", extra_options={"loop": 1, "framerate": 24, "t": 3}).video
    grey = ffmpeg.input(ramp(72, width=180, height=320)).video
    clip = tmp_path / "clip.mp4"
    shown = grey.overlay(face, enable="gte(n,24)", shortest=True)
    run(shown.output(filename=clip, extra_options={"preset": "ultrafast"}), "make a clip")
    seen = faces_in(clip)
    assert [sighting.seconds for sighting in seen] == [0, 1, 2]
    assert [len(sighting.faces) for sighting in seen] == [0, 1, 1]
    assert faces_in(clip) is seen


def test_what_is_no_clip_is_refused(make: Make) -> None:
    with raises(MediaError, match="no frame"):
        faces_in(make("faceless.wav", sound="sine=duration=0.2"))
