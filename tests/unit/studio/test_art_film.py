"""Clips: their frames, their motion and their sound."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import av
import numpy as np
import pytest

from infra.local.studio.art import Clip, Picture, draw, film
from infra.local.studio.art.pixels import Image, decode, fit

WIDTH, HEIGHT, FPS = 180, 320, 24
SCENE = "Kitchen, close-up, a woman with brown hair and fair skin holds the bottle, handheld."
MATCH_DB = 33.0
"""How well a given frame and that of the clip must agree at least; x264 at this size leaves 36 and more."""


@cache
def still(prompt: str, seed: int = 3) -> bytes:
    return draw(Picture(prompt, (), WIDTH, HEIGHT, seed))


@cache
def clip(request: Clip) -> bytes:
    return film(request)


def plain(seconds: float = 1.0, **changes: Any) -> Clip:
    request = Clip(SCENE, still(SCENE), None, (), None, seconds, WIDTH, HEIGHT, FPS, 3)
    return replace(request, **changes)


def frames(video: bytes) -> list[Image]:
    with av.open(BytesIO(video), "r") as source:
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in source.decode(video=0)]


def sound(video: bytes) -> np.ndarray[Any, Any]:
    with av.open(BytesIO(video), "r") as source:
        return np.concatenate([frame.to_ndarray() for frame in source.decode(audio=0)], axis=1)


def psnr(a: Image, b: Image) -> float:
    return float(10 * np.log10(255**2 / max(float(np.mean((a.astype(float) - b) ** 2)), 1e-9)))


def test_the_file_is_what_players_and_editors_expect() -> None:
    video = clip(plain())
    assert video.index(b"moov") < video.index(b"mdat")
    with av.open(BytesIO(video), "r") as source:
        picture, audio = source.streams.video[0], source.streams.audio[0]
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (picture.width, picture.height) == (WIDTH, HEIGHT)
        assert picture.average_rate is not None
        assert float(picture.average_rate) == FPS
        assert (audio.codec_context.name, audio.rate, audio.layout.name) == ("aac", 48_000, "stereo")


@pytest.mark.parametrize(("seconds", "fps", "count"), [(1.0, 24, 24), (0.7, 25, 18), (1.3, 30, 39)])
def test_the_number_of_frames_is_exact(seconds: float, fps: int, count: int) -> None:
    assert len(frames(clip(plain(seconds, fps=fps)))) == count


def test_the_same_request_gives_the_same_bytes() -> None:
    assert film(plain()) == clip(plain())


def test_the_clip_begins_on_the_first_frame_and_never_freezes() -> None:
    shown = frames(clip(plain()))
    assert psnr(shown[0], decode(still(SCENE))) > MATCH_DB
    moves = [float(np.abs(a.astype(int) - b).mean()) for a, b in pairwise(shown[4:])]
    assert min(moves) > 0.05
    assert psnr(shown[0], shown[-1]) < 32


def test_the_clip_ends_on_the_last_frame_and_gets_there_smoothly() -> None:
    goal = still("Office at night, medium shot, a woman with brown hair points at the bottle", 8)
    shown = frames(clip(plain(2.0, last_frame=goal)))
    assert psnr(shown[0], decode(still(SCENE))) > MATCH_DB
    assert psnr(shown[-1], decode(goal)) > MATCH_DB
    steps = [float(np.abs(a.astype(int) - b).mean()) for a, b in pairwise(shown)]
    assert max(steps) < 0.3 * float(np.abs(shown[0].astype(int) - shown[-1]).mean())


def test_a_first_frame_of_another_shape_is_cropped_to_the_clip() -> None:
    square = draw(Picture(SCENE, (), 256, 256, 2))
    shown = frames(film(plain(0.25, first_frame=square)))
    assert psnr(shown[0], fit(decode(square), WIDTH, HEIGHT)) > MATCH_DB


def test_a_picture_without_a_person_moves_too() -> None:
    scene = "product shot, no person, backdrop, amber bottle, pan left"
    shown = frames(film(plain(1.0, prompt=scene, first_frame=None)))
    assert psnr(shown[0], decode(draw(Picture(scene, (), WIDTH, HEIGHT, 3)))) > MATCH_DB
    assert psnr(shown[0], shown[-1]) < 30


def test_camera_words_move_the_camera() -> None:
    ends = {
        move: frames(film(plain(1.0, prompt=SCENE.replace("handheld", move))))[-1] for move in ("pan left", "pan right")
    }
    start = frames(clip(plain()))[0]
    # Along the top of the picture there is only background; panning left brings its left neighbour into view.
    drift = {move: _shift(start[8:60], end[8:60]) for move, end in ends.items()}
    assert drift["pan left"] > 1.5
    assert drift["pan right"] < -1.5


def _shift(before: Image, after: Image) -> float:
    """How far the picture has moved to the right between two strips, in pixels."""
    scores = {}
    for way in range(-12, 13):
        a = before[:, 20:-20].astype(float)
        b = after[:, 20 + way : after.shape[1] - 20 + way].astype(float)
        scores[way] = float(np.mean((a - b) ** 2))
    return float(min(scores, key=lambda way: scores[way]))


def test_without_speech_there_is_quiet_sound() -> None:
    heard = sound(clip(plain()))
    level = float(np.sqrt(np.mean(heard**2)))
    assert 0.0001 < level < 0.02
    assert abs(heard.shape[1] / 48_000 - 1.0) < 0.05


def test_a_clip_that_speaks_is_heard_and_its_mouth_moves() -> None:
    words = ' She speaks and says to camera: "So good!"'
    speaking = clip(plain(1.5, prompt=SCENE + words))
    silent = clip(plain(1.5, prompt=SCENE + words + " No speech."))
    assert float(np.sqrt(np.mean(sound(speaking) ** 2))) > 0.03
    assert float(np.sqrt(np.mean(sound(silent) ** 2))) < 0.02
    from infra.local.studio.art.pixels import find_face

    face = find_face(decode(still(SCENE)))
    assert face is not None
    top, bottom = int(face.mouth[0][1] - 6), int(face.mouth[0][1] + 22)
    left, right = int(face.mouth[0][0] - 4), int(face.mouth[1][0] + 4)
    apart = [
        float(np.abs(a[top:bottom, left:right].astype(int) - b[top:bottom, left:right]).mean())
        for a, b in zip(frames(speaking), frames(silent), strict=True)
    ]
    assert apart[0] < 2
    assert max(apart) > 8


def test_an_extension_is_the_whole_video_and_goes_on_from_its_last_frame() -> None:
    before = clip(plain())
    longer = film(plain(0.75, first_frame=None, extends=before, prompt="Continue the shot. " + SCENE))
    old, new = frames(before), frames(longer)
    assert len(new) == len(old) + 18
    assert min(psnr(a, b) for a, b in zip(old, new, strict=False)) > MATCH_DB
    assert psnr(new[len(old)], old[-1]) > MATCH_DB - 1
    assert psnr(new[-1], old[-1]) < MATCH_DB
    assert abs(sound(longer).shape[1] / 48_000 - 1.75) < 0.05


def test_an_extension_finishes_the_line_and_does_not_repeat_it() -> None:
    words = ' Continue. She speaks and says to camera: "So good, you will see."'
    before = clip(plain(0.8, prompt=SCENE + words))
    longer = sound(film(plain(2.5, prompt=SCENE + words, extends=before)))
    first, second = longer[:, : int(0.8 * 48_000)], longer[:, int(2.4 * 48_000) :]
    assert float(np.sqrt(np.mean(first**2))) > 0.03
    assert float(np.sqrt(np.mean(second**2))) < 0.02


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"first_frame": b"no image at all"}, "are no image"),
        ({"extends": b"no video at all"}, "cannot be read"),
        ({"width": 181}, "must be even"),
    ],
)
def test_what_cannot_be_filmed_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        film(plain(**changes))
