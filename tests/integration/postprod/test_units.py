"""Post-production's units with real FFmpeg, on Google's emulators: what they make, and what they do not make twice."""

import hashlib
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import av
import numpy as np
from PIL import Image
from pytest import MonkeyPatch, approx, fixture, mark, raises

from postprod import ffmpeg
from postprod.probe import probe
from postprod.units.frames import frames
from postprod.units.measure import measure
from postprod.units.render import render
from tests.integration.postprod.conftest import Make, Ramp, brightness, heard, luma, numbers
from tests.integration.postprod.shoot import (
    LINES,
    SCENE_FRAMES,
    Shoot,
    fetched,
    filmed,
    frames_task,
    job_of,
    put,
    segment_task,
    stored_unit,
    task_of,
)
from ugcgen.cloud import storage
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.captions import CaptionStyle
from ugcgen.domain.cut import ClipEdit, Cut
from ugcgen.domain.enums import AspectRatio, Music, PipelineStep, Quality
from ugcgen.domain.errors import MediaError, NotFound
from ugcgen.domain.look import Look
from ugcgen.domain.output import Container, Output, Resolution
from ugcgen.domain.sound import AUDIO_RATE, SoundClip, SoundKind
from ugcgen.domain.unit import UnitKey
from ugcgen.pipeline.transitions import Done, Next

CROSSFADE = 19
Runs = Callable[[], int]


@fixture
def ffmpeg_runs(tmp_path: Path, monkeypatch: MonkeyPatch) -> Runs:
    """How often FFmpeg has been started to make something: a program in front of the real one keeps the list."""
    journal, program = tmp_path / "runs.txt", tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\necho \"$1\" >> '{journal}'\nexec '{ffmpeg.executable()}' \"$@\"\n")
    program.chmod(0o755)
    journal.touch()
    monkeypatch.setenv("FFMPEG_PATH", str(program))
    return lambda: sum(first != "-version" for first in journal.read_text().split())


@fixture
def shoot(cloud: None, user: str, tmp_path: Path, ramp: Ramp) -> Callable[..., Shoot]:
    """Makes shoots of one user: their speech is made once."""
    return partial(Shoot, user, tmp_path, ramp)


# The frames phase.


def test_the_last_frame_is_taken_for_the_next_scene_to_start_on(cloud: None, user: str, ramp: Ramp) -> None:
    job = job_of(user, SceneWish(seconds=3))
    clip = put(user, ramp(30), "video/mp4")
    clip = {"scene_number": 1, "clip": clip["name"], "sha256": clip["sha256"], "operation": "o", "video": "v"}
    task = frames_task(job, PipelineStep.VIDEO_GENERATION, clip)
    outcome = frames(task)
    assert isinstance(outcome, Next)
    filmed = outcome.memo["filmed"]
    assert filmed.items() >= clip.items(), "what the filming phase knew is kept"
    png = storage.get(filmed["last_frame"])
    assert hashlib.sha256(png).hexdigest() == filmed["last_frame_sha256"]
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", (90, 160))
    # Video levels 16 to 235 are shown as 0 to 255.
    assert picture.convert("L").getpixel((45, 80)) == approx((luma(29) - 16) * 255 / 219, abs=2)
    assert [sample["at"] for sample in outcome.memo["samples"]] == [0, 1]
    one = outcome.memo["samples"][1]
    data = storage.get(one["name"])
    assert one["sha256"] == hashlib.sha256(data).hexdigest()
    sample = Image.open(io.BytesIO(data))
    assert (sample.format, sample.size) == ("JPEG", (90, 160))
    assert one["measured"] == {"evidence": [], "faults": []}, "there is no photo to compare it with"
    assert frames(task) == outcome, "another worker comes to the same"


@mark.parametrize("returned", ["whole", "tail"])
def test_a_clip_and_its_extension_are_one_clip_whichever_the_provider_returned(
    cloud: None, user: str, ramp: Ramp, tmp_path: Path, ffmpeg_runs: Runs, returned: str
) -> None:
    job = job_of(user, SceneWish(seconds=12))
    original = put(user, ramp(30), "video/mp4")
    longer = put(user, ramp(60) if returned == "whole" else ramp(30, first=30), "video/mp4")
    memo = {"clip": longer["name"], "sha256": longer["sha256"], "parts": [original["name"], longer["name"]]}
    task = frames_task(job, PipelineStep.VIDEO_EXTENSION, memo)
    outcome = frames(task)
    made = ffmpeg_runs()
    assert frames(task) == outcome
    assert ffmpeg_runs() == made, "what was joined is not joined again"
    assert isinstance(outcome, Next)
    filmed = outcome.memo["filmed"]
    assert "parts" not in filmed
    joined = fetched(filmed["clip"], tmp_path)
    assert numbers(joined) == list(range(60))
    assert outcome.memo["samples"] == [], "the first 8 s were sampled with the clip that was extended"
    assert filmed["sha256"] == hashlib.sha256(joined.read_bytes()).hexdigest()
    last = Image.open(io.BytesIO(storage.get(filmed["last_frame"]))).convert("L")
    assert last.getpixel((45, 80)) == approx((luma(59) - 16) * 255 / 219, abs=2)


