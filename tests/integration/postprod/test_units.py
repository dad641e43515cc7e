"""Post-production's units with real FFmpeg, on Google's emulators: what they make, and what they do not make twice."""

import hashlib
import io
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import av
from flask.testing import FlaskClient
from google.api_core.exceptions import AlreadyExists
from PIL import Image
from pytest import MonkeyPatch, approx, fixture, mark, raises

from postprod import ffmpeg
from postprod.app import PHASES, create_app
from postprod.probe import probe
from postprod.units.frames import frames
from postprod.units.measure import measure
from postprod.units.render import render
from tests.integration.postprod.conftest import Ramp, brightness, heard, luma, numbers
from tests.integration.postprod.speech_truth import speak
from ugcgen.cloud import firestore, pubsub, storage, tasks
from ugcgen.cloud.settings import settings
from ugcgen.domain.brief import Brief, SceneWish
from ugcgen.domain.enums import JobStatus, PipelineStep, Quality, SceneJoin, UnitState
from ugcgen.domain.errors import LostUnit, NotFound
from ugcgen.domain.job import Job, Money
from ugcgen.domain.unit import Unit, UnitKey, WakeUp
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import job_ref, unit_ref
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.quote import choose_models, quote
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.plan import plan
from ugcgen.pipeline.steps import STEPS, Service
from ugcgen.pipeline.transitions import Done, Next

CROSSFADE = 19
SCENE = 72
LINES = {1: "I did not expect this.", 2: "My skin glows.", 3: "Try it now."}

Runs = Callable[[], int]


@fixture
def cloud(cloud_env: Mapping[str, str], monkeypatch: MonkeyPatch) -> Iterator[None]:
    """This process as one of the service's, with the topics that its units wake."""
    cached = (settings, firestore.client, storage.bucket, pubsub.client, tasks.client)
    for one in cached:
        one.cache_clear()
    for step in STEPS.values():
        try:
            pubsub.client().create_topic(name=f"projects/{settings().google_cloud_project}/topics/{step.topic}")
        except AlreadyExists:
            continue
    yield
    monkeypatch.undo()
    for one in cached:
        one.cache_clear()


@fixture
def user() -> str:
    return f"user-{uuid.uuid4().hex[:12]}"


@fixture
def ffmpeg_runs(tmp_path: Path, monkeypatch: MonkeyPatch) -> Runs:
    """How often FFmpeg has been started to make something: a program in front of the real one keeps the list."""
    journal, program = tmp_path / "runs.txt", tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\necho \"$1\" >> '{journal}'\nexec '{ffmpeg.executable()}' \"$@\"\n")
    program.chmod(0o755)
    journal.touch()
    monkeypatch.setenv("FFMPEG_PATH", str(program))
    return lambda: sum(first != "-version" for first in journal.read_text().split())


def job_of(user: str, *scenes: SceneWish) -> Job:
    """A draft job with its document in Firestore, and no unit yet."""
    brief = Brief(product_name="Lumi Glow", prompt="A glow", quality=Quality.DRAFT, scenes=list(scenes))
    moment = datetime.now(UTC)
    choices = choose_models(catalog(), brief, moment.date())
    planned = outline(brief, choices[Role.VIDEO].model.limits)
    priced = quote(brief, planned, choices, (1, 0), 1, moment.date())
    job = Job(
        id=f"job-{uuid.uuid4().hex[:12]}",
        user_id=user,
        request_id="a-request",
        brief=brief,
        outline=planned,
        quote=priced,
        money=Money(cap=priced.total),
        product_name=brief.product_name,
        product_images=[f"users/{user}/media/product.jpg"],
        created_at=moment,
        updated_at=moment,
    )
    job_ref(job.id).create(firestore.to_document(job))
    return job


def unit_of(job: Job, key: UnitKey, state: UnitState = UnitState.READY, **fields: Any) -> Unit:
    """A unit of the job, as it is in Firestore from now on."""
    usual = {"phase": STEPS[key.step].first_phase, "created_at": job.created_at, "user_id": job.user_id}
    place = {"step": key.step, "scene": key.scene, "segment": key.segment}
    unit = Unit.model_validate({"job_id": job.id, "state": state} | place | usual | fields)
    unit_ref(job.id, unit.id).set(firestore.to_document(unit))
    return unit


