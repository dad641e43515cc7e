from pathlib import Path

import av
import ffmpeg
import numpy as np
from pytest import approx, mark, raises

from postprod.captions.lines import Line
from postprod.ffmpeg import run
from postprod.files.film import assemble
from postprod.picture.segments import render_segment
from postprod.probe import probe
from postprod.sound.mix import render_sound
from tests.integration.postprod.conftest import Make, Ramp, brightness, numbers
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import lay_out

WIDTH, HEIGHT = 180, 320


def cut(frames: int, clip: str = "a", **fields: object) -> SceneCut:
    return SceneCut.model_validate({"scene_number": 1, "clip": clip, "frames": frames, **fields})


def film_of(*scenes: SceneCut, joins: list[Join] | None = None, **fields: object) -> Edit:
    return Edit(width=WIDTH, height=HEIGHT, scenes=list(scenes), joins=joins or [], **fields)


def render(edit: Edit, clips: dict[str, Path], folder: Path, captions: list[Line] | None = None) -> list[Path]:
    outs = []
    for segment in lay_out(edit).segments:
        outs.append(folder / f"{segment.name}.mp4")
        render_segment(segment, edit, clips, captions or [], outs[-1])
    return outs


def pictures(film: Path) -> list[np.ndarray]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


@mark.parametrize("trim", [0.0, 5 / 24, 0.5])
def test_every_frame_of_the_film_is_the_planned_one(ramp: Ramp, tmp_path: Path, trim: float) -> None:
    edit = film_of(
        cut(40, trim_start=trim),
        cut(30),
        cut(20, trim_start=trim),
        joins=[Join(kind=TransitionKind.DISSOLVE, frames=8), Join()],
    )
    clips = {"a": ramp(80)}
    outs = render(edit, clips, tmp_path)
    skipped = round(trim * 24)
    found = [numbers(out) for out in outs]
    assert found[0] == list(range(skipped, skipped + 32))
    # The brightness of a mix tells which frames are in it.
    places = [(k + 1) / 9 for k in range(8)]
    mixed = [(skipped + 32 + k) * (1 - at) + k * at for k, at in enumerate(places)]
    assert found[1] == approx(mixed, abs=1)
    assert found[2] == list(range(8, 30))
    assert found[3] == list(range(skipped, skipped + 20))


def test_joining_by_copy_keeps_every_frame_and_its_time(ramp: Ramp, tmp_path: Path) -> None:
    joins = [Join(kind=TransitionKind.CROSSFADE, frames=7), Join.usual(TransitionKind.WHIP, 24)]
    edit = film_of(cut(40), cut(31), cut(25), joins=joins)
    clips = {"a": ramp(80)}
    outs = render(edit, clips, tmp_path)
    render_sound(edit, lay_out(edit), [], clips, tmp_path / "sound.m4a")
    # Odd names of folders and titles are data, never syntax.
    odd = tmp_path / "it's [a], b;%d"
    odd.mkdir()
    moved = [out.rename(odd / out.name) for out in outs]
    assemble(edit, moved, tmp_path / "sound.m4a", tmp_path / "film.mp4", title='It\'s "A=1";\n#ü', comment="x")
    assert brightness(tmp_path / "film.mp4") == [value for out in moved for value in brightness(out)]
    with av.open(str(tmp_path / "film.mp4")) as container:
        assert container.metadata["title"] == 'It\'s "A=1";\n#ü'
        assert container.metadata["comment"] == "x"
        stream = container.streams.video[0]
        times = [frame.pts for frame in container.decode(stream)]
    assert times == [512 * n for n in range(edit.frames)]
    found = probe(tmp_path / "film.mp4")
    assert found.faststart
    assert found.sound
    assert found.sound.seconds == approx(edit.frames / 24, abs=1e-4)


