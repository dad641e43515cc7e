"""The files made from a finished film: each as it was asked for, all from one decode, the same bytes every time."""

import hashlib
import json
from itertools import pairwise
from math import prod
from pathlib import Path

import av
import ffmpeg as graph
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest import MonkeyPatch, approx, fixture, mark, raises

from postprod import ffmpeg
from postprod.files.outputs import BESIDE, MOST_PIXELS, WAVEFORM, cell_frames, decodes, is_film, make_files
from postprod.picture.frames import frames, upright
from postprod.probe import probe, probe_picture
from tests.integration.postprod.conftest import Make
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.enums import AspectRatio, Quality
from ugcgen.domain.errors import MediaError
from ugcgen.domain.output import Container, Output, Resolution
from ugcgen.pipeline.cutting import frame_size

FRAMES = 96
SPOKEN = "aevalsrc='0.5*sin(2*PI*440*t)*gt(t,2)|0.5*sin(2*PI*440*t)*gt(t,2)':s=48000:d=4"
ASKED = [
    Output(resolution=Resolution.P720, quality=Quality.DRAFT),
    Output(resolution=Resolution.P720, container=Container.WEBM, quality=Quality.DRAFT),
]
EDIT = Edit(scenes=[SceneCut(scene_number=1, clip="c", frames=FRAMES)])
Pixels = np.ndarray


@fixture(scope="module")
def film(make: Make) -> Path:
    """Four seconds: black, then a moving picture; silence, then a tone."""
    source = "testsrc2=s=360x640:r=24:d=4,drawbox=t=fill:c=black:enable='lt(t,1)'"
    return make("finished.mp4", picture=source, sound=SPOKEN, acodec="aac", colorspace="bt709")


@fixture(scope="module")
def made(film: Path, media: Path) -> dict[str, Path]:
    (folder := media / "made").mkdir()
    return make_files(film, EDIT, ASKED, folder)


@fixture(scope="module")
def originals(film: Path) -> list[Pixels]:
    return shown(film)


def shown(path: Path) -> list[Pixels]:
    """Every frame, small and grey."""
    return [grey(upright(frame)) for frame in frames(path)]


def picture(path: Path) -> Image.Image:
    with Image.open(path) as file:
        file.load()
        return file.copy()


def grey(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("L").resize((45, 80), Image.Resampling.BOX))