def stored_unit(unit: Unit) -> Unit:
    found = firestore.from_snapshot(Unit, unit_ref(unit.job_id, unit.id).get())
    assert found
    return found


def filmed(job: Job, scene: int) -> UnitKey:
    extended = job.outline[scene - 1].is_extended
    return UnitKey(step=PipelineStep.VIDEO_EXTENSION if extended else PipelineStep.VIDEO_GENERATION, scene=scene)


def put(user: str, file: Path, kind: str) -> dict[str, str]:
    """The file as an artifact: its object and digest."""
    data = file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    _, artifact = storage.put_once(storage.artifact_name(user, digest, file.suffix[1:]), data, kind)
    return {"name": artifact.name, "sha256": digest}


def segment_task(job: Job, segment: str) -> Task:
    return Task(unit_of(job, UnitKey(step=PipelineStep.POST_PRODUCTION, segment=segment)), job)


class Shoot:
    """A job of three scenes of three seconds, the third continuing the second, all of them filmed and voiced."""

    def __init__(self, user: str, folder: Path, ramp: Ramp, lines: Mapping[int, str] = LINES) -> None:
        wishes = [SceneWish(seconds=3), SceneWish(seconds=3), SceneWish(seconds=3, join=SceneJoin.CHAIN)]
        self.job = job_of(user, *wishes)
        for number, text in lines.items():
            clip = put(user, ramp(SCENE, first=10 * number), "video/mp4")
            footage = {"scene_number": number, "clip": clip["name"], "sha256": clip["sha256"]}
            unit_of(self.job, filmed(self.job, number), UnitState.DONE, result=footage)
            sound = folder / f"{hashlib.sha256(text.encode()).hexdigest()}.wav"
            if not sound.exists():
                speak(text, sound)
            voice = put(user, sound, "audio/wav")
            spoken = {"scene_number": number, "voice": voice["name"], "sha256": voice["sha256"], "text": text}
            key = UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=number)
            unit_of(self.job, key, UnitState.DONE, result=spoken)

    def rendered(self) -> dict[str, dict[str, Any]]:
        """The results of every unit of post_production, the film last."""
        planned = plan(self.job.outline, self.job.brief.speech)
        segments = [unit.key.segment for unit in planned.values() if unit.key.step is PipelineStep.POST_PRODUCTION]
        results = {}
        for segment in filter(None, segments):
            task = segment_task(self.job, segment)
            outcome = render(task)
            assert isinstance(outcome, Done)
            unit_of(self.job, task.unit.key, UnitState.DONE, result=outcome.result)
            results[segment] = outcome.result
        return results


@fixture
def shoot(cloud: None, user: str, tmp_path: Path, ramp: Ramp) -> Callable[..., Shoot]:
    """Makes shoots of one user: their speech is made once."""
    return partial(Shoot, user, tmp_path, ramp)


def fetched(name: str, folder: Path) -> Path:
    file = folder / Path(name).name
    storage.get_file(name, file)
    return file


# The frames phase.


def frames_task(job: Job, step: PipelineStep, memo: dict[str, Any]) -> Task:
    key = UnitKey(step=step, scene=1)
    return Task(unit_of(job, key, phase="frames", memo=memo), job)


def test_the_last_frame_is_taken_for_the_next_scene_to_start_on(cloud: None, user: str, ramp: Ramp) -> None:
    job = job_of(user, SceneWish(seconds=3))
    clip = put(user, ramp(30), "video/mp4")
    memo = {"scene_number": 1, "clip": clip["name"], "sha256": clip["sha256"], "operation": "o", "video": "v"}
    task = frames_task(job, PipelineStep.VIDEO_GENERATION, memo)
    outcome = frames(task)
    assert isinstance(outcome, Done)
    assert outcome.result.items() >= memo.items(), "what the filming phase knew is kept"
    png = storage.get(outcome.result["last_frame"])
    assert hashlib.sha256(png).hexdigest() == outcome.result["last_frame_sha256"]
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", (90, 160))
    # Video levels 16 to 235 are shown as 0 to 255.
    assert picture.convert("L").getpixel((45, 80)) == approx((luma(29) - 16) * 255 / 219, abs=2)
    assert frames(task) == outcome, "another worker comes to the same"


