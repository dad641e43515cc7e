"""Scenes drawn and filmed, judged and measured, and taken again: real phases of both services, the studio as provider.

A unit is handled phase by phase as its messages would have it, whichever service each phase is of.
"""

import hashlib
from pathlib import Path

import pytest

from agents.scene_prompt import ScenePrompts
from infra.local.parts import REPO
from postprod import app as postprod
from steps import work as functions
from tests.integration.postprod.shoot import job_of, unit_of
from tests.integration.studio.running import Running
from ugcgen.cloud import firestore, storage
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.consistency import FaultKind, Source
from ugcgen.domain.enums import CallState, PipelineStep, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, UnitKey, WakeUp
from ugcgen.engine.handle import handle
from ugcgen.engine.refs import job_ref, read_unit
from ugcgen.ledger import calls
from ugcgen.models.catalog import catalog
from ugcgen.models.quote import choose_models, quote
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS, Service, service_of

FRAME = UnitKey(step=PipelineStep.STORYBOARD, scene=1)
CLIP = UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1)
WORK = {Service.FUNCTIONS: functions.work, Service.POSTPROD: postprod.work}
CLOSE = {Service.FUNCTIONS: functions.close, Service.POSTPROD: postprod.close}
IMAGES, CLIPS = "gemini-nano-banana-2.1", "gemini-omni-1.2-flash"
PROMPT = (
    "A single still frame of user-generated content, 9:16, shot by hand on a phone. A young woman with long red hair "
    "in a cream sweater holds a serum bottle beside her face in a bright bedroom. The product is the main thing in the "
    "picture, label towards the camera."
)


@pytest.fixture(autouse=True)
def _nobody_else_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    for waking in ("handle.wake_unit", "advance.wake"):
        monkeypatch.setattr(f"ugcgen.engine.{waking}", lambda *_, **__: None)


@pytest.fixture
def job(product: object, user: str) -> Job:
    """A job of one scene, whose prompts are written, with a photo of the person and one of the product."""
    person, goods = (_pinned(user, f"{name}-front.jpg") for name in ("avatar", "product"))
    plain = job_of(user, SceneWish(seconds=3))
    choices = choose_models(catalog(), plain.brief, plain.created_at.date(), "gemini-3.5-flash-lite", (1, 1))
    priced = quote(plain.brief, plain.outline, choices, (1, 1), 1, MAX_REGEN_ATTEMPTS, plain.created_at.date())
    money = plain.money.model_copy(update={"cap": priced.high})
    photos = {"product_images": [goods], "avatar_ref_images": [person]}
    job = plain.model_copy(update={"quote": priced, "money": money, "auto_approve": True} | photos)
    job_ref(job.id).set(firestore.to_document(job))
    prompts = ScenePrompts(
        scene_number=1,
        storyboard_prompt=PROMPT,
        video_prompt=PROMPT,
        negative_prompt="plastic skin",
        dialogue="",
        delivery="warm",
        expression="a smile",
        action="She holds the bottle",
        product_visibility="primary",
        label_text=["LUMI", "GLOW"],
        references=[
            {"image": person, "kind": "person", "angle": "front", "label": "the person, front"},
            {"image": goods, "kind": "product", "label": "the product, photo 1"},
        ],
    )
    key = UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=1)
    unit_of(job, key, UnitState.DONE, result=prompts.model_dump(mode="json"))
    return job


def _pinned(user: str, photo: str) -> str:
    data = Path(REPO / "examples" / "photos" / photo).read_bytes()
    name = storage.pinned_name(user, hashlib.sha256(data).hexdigest(), "jpg")
    storage.put_once(name, data, "image/jpeg")
    return name


def begun(job: Job, key: UnitKey) -> Unit:
    """The unit, ready with its price, as advance would begin it."""
    unit = unit_of(job, key, allotted=job.quote.of(key.id))
    job_ref(job.id).update({"money.allotted": unit.allotted})
    return unit


def played(job: Job, key: UnitKey) -> Unit:
    """The unit after all of its phases."""
    begun(job, key)
    return played_on(job, key)


def played_on(job: Job, key: UnitKey) -> Unit:
    while (unit := stored(job, key)).state.is_open:
        assert unit.blocked is None, unit.blocked
        step(job, unit)
    assert unit.state is UnitState.DONE, unit.error
    return unit


def step(job: Job, unit: Unit) -> None:
    here = service_of(unit.step, unit.phase)
    handle(WakeUp(job=job.id, unit=unit.id, run=unit.run, early=True), WORK[here], CLOSE[here], here)