def likeness(one: Pixels, other: Pixels) -> float:
    """Signal to noise between two pictures, in dB."""
    error = np.mean((one.astype(np.float64) - other.astype(np.float64)) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@mark.parametrize(
    ("name", "size", "picture_codec", "sound_codec"),
    [
        ("9x16-720p-draft.mp4", (720, 1280), "h264", "aac"),
        ("9x16-720p-draft.webm", (720, 1280), "libdav1d", "opus"),
        ("proxy-540p.mp4", (360, 640), "h264", "aac"),
    ],
)
def test_another_size_or_format_is_the_same_film(
    made: dict[str, Path],
    originals: list[Pixels],
    name: str,
    size: tuple[int, int],
    picture_codec: str,
    sound_codec: str,
) -> None:
    found = probe(made[name])
    assert found.picture
    assert found.sound
    assert (found.picture.codec, found.picture.width, found.picture.height) == (picture_codec, *size)
    assert (found.picture.frames, found.picture.fps) == (FRAMES, approx(24, abs=0.01))
    assert (found.picture.pixel_format, found.picture.color_space) == ("yuv420p", "bt709")
    assert (found.sound.codec, found.sound.rate, found.sound.channels) == (sound_codec, 48_000, 2)
    assert found.sound.seconds == approx(4, abs=0.05)
    assert found.faststart == name.endswith(".mp4")
    frames_now = shown(made[name])
    assert [frame.mean() > 20 for frame in frames_now] == [number >= 24 for number in range(FRAMES)]
    assert min(map(likeness, originals, frames_now)) > 21, "every frame of the film, in its place"


def test_a_proxy_has_a_key_frame_every_half_second(made: dict[str, Path]) -> None:
    with av.open(str(made["proxy-540p.mp4"])) as container:
        keys = [float(packet.pts * packet.time_base) for packet in container.demux(video=0) if packet.is_keyframe]
    assert max(after - before for before, after in pairwise(keys)) < 0.5 + 1e-3


def test_the_preview_glances_at_the_whole_film_mute(made: dict[str, Path], originals: list[Pixels]) -> None:
    found = probe(made["preview.mp4"])
    assert found.picture
    assert found.sound is None
    assert (found.picture.width, found.picture.height, found.picture.fps) == (270, 480, approx(12, abs=0.01))
    expected = [originals[24 * glance + 2 * number] for glance in range(4) for number in range(9)]
    assert min(likeness(*pair) for pair in zip(expected, shown(made["preview.mp4"]), strict=True)) > 22


def test_the_cells_of_the_filmstrip_are_frames_of_the_film(film: Path, made: dict[str, Path]) -> None:
    strip = picture(made["filmstrip.jpg"])
    assert strip.size == (12 * 90, 160)
    wanted = cell_frames(FRAMES)
    assert wanted == list(range(4, 96, 8))
    taken = [upright(frame) for number, frame in enumerate(frames(film)) if number in wanted]
    for cell, frame in enumerate(taken):
        assert likeness(grey(strip.crop((90 * cell, 0, 90 * cell + 90, 160))), grey(frame)) > 24


def test_the_poster_shows_something_and_the_thumbnail_is_the_poster(
    made: dict[str, Path], originals: list[Pixels]
) -> None:
    poster, thumbnail = picture(made["poster.jpg"]), picture(made["thumbnail.jpg"])
    assert (poster.size, thumbnail.size) == ((360, 640), (360, 640))
    likest = max(range(FRAMES), key=lambda number: likeness(originals[number], grey(poster)))
    assert likest >= 24, "before that the film is black"
    assert likeness(grey(thumbnail), grey(poster)) > 35


def test_a_face_is_the_poster_before_what_is_sharper(tmp_path: Path) -> None:
    still = Path("examples/photos/avatar-front.jpg").absolute()
    face = (
        graph.input(still, t="1", extra_options={"loop": 1, "framerate": 24})
        .video.scale(w="180", h="240")
        .setsar(sar="1")
    )
    stripes = graph.input("testsrc2=s=180x240:r=24:d=2", f="lavfi").video
    joined = graph.filters.concat(stripes, face, n=2).video(0)
    options = {"preset": "ultrafast", "pix_fmt": "yuv420p"}
    ffmpeg.run(graph.output(joined, filename=tmp_path / "face.mp4", extra_options=options), "make a film")
    poster = picture(make_files(tmp_path / "face.mp4", EDIT, [], tmp_path)["poster.jpg"])
    assert likeness(grey(poster), grey(picture(still))) > 20


def test_the_waveform_is_the_sound_by_hundredths_of_a_second(made: dict[str, Path]) -> None:
    waveform = json.loads(made["waveform.json"].read_text())
    assert (waveform["version"], waveform["sample_rate"], waveform["samples_per_pixel"]) == (2, 48_000, 480)
    assert len(waveform["data"]) == 2 * waveform["length"]
    assert waveform["length"] == approx(400, abs=3)
    lowest, highest = waveform["data"][0::2], waveform["data"][1::2]
    assert set(lowest[:195] + highest[:195]) <= {-1, 0, 1}
    assert np.median(highest[210:390]) == approx(64, abs=3), "half of full scale"
    assert np.median(lowest[210:390]) == approx(-64, abs=3)
    drawn = np.asarray(picture(made["waveform.png"]))[..., 1] > 0
    heights = drawn.sum(axis=0)
    assert (drawn.shape, heights[300], heights[900]) == ((160, 1200), approx(2, abs=2), approx(81, abs=4))


def test_it_takes_one_process_and_gives_the_same_bytes(
    film: Path, made: dict[str, Path], tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    journal, program = tmp_path / "runs.txt", tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\necho \"$@\" >> '{journal}'\nexec '{ffmpeg.executable()}' \"$@\"\n")
    program.chmod(0o755)
    monkeypatch.setenv("FFMPEG_PATH", str(program))
    again = make_files(film, EDIT, ASKED, tmp_path)
    (run,) = journal.read_text().splitlines()
    assert run.split().count("-i") == 1
    assert {name: digest(path) for name, path in again.items()} == {name: digest(path) for name, path in made.items()}
    assert set(made) == {*(output.name for output in ASKED), *BESIDE}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@mark.parametrize("frame_count", [1, 5, 48])
def test_a_short_film_without_sound_has_all_but_a_waveform(make: Make, tmp_path: Path, frame_count: int) -> None:
    film = make(f"short-{frame_count}.mp4", picture=f"testsrc2=s=90x160:r=24:d=4,trim=end_frame={frame_count}")
    made = make_files(film, EDIT, [], tmp_path)
    assert set(made) == set(BESIDE) - set(WAVEFORM)
    assert probe_picture(made["proxy-540p.mp4"]).frames == frame_count
    assert probe_picture(made["preview.mp4"]).frames >= 1
    assert picture(made["filmstrip.jpg"]).size == (min(12, frame_count) * 90, 160)


def test_a_film_in_4k_is_handed_over_in_every_size(make: Make, tmp_path: Path) -> None:
    film = make("large.mp4", picture="testsrc2=s=2160x3840:r=24:d=0.25", sound="sine=r=48000:d=0.25")
    made = make_files(film, EDIT, [Output(resolution=Resolution.P4K, container=Container.WEBM), Output()], tmp_path)
    sizes = {name: (probe_picture(made[name]).width, probe_picture(made[name]).height) for name in list(made)[:3]}
    assert sizes == {
        "9x16-4k-standard.webm": (2160, 3840),
        "9x16-1080p-standard.mp4": (1080, 1920),
        "proxy-540p.mp4": (540, 960),
    }
    assert picture(made["poster.jpg"]).size == (1080, 1920)


def test_nothing_is_left_of_a_film_that_is_cut_off(film: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\x00\x00\x00\x18ftypmp42 nothing else")
    with raises(MediaError, match="cannot be read as media"):
        make_files(broken, EDIT, ASKED, tmp_path)
    sound = tmp_path / "sound.m4a"
    heard = graph.input(film).audio.output(filename=sound, acodec="copy")
    ffmpeg.run(heard, "keep the sound alone")
    with raises(MediaError, match="has no picture"):
        make_files(sound, EDIT, ASKED, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.mp4", "sound.m4a"]


@mark.parametrize(
    ("output", "same"),
    [
        (Output(), True),
        (Output(quality=Quality.DRAFT), True),
        (Output(quality=Quality.HIGH), False),
        (Output(resolution=Resolution.P720), False),
        (Output(container=Container.WEBM), False),
        (Output(ratio=AspectRatio.SQUARE), False),
    ],
)
def test_an_output_that_the_film_is_already_is_the_film(output: Output, same: bool) -> None:
    assert EDIT.quality is Quality.STANDARD
    assert is_film(output, EDIT) is same


@given(
    st.lists(
        st.builds(
            Output,
            ratio=st.sampled_from(AspectRatio),
            resolution=st.sampled_from(Resolution),
            container=st.sampled_from(Container),
        ),
        max_size=12,
        unique=True,
    )
)
def test_outputs_share_a_process_as_far_as_memory_goes(outputs: list[Output]) -> None:
    shares = decodes(outputs)
    assert [output for share in shares for output in share] == outputs
    for share in shares:
        sizes = [prod(frame_size(output.ratio, output.resolution.short_side)) for output in share]
        assert len(share) < 2 or sum(sizes) <= MOST_PIXELS


def test_the_usual_outputs_take_one_decode() -> None:
    usual = [Output(resolution=r, container=c) for r in (Resolution.P1080, Resolution.P720) for c in Container]
    large = Output(resolution=Resolution.P4K)
    assert decodes([large, *usual[:2], large]) == [[large, *usual[:2]], [large]]
    assert len(decodes(usual)) == len(decodes([])) == 1