@mark.parametrize("returned", ["whole", "tail"])
def test_a_clip_and_its_extension_are_one_clip_whichever_the_provider_returned(
    cloud: None, user: str, ramp: Ramp, tmp_path: Path, returned: str
) -> None:
    job = job_of(user, SceneWish(seconds=12))
    original = put(user, ramp(30), "video/mp4")
    longer = put(user, ramp(60) if returned == "whole" else ramp(30, first=30), "video/mp4")
    memo = {"clip": longer["name"], "sha256": longer["sha256"], "parts": [original["name"], longer["name"]]}
    outcome = frames(frames_task(job, PipelineStep.VIDEO_EXTENSION, memo))
    assert isinstance(outcome, Done)
    assert "parts" not in outcome.result
    joined = fetched(outcome.result["clip"], tmp_path)
    assert numbers(joined) == list(range(60))
    assert outcome.result["sha256"] == hashlib.sha256(joined.read_bytes()).hexdigest()
    last = Image.open(io.BytesIO(storage.get(outcome.result["last_frame"]))).convert("L")
    assert last.getpixel((45, 80)) == approx((luma(59) - 16) * 255 / 219, abs=2)


# Segments, sound, film, measurement.


def test_a_job_becomes_a_film_and_the_film_is_measured(shoot: Callable[..., Shoot], tmp_path: Path) -> None:
    work = shoot()
    results = work.rendered()
    assert list(results) == ["sound", "body-01", "body-02", "join-01", "body-03", "film"]
    lengths = {name: len(brightness(fetched(row["segment"], tmp_path))) for name, row in results.items() if "-" in name}
    assert lengths == {
        "body-01": SCENE - CROSSFADE,
        "join-01": CROSSFADE,
        "body-02": SCENE - CROSSFADE,
        "body-03": SCENE,
    }
    film = fetched(results["film"]["film"], tmp_path)
    found = probe(film)
    assert found.picture
    assert (found.picture.width, found.picture.height) == (360, 640)
    assert found.picture.frames == 3 * SCENE - CROSSFADE
    assert results["film"]["seconds"] == approx(found.picture.frames / 24)
    assert found.faststart
    with av.open(str(film)) as container:
        assert container.metadata["comment"] == "Made with generative AI by UGCGen"
    assert abs(heard(film)).max() > 0.1, "the voices are heard"

    done = measure(Task(unit_of(work.job, UnitKey(step=PipelineStep.QUALITY_CHECK)), work.job))
    assert isinstance(done, Next)
    assert done.phase == "judge"
    checks = {check["name"]: check["ok"] for check in done.memo["checks"]["checks"]}
    assert checks["frames"]
    assert checks["faststart"]
    assert {number: [frame["at"] for frame in taken] for number, taken in done.memo["frames"].items()} == {
        "1": [0, 1, 2],
        "2": [0, 1, 2],
        "3": [0, 1, 2],
    }
    one = done.memo["frames"]["2"][1]
    data = storage.get(one["name"])
    assert one["sha256"] == hashlib.sha256(data).hexdigest()
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, max(picture.size)) == ("JPEG", 160)


def test_what_was_rendered_is_not_rendered_again(shoot: Callable[..., Shoot], ffmpeg_runs: Runs) -> None:
    first = shoot().rendered()
    made = ffmpeg_runs()
    assert made >= len(first)
    assert shoot().rendered() == first, "another job of the user with the same scenes"
    assert ffmpeg_runs() == made


def test_only_what_depends_on_a_changed_line_is_rendered_again(shoot: Callable[..., Shoot]) -> None:
    before = shoot().rendered()
    after = shoot(lines=LINES | {3: "Go and get it."}).rendered()
    assert {name for name in before if before[name] != after[name]} == {"body-03", "sound", "film"}


def test_a_segment_whose_footage_is_being_made_again_is_dropped(shoot: Callable[..., Shoot]) -> None:
    work = shoot()
    unit_of(work.job, filmed(work.job, 2))
    with raises(LostUnit, match="video_generation-02 has no result now"):
        render(segment_task(work.job, "body-02"))
    assert isinstance(render(segment_task(work.job, "body-01")), Done)


def test_a_clip_that_was_deleted_is_named(shoot: Callable[..., Shoot]) -> None:
    work = shoot()
    storage.bucket().blob(stored_unit(unit_of_result(work.job)).result["clip"]).delete()
    with raises(NotFound, match="is not in the bucket"):
        render(segment_task(work.job, "body-01"))