# Segments, sound, film, measurement.


def test_a_job_becomes_a_film_and_the_film_is_measured(shoot: Callable[..., Shoot], tmp_path: Path) -> None:
    work = shoot()
    results = work.rendered()
    assert list(results) == ["sound", "body-01", "join-01", "body-02", "body-03", "film", "files"]
    lengths = {name: len(brightness(fetched(row["segment"], tmp_path))) for name, row in results.items() if "-" in name}
    assert lengths == {
        "body-01": SCENE_FRAMES - CROSSFADE,
        "join-01": CROSSFADE,
        "body-02": SCENE_FRAMES - CROSSFADE,
        "body-03": SCENE_FRAMES,
    }
    film = fetched(results["film"]["film"], tmp_path)
    found = probe(film)
    assert found.picture
    assert (found.picture.width, found.picture.height) == (360, 640)
    assert found.picture.frames == 3 * SCENE_FRAMES - CROSSFADE
    assert results["film"]["seconds"] == approx(found.picture.frames / 24)
    assert found.faststart
    with av.open(str(film)) as container:
        assert container.metadata["comment"] == "Made with generative AI by UGCGen"
    assert abs(heard(film)).max() > 0.1, "the voices are heard"

    done = measure(task_of(work.job, UnitKey(step=PipelineStep.QUALITY_CHECK)))
    assert isinstance(done, Next)
    assert done.phase == "judge"
    (report,) = done.memo["checks"]["films"].values()
    checks = {check["name"]: check["ok"] for check in report["checks"]}
    assert checks["frames"]
    assert checks["faststart"]


def test_what_was_rendered_is_not_rendered_again(shoot: Callable[..., Shoot], ffmpeg_runs: Runs) -> None:
    first = shoot().rendered()
    made = ffmpeg_runs()
    assert made >= len(first)
    assert shoot().rendered() == first, "another job of the user with the same scenes"
    assert ffmpeg_runs() == made


def test_only_what_depends_on_a_changed_line_is_rendered_again(shoot: Callable[..., Shoot]) -> None:
    before = shoot().rendered()
    after = shoot(lines=LINES | {3: "Go and get it."}).rendered()
    assert {name for name in before if before[name] != after[name]} == {"body-03", "sound", "film", "files"}


def test_a_sound_of_the_cut_is_fetched_and_heard_and_changes_nothing_but_the_sound(
    shoot: Callable[..., Shoot], user: str, tmp_path: Path, make: Make
) -> None:
    chime = put(user, make("chime.wav", sound="sine=f=5000:r=48000:d=0.5"), "audio/wav")
    work = shoot()
    plain = fetched(sounding(work)["sound"], tmp_path)
    segment = render(segment_task(work.job, "body-01"))
    sounds = (SoundClip(kind=SoundKind.EFFECT, source=chime["name"], start=2.5, volume=2), WHOOSH)
    brief = work.job.brief.model_copy(update={"cut": Cut(sounds=sounds), "music": Music.CALM})
    work.job = work.job.model_copy(update={"brief": brief})
    assert render(segment_task(work.job, "body-01")) == segment
    changed = fetched(sounding(work)["sound"], tmp_path)
    added = [pitched(heard(sound), 5000, at) for at in (1.5, 2.6) for sound in (changed, plain)]
    assert added[2] > 20 * max(added[0], added[1], added[3])


WHOOSH = SoundClip(kind=SoundKind.EFFECT, source="library/whoosh", start=5.0)


def sounding(work: Shoot) -> dict[str, str]:
    outcome = render(segment_task(work.job, "sound"))
    assert isinstance(outcome, Done)
    return outcome.result