def test_a_missing_segment_is_noticed(ramp: Ramp, tmp_path: Path) -> None:
    edit = film_of(cut(20), cut(20), joins=[Join()])
    clips = {"a": ramp(80)}
    outs = render(edit, clips, tmp_path)
    render_sound(edit, lay_out(edit), [], clips, tmp_path / "sound.m4a")
    with raises(MediaError, match="20 frames where its plan has 40"):
        assemble(edit, outs[:1], tmp_path / "sound.m4a", tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


def test_the_same_inputs_give_the_same_bytes(ramp: Ramp, make: Make, tmp_path: Path) -> None:
    edit = film_of(cut(30), cut(30, "b"), joins=[Join(kind=TransitionKind.DISSOLVE, frames=12)])
    clips = {"a": ramp(80), "b": make("moving.mp4", picture="testsrc2=s=180x320:r=24:d=2", sound="sine=f=300:d=2")}
    runs = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        outs = render(edit, clips, tmp_path / name, [Line(("same", "bytes"), (3, 9), 28)])
        render_sound(edit, lay_out(edit), [], clips, tmp_path / name / "sound.m4a")
        assemble(edit, outs, tmp_path / name / "sound.m4a", tmp_path / name / "film.mp4", title="t")
        runs.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert len(runs[0]) == 5
    assert runs[0] == runs[1]


def test_other_sizes_and_rates_fill_the_picture(ramp: Ramp, make: Make, tmp_path: Path) -> None:
    slow = ramp(20, fps=12)
    (out,) = render(film_of(cut(30)), {"a": slow}, tmp_path)
    assert numbers(out) == [n // 2 for n in range(30)]
    fast = ramp(60, fps=30)
    (out,) = render(film_of(cut(40)), {"a": fast}, tmp_path)
    assert all(abs(found - n * 30 / 24) <= 1 for n, found in enumerate(numbers(out)))
    # The sides of a square picture are cut off, its middle fills the frame.
    wide = make("wide.mp4", picture="color=red:s=320x320:r=24:d=0.5,drawbox=x=70:w=180:color=lime:t=fill")
    (out,) = render(film_of(cut(12)), {"a": wide}, tmp_path)
    shown = pictures(out)[0]
    assert shown.shape == (HEIGHT, WIDTH, 3)
    assert shown[:, 4:-4, 1].min() > 200
    assert shown[:, 4:-4, 0].max() < 60


def test_a_turned_clip_is_shown_upright(make: Make, media: Path, tmp_path: Path) -> None:
    flat = make("flat.mp4", picture="color=red:s=320x180:r=24:d=0.5,drawbox=w=160:h=180:color=lime:t=fill")
    turned = media / "turned.mp4"
    run(ffmpeg.input(flat, display_rotation=90).video.output(filename=turned, c="copy"), "turn a clip")
    (out,) = render(film_of(cut(12)), {"a": turned}, tmp_path)
    top, bottom = np.split(pictures(out)[0], 2)
    assert bottom[8:, :, 1].min() > 200
    assert top[:-8, :, 0].min() > 200


def test_a_clip_a_little_short_is_held_and_a_much_shorter_one_refused(ramp: Ramp, tmp_path: Path) -> None:
    (out,) = render(film_of(cut(44)), {"a": ramp(40)}, tmp_path)
    assert numbers(out) == [*range(40), 39, 39, 39, 39]
    joined = film_of(cut(44), cut(20), joins=[Join(kind=TransitionKind.WIPE_LEFT, frames=2)])
    # Two thirds of the held frame 39 and a third of frame 0.
    assert numbers(render(joined, {"a": ramp(40)}, tmp_path)[1])[0] == 26
    with raises(MediaError, match=r"the clip of scene 1 is 1\.67 s long; the scene needs 60 frames .* to 2\.50 s"):
        render(film_of(cut(60)), {"a": ramp(40)}, tmp_path)


def test_a_file_that_is_no_clip_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42 nothing else")
    with raises(MediaError, match=r"bad\.mp4 cannot be read as media"):
        render(film_of(cut(10)), {"a": tmp_path / "bad.mp4"}, tmp_path)


LINE_AREA = slice(round(HEIGHT * 0.66), round(HEIGHT * 0.75))


def test_captions_are_seen_only_where_and_when_they_should_be(ramp: Ramp, tmp_path: Path) -> None:
    edit = film_of(cut(40), cut(40), joins=[Join(kind=TransitionKind.DISSOLVE, frames=10)])
    clips = {"a": ramp(80)}
    line = Line(("over", "borders"), (20, 33), 45)
    plain, written = tmp_path / "plain", tmp_path / "written"
    plain.mkdir()
    written.mkdir()
    difference = [
        np.abs(a - b)
        for bare, lettered in zip(render(edit, clips, plain), render(edit, clips, written, [line]), strict=True)
        for a, b in zip(pictures(bare), pictures(lettered), strict=True)
    ]
    seen = [frame[LINE_AREA].max() > 80 for frame in difference]
    assert seen == [20 <= n < 45 for n in range(edit.frames)]
    for n in (20, 32, 44):
        assert difference[n][: LINE_AREA.start - 10].max() < 20
        assert difference[n][LINE_AREA.stop :].max() < 20


def test_hostile_text_is_drawn_as_text(ramp: Ramp, tmp_path: Path) -> None:
    hostile = "it's {b}\\N 100% : ; , ' \" \n 🔥 {\\fs300}big [x] \\h %{eif} ثقة 品"
    tokens = tuple(hostile.split())
    lines = [Line((token,), (n,), n + 1) for n, token in enumerate(tokens)]
    edit = film_of(cut(24))
    (out,) = render(edit, {"a": ramp(80)}, tmp_path, lines)
    (bare,) = render(edit, {"a": ramp(80)}, tmp_path)
    assert len(pictures(out)) == 24
    for lettered in pictures(out)[: len(tokens)]:
        outside = np.delete(lettered, LINE_AREA, axis=0)
        assert outside.max() - outside.min() < 30
    assert probe(bare).picture == probe(out).picture


@mark.parametrize("matrix", ["bt709", "smpte170m"])
def test_colors_are_kept(make: Make, tmp_path: Path, matrix: str) -> None:
    brick = "color=0xC03020:s=180x320:r=24:d=0.5,format=rgb24"
    clip = make(f"brick-{matrix}.mp4", picture=f"{brick},scale=out_color_matrix={matrix},format=yuv420p")
    (out,) = render(film_of(cut(12)), {"a": clip}, tmp_path)
    shown = probe(out).picture
    assert shown
    assert (shown.color_space, shown.pixel_format, shown.fps) == ("bt709", "yuv420p", 24.0)
    # Taking one matrix for the other moves the colour by 12.
    assert pictures(out)[0].mean(axis=(0, 1)) == approx((0xC0, 0x30, 0x20), abs=6)
