"""With the ledger's door closed no step of the pipeline reaches a model: counted by the studio."""

from typing import Any

import pytest
from google import genai

from agents.scene_prompt import composed
from steps.context import StepContext
from steps.work import work
from tests.integration.functions.conftest import stored_picture
from tests.integration.postprod.shoot import job_of, task_of, unit_of
from tests.integration.studio.running import Running
from tests.unit.functions.making import bible, scene, script
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.enums import PipelineStep, SpeechMode, UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.unit import UnitKey
from ugcgen.engine.handle import Task
from ugcgen.ledger.account import Account
from ugcgen.pipeline.steps import STEPS, Service
from ugcgen.pipeline.transitions import Done, Next, Outcome

PAID = [
    UnitKey(step=PipelineStep.SCRIPT_GENERATION),
    UnitKey(step=PipelineStep.STORYBOARD, scene=1),
    UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1),
    UnitKey(step=PipelineStep.VIDEO_EXTENSION, scene=1),
    UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=1),
]


class Closed(Exception):
    """Somebody knocked at the ledger's door."""


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Closed

    for door in ("call", "submit"):
        monkeypatch.setattr(Account, door, refuse)


@pytest.fixture
def job(product: object, user: str) -> Job:
    """A job of one extended scene, for which everything that another unit makes is there."""
    photo = stored_picture(user, "red")
    job = job_of(user, SceneWish(seconds=12)).model_copy(update={"product_images": [photo.name]})
    drawn = {"name": photo.name, "sha256": photo.sha256}
    written = scene(1, dialogue="I love this serum.")
    results: dict[PipelineStep, dict[str, Any]] = {
        PipelineStep.SCENE_PROMPTS: composed(
            script(written), 1, bible(), JobEdits(), SpeechMode.VOICEOVER, [photo.name]
        ).model_dump(mode="json"),
        PipelineStep.STORYBOARD: {"image": drawn, "frame": {"scene_number": 1, "consistency_score": 0.9}},
        PipelineStep.VIDEO_GENERATION: {
            "clip": "c.mp4",
            "sha256": "c",
            "operation": "v1_1",
            "video": "v",
            "model": job.quote.models["video"],
            "frames": [],
        },
    }
    told = {"script": script(written).model_dump(mode="json"), "bible": bible().model_dump(mode="json")}
    unit_of(job, UnitKey(step=PipelineStep.SCRIPT_GENERATION), UnitState.DONE, result=told)
    for step, result in results.items():
        unit_of(job, UnitKey(step=step, scene=1), UnitState.DONE, result=result)
    return job


def paying(job: Job, key: UnitKey) -> Task:
    """The unit in the phase that pays, with money enough."""
    phase = next(name for name, service in STEPS[key.step].phases.items() if service is Service.FUNCTIONS)
    inspected: dict[str, Any] = {"photos": [], "product_photos": []}
    return task_of(job, key, state=UnitState.RUNNING, phase=phase, allotted=5_000_000, fence=1, memo=inspected)


def posts(studio: Running) -> int:
    return len(studio.log()["calls"])


def test_every_step_that_is_quoted_is_tried(job: Job) -> None:
    assert {key.step for key in PAID} == job.quote.by_step().keys()


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("key", PAID, ids=lambda key: str(key.step))
def test_a_step_asks_the_ledger_before_any_model(job: Job, studio: Running, key: UnitKey) -> None:
    with pytest.raises(Closed):
        work(paying(job, key))
    assert posts(studio) == 0


def test_with_the_door_open_the_same_step_is_counted(job: Job, studio: Running) -> None:
    outcome = work(paying(job, PAID[1]))
    assert isinstance(outcome, Next)
    assert posts(studio) == 3, "two frames, and their scores in one call"


@pytest.mark.usefixtures("closed")
def test_a_step_that_goes_past_the_ledger_is_counted(
    job: Job, studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offending(step: StepContext) -> Outcome:
        sdk = genai.Client(api_key="a-key")
        sdk.models.generate_content(model="gemini-3.8-flash", contents="hello")
        return Done()

    monkeypatch.setattr("steps.audio_generation.speak", offending)
    work(paying(job, PAID[4]))
    assert posts(studio) == 1
