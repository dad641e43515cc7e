"""What captions look like on decoded frames: where there is ink, in which colour, and where there is none."""

from pathlib import Path

import av
import ffmpeg
import numpy as np
import numpy.typing as npt
from pytest import approx, fixture, mark

from postprod.captions.disclosure import label_of
from postprod.captions.film import film_captions
from postprod.captions.layout import Block, Box, block_of
from postprod.captions.lines import Line
from postprod.captions.overlay import overlay_of
from postprod.captions.placement import mouths_in
from postprod.faces import find_faces
from postprod.ffmpeg import run
from postprod.picture.segments import render_segment
from postprod.sound.words import Word
from tests.integration.postprod.conftest import Make
from ugcgen.domain.captions import CaptionAnimation, CaptionPreset, CaptionStyle
from ugcgen.domain.edit import Crop, Edit, Join, SceneCut
from ugcgen.domain.output import Corner, Disclosure
from ugcgen.pipeline.timeline import lay_out

Pixels = npt.NDArray[np.int16]

WIDTH, HEIGHT = 270, 480
GREY = 110
PHOTO = Path(__file__).parents[3] / "examples" / "photos" / "avatar-front.jpg"


@fixture(scope="module")
def clips(make: Make) -> dict[str, Path]:
    def plain(name: str, color: str) -> Path:
        return make(f"captioned-{name}.mp4", picture=f"color=c={color}:s={WIDTH}x{HEIGHT}:r=24:d=3", crf=1)

    return {"grey": plain("grey", f"0x{GREY:02x}{GREY:02x}{GREY:02x}"), "white": plain("white", "white")}


def edit_of(*frames: int, clip: str = "grey", **fields: object) -> Edit:
    scenes = [SceneCut(scene_number=n, clip=clip, frames=count) for n, count in enumerate(frames, start=1)]
    joins = [Join()] * (len(frames) - 1)
    size = {"width": WIDTH, "height": HEIGHT}
    return Edit.model_validate({**size, "scenes": scenes, "joins": joins, **fields})


def style(preset: CaptionPreset, **fields: object) -> CaptionStyle:
    return CaptionStyle.model_validate({"preset": preset, "animation": CaptionAnimation.NONE, **fields})


def shot(edit: Edit, lines: list[Line], clips: dict[str, Path], folder: Path) -> list[Pixels]:
    """The film's frames as RGB."""
    pictures: list[Pixels] = []
    for segment in lay_out(edit).segments:
        out = folder / f"{segment.name}.mp4"
        render_segment(segment, edit, clips, lines, out)
        with av.open(str(out)) as container:
            pictures += [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in container.decode(video=0)]
    return pictures


def ink(picture: Pixels) -> npt.NDArray[np.bool_]:
    """Where a plain grey picture is no longer that."""
    return np.asarray(np.abs(picture - GREY).max(axis=2) > 30)


def yellow(picture: Pixels) -> npt.NDArray[np.bool_]:
    red, green, blue = (picture[..., channel] for channel in range(3))
    return np.asarray((red > 180) & (green > 150) & (blue < 120))


def white(picture: Pixels) -> npt.NDArray[np.bool_]:
    return np.asarray(picture.min(axis=2) > 190)


def within(mask: npt.NDArray[np.bool_], box: Box, by: float = 0.0) -> int:
    top, bottom, left, right = (
        max(0, round(v)) for v in (box.top - by, box.bottom + by, box.left - by, box.right + by)
    )
    return int(mask[top:bottom, left:right].sum())


def block(line: Line, edit: Edit) -> Block:
    found = block_of(line, edit)
    assert found
    return found


LINE = Line(("glow", "every", "day"), (0, 4, 8), 12, bottom=0.7)


@mark.parametrize("preset", [CaptionPreset.HIGHLIGHT, CaptionPreset.BOX, CaptionPreset.POP])
def test_just_the_spoken_word_is_marked(preset: CaptionPreset, clips: dict[str, Path], tmp_path: Path) -> None:
    edit = edit_of(14, captions=style(preset))
    pictures = shot(edit, [LINE], clips, tmp_path)
    words = {word.index: word.box for word in block(LINE, edit).words}
    for frame, spoken in ((3, 0), (7, 1), (11, 2)):
        marked = yellow(pictures[frame])
        assert within(marked, words[spoken], by=2) > 25
        assert within(marked, words[spoken], by=4) == marked.sum()
        shown = [index for index in words if within(white(pictures[frame]), words[index], by=2) > 15]
        assert shown == [index for index in words if index < spoken or (index > spoken and preset != CaptionPreset.POP)]
    assert not ink(pictures[12]).any()


def test_clean_marks_no_word_and_stays_as_it_is(clips: dict[str, Path], tmp_path: Path) -> None:
    edit = edit_of(14, captions=style(CaptionPreset.CLEAN))
    pictures = shot(edit, [LINE], clips, tmp_path)
    assert not any(yellow(picture).any() for picture in pictures)
    assert all(np.abs(picture - pictures[0]).mean() < 0.5 for picture in pictures[1:12])


