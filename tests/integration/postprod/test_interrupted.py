"""What goes wrong around a render, not in its media: it is killed, cancelled, run twice at once, kept under odd names.
The file under the final name is whole or not there."""

import multiprocessing
import os
import signal
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pytest import MonkeyPatch, fixture, mark, raises

from postprod.captions.lines import Line
from postprod.ffmpeg import RenderCancelled, RenderInterrupted, Watch
from postprod.files.film import assemble
from postprod.picture.frames import last_frame
from postprod.picture.parts import join_parts
from postprod.picture.segments import render_segment
from postprod.probe import probe_picture
from postprod.sound.mix import render_sound
from tests.integration.postprod.conftest import Make
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.pipeline.timeline import lay_out

ODD = """it's a [clip], "50%" %d: {x} \\ \n $HOME;é|'"""


@fixture(scope="module")
def clip(make: Make) -> Path:
    return make("two-seconds.mp4", picture="testsrc2=s=180x320:r=24:d=2", sound="sine=f=300:d=2")


def film(frames: int = 40) -> Edit:
    scenes = [SceneCut(scene_number=n, clip="a", frames=frames) for n in (1, 2)]
    return Edit(width=180, height=320, scenes=scenes, joins=[Join(kind=TransitionKind.WHIP, frames=5)])


def render_first(clip: Path, out: Path, watch: Watch) -> None:
    render_segment(lay_out(film()).segments[0], film(), {"a": clip}, [], out, watch=watch)


def kill_renders(folder: Path) -> bool:
    """Kill this thread's child processes that write into `folder`."""
    for child in Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split():
        if os.fsencode(folder) in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    return False


@mark.parametrize(("how", "ended"), [("killed", RenderInterrupted), ("cancelled", RenderCancelled)])
def test_a_render_that_is_ended_leaves_nothing(clip: Path, tmp_path: Path, how: str, ended: type[Exception]) -> None:
    out = tmp_path / "body.mp4"
    watch = Watch(cancelled=lambda: how == "cancelled" or kill_renders(tmp_path))
    with raises(ended, match="render body-01"):
        render_first(clip, out, watch)
    assert list(tmp_path.iterdir()) == []
    out.write_bytes(b"from before")
    with raises(ended):
        render_first(clip, out, watch)
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_bytes() == b"from before"


def rendered_here(clip: Path, out: Path) -> bytes:
    render_first(clip, out, Watch())
    return out.read_bytes()


def test_two_processes_may_render_the_same_at_once(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "body.mp4"
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as workers:
        first, second = workers.map(rendered_here, [clip, clip], [out, out])
    assert first == second == rendered_here(clip, tmp_path / "alone.mp4")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.mp4", "body.mp4"]


def test_odd_names_are_names_in_every_graph(clip: Path, tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    odd = tmp_path / ODD
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    source = odd / f"{ODD}.mp4"
    source.write_bytes(clip.read_bytes())
    edit = film()
    timeline = lay_out(edit)
    parts = [odd / f"{ODD} {segment.name}.mp4" for segment in timeline.segments]
    for segment, part in zip(timeline.segments, parts, strict=True):
        render_segment(segment, edit, {"a": source}, [Line(("words",), (0,), edit.frames)], part)
    render_sound(edit, timeline, [], {"a": source}, odd / f"{ODD}.m4a")
    assemble(edit, parts, odd / f"{ODD}.m4a", odd / f"{ODD} film.mp4")
    assert probe_picture(odd / f"{ODD} film.mp4").frames == edit.frames
    join_parts(source, source, odd / f"{ODD} whole.mp4")
    assert probe_picture(odd / f"{ODD} whole.mp4").frames == 96
    assert last_frame(source)
