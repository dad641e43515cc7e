from pathlib import Path

import ffmpeg
from pytest import approx, raises

from postprod.ffmpeg import run
from postprod.probe import probe, probe_picture
from tests.integration.postprod.conftest import Make, Ramp
from ugcgen.domain.errors import MediaError


def test_what_a_clip_is(make: Make) -> None:
    found = probe(make("both.mp4", picture="testsrc2=s=180x320:r=25:d=2", sound="sine=r=44100:d=1.5"))
    assert found.picture
    assert found.sound
    assert found.picture.model_dump() == {
        "codec": "h264", "width": 180, "height": 320, "fps": 25.0, "frames": 50, "seconds": 2.0,
        "pixel_format": "yuv420p", "color_space": None, "rotation": 0,
        "stream": 0, "start": 0.0, "pixel_aspect": 1.0, "transfer": None, "primaries": None,
    }  # fmt: skip
    assert (found.sound.codec, found.sound.rate, found.sound.channels) == ("aac", 44100, 1)
    assert found.sound.seconds == approx(1.5, abs=0.001)
    assert found.seconds == 2.0


def test_where_the_index_lies(make: Make, ramp: Ramp, media: Path) -> None:
    late = ramp(10)
    assert not probe(late).faststart
    early = media / "early.mp4"
    run(ffmpeg.input(late).video.output(filename=early, c="copy", extra_options={"movflags": "+faststart"}), "move")
    assert probe(early).faststart
    assert not probe(make("tone.wav", sound="sine=d=0.5")).faststart


def test_a_format_without_frame_counts_is_counted(make: Make) -> None:
    found = probe_picture(make("clip.webm", picture="testsrc2=s=64x64:r=24:d=1", **{"c:v": "libvpx", "preset": "0"}))
    assert (found.frames, found.codec) == (24, "vp8")


def test_a_file_cut_off_or_of_another_kind_is_named(ramp: Ramp, make: Make, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(ramp(40).read_bytes()[:3000])
    with raises(MediaError, match=r"cut\.mp4 cannot be read as media"):
        probe(cut)
    (tmp_path / "note.mp4").write_text("hello")
    with raises(MediaError, match=r"note\.mp4"):
        probe(tmp_path / "note.mp4")
    with raises(MediaError, match=r"gone\.mp4"):
        probe(tmp_path / "gone.mp4")
    with raises(MediaError, match=r"voice\.wav has no picture"):
        probe_picture(make("voice.wav", sound="sine=d=0.2"))
