import io
from pathlib import Path

import av
import ffmpeg
import numpy as np
from av.video.frame import PictureType
from PIL import Image
from pytest import approx, mark, raises

from postprod.ffmpeg import run
from postprod.picture.frames import last_frame, sample_frames, upright
from postprod.picture.parts import join_parts
from postprod.probe import probe
from tests.integration.postprod.conftest import Make, Ramp, numbers
from ugcgen.domain.errors import MediaError


def opened(image: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(image)).convert("RGB"), int)


def grey_of(frame: int) -> float:
    """The RGB value of a ramp's frame: video range stretched to full range."""
    return (20 + 2 * frame - 16) * 255 / 219


@mark.parametrize("frames", [1, 13, 100])
def test_the_last_frame_is_the_last(ramp: Ramp, frames: int) -> None:
    image = opened(last_frame(ramp(frames)))
    assert image.shape == (160, 90, 3)
    assert image.mean() == approx(grey_of(frames - 1), abs=1.2)


def test_the_last_frame_has_the_clips_colors_and_stands_upright(make: Make, media: Path) -> None:
    halves = "color=0xC03020:s=320x180:r=24:d=0.5,format=rgb24,drawbox=w=160:h=180:color=0x2050B0:t=fill"
    flat = make("halves.mp4", picture=f"{halves},scale=out_color_matrix=bt709,format=yuv420p")
    turned = media / "halves-turned.mp4"
    run(ffmpeg.input(flat, display_rotation=90).video.output(filename=turned, c="copy"), "turn a clip")
    image = opened(last_frame(turned))
    assert image.shape == (320, 180, 3)
    assert image[:150].mean(axis=(0, 1)) == approx((0xC0, 0x30, 0x20), abs=3)
    assert image[170:].mean(axis=(0, 1)) == approx((0x20, 0x50, 0xB0), abs=3)


def test_frames_are_sampled_at_an_even_pace(ramp: Ramp, make: Make) -> None:
    samples = sample_frames(ramp(60), 4)
    assert [seconds for seconds, _ in samples] == approx([n / 4 for n in range(10)], abs=0.001)
    for seconds, image in samples:
        assert opened(image).mean() == approx(grey_of(round(seconds * 24)), abs=1.5)
    big = make("big.mp4", picture="testsrc2=s=720x1280:r=24:d=0.2")
    ((_, image),) = sample_frames(big, 1)
    assert opened(image).shape == (512, 288, 3)
    with raises(MediaError, match="ask for more than 0"):
        sample_frames(big, 0)


def test_sampled_frames_are_those_of_the_whole_clip_wherever_others_are_skipped(make: Make) -> None:
    """At seven a second some lie on frames that no other refers to, and some between."""
    clip = make("many-b.mp4", picture="testsrc2=s=90x160:r=24:d=3", **{"preset": "veryfast", "bf": 3, "crf": 10})
    with av.open(str(clip)) as container:
        every = list(container.decode(video=0))
    assert sum(frame.pict_type == PictureType.B for frame in every) > len(every) / 3
    samples = sample_frames(clip, 7)
    assert len(samples) == 21
    pictures = np.array([upright(frame) for frame in every], dtype=float)
    for seconds, image in samples:
        likest = int(np.abs(pictures - opened(image)).mean(axis=(1, 2, 3)).argmin())
        assert every[likest].time == seconds


def test_an_extension_that_is_only_the_tail_is_joined(ramp: Ramp, tmp_path: Path) -> None:
    join_parts(ramp(40), ramp(30, first=40), tmp_path / "whole.mp4")
    assert numbers(tmp_path / "whole.mp4") == list(range(70))


def test_a_tail_longer_than_the_original_is_still_a_tail(ramp: Ramp, tmp_path: Path) -> None:
    join_parts(ramp(24), ramp(40, first=24), tmp_path / "whole.mp4")
    assert numbers(tmp_path / "whole.mp4") == list(range(64))


def test_an_extension_that_is_the_whole_is_taken_as_it_is(ramp: Ramp, tmp_path: Path) -> None:
    whole = ramp(70)
    join_parts(ramp(40), whole, tmp_path / "whole.mp4")
    assert (tmp_path / "whole.mp4").read_bytes() == whole.read_bytes()


def test_parts_of_other_size_and_sound_become_one(make: Make, tmp_path: Path) -> None:
    first = make("part-1.mp4", picture="testsrc2=s=180x320:r=24:d=2")
    second = make("part-2.mp4", picture="mandelbrot=s=360x640:r=30,trim=duration=1", sound="sine=f=300:d=1")
    join_parts(first, second, tmp_path / "whole.mp4")
    found = probe(tmp_path / "whole.mp4")
    assert found.picture
    assert found.sound
    assert (found.picture.width, found.picture.height, found.picture.fps, found.picture.frames) == (180, 320, 24, 72)
    assert found.sound.seconds == approx(3, abs=0.03)


def test_what_cannot_be_decoded_is_named(make: Make, tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"nothing")
    with raises(MediaError, match=r"broken\.mp4"):
        last_frame(tmp_path / "broken.mp4")
    with raises(MediaError, match=r"tone\.m4a"):
        last_frame(make("tone.m4a", sound="sine=d=0.5"))