def stored(job: Job, key: UnitKey) -> Unit:
    found = read_unit(job.id, key.id)
    assert found
    return found


def asked(studio: Running) -> list[str]:
    return [call["kind"] for call in studio.log()["calls"]]


def test_good_frames_pass_and_stand_best_first_with_all_that_is_known_of_them(job: Job, studio: Running) -> None:
    unit = played(job, FRAME)
    assert asked(studio) == ["image", "image", "text"], "two frames, judged in one call"
    frame = unit.result["frame"]
    scores = [variant["score"] for variant in frame["variants"]]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= 0.75
    assert (frame["chosen"], unit.result["retakes"]) == (0, [])
    assert unit.result["image"]["name"] == frame["variants"][0]["image"]
    likeness = frame["variants"][0]["likeness"]
    assert {evidence["source"] for evidence in likeness["evidence"]} == set(Source)
    assert likeness["faults"] == []
    assert unit.spent <= job.quote.of(unit.id)

    other = frame["variants"][1]["image"]
    unit_of(job, FRAME, inputs={"chosen": other})
    again = played_on(job, FRAME).result
    assert again["image"]["name"] == other
    assert again["frame"]["variants"] == frame["variants"]
    assert len(asked(studio)) == 3, "choosing costs nothing"


def test_frames_with_a_wrong_label_are_drawn_again_with_the_label_in_words(job: Job, studio: Running) -> None:
    studio.fault(fault="wrong_label", model=IMAGES, times=2)
    unit = played(job, FRAME)
    (retake,) = unit.result["retakes"]
    assert 'must read "LUMI GLOW"' in retake["change"]
    assert "the label reads" in retake["why"]
    best, *others = unit.result["frame"]["variants"]
    assert best["score"] == retake["score"] >= 0.75
    assert all(variant["score"] <= 0.5 for variant in others)
    kinds = {fault["kind"] for variant in others for fault in variant["likeness"]["faults"]}
    assert FaultKind.WRONG_LABEL in kinds
    assert asked(studio) == ["image", "image", "text", "image", "text"]
    assert unit.spent == sum(call.cost for call in calls.of_job(job.id))
    assert unit.spent <= unit.allotted <= job.money.cap


def test_retakes_stop_at_the_cap_and_the_best_frame_is_kept(job: Job, studio: Running) -> None:
    studio.fault(fault="extra_person", model=IMAGES, times=None)
    frame_costs = job.quote.of(FRAME.id)
    job_ref(job.id).update({"money.cap": job.quote.total})
    unit = played(job, FRAME)
    assert unit.allotted == frame_costs, "nothing is left that the clip was not quoted"
    assert len(unit.result["frame"]["variants"]) == 2 + len(unit.result["retakes"])
    assert len(unit.result["retakes"]) < MAX_REGEN_ATTEMPTS
    assert unit.result["frame"]["consistency_score"] <= 0.5


def test_a_clip_whose_face_drifts_is_filmed_again_once_though_a_worker_dies_meanwhile(
    job: Job, studio: Running
) -> None:
    played(job, FRAME)
    studio.fault(fault="drifting_face", model=CLIPS, times=1)
    begun(job, CLIP)
    while not stored(job, CLIP).memo.get("takes"):
        step(job, stored(job, CLIP))
    before = stored(job, CLIP)
    step(job, before)
    assert stored(job, CLIP).state is UnitState.WAITING, "the retake is ordered"
    # The worker's settle is lost: the next one finds the unit as it was.
    unit_of(job, CLIP, **before.model_dump(include={"phase", "memo", "paid", "fence", "allotted"}))
    unit = played_on(job, CLIP)
    (retake,) = unit.result["retakes"]
    assert "face" in retake["change"]
    assert unit.result["score"] == retake["score"] >= 0.65
    assert [frame["at"] for frame in unit.result["frames"]] == pytest.approx([0, 1, 2], abs=0.05)
    assert not [fault for frame in unit.result["frames"] for fault in frame["faults"]]
    assert all(storage.facts(frame["frame"]) for frame in unit.result["frames"])
    assert unit.result["mode"] == "image", "its photos are shown only where it drifts twice"
    films = [call for call in calls.of_job(job.id) if call.kind == "video"]
    assert [call.state for call in films] == [CallState.SUCCEEDED] * 2
    assert asked(studio).count("video") == 2
    assert unit.spent == sum(call.cost for call in calls.of_job(job.id) if call.unit_id == unit.id)
