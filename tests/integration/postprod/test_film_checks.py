"""A film that passes every check, and one made bad on purpose for each."""

from collections.abc import Callable, Mapping
from pathlib import Path

import ffmpeg
from ffmpeg import AudioStream, VideoStream
from pytest import approx, fixture, mark

from postprod.captions.film import film_captions
from postprod.checks.film import check_film
from postprod.checks.moment import moment
from postprod.checks.report import Check, Mend, Report, Severity
from postprod.ffmpeg import run
from postprod.files.film import assemble
from postprod.picture.encoder import BT709
from postprod.picture.frames import sample_frames
from postprod.picture.segments import render_segment
from postprod.sound.mix import render_sound
from postprod.sound.voices import place_voices
from postprod.sound.words import speech_span, word_times
from tests.integration.postprod.conftest import Make, Ramp
from tests.integration.postprod.spoken_ad import LINES, SIZE, ad
from tests.unit.markdown import table
from ugcgen.domain.captions import Caption, CaptionStyle
from ugcgen.domain.edit import Edit, Join, SceneCut
from ugcgen.domain.enums import PipelineStep
from ugcgen.pipeline.timeline import lay_out

SAME: Callable[[VideoStream], VideoStream] = lambda picture: picture  # noqa: E731
AS_HEARD: Callable[[AudioStream], AudioStream] = lambda sound: sound  # noqa: E731
RENDERING = Mend()
BT601 = {"colorspace": "smpte170m", "color_primaries": "smpte170m", "color_trc": "smpte170m"}

Media = Mapping[str, Path]


def refilmed(scene: int) -> Mend:
    return Mend(step=PipelineStep.VIDEO_GENERATION, scene=scene)


def rendered(edit: Edit, ad_files: Media, folder: Path) -> Path:
    """The film, as the units make it."""
    timeline = lay_out(edit)
    spans = {scene.voice: speech_span(ad_files[scene.voice]) for scene in edit.scenes if scene.voice}
    voices = place_voices(edit, timeline, spans)
    words = {n: word_times(ad_files[cut.voice], cut.text) for n, cut in enumerate(edit.scenes) if cut.voice}
    captions = film_captions(edit, timeline, voices, words)
    folder.mkdir(exist_ok=True)
    segments = [folder / f"{segment.name}.mp4" for segment in timeline.segments]
    for segment, out in zip(timeline.segments, segments, strict=True):
        render_segment(segment, edit, ad_files, captions, out)
    render_sound(edit, timeline, voices, ad_files, folder / "sound.m4a")
    assemble(edit, segments, folder / "sound.m4a", folder / "film.mp4")
    return folder / "film.mp4"


@fixture(scope="module")
def film(ad_files: Media, media: Path) -> Path:
    return rendered(ad(), ad_files, media / "checked")


def remade(
    film: Path,
    out: Path,
    picture: Callable[[VideoStream], VideoStream] = SAME,
    sound: Callable[[AudioStream], AudioStream] = AS_HEARD,
    **options: object,
) -> Path:
    """The film encoded again as films are, with something done to it."""
    source = ffmpeg.input(film)
    usual = {**BT709, "movflags": "+faststart", "b:a": "192k", "crf": 16, "preset": "veryfast"}
    graph = ffmpeg.output(
        picture(source.video), sound(source.audio), filename=out, pix_fmt="yuv420p", extra_options={**usual, **options}
    )
    run(graph, "make a film bad")
    return out


def checked(film: Path, ad_files: Media, edit: Edit | None = None) -> Report:
    samples = {name: sample_frames(ad_files[name], 1) for name in ("a", "b")}
    return check_film(film, edit or ad(), ad_files, samples)


def failed(report: Report) -> dict[str, Check]:
    return {check.name: check for check in report.checks if not check.ok}


def test_a_film_passes_every_check(film: Path, ad_files: Media) -> None:
    report = checked(film, ad_files)
    assert failed(report) == {}
    assert report.verdict == "pass"
    values = {check.name: check.value for check in report.checks}
    assert values["frames"] == 110 + 90 - 19
    assert values["loudness"] == approx(-14, abs=0.5)
    assert float(values["true_peak"]) <= -1
    assert values["drift"] == 0
    assert abs(float(values["sync"])) < 0.02
    assert float(values["likeness"]) > 0.9
    assert (
        Report.model_validate(report.model_dump(mode="json", exclude={"verdict"}, exclude_computed_fields=True))
        == report
    )


def test_the_guide_explains_every_check_in_its_order(film: Path, ad_files: Media) -> None:
    rows = table(Path(__file__).parents[3] / "docs" / "quality.md", "Checks")
    assert [row[0].strip("`") for row in rows] == [check.name for check in checked(film, ad_files).checks]