@mark.parametrize(
    ("words", "from_right"), [(("shine",), False), (("זוהר",), True), (("تألق",), True), (("輝いて",), False)]
)
def test_karaoke_fills_a_word_the_way_it_is_read(
    words: tuple[str], from_right: bool, clips: dict[str, Path], tmp_path: Path
) -> None:
    line = Line(words, (0,), 24, bottom=0.7)
    edit = edit_of(24, captions=style(CaptionPreset.KARAOKE))
    pictures = shot(edit, [line], clips, tmp_path)
    filled = [int(yellow(picture).sum()) for picture in pictures]
    assert filled[1] < 0.2 * filled[-1]
    assert 0.25 * filled[-1] < filled[12] < 0.8 * filled[-1]
    centre = np.flatnonzero(yellow(pictures[12]).any(axis=0)).mean()
    assert bool(centre > WIDTH / 2) is from_right


@mark.parametrize(
    "words",
    [("שלום", "עולם"), ("مرحبا", "بالعالم"), ("שלום", "glow"), ("hello", "עולם")],
    ids=["he", "ar", "mix", "en"],
)
def test_the_first_word_of_a_line_is_where_its_readers_begin(
    words: tuple[str, str], clips: dict[str, Path], tmp_path: Path
) -> None:
    edit = edit_of(8, captions=style(CaptionPreset.HIGHLIGHT))
    pictures = shot(edit, [Line(words, (0, 4), 8, bottom=0.7)], clips, tmp_path)
    first, second = (np.flatnonzero(yellow(pictures[at]).any(axis=0)) for at in (2, 6))
    if words[0] == "hello":
        assert first.mean() < second.mean()
    else:
        assert first.mean() > second.mean()


SCRIPTS = {
    "en": "glowing skin",
    "vi": "Việt Nam đẹp",
    "el": "λάμψη κάθε μέρα",
    "ru": "Сияние кожи",
    "ar": "بشرة متوهجة",
    "fa": "می‌درخشد",
    "he": "עור זוהר",
    "hi": "चमकती क्षत्रिय",
    "th": "ผิวน้ำเปล่งปลั่ง",
    "zh": "容光焕发",
    "ja": "輝く肌に",
    "ko": "빛나는 피부",
    "bn": "উজ্জ্বল ত্বক",
    "ta": "பளபளப்பான",
    "ka": "ბრწყინვალე",
    "am": "የሚያበራ",
}


def test_every_script_is_as_wide_as_it_was_measured(clips: dict[str, Path], tmp_path: Path) -> None:
    """A shape from another font, an unshaped letter or an empty box would be wider or narrower."""
    lines = [
        Line(tuple(text.split()), (2 * n,) * len(text.split()), 2 * n + 2, bottom=0.7)
        for n, text in enumerate(SCRIPTS.values())
    ]
    edit = edit_of(2 * len(lines), captions=style(CaptionPreset.CLEAN, weight=700, outline_width=0.0))
    pictures = shot(edit, lines, clips, tmp_path)
    for n, (language, line) in enumerate(zip(SCRIPTS, lines, strict=True)):
        columns = np.flatnonzero(ink(pictures[2 * n + 1]).any(axis=0))
        measured = block(line, edit)
        assert columns.min() == approx(measured.box.left, abs=0.2 * measured.em), language
        assert columns.max() == approx(measured.box.right, abs=0.2 * measured.em), language
        rows = np.flatnonzero(ink(pictures[2 * n + 1]).any(axis=1))
        assert rows.min() > measured.box.top - 0.3 * measured.em, language
        assert rows.max() < measured.box.bottom + 0.3 * measured.em, language


@mark.parametrize(
    ("preset", "animation"),
    [
        (CaptionPreset.HIGHLIGHT, CaptionAnimation.RISE),
        (CaptionPreset.KARAOKE, CaptionAnimation.FADE),
        (CaptionPreset.BOX, CaptionAnimation.GROW),
        (CaptionPreset.POP, CaptionAnimation.NONE),
    ],
)
def test_a_border_between_segments_is_not_seen_in_the_captions(
    preset: CaptionPreset, animation: CaptionAnimation, clips: dict[str, Path], tmp_path: Path
) -> None:
    lines = [Line(("glow", "every", "day"), (0, 3, 9), 14, bottom=0.7)]
    captions = style(preset, animation=animation)
    (tmp_path / "parts").mkdir()
    whole = shot(edit_of(14, captions=captions), lines, clips, tmp_path)
    parts = shot(edit_of(2, 3, 9, captions=captions), lines, clips, tmp_path / "parts")
    for one, other in zip(whole, parts, strict=True):
        assert np.abs(one - other).mean() < 0.8