def pitched(samples: np.ndarray, hertz: int, start: float) -> float:
    """How much of one tone there is in three tenths of a second."""
    part = samples[round(start * AUDIO_RATE) :][: 3 * AUDIO_RATE // 10]
    return float(abs(np.mean(part * np.exp(-2j * np.pi * hertz * np.arange(len(part)) / AUDIO_RATE))))


def test_a_clip_that_was_deleted_is_named(shoot: Callable[..., Shoot]) -> None:
    work = shoot()
    storage.bucket().blob(stored_unit(work.job, filmed(work.job, 1)).result["clip"]).delete()
    with raises(NotFound, match="is not in the bucket"):
        render(segment_task(work.job, "body-01"))


def test_a_video_of_one_s_own_is_shown_in_place_of_what_was_filmed(
    shoot: Callable[..., Shoot], user: str, tmp_path: Path, ramp: Ramp
) -> None:
    def kept(data: bytes) -> Cut:
        name = storage.pinned_name(user, hashlib.sha256(data).hexdigest(), "mp4")
        storage.put_once(name, data, "video/mp4")
        return Cut(clips={1: ClipEdit(source=name)}, look=Look.plain(), captions=CaptionStyle(shown=False))

    whole = ramp(SCENE_FRAMES, first=35).read_bytes()
    outcome = render(segment_task(shoot(cut=kept(whole)).job, "body-01"))
    assert isinstance(outcome, Done)
    shown = numbers(fetched(outcome.result["segment"], tmp_path))
    assert shown[0] == approx(35, abs=2) and shown[-1] == approx(35 + len(shown) - 1, abs=2)
    for broken, sentence in {
        whole[: len(whole) // 2]: "the clip of scene 1 cannot be used",
        ramp(24, first=35).read_bytes(): "shorten the scene to 24 frames",
    }.items():
        with raises(MediaError, match=sentence):
            render(segment_task(shoot(cut=kept(broken)).job, "body-01"))


# Files and the animatic.


def test_every_shape_has_its_files_and_they_are_made_once(
    shoot: Callable[..., Shoot], tmp_path: Path, ffmpeg_runs: Runs
) -> None:
    small = {"resolution": Resolution.P720, "quality": Quality.DRAFT}
    outputs = (
        Output(**small),
        Output(**small, container=Container.WEBM),
        Output(**small, ratio=AspectRatio.SQUARE),
    )
    work = shoot(cut=Cut(outputs=outputs))
    results = work.rendered()
    own, square = results["files"]["files"], results["1x1-files"]["files"]
    beside = {"poster.jpg", "thumbnail.jpg", "filmstrip.jpg", "waveform.json", "waveform.png"}
    beside |= {"proxy-540p.mp4", "preview.mp4"}
    assert set(own) == {"9x16-720p-draft.mp4", "9x16-720p-draft.webm", *beside}
    assert set(square) == {"1x1-720p-draft.mp4", *(f"1x1-{name}" for name in beside)}
    assert own["9x16-720p-draft.mp4"] == results["film"]["film"], "the film is that already"
    assert square["1x1-720p-draft.mp4"] == results["1x1-film"]["film"]
    webm = probe(fetched(own["9x16-720p-draft.webm"], tmp_path))
    assert webm.picture
    assert (webm.picture.width, webm.picture.height, webm.picture.frames) == (720, 1280, 3 * SCENE_FRAMES - CROSSFADE)
    assert Image.open(io.BytesIO(storage.get(square["1x1-poster.jpg"]))).size == (720, 720)
    assert storage.facts(own["waveform.json"]).media_type == "application/json"

    made = ffmpeg_runs()
    assert render(segment_task(work.job, "files")) == Done(result=results["files"])
    assert ffmpeg_runs() == made
    storage.bucket().blob(own["preview.mp4"]).delete()
    assert render(segment_task(work.job, "files")) == Done(result=results["files"])
    assert ffmpeg_runs() == made + 1
    assert storage.facts(own["preview.mp4"])


def test_the_animatic_is_there_before_anything_is_filmed(
    shoot: Callable[..., Shoot], tmp_path: Path, ffmpeg_runs: Runs
) -> None:
    work = shoot()
    for number in LINES:
        storage.bucket().blob(stored_unit(work.job, filmed(work.job, number)).result["clip"]).delete()
    task = segment_task(work.job, "animatic")
    outcome = render(task)
    assert isinstance(outcome, Done)
    found = probe(fetched(outcome.result["animatic"], tmp_path))
    assert found.picture
    assert (found.picture.width, found.picture.height) == (540, 960)
    assert found.picture.frames == 3 * SCENE_FRAMES - CROSSFADE
    made = ffmpeg_runs()
    assert render(task) == outcome
    assert ffmpeg_runs() == made
