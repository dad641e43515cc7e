"""What comes in: clips of every form and state. Each gives the right film, or a refusal that names its scene."""

import re
from pathlib import Path

import av
import ffmpeg
import numpy as np
from pytest import TempPathFactory, approx, fixture, mark, raises

from postprod.picture.frames import upright
from postprod.picture.segments import render_segment
from postprod.probe import probe_picture
from tests.integration.postprod.clip_forms import (
    FORMS,
    OTHERS,
    SIZE,
    WRITTEN,
    drawn,
    make_bad,
    make_good,
    written,
)
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import lay_out

FPS = 24
GUIDE = Path(__file__).parents[3] / "docs" / "post-production.md"


def times(clip: Path) -> list[tuple[float, int]]:
    """When each frame of the clip is shown, counted from the file's start, and what it shows."""
    with av.open(str(clip)) as container:
        stream = max(container.streams.video, key=lambda s: s.frames)
        origin = (container.start_time or 0) / av.time_base
        return [((frame.time or 0) - origin, round(level(upright_pixels(frame)))) for frame in container.decode(stream)]


def upright_pixels(frame: av.VideoFrame) -> np.ndarray:
    return np.asarray(upright(frame))


def level(pixels: np.ndarray) -> float:
    return float(pixels.mean())


def cut(frames: int, **fields: object) -> Edit:
    scene = SceneCut.model_validate({"scene_number": 3, "clip": "a", "frames": frames, **fields})
    return Edit(width=SIZE[0], height=SIZE[1], fps=FPS, scenes=[scene])


def rendered(edit: Edit, clip: Path, out: Path) -> list[np.ndarray]:
    render_segment(lay_out(edit).segments[0], edit, {"a": clip}, [], out)
    with av.open(str(out)) as container:
        return [upright_pixels(frame) for frame in container.decode(video=0)]


WIDE = {"landscape", "very-wide", "turned-90", "turned-270"}


@mark.parametrize("name", [*FORMS, *WRITTEN, *OTHERS])
def test_every_clip_that_can_be_shown_is_shown_right(tmp_path: Path, name: str) -> None:
    clip = make_good(name, tmp_path)
    start, frames = (0.1, 24) if name in FORMS else (0.6, 12)
    shown = rendered(cut(frames, trim_start=start), clip, tmp_path / "out.mp4")
    source = times(clip)
    assert len(shown) == frames
    for number, pixels in enumerate(shown):
        assert pixels.shape == (SIZE[1], SIZE[0], 3)
        # What the clip shows in the middle of the film's frame, or its first frame where it shows nothing yet.
        middle = start + (number + 0.5) / FPS - 0.001
        expected = [what for when, what in source if when < middle] or [source[0][1]]
        # What is much wider than the film lies over a darker copy of itself.
        plain = pixels[78:82] if name in WIDE else pixels
        assert abs(level(plain) - expected[-1]) < 2.5
        assert plain.std() < 3


DISC = "drawbox=color=red:t=fill,drawbox=x=(iw-{w})/2:y=(ih-{h})/2:w={w}:h={h}:color=lime:t=fill"


@mark.parametrize(
    ("size", "pixels", "crop", "box", "shown"),
    [
        # The box is what is asked for, and just fills the picture.
        ("180x160", "1", {}, (90, 160), (90, 160)),
        ("180x320", "1", {"left": 0.25, "right": 0.25, "top": 0.25, "bottom": 0.25}, (90, 160), (90, 160)),
        ("180x320", "1", {"left": 0.4, "right": 0.4}, (36, 64), (90, 160)),
        # A square stays a square where the clip's own pixels are not.
        ("60x160", "3/2", {}, (20, 30), (30, 30)),
        ("360x160", "1/2", {}, (40, 20), (20, 20)),
        ("161x151", "1", {}, (20, 20), (21, 21)),
    ],
)
def test_what_is_kept_fills_the_picture_and_keeps_its_shape(
    tmp_path: Path, size: str, pixels: str, crop: dict[str, float], box: tuple[int, int], shown: tuple[int, int]
) -> None:
    form = DISC.format(w=box[0], h=box[1])
    clip = written(tmp_path / "in.mp4", drawn(size, pix_fmt="yuv444p", then=f"{form},setsar={pixels}"))
    picture = rendered(cut(4, crop=crop), clip, tmp_path / "out.mp4")[0]
    green = picture[:, :, 1] > 128
    assert (green.any(axis=0).sum(), green.any(axis=1).sum()) == approx(shown, abs=3)


def test_a_crop_off_the_middle_shows_that_side(tmp_path: Path) -> None:
    sides = "drawbox=color=red:t=fill,drawbox=x=iw/2:w=iw/2:color=lime:t=fill"
    clip = written(tmp_path / "in.mp4", drawn("320x180", pix_fmt="yuv444p", then=sides))
    (left, *_), (right, *_) = (
        rendered(cut(4, crop=crop), clip, tmp_path / "out.mp4") for crop in ({"right": 0.5}, {"left": 0.5})
    )
    assert left[:, :-2, 0].min() > 200
    assert left[:, :-2, 1].max() < 60
    assert right[:, 2:, 1].min() > 200
    assert right[:, 2:, 0].max() < 60


