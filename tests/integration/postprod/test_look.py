"""What each part of a look does to a picture, by the numbers that its intensity promises."""

import math
from pathlib import Path

import av
import ffmpeg
import numpy as np
from ffmpeg import VideoStream
from pytest import approx, mark, raises

from postprod.ffmpeg import run
from postprod.picture.encoder import ceiling
from postprod.picture.grades import Coloring, to_rgb, to_ycbcr
from postprod.picture.look import camera, colored, grain
from postprod.picture.match import palette_of_clip, palette_of_still
from postprod.picture.segments import render_segment
from postprod.picture.sway import sway
from tests.integration.postprod.conftest import Make, Ramp
from ugcgen.domain.captions import CaptionStyle
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.enums import Platform, Quality
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.look import Grade, Look
from ugcgen.pipeline.timeline import Piece, Segment, lay_out

SIZE = WIDTH, HEIGHT = 180, 320
PLAIN = Look.plain()
STILL = ("0", "0")


def source(description: str, frames: int = 1) -> VideoStream:
    tagged = ffmpeg.input(f"{description}:s={WIDTH}x{HEIGHT}:r=24", f="lavfi").video
    return tagged.trim(end_frame=frames).scale(out_color_matrix="bt709", out_range="tv").format(pix_fmts="yuv420p")


def shot(picture: VideoStream, folder: Path, pixels: str = "yuv420p") -> list[np.ndarray]:
    """The frames, without loss."""
    out = folder / "frames.nut"
    converted = picture.scale(in_color_matrix="bt709", in_range="tv").format(pix_fmts=pixels)
    run(converted.output(filename=out, vcodec="rawvideo", f="nut"), "take frames")
    with av.open(str(out)) as container:
        return [frame.to_ndarray().astype(int) for frame in container.decode(video=0)]


def lumas(picture: VideoStream, folder: Path) -> list[np.ndarray]:
    return [frame[:HEIGHT] for frame in shot(picture, folder)]


def seen(picture: VideoStream, folder: Path, sway: tuple[str, str] = STILL, **fields: object) -> VideoStream:
    """The picture through a camera with one fault."""
    return camera(picture, PLAIN.model_copy(update=fields), Coloring(), SIZE, SIZE, sway, folder)


def test_a_plain_look_adds_no_filter(tmp_path: Path) -> None:
    picture = source("color=gray")
    assert seen(picture, tmp_path) is picture
    assert grain(picture, PLAIN) is picture
    assert colored(picture, Coloring.of(PLAIN), tmp_path) is picture
    assert not list(tmp_path.iterdir())


@mark.parametrize("grade", list(Grade))
def test_every_grade_is_what_its_formula_says(tmp_path: Path, grade: Grade) -> None:
    look = PLAIN.model_copy(update={"grade": grade, "saturation": 0.9, "strength": 0.8})
    coloring = Coloring.of(look)
    patches = np.random.default_rng(3).integers(40, 216, (8, 5, 3)).repeat(40, 0).repeat(36, 1).astype(np.uint8)
    still = tmp_path / "patches.nut"
    with av.open(str(still), "w") as container:
        stream = container.add_stream("rawvideo", rate=24)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(patches, format="rgb24")))
        container.mux(stream.encode(None))
    video = ffmpeg.input(still).video.scale(out_color_matrix="bt709", out_range="tv").format(pix_fmts="yuv420p")
    video = video.setparams(colorspace="bt709", range="tv")
    (found,) = shot(colored(video, coloring, tmp_path), tmp_path, "rgb24")
    wanted = np.clip(to_rgb(coloring.apply(to_ycbcr(patches / 255))), 0, 1) * 255
    middles = np.s_[20::40, 18::36]
    assert np.abs(found[middles] - wanted[middles]).max() < 5
    assert np.abs(found[middles] - wanted[middles]).mean() < 1.5


