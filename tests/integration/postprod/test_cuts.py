"""Cuts of every kind, drawn at random: the film has the length and every body the frames that arithmetic says."""

from math import ceil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest import approx

from postprod.picture.segments import render_segment
from tests.integration.postprod.conftest import Ramp, brightness, luma
from ugcgen.domain.edit import Crop, Edit, Join, SceneCut, TransitionKind
from ugcgen.pipeline.timeline import Piece, lay_out

CLIP_FRAMES = 90
MIXES = [kind for kind in TransitionKind if kind is not TransitionKind.CUT]
SHARES = st.sampled_from([0.0, 0.125, 0.4])


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Edit, int]:
    """An edit that adds up, and the frame rate of the clip that all its scenes are cut from."""
    fps, clip_fps = draw(st.sampled_from([24, 25, 30, 60])), draw(st.sampled_from([24, 25, 30, 50, 60]))
    overlaps = draw(st.lists(st.integers(0, 8), min_size=1, max_size=3))
    scenes = []
    for number, around in enumerate(zip([0, *overlaps], [*overlaps, 0], strict=True), 1):
        frames = sum(around) + draw(st.integers(1, 12))
        speed = draw(st.sampled_from([0.25, 0.5, 0.8, 1.0, 1.5, 2.0, 4.0]))
        spare = CLIP_FRAMES / clip_fps - frames * speed / fps
        speed, spare = (speed, spare) if spare > 0 else (1.0, CLIP_FRAMES / clip_fps - frames / fps)
        crop = draw(SHARES), draw(SHARES)
        fade_in = draw(st.integers(0, frames // 2))
        scenes.append(
            SceneCut(
                scene_number=number,
                clip="ramp",
                frames=frames,
                speed=speed,
                trim_start=draw(st.floats(0, max(0.0, spare))),
                crop=Crop(left=crop[0], right=crop[1], top=crop[1], bottom=crop[0]),
                fade_in=fade_in,
                fade_out=draw(st.integers(0, frames - fade_in)),
            )
        )
    joins = [Join(kind=draw(st.sampled_from(MIXES)) if n else TransitionKind.CUT, frames=n) for n in overlaps]
    return Edit(width=64, height=114, fps=fps, scenes=scenes, joins=joins), clip_fps


def expected(edit: Edit, piece: Piece, clip_fps: int) -> list[float]:
    """The brightness of a piece's frames: the clip's frame at the middle of the film's, faded to black's level."""
    scene, seen = edit.scenes[piece.scene], []
    for frame in range(piece.first, piece.first + piece.frames):
        middle = scene.trim_start + (frame + 0.5) * scene.speed / edit.fps
        shown = min(max(ceil((middle - 0.001) * clip_fps - 1e-4) - 1, 0), CLIP_FRAMES - 1)
        rising = min(1.0, frame / scene.fade_in) if scene.fade_in else 1.0
        falling = min(1.0, (scene.frames - 1 - frame) / scene.fade_out) if scene.fade_out else 1.0
        seen.append(16 + (luma(shown) - 16) * rising * falling)
    return seen


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=cuts())
def test_every_cut_has_its_length_and_its_frames(cut: tuple[Edit, int], ramp: Ramp, tmp_path: Path) -> None:
    edit, clip_fps = cut
    clips = {"ramp": ramp(CLIP_FRAMES, fps=clip_fps, width=64, height=114)}
    lengths = 0
    for segment in lay_out(edit).segments:
        render_segment(segment, edit, clips, [], tmp_path / "part.mp4")
        seen = brightness(tmp_path / "part.mp4")
        lengths += len(seen)
        if segment.transition is None:
            assert seen == approx(expected(edit, segment.pieces[0], clip_fps), abs=2.5)
    assert lengths == edit.frames