@mark.parametrize(("width", "height"), [(270, 480), (360, 360), (480, 270)])
@mark.parametrize("crop", [0.0, 0.3])
def test_captions_keep_off_the_mouth_that_speaks(width: int, height: int, crop: float, tmp_path: Path) -> None:
    """The lines are wanted right on the mouth, in a clip whose shape is none of the film's."""
    clip = tmp_path / "clip.mp4"
    photo = ffmpeg.input(PHOTO, extra_options={"loop": 1, "framerate": 24, "t": 0.5}).video.scale(w="360", h="480")
    run(photo.output(filename=clip, extra_options={"crf": 1, "pix_fmt": "yuv420p"}), "make a clip")
    scene = SceneCut(scene_number=1, clip="face", frames=12, crop=Crop(top=crop))
    bare = Edit(width=width, height=height, scenes=[scene])
    seen = shot(bare, [], {"face": clip}, tmp_path)[5]
    (face,) = find_faces(seen.astype(np.uint8))
    mouth = sum(y for _, y in face.mouth) / 2

    edit = bare.model_copy(update={"captions": CaptionStyle(bottom=mouth + 0.02)})
    words = {0: [Word("glowing", 0.0, 0.2), Word("skin", 0.2, 0.4)]}
    (line,) = film_captions(edit, lay_out(edit), [], words, {0: mouths_in(scene, clip, edit)})
    (careless,) = film_captions(edit, lay_out(edit), [], words)
    over, off = (
        np.flatnonzero(_written(picture, seen))
        for picture in (shot(edit, [written], {"face": clip}, tmp_path)[5] for written in (careless, line))
    )
    lips = {round((mouth + share * face.height) * height) for share in (-0.08, -0.04, 0.0, 0.04, 0.08)}
    assert lips & set(over)
    assert off.size
    assert not lips & set(off)


def _written(picture: Pixels, bare: Pixels) -> npt.NDArray[np.bool_]:
    """The rows in which something was written."""
    return np.asarray((np.abs(picture - bare).max(axis=2) > 80).any(axis=1))


@mark.parametrize("corner", Corner)
@mark.parametrize("clip", ["white", "grey"])
def test_the_disclosure_can_be_read_on_every_frame(
    corner: Corner, clip: str, clips: dict[str, Path], tmp_path: Path
) -> None:
    edit = edit_of(4, 3, clip=clip, disclosure=Disclosure(corner=corner), captions=style(CaptionPreset.BOX))
    label = label_of(edit)
    assert label
    line = Line(("over", "it"), (1, 2), 6, bottom=0.5)
    for picture in shot(edit, [line], clips, tmp_path):
        box = label.box
        inside = picture[round(box.top) + 1 : round(box.bottom) - 1, round(box.left) + 1 : round(box.right) - 1]
        light = luminance(np.percentile(inside, 99.5, axis=(0, 1)))
        dark = luminance(np.percentile(inside, 10, axis=(0, 1)))
        assert (light + 0.05) / (dark + 0.05) > 7


def luminance(rgb: npt.NDArray[np.float64]) -> float:
    """WCAG's relative luminance of an sRGB colour."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (np.asarray(rgb) / 255)]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def test_hostile_words_are_written_as_they_are(clips: dict[str, Path], tmp_path: Path) -> None:
    hostile = [
        "{\\an8\\fs200}",
        "\\N\\n\\h",
        "}{",
        "\\",
        "a,b,,c",
        "Dialogue:",
        "\u202eabc\u202c",
        "\u200b\u200d",
        "🔥",
        "%d:'[]",
        "x" * 400,
        "M" * 60,
    ]
    lines = [Line((token,), (n,), n + 1, bottom=0.7) for n, token in enumerate(hostile)]
    edit = edit_of(len(lines), captions=style(CaptionPreset.HIGHLIGHT))
    pictures = shot(edit, lines, clips, tmp_path)
    for line, picture in zip(lines, pictures, strict=True):
        found = block_of(line, edit)
        shown = ink(picture)
        if found is None:
            assert not shown.any()
        else:
            assert shown.any()
            assert within(shown, found.box, by=6) == shown.sum()


def test_the_digest_tells_what_looks_different() -> None:
    def digest(word: str = "glow", **fields: object) -> str:
        edit = edit_of(24, captions=style(CaptionPreset.HIGHLIGHT, **fields))
        overlay = overlay_of([Line((word,), (0,), 24, bottom=0.7)], edit, lay_out(edit).segments[0])
        assert overlay
        return overlay.digest

    assert digest() == digest()
    others = {digest("grow"), digest(weight=500), digest(highlight="#FF0000"), digest(font="noto_sans"), digest()}
    assert len(others) == 5
    # The only word is spoken all the time, so the colour of the others is not seen.
    assert digest(color="#FF0000") == digest()
    nothing = edit_of(24)
    assert overlay_of([], nothing, lay_out(nothing).segments[0]) is None