def test_a_vignette_darkens_the_corners_by_its_share_and_keeps_black(tmp_path: Path) -> None:
    gray = 16 + 219 * 0.6
    (frame,) = lumas(seen(source("color=0x999999"), tmp_path, vignette=0.2), tmp_path)
    assert frame[HEIGHT // 2, WIDTH // 2] == approx(gray, abs=1.5)
    for corner in (frame[0, 0], frame[-1, -1], frame[0, -1]):
        assert (corner - 16) / (gray - 16) == approx(0.8, abs=0.015)
    (black,) = lumas(seen(source("color=black"), tmp_path, vignette=0.2), tmp_path)
    assert set(np.unique(black)) == {16}


@mark.parametrize("share", [0.02, 0.05])
def test_a_lens_bulges_by_its_share(tmp_path: Path, share: float) -> None:
    """A dot is found where the barrel puts it: what lies at r(1 + share r^2) is drawn at r, and all of it larger."""
    half = math.hypot(WIDTH, HEIGHT) / 2
    for x, y in ((30, 60), (60, 140)):
        dotted = ffmpeg.input("color=black:s=180x320:r=24", f="lavfi").video.trim(end_frame=1)
        dotted = dotted.drawbox(x=str(x - 4), y=str(y - 4), width="8", height="8", color="white", thickness="fill")
        (frame,) = lumas(seen(dotted.format(pix_fmts="yuv420p"), tmp_path, distortion=share), tmp_path)
        lit = frame - 16.0
        down, across = np.indices(lit.shape) + 0.5
        found = np.array([(lit * across).sum(), (lit * down).sum()]) / lit.sum() - np.array(SIZE) / 2
        start = np.array([x, y]) - np.array(SIZE) / 2
        from_middle = float(np.linalg.norm(start)) / half
        bent = from_middle / (1 + share * from_middle**2)
        bent = from_middle / (1 + share * bent**2)
        assert found == approx(start * (1 + share) * bent / from_middle, abs=1.1)
        assert np.linalg.norm(found) > np.linalg.norm(start) + 20 * share
    (white,) = lumas(seen(source("color=white"), tmp_path, distortion=share), tmp_path)
    assert white.shape == (HEIGHT, WIDTH)
    assert white.min() > 225


@mark.parametrize(("aberration", "apart"), [(3.0, 1), (6.0, 2)])
def test_aberration_sets_red_and_blue_apart(tmp_path: Path, aberration: float, apart: int) -> None:
    edge = ffmpeg.input("color=black:s=180x320:r=24", f="lavfi").video.trim(end_frame=1).format(pix_fmts="gbrp")
    edge = edge.drawbox(x="90", width="90", height="320", color="white", thickness="fill")
    video = edge.scale(out_color_matrix="bt709", out_range="tv").format(pix_fmts="yuv420p")
    video = video.setparams(colorspace="bt709", range="tv")
    (frame,) = shot(seen(video, tmp_path, aberration=aberration), tmp_path, "rgb24")
    red, _, blue = (frame[160, :, n].astype(float) for n in range(3))
    # How far an edge lies to the right is how much less of the row is lit.
    assert (blue.sum() - red.sum()) / 255 == approx(apart, abs=0.5)
    (plain,) = shot(seen(video, tmp_path, aberration=0), tmp_path, "rgb24")
    assert plain[160, :, 0].sum() == approx(plain[160, :, 2].sum(), abs=40)


def test_shake_moves_the_picture_by_as_much_as_it_says(tmp_path: Path) -> None:
    dotted = ffmpeg.input("color=black:s=180x320:r=24", f="lavfi").video.trim(end_frame=48)
    dotted = dotted.drawbox(x="80", y="150", width="20", height="20", color="white", thickness="fill")
    body = Segment("body-01", 0, 48, (Piece(0, 0, 48),))
    moving = seen(dotted.format(pix_fmts="yuv420p"), tmp_path, sway=sway(body, 24), shake=24.0)
    down, across = np.indices((HEIGHT, WIDTH)) + 0.5
    places = []
    for frame in lumas(moving, tmp_path):
        lit = frame - 16.0
        places.append([(lit * across).sum() / lit.sum() - 90, (lit * down).sum() / lit.sum() - 160])
    # 24 pixels of a picture 1080 wide are 4 here.
    assert 2 < np.abs(places).max() < 5
    assert np.abs(np.diff(places, axis=0)).max() < 4
    assert min(np.ptp(places, axis=0)) > 2


def test_the_hand_does_not_jump_where_a_transition_begins_and_ends() -> None:
    edit = Edit(
        width=WIDTH,
        height=HEIGHT,
        scenes=[SceneCut(scene_number=n, clip="a", frames=60) for n in (1, 2)],
        joins=[Join(kind=TransitionKind.DISSOLVE, frames=12)],
    )
    names = {"sin": math.sin, "lerp": lambda a, b, share: a + share * (b - a)}
    for axis in range(2):
        body, join, last = (
            [eval(sway(segment, 24)[axis], names | {"n": n}) for n in range(segment.frames)]
            for segment in lay_out(edit).segments
        )
        assert np.abs([*body, *join, *last]).max() <= 1
        # As steady as within a scene, but for the way from one scene's place to the other's.
        usual = np.abs(np.diff(body)).max()
        assert np.abs(np.diff([*body, *join, *last])).max() < usual + 2 / 13


def test_grain_is_new_in_every_frame_and_in_the_luma_alone(tmp_path: Path) -> None:
    spread = []
    for share in (0.03, 0.1):
        look = PLAIN.model_copy(update={"grain": share})
        first, second = shot(grain(source("color=gray", 2), look), tmp_path)
        clean, _ = shot(source("color=gray", 2), tmp_path)
        assert np.array_equal(first[HEIGHT:], clean[HEIGHT:])
        assert (first[:HEIGHT] != second[:HEIGHT]).mean() > 0.3
        spread.append(first[:HEIGHT].std())
    assert 0.5 < spread[0] < spread[1] / 2


def film(*clips: str, frames: int = 24, first: int | None = None, **fields: object) -> Edit:
    lengths = [first or frames, *[frames] * (len(clips) - 1)]
    scenes = [
        SceneCut(scene_number=n, clip=clip, frames=length)
        for n, (clip, length) in enumerate(zip(clips, lengths, strict=True), start=1)
    ]
    joins = [Join(kind=TransitionKind.DISSOLVE, frames=6)] * (len(clips) - 1)
    plain: dict[str, object] = {"width": WIDTH, "height": HEIGHT, "captions": CaptionStyle(shown=False)}
    return Edit.model_validate(plain | {"scenes": scenes, "joins": joins, "look": Look(grade=Grade.FILM)} | fields)


def parts(edit: Edit, clips: dict[str, Path], folder: Path) -> dict[str, bytes]:
    found = {}
    for segment in lay_out(edit).segments:
        render_segment(segment, edit, clips, [], folder / "part.mp4")
        found[segment.name] = (folder / "part.mp4").read_bytes()
    return found


def test_scenes_that_another_one_shifts_keep_their_bytes(make: Make, ramp: Ramp, tmp_path: Path) -> None:
    moving = make("moving-look.mp4", picture="testsrc2=s=90x160:r=24:d=2")
    clips = {"a": moving, "b": ramp(48)}
    before = parts(film("a", "b", "a"), clips, tmp_path)
    longer = parts(film("a", "b", "a", first=30), clips, tmp_path)
    changed = {name for name in before if before[name] != longer[name]}
    assert changed == {"body-01", "join-01"}


def test_matched_scenes_come_nearer_and_do_not_touch_each_other(make: Make, tmp_path: Path) -> None:
    cool = make("cool.mp4", picture="gradients=s=90x160:r=24:d=1:c0=0x203060:c1=0x7080a0:n=2:seed=1")
    warm = make("warm.mp4", picture="gradients=s=90x160:r=24:d=1:c0=0x806040:c1=0xf0d0b0:n=2:seed=1")
    apart = []
    for matched in (False, True):
        for name, clip in (("one", cool), ("two", warm)):
            edit = film(name, frames=12, look=PLAIN.model_copy(update={"match_colors": matched}))
            (segment,) = lay_out(edit).segments
            render_segment(segment, edit, {name: clip}, [], tmp_path / f"{name}.mp4")
        one, two = (palette_of_clip(tmp_path / f"{name}.mp4") for name in ("one", "two"))
        apart.append((two.brightness - one.brightness, one.cb - two.cb, two.cr - one.cr))
    for unmatched, matched in zip(*apart, strict=True):
        assert unmatched > 0.02
        assert 0.2 * unmatched < matched < 0.85 * unmatched
    both = parts(film("a", "b"), {"a": cool, "b": warm}, tmp_path)
    other = parts(film("a", "b"), {"a": cool, "b": cool}, tmp_path)
    assert both["body-01"] == other["body-01"]


def test_a_still_and_its_clip_have_one_palette(make: Make, tmp_path: Path) -> None:
    clip = make("palette.mp4", picture="color=0x906040:s=90x160:r=24:d=0.2,format=rgb24,scale=out_color_matrix=bt709")
    with av.open(str(clip)) as container:
        next(container.decode(video=0)).to_image().save(tmp_path / "still.png")
    filmed, drawn = palette_of_clip(clip), palette_of_still(tmp_path / "still.png")
    assert filmed.brightness == approx(drawn.brightness, abs=0.02)
    assert filmed.cr > 0.05


def test_an_uploaded_table_is_applied_and_a_broken_one_named(ramp: Ramp, tmp_path: Path) -> None:
    (tmp_path / "low.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n0.5 0.5 0.5\n")
    (tmp_path / "bad.cube").write_text("LUT_1D_SIZE 2\n0 0 0\n")
    look = PLAIN.model_copy(update={"lut": "table"})
    edit = film("a", frames=4, look=look)
    (segment,) = lay_out(edit).segments
    clip = ramp(40, first=60)
    render_segment(segment, edit, {"a": clip, "table": tmp_path / "low.cube"}, [], tmp_path / "out.mp4")
    assert palette_of_clip(tmp_path / "out.mp4").brightness == approx(palette_of_clip(clip).brightness / 2, abs=0.01)
    with raises(InvalidInput, match="1 entries"):
        render_segment(segment, edit, {"a": clip, "table": tmp_path / "bad.cube"}, [], tmp_path / "no.mp4")
    assert not (tmp_path / "no.mp4").exists()


def test_quality_and_platform_say_how_much_the_picture_may_take(make: Make, tmp_path: Path) -> None:
    clip = make("busy.mp4", picture="testsrc2=s=90x160:r=24:d=1,noise=alls=40:allf=t")
    sizes = [len(parts(film("a", quality=quality), {"a": clip}, tmp_path)["body-01"]) for quality in Quality]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] / 2
    full = {"width": 1080, "height": 1920}
    reels = ceiling(film("a", platform=Platform.INSTAGRAM_REELS, **full))
    assert reels == 12_000
    assert ceiling(film("a", platform=Platform.YOUTUBE, **full)) > reels
    assert (
        ceiling(film("a", width=720, height=1280))
        < ceiling(film("a", **full))
        < ceiling(film("a", width=2160, height=3840))
    )
