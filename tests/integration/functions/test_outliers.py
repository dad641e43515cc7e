"""A scene that the others do not agree with is filmed once more, if the cap has room for it; else it is flagged."""

from collections.abc import Mapping
from typing import Any

import pytest

from steps import quality_check
from steps.context import StepContext
from tests.integration.postprod.shoot import job_of, task_of, unit_of
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.enums import PipelineStep, SceneJoin, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.refs import job_ref, read_units
from ugcgen.pipeline.transitions import Done, Outcome, Outdated

SCORES = {1: 0.9, 2: 0.6, 3: 0.88}


@pytest.fixture
def job(product: object, user: str, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job whose film is cut: the second of its three scenes is less like the photos than the others."""
    monkeypatch.setattr("ugcgen.engine.advance.wake", lambda *_, **__: None)
    wishes = [SceneWish(seconds=3), SceneWish(seconds=3), SceneWish(seconds=3, join=SceneJoin.CHAIN)]
    job = job_of(user, *wishes)
    for number in SCORES:
        drawn = {"frame": {"consistency_score": 0.9}, "retakes": [], "image": {"name": "a.png", "sha256": "a"}}
        unit_of(job, UnitKey(step=PipelineStep.STORYBOARD, scene=number), UnitState.DONE, result=drawn)
        unit_of(job, clip_of(number), UnitState.DONE, result=clip(number))
    return job


def clip(scene: int) -> dict[str, Any]:
    facts = {"scene_number": scene, "clip": "c.mp4", "sha256": "c", "last_frame": "l.png", "last_frame_sha256": "l"}
    return facts | {"frames": [], "score": SCORES[scene], "reason": "", "retakes": []}


def clip_of(scene: int) -> UnitKey:
    return UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=scene)


def judged(job: Job) -> Outcome:
    memo = {"checks": {"films": {}}}
    key = UnitKey(step=PipelineStep.QUALITY_CHECK)
    return quality_check.judge(StepContext(task_of(job, key, state=UnitState.RUNNING, phase="judge", memo=memo)))


def capped(job: Job, cap: int) -> Job:
    job_ref(job.id).update({"money.cap": cap})
    return job.model_copy(update={"money": job.money.model_copy(update={"cap": cap})})


def asked_again(job: Job) -> Mapping[str, Any]:
    return {unit.id: unit.inputs for unit in read_units(job.id).values() if unit.inputs}


def test_an_outlier_is_sent_back_once_for_one_more_take(job: Job) -> None:
    assert isinstance(judged(job), Outdated)
    ((unit_id, inputs),) = asked_again(job).items()
    assert unit_id == clip_of(2).id
    assert inputs["more"]["retakes"] == 1
    # It comes back as it was: no take was better.
    unit_of(job, clip_of(2), UnitState.DONE, result=clip(2), inputs=inputs)
    done = judged(job)
    assert isinstance(done, Done)
    found = done.result["consistency"]
    assert (found["outliers"], found["flagged"], found["spread_ok"]) == (["2"], ["2"], False)


@pytest.mark.parametrize(("missing", "outcome"), [(0, Outdated), (1, Done)])
def test_the_cap_must_have_room_for_it_and_for_the_scene_that_goes_on_from_it(
    job: Job, missing: int, outcome: type[Outcome]
) -> None:
    two = job.quote.of(clip_of(2).id) + job.quote.of(clip_of(3).id)
    assert isinstance(judged(capped(job, two - missing)), outcome)
    assert bool(asked_again(job)) is (missing == 0)