def test_a_film_that_is_not_the_planned_one_fails(film: Path, ad_files: Media) -> None:
    other = ad().model_copy(update={"fps": 30, "width": 360, "height": 640})
    assert failed(checked(film, ad_files, other)).keys() >= {"fps", "size", "seconds"}
    longer = ad().model_copy(update={"joins": [Join()]})
    assert failed(checked(film, ad_files, longer)).keys() >= {"frames", "seconds"}


def boxed(picture: VideoStream, **options: object) -> VideoStream:
    return ffmpeg.vfilter(picture, name="drawbox", t="fill", **options)


PICTURES: dict[str, tuple[Callable[[VideoStream], VideoStream], float, float]] = {
    "black": (lambda v: boxed(v, color="black", enable="between(n,24,47)"), 1.0, 2.0),
    "frozen": (lambda v: v.freezeframes(v, first=30, last=84, replace=30), 1.25, 3.54),
    "doubled": (lambda v: v.freezeframes(v, first=30, last=36, replace=30), 1.25, 1.54),
    "torn": (lambda v: boxed(v, y=30, h=70, color="lime", enable="eq(n,40)"), 1.66, 1.71),
}


@mark.parametrize("name", PICTURES)
def test_a_fault_of_the_picture_is_found_in_its_place(film: Path, ad_files: Media, tmp_path: Path, name: str) -> None:
    spoil, start, end = PICTURES[name]
    report = checked(remade(film, tmp_path / "bad.mp4", spoil), ad_files)
    found = failed(report)[name]
    assert (found.stretches[0].start, found.stretches[0].end) == approx((start, end), abs=0.05)
    assert found.mends == (RENDERING,)
    assert report.verdict == "fail"
    assert failed(report).keys() <= {name, "likeness", "timing"}


@mark.parametrize("name", ["black", "frozen"])
def test_a_fault_of_the_clip_is_to_be_filmed_again(ad_files: Media, tmp_path: Path, name: str) -> None:
    bad = {**ad_files, "a": remade(ad_files["a"], tmp_path / "bad-clip.mp4", PICTURES[name][0])}
    report = checked(rendered(ad(), bad, tmp_path / "film"), bad)
    assert failed(report).keys() == {name}
    assert failed(report)[name].mends == (refilmed(1),)


def test_a_clip_of_few_frames_a_second_is_not_taken_for_doubled(ad_files: Media, make: Make, tmp_path: Path) -> None:
    slow = {**ad_files, "a": make("slow.mp4", picture="testsrc2=s=180x320:r=6:d=5,hue=h=40")}
    assert failed(checked(rendered(ad(clip_volume=0), slow, tmp_path / "film"), slow)) == {}


def test_silence_and_clipping_are_found_with_their_times(film: Path, ad_files: Media, tmp_path: Path) -> None:
    mute = remade(film, tmp_path / "mute.mp4", sound=lambda a: a.volume(volume="0", enable="between(t,1,4.5)"))
    silence = failed(checked(mute, ad_files))["silence"]
    assert silence.severity is Severity.FAIL
    assert (silence.stretches[0].start, silence.stretches[0].end) == approx((1.0, 4.5), abs=0.05)
    assert silence.stretches[0].timecode.startswith("0:01.")
    loud = remade(film, tmp_path / "loud.mp4", sound=lambda a: a.volume(volume="18dB", enable="between(t,2,3)"))
    found = failed(checked(loud, ad_files))
    assert found.keys() >= {"clipping", "true_peak"}
    assert all(1.9 < stretch.start < stretch.end < 3.1 for stretch in found["clipping"].stretches)


def test_a_pause_in_which_nobody_should_speak_is_only_told(ad_files: Media, make: Make, tmp_path: Path) -> None:
    quiet = Edit(**SIZE, scenes=[SceneCut(scene_number=1, clip="b", frames=140, voice="v0", text=LINES[0])])
    long = {**ad_files, "b": make("checked-long.mp4", picture="testsrc2=s=180x320:r=24:d=10,rotate=a=t/3:c=gray")}
    quiet = quiet.model_copy(update={"scenes": [quiet.scenes[0].model_copy(update={"frames": 200})]})
    report = check_film(rendered(quiet, long, tmp_path / "film"), quiet, long, {})
    assert failed(report).keys() == {"silence"}
    assert report.verdict == "warn"


