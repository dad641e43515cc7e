"""The service around post-production's units: what Cloud Tasks is answered, and what that does to the unit."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from pytest import fixture, mark

from postprod.app import PHASES, create_app
from tests.integration.postprod.conftest import Ramp
from tests.integration.postprod.shoot import (
    frames_task,
    job_of,
    put,
    segment_task,
    stored_unit,
    unit_of,
)
from ugcgen.cloud.settings import settings
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.enums import JobStatus, PipelineStep, UnitState
from ugcgen.domain.unit import Unit, UnitKey, WakeUp
from ugcgen.engine.refs import job_ref
from ugcgen.pipeline.steps import STEPS, Service


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
    settled = stored_unit(job, unit.key)
    assert (settled.state, settled.phase) == (UnitState.READY, "judge")
    assert settled.memo["filmed"]["last_frame"]


def test_a_unit_that_another_worker_holds_is_asked_for_again_later(client: FlaskClient, user: str) -> None:
    job = job_of(user, SceneWish(seconds=3))
    until = datetime.now(UTC) + timedelta(seconds=30)
    key = UnitKey(step=PipelineStep.POST_PRODUCTION, segment="sound")
    unit = unit_of(job, key, UnitState.RUNNING, fence=4, lease_until=until)
    reply = client.post("/units", json=wake(unit))
    assert reply.status_code == 503
    assert "held by another worker" in (reply.json or {})["error"]
    assert stored_unit(job, unit.key) == unit


def test_a_phase_of_the_functions_is_left_to_them(client: FlaskClient, user: str) -> None:
    job = job_of(user, SceneWish(seconds=3))
    unit = unit_of(job, UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1))
    assert client.post("/units", json=wake(unit)).status_code == 200
    assert stored_unit(job, unit.key) == unit


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
    failed = stored_unit(job, unit.key)
    assert failed.state is UnitState.FAILED
    assert "cannot be decoded as video" in (failed.error or "")


def test_a_unit_of_a_cancelled_job_is_closed_without_work(client: FlaskClient, user: str) -> None:
    job = job_of(user, SceneWish(seconds=3))
    job_ref(job.id).update({"status": str(JobStatus.CANCELLING)})
    unit = segment_task(job, "body-01").unit
    assert client.post("/units", json=wake(unit)).status_code == 200
    assert stored_unit(job, unit.key).state is UnitState.CANCELLED