def unit_of_result(job: Job) -> Unit:
    found = firestore.from_snapshot(Unit, unit_ref(job.id, filmed(job, 1).id).get())
    assert found
    return found


# The service around them.


@fixture
def client(cloud: None) -> FlaskClient:
    return create_app().test_client()


def wake(unit: Unit) -> dict[str, Any]:
    return WakeUp(job=unit.job_id, unit=unit.id, run=unit.run).model_dump()


def test_it_says_that_it_is_well(client: FlaskClient) -> None:
    assert client.get("/health").json == {"status": "ok", "version": settings().app_version}


@mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"job": "j"}', b'{"job":"j","unit":"u","run":"x"}'])
def test_a_task_that_is_no_wake_up_is_taken_as_done(client: FlaskClient, body: bytes) -> None:
    reply = client.post("/units", data=body, content_type="application/json")
    assert (reply.status_code, reply.json) == (200, {"error": "the body is no wake-up of a unit"})


def test_a_unit_of_a_job_that_is_gone_is_taken_as_done(client: FlaskClient) -> None:
    reply = client.post("/units", json={"job": "gone", "unit": "post_production-film", "run": 1})
    assert (reply.status_code, reply.json) == (200, {"done": "post_production-film"})


def test_a_wake_up_is_worked_on_and_settled(client: FlaskClient, user: str, ramp: Ramp) -> None:
    job = job_of(user, SceneWish(seconds=3))
    clip = put(user, ramp(30), "video/mp4")
    memo = {"clip": clip["name"], "sha256": clip["sha256"], "scene_number": 1}
    unit = frames_task(job, PipelineStep.VIDEO_GENERATION, memo).unit
    assert client.post("/units", json=wake(unit)).json == {"done": unit.id}
    settled = stored_unit(unit)
    assert settled.state is UnitState.DONE
    assert settled.result["last_frame"]
    shown = job_ref(job.id).collection("scenes").document("01").get().to_dict()
    assert shown
    assert shown["clip"] == clip["name"]


def test_a_unit_that_another_worker_holds_is_asked_for_again_later(client: FlaskClient, user: str) -> None:
    job = job_of(user, SceneWish(seconds=3))
    until = datetime.now(UTC) + timedelta(seconds=30)
    key = UnitKey(step=PipelineStep.POST_PRODUCTION, segment="sound")
    unit = unit_of(job, key, UnitState.RUNNING, fence=4, lease_until=until)
    reply = client.post("/units", json=wake(unit))
    assert reply.status_code == 503
    assert "held by another worker" in (reply.json or {})["error"]
    assert stored_unit(unit) == unit


def test_a_phase_of_the_functions_is_left_to_them(client: FlaskClient, user: str) -> None:
    unit = unit_of(job_of(user, SceneWish(seconds=3)), UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1))
    assert client.post("/units", json=wake(unit)).status_code == 200
    assert stored_unit(unit) == unit


def test_every_phase_that_the_pipeline_gives_to_this_service_is_known_here() -> None:
    given = {phase for step in STEPS.values() for phase, service in step.phases.items() if service is Service.POSTPROD}
    assert given == set(PHASES)


def test_a_clip_that_cannot_be_decoded_fails_its_unit_with_a_sentence(
    client: FlaskClient, user: str, tmp_path: Path
) -> None:
    job = job_of(user, SceneWish(seconds=3))
    (tmp_path / "broken.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42 nothing else")
    clip = put(user, tmp_path / "broken.mp4", "video/mp4")
    unit = frames_task(job, PipelineStep.VIDEO_GENERATION, {"clip": clip["name"], "sha256": clip["sha256"]}).unit
    assert client.post("/units", json=wake(unit)).status_code == 200
    failed = stored_unit(unit)
    assert failed.state is UnitState.FAILED
    assert "cannot be decoded as video" in (failed.error or "")


def test_a_unit_of_a_cancelled_job_is_closed_without_work(client: FlaskClient, user: str, ffmpeg_runs: Runs) -> None:
    job = job_of(user, SceneWish(seconds=3))
    job_ref(job.id).update({"status": str(JobStatus.CANCELLING)})
    unit = segment_task(job, "body-01").unit
    assert client.post("/units", json=wake(unit)).status_code == 200
    assert stored_unit(unit).state is UnitState.CANCELLED
    assert ffmpeg_runs() == 0