@mark.parametrize("seconds", [-0.25, 0.25])
def test_a_voice_that_is_late_or_early_is_found(film: Path, ad_files: Media, tmp_path: Path, seconds: float) -> None:
    def moved(sound: AudioStream) -> AudioStream:
        later = sound.adelay(delays=f"{seconds * 1000}", all=True) if seconds > 0 else sound.atrim(start=-seconds)
        return later.asetpts(expr="PTS-STARTPTS").apad(whole_len=181 * 2000).atrim(end_sample=181 * 2000)

    late = failed(checked(remade(film, tmp_path / "late.mp4", sound=moved), ad_files))
    assert late.keys() == {"sync"}
    assert late["sync"].value == approx(seconds, abs=0.02)


def test_sound_longer_than_the_picture_is_drift(film: Path, ad_files: Media, tmp_path: Path) -> None:
    long = remade(film, tmp_path / "long.mp4", sound=lambda a: a.apad(pad_dur=0.5))
    found = failed(checked(long, ad_files))
    assert found.keys() == {"drift"}
    assert found["drift"].value == approx(0.5, abs=0.05)


def test_an_encoding_that_players_may_not_like_is_told(film: Path, ad_files: Media, tmp_path: Path) -> None:
    odd = remade(film, tmp_path / "odd.mp4", **BT601, pix_fmt="yuv444p", movflags="0")
    assert failed(checked(odd, ad_files)).keys() == {"pixel_format", "faststart", "colors"}


def test_damage_in_the_middle_is_found(film: Path, ad_files: Media, tmp_path: Path) -> None:
    data = bytearray(film.read_bytes())
    middle = len(data) * 2 // 3
    data[middle : middle + 4000] = bytes(4000)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    found = failed(checked(damaged, ad_files))["damage"]
    assert found.stretches
    assert all(3 < stretch.start < stretch.end < 6 for stretch in found.stretches)
    assert moment(damaged, found.stretches[0].start)


def test_clips_in_the_wrong_order_are_told_from_the_film(film: Path, ad_files: Media) -> None:
    swapped = {**ad_files, "a": ad_files["b"], "b": ad_files["a"]}
    found = failed(checked(film, swapped))
    assert float(found["likeness"].value) < 0.3
    assert len(found["likeness"].stretches) >= 4


def test_frames_shown_too_late_are_told_from_the_film(film: Path, ad_files: Media) -> None:
    """The plan begins the second clip a sixth of a second later than the film does."""
    planned = ad()
    second = planned.scenes[1].model_copy(update={"trim_start": 4 / 24})
    found = failed(checked(film, ad_files, planned.model_copy(update={"scenes": [planned.scenes[0], second]})))
    assert found.keys() == {"timing"}
    assert found["timing"].value == 4


@mark.parametrize("size", [(320, 180), (320, 320), (180, 320)])
def test_a_clip_is_known_again_in_another_shape(ad_files: Media, tmp_path: Path, size: tuple[int, int]) -> None:
    edit = Edit(width=size[0], height=size[1], scenes=[SceneCut(scene_number=1, clip="b", frames=60)])
    film = rendered(edit, ad_files, tmp_path / "film")
    values = {check.name: check.value for check in checked(film, ad_files, edit).checks}
    assert float(values["likeness"]) > 0.85


def test_grey_clips_without_structure_are_not_compared(ramp: Ramp, tmp_path: Path) -> None:
    edit = Edit(**SIZE, scenes=[SceneCut(scene_number=1, clip="r", frames=48)])
    ad_files = {"r": ramp(60, first=30)}
    report = check_film(
        rendered(edit, ad_files, tmp_path / "film"), edit, ad_files, {"r": sample_frames(ad_files["r"], 1)}
    )
    assert failed(report) == {}, "nor is a film that is meant to be silent too quiet"


def test_a_line_too_long_to_be_read_fails(ad_files: Media, film: Path) -> None:
    huge = CaptionStyle(text_height=0.12, text_width=0.4)
    lines = (Caption(text="Donaudampfschifffahrtsgesellschaftskapitän", start=1, end=2.5, style=huge),)
    found = failed(checked(film, ad_files, ad().model_copy(update={"lines": lines})))
    assert found.keys() == {"captions"}
    assert "shorten it" in str(found["captions"].value)
    assert [(stretch.start, stretch.end) for stretch in found["captions"].stretches] == [(1, 2.5)]


def test_a_film_without_picture_or_sound_fails(make: Make, ad_files: Media) -> None:
    mute, blind = make("no-sound.mp4", picture="testsrc2=s=180x320:r=24:d=1"), make("no-picture.mp4", sound="sine=d=1")
    assert "sound" in failed(checked(mute, ad_files))
    assert "picture" in failed(checked(blind, ad_files))