@mark.parametrize(("transfer", "white"), [("smpte2084", 0.58), ("arib-std-b67", 0.75)])
def test_hdr_is_brought_down_to_standard_range(tmp_path: Path, transfer: str, white: float) -> None:
    """A diffuse white (203 cd/m2) is near white, half of its light near middle grey; nothing above it is torn."""
    signal = "0.4+0.6*X/W" if transfer == "smpte2084" else "X/W"
    source = f"nullsrc=s=90x160:r=24:d=1,format=yuv420p10,geq=lum='64+876*({signal})':cb=512:cr=512"
    tags = f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc:range=tv"
    options = {"c:v": "libx265", "x265-params": "log-level=error", "color_trc": transfer}
    tagged = {"color_primaries": "bt2020", "colorspace": "bt2020nc", "color_range": "tv"}
    source_stream = ffmpeg.input(f"{source},{tags}", f="lavfi").video
    clip = written(tmp_path / "hdr.mp4", source_stream, **options, **tagged)
    found = probe_picture(clip)
    assert (found.transfer, found.primaries, found.pixel_format) == (transfer, "bt2020", "yuv420p10le")
    picture = rendered(cut(4), clip, tmp_path / "out.mp4")[0]
    row = picture[80].mean(axis=1)
    assert (np.diff(row) > -3).all()
    at_white = round(90 * ((white - 0.4) / 0.6 if transfer == "smpte2084" else white))
    assert 205 < row[at_white] < 240
    assert np.ptp(picture[80], axis=1).max() < 6


# What is refused.


@fixture(scope="module")
def whole(tmp_path_factory: TempPathFactory) -> bytes:
    """A good clip with its index first."""
    clip = drawn("180x320", then="noise=alls=20")
    return written(tmp_path_factory.mktemp("whole") / "whole.mp4", clip, movflags="+faststart", g=12).read_bytes()


UNREADABLE = r"cannot be used: {name}\.mp4 cannot be read as media: "
REFUSALS = {
    "empty": UNREADABLE + "it is empty; make or upload it again",
    "text": UNREADABLE + "it is",
    "zeros": UNREADABLE + "it is damaged, cut off, .* or no media; make or upload it again",
    "picture": UNREADABLE + "it is no MP4, MOV, WebM",
    "hls-playlist": UNREADABLE + "it is",
    "file-list": UNREADABLE + "it is no MP4, MOV, WebM",
    "sound-only": r"cannot be used: {name}\.mp4 has no picture; it should be a video",
    "no-frames": r"cannot be used: {name}\.mp4 has neither picture nor sound",
    "cut-off-before-its-index": UNREADABLE + "it is damaged, cut off",
    "cut-off": r"is 0\.[78]\d s long; the scene needs 36 frames from 0\.00 s on, to 1\.50 s: shorten",
    "damaged": r"is damaged after 0\.[67]\d s; film the scene again",
    "other-size-halfway": r"changes its size after 1\.\d\d s; film the scene again",
    "huge-header": UNREADABLE + ".* larger than 8192x4320 pixels",
    "huge-frames": UNREADABLE + ".* larger than 8192x4320 pixels",
}


@mark.parametrize("name", REFUSALS)
def test_what_cannot_be_shown_is_refused_by_its_scene(tmp_path: Path, whole: bytes, name: str) -> None:
    clip = make_bad(name, tmp_path, whole)
    out = tmp_path / "out" / "body.mp4"
    out.parent.mkdir()
    with raises(MediaError, match="^the clip of scene 3 " + REFUSALS[name].format(name=name)):
        rendered(cut(72 if name == "other-size-halfway" else 36), clip, out)
    assert list(out.parent.iterdir()) == []


def test_a_scene_that_is_too_fast_for_its_clip_is_told_what_to_change(tmp_path: Path) -> None:
    clip = written(tmp_path / "in.mp4", drawn())
    needs = r"scene 3 is 1\.62 s long; the scene needs 24 frames from 0\.50 s on at 2 times its speed, to 2\.50 s: "
    with raises(MediaError, match=needs + "shorten the scene to 13 frames, trim less .*, slow it down, or film it"):
        rendered(cut(24, trim_start=0.5, speed=2), clip, tmp_path / "out.mp4")
    assert len(rendered(cut(24, trim_start=0.5, speed=0.9), clip, tmp_path / "out.mp4")) == 24


def test_the_guide_tells_of_every_clip_that_is_tested() -> None:
    section = GUIDE.read_text(encoding="utf-8").split("\n## What comes in\n")[1].split("\n## ")[0]
    told = re.findall(r"`([^`]+)`", "\n".join(line for line in section.splitlines() if line.startswith("|")))
    assert sorted(told) == sorted([*FORMS, *WRITTEN, *OTHERS, *REFUSALS, "hdr"])
