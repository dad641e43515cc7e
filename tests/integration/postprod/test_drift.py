"""Picture and sound of a finished film against each other: clips that flash and click at once are cut and joined, and
what is seen and heard of each flash is looked for in the film, on both sides of every join."""

from pathlib import Path

import numpy as np
from pytest import approx, mark

from postprod.files.film import assemble
from postprod.picture.segments import render_segment
from postprod.sound.mix import render_sound
from tests.integration.postprod.conftest import Make, brightness, heard
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.pipeline.timeline import lay_out

PERIOD = 0.4
"""Seconds from flash to flash, a whole number of frames at 25 and at 30 frames a second."""


FLASH = 0.12
"""Seconds for which the picture is white: three frames at 25 frames a second."""


def flashing(make: Make, fps: int, rate: int, heard_for: float = 0.004) -> Path:
    """A black clip that turns white for a moment in each period, with a tone that begins at the same time."""
    flash = f"drawbox=color=white:t=fill:enable='lt(mod(t+0.001,{PERIOD}),{FLASH})'"
    click = f"if(lt(mod(t,{PERIOD}),{heard_for}),0.8*sin(2*PI*2000*t),0)"
    return make(
        f"flashing-{fps}-{rate}-{heard_for}.mp4",
        picture=f"color=black:s=64x114:r={fps}:d=4,{flash}",
        sound=f"aevalsrc='{click}':s={rate}:d=4",
        **{"b:a": "192k"},
    )


def finished(edit: Edit, clips: dict[str, Path], folder: Path) -> Path:
    timeline, parts = lay_out(edit), []
    for segment in timeline.segments:
        parts.append(folder / f"{segment.name}.mp4")
        render_segment(segment, edit, clips, [], parts[-1])
    render_sound(edit, timeline, [], clips, folder / "sound.m4a")
    assemble(edit, parts, folder / "sound.m4a", folder / "film.mp4")
    return folder / "film.mp4"


def flashes_of(edit: Edit) -> list[tuple[float, float]]:
    """When each flash begins and ends, in seconds of the film, apart from those that are mixed or cut off at a join."""
    found = []
    starts = lay_out(edit).scene_starts
    for scene, (before, after), start in zip(edit.scenes, edit.overlaps(), starts, strict=True):
        for number in range(100):
            at, end = ((number * PERIOD + more - scene.trim_start) / scene.speed for more in (0, FLASH))
            if before + 2 < at * edit.fps and end * edit.fps < scene.frames - after - 2:
                found.append((start / edit.fps + at, start / edit.fps + end))
    return found


@mark.parametrize("fps", [24, 60])
def test_picture_and_sound_stay_together_across_every_join(make: Make, tmp_path: Path, fps: int) -> None:
    clips = {"a": flashing(make, 25, 44_100), "b": flashing(make, 30, 48_000)}
    wanted = [("a", 0.13), ("b", 0.517), ("a", 0.99), ("b", 0.0), ("a", 0.31)]
    kinds = [TransitionKind.CUT, TransitionKind.DISSOLVE, TransitionKind.WHIP, TransitionKind.DIP_TO_BLACK]
    edit = Edit(
        width=64,
        height=114,
        fps=fps,
        scenes=[
            SceneCut(scene_number=number, clip=clip, trim_start=trim, frames=round(1.5 * fps))
            for number, (clip, trim) in enumerate(wanted, 1)
        ],
        joins=[Join.usual(kind, fps) for kind in kinds],
    )
    film = finished(edit, clips, tmp_path)
    seen, sound = brightness(film), np.abs(heard(film))
    assert len(seen) == edit.frames
    drifts = []
    for at, _ in flashes_of(edit):
        lit = [n for n in range(1, len(seen)) if seen[n] - seen[n - 1] > 100 and abs(n - at * fps) < 2]
        around = sound[round((at - 0.05) * AUDIO_RATE) : round((at + 0.05) * AUDIO_RATE)]
        clicked = at - 0.05 + np.argmax(around > 0.3 * around.max()) / AUDIO_RATE
        assert clicked == approx(at, abs=0.002)
        assert len(lit) == 1
        drifts.append(lit[0] / fps - clicked)
    assert len(drifts) > 8
    assert max(map(abs, drifts)) < 1 / fps
    # Nothing adds up from join to join: on the whole the picture is neither early nor late.
    assert abs(np.mean(drifts)) < 0.25 / fps


def middle(levels: np.ndarray, rate: int, start: float, end: float) -> float:
    """Seconds at which the middle of what is in a stretch lies."""
    stretch = slice(round(start * rate), round(end * rate))
    times = (np.arange(len(levels)) + 0.5) / rate
    return float(times[stretch] @ levels[stretch] / levels[stretch].sum())


def test_they_stay_together_at_other_speeds(make: Make, tmp_path: Path) -> None:
    """A change of speed blurs where sound begins, so the middles of flash and tone are compared."""
    scenes = [
        SceneCut(scene_number=number, clip="a", trim_start=0.05, frames=36, speed=speed)
        for number, speed in enumerate((0.5, 2.0, 0.8, 1.25), 1)
    ]
    joins = [Join(), Join.usual(TransitionKind.DISSOLVE, 24), Join.usual(TransitionKind.WHIP, 24)]
    edit = Edit(width=64, height=114, fps=24, scenes=scenes, joins=joins)
    film = finished(edit, {"a": flashing(make, 25, 48_000, heard_for=FLASH)}, tmp_path)
    seen, sound = np.array(brightness(film)) - 16, np.square(heard(film), dtype=np.float64)
    around = [(start - 0.06, end + 0.06) for start, end in flashes_of(edit)]
    drifts = [middle(seen, edit.fps, *stretch) - middle(sound, AUDIO_RATE, *stretch) for stretch in around]
    assert len(drifts) > 6
    assert max(map(abs, drifts)) < 1 / edit.fps
