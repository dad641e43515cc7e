"""The animatic against its plan: every still when it is due, moving, with the lines heard and read."""

from pathlib import Path

import numpy as np
from PIL import Image
from pytest import approx, fixture, mark

from postprod import scratch_voice
from postprod.animatic import SIDE, render_animatic, small
from postprod.picture.frames import frames, upright
from postprod.probe import probe
from tests.integration.postprod.conftest import heard
from ugcgen.domain.captions import CaptionStyle
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.enums import AspectRatio
from ugcgen.domain.look import Look
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.pipeline.cutting import frame_size
from ugcgen.pipeline.timeline import lay_out

LEVELS = (40, 110, 190)
LINES = ("My skin feels so soft!", "Two drops are enough.", "")
FRAMES = (48, 60, 36)
OVERLAP = 12


@fixture(scope="module")
def stills(media: Path) -> dict[str, Path]:
    """Plain stills of known brightness, the third of another size and shape, each with a small square in it."""
    files = {}
    for number, level in enumerate(LEVELS):
        width, height = (180, 320) if number < 2 else (240, 320)
        pixels = np.full((height, width, 3), level, np.uint8)
        pixels[20:40, 20:40] = 255
        files[f"still {number}"] = media / f"still-{number}.png"
        Image.fromarray(pixels).save(files[f"still {number}"])
    return files


def ad(**fields: object) -> Edit:
    return Edit.model_validate(
        {
            "width": 180,
            "height": 320,
            "scenes": [
                SceneCut(scene_number=number + 1, clip=f"still {number}", frames=FRAMES[number], text=LINES[number])
                for number in range(3)
            ],
            "joins": [Join(kind=TransitionKind.DISSOLVE, frames=OVERLAP), Join()],
            **fields,
        }
    )


@fixture(scope="module")
def animatic(stills: dict[str, Path], media: Path) -> Path:
    render_animatic(ad(), stills, media / "animatic.mp4", title="Lumi Glow")
    return media / "animatic.mp4"


def shown(film: Path) -> list[np.ndarray]:
    return [np.asarray(upright(frame).convert("L"), dtype=np.float32) for frame in frames(film)]


def test_every_still_is_shown_when_it_is_planned(animatic: Path) -> None:
    found, edit = probe(animatic), ad()
    assert found.picture
    assert found.sound
    assert (found.picture.width, found.picture.height, found.picture.fps) == (180, 320, approx(24, abs=0.01))
    assert found.picture.frames == edit.frames == sum(FRAMES) - OVERLAP
    assert found.sound.seconds == approx(edit.frames / 24, abs=1 / 24)
    # Below the captions the stills are plain.
    levels = [float(frame[290:].mean()) for frame in shown(animatic)]
    second, third = lay_out(edit).scene_starts[1:]
    assert levels[:second] == approx([LEVELS[0]] * second, abs=2)
    assert levels[second + OVERLAP : third] == approx([LEVELS[1]] * (third - second - OVERLAP), abs=2)
    assert levels[third:] == approx([LEVELS[2]] * (edit.frames - third), abs=2)
    through = levels[second : second + OVERLAP]
    assert through == sorted(through)
    assert through[OVERLAP // 2] == approx((LEVELS[0] + LEVELS[1]) / 2, abs=12)


def test_stills_move_evenly(animatic: Path) -> None:
    """The square's middle, in fractions of a pixel, of the first scene: it goes outwards at one pace."""
    at = []
    for frame in shown(animatic)[: FRAMES[0] - OVERLAP]:
        weight = np.clip(frame[:80, :80] - LEVELS[0] - 20, 0, None)
        at.append(float((weight.sum(axis=0) * np.arange(80)).sum() / weight.sum()))
    assert at[-1] < at[0] - 1, "closer, and so further from the middle"
    assert np.abs(np.diff(at, 2)).max() < 0.25, "no tremor"


def test_lines_are_heard_and_read(animatic: Path, stills: dict[str, Path], tmp_path: Path) -> None:
    bare = tmp_path / "bare.mp4"
    render_animatic(ad(captions=CaptionStyle(shown=False)), stills, bare)
    written = [float(np.abs(a - b)[160:290].mean()) for a, b in zip(shown(animatic), shown(bare), strict=True)]
    sound = heard(animatic)
    second, third = lay_out(ad()).scene_starts[1:]
    for first, last in ((0, second), (second, third)):
        assert max(written[first:last]) > 1, "captions"
        assert np.abs(sound[first * AUDIO_RATE // 24 : last * AUDIO_RATE // 24]).max() > 0.1, "a voice"
    assert max(written[third + 6 :]) < 0.5, "a scene without a line"
    assert np.abs(sound[(third + 6) * AUDIO_RATE // 24 :]).max() < 0.02


def test_a_language_without_a_voice_is_read_at_its_pace(stills: dict[str, Path], tmp_path: Path) -> None:
    german = tmp_path / "german.mp4"
    scenes = [
        cut.model_copy(update={"text": "Meine Haut ist so weich wie nie." if cut.text else ""}) for cut in ad().scenes
    ]
    render_animatic(ad(language="de", scenes=scenes), stills, german)
    assert np.abs(heard(german)).max() < 0.01
    read = [float(frame[160:290].std()) for frame in shown(german)]
    second, third = lay_out(ad()).scene_starts[1:]
    assert read[1] < 2, "not from the first moment"
    assert min(read[8 : second - 6]) > 4, "all the time of the scene"
    assert max(read[third + 6 :]) < 2


def test_the_same_stills_and_lines_give_the_same_bytes(animatic: Path, stills: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.mp4"
    render_animatic(ad(), stills, again, title="Lumi Glow")
    assert again.read_bytes() == animatic.read_bytes()


def test_clips_are_as_long_as_their_edits_need(stills: dict[str, Path], tmp_path: Path) -> None:
    scenes = [cut.model_copy(update={"trim_start": 1.3, "speed": 2.0}) for cut in ad().scenes]
    render_animatic(ad(scenes=scenes, look=Look()), stills, tmp_path / "fast.mp4")
    found = probe(tmp_path / "fast.mp4")
    assert found.picture
    assert found.picture.frames == ad().frames


@mark.parametrize("ratio", list(AspectRatio))
def test_an_animatic_is_small_and_of_the_film_s_shape(ratio: AspectRatio) -> None:
    width, height = frame_size(ratio, 1080)
    edit = small(ad(width=width, height=height))
    assert (edit.width, edit.height) == frame_size(ratio, SIDE)
    assert (edit.frames, edit.fps, edit.scenes) == (ad().frames, 24, ad().scenes)


def test_a_line_without_a_word_has_no_voice(tmp_path: Path) -> None:
    assert not scratch_voice.speak("… — !", tmp_path / "nothing.wav")
    assert not (tmp_path / "nothing.wav").exists()


@mark.parametrize(("line", "seconds"), [("One two three four.", 3.0), ("One two three four.", 0.5), ("", 3.0)])
def test_words_are_read_in_order_inside_their_scene(line: str, seconds: float) -> None:
    words = scratch_voice.read_words(line, seconds)
    assert [word.text for word in words] == line.split()
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= seconds for edge in edges)
