"""A clip whose model is gone is filmed by the next that can make it, and by no other from then on."""

from typing import Any

import pytest

from steps import video_extension, video_generation
from steps.cameras import cameras
from steps.context import StepContext
from tests.integration.functions.conftest import stored_picture
from tests.integration.postprod.shoot import job_of, task_of, unit_of
from tests.integration.studio.running import Running, until
from ugcgen.cloud.clock import now
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.enums import PipelineStep, UnitState
from ugcgen.domain.errors import CallPending, ModelGone
from ugcgen.domain.job import Job
from ugcgen.domain.unit import UnitKey, Waiting
from ugcgen.models.catalog import Model
from ugcgen.models.clip import ClipOrder
from ugcgen.pipeline.transitions import Next

QUOTED, NEXT, VEO = "gemini-omni-1.2-flash", "gemini-omni-1.1-flash", "veo-3.1-lite-generate-001"
PROMPTS = {
    "scene_number": 1,
    "storyboard_prompt": "A jar",
    "video_prompt": "A jar on a table",
    "negative_prompt": "text",
    "product_visibility": "primary",
    "label_text": [],
    "references": [],
}


@pytest.fixture(autouse=True)
def _gone(product: object, studio: Running) -> None:
    studio.fault(fault="gone", model=QUOTED, times=None)


def drawn(user: str, seconds: float) -> Job:
    """A job of one scene whose frame is drawn."""
    job = job_of(user, SceneWish(seconds=seconds))
    frame = stored_picture(user, "green").model_dump()
    results = {PipelineStep.SCENE_PROMPTS: PROMPTS, PipelineStep.STORYBOARD: {"image": frame}}
    for step, result in results.items():
        unit_of(job, UnitKey(step=step, scene=1), UnitState.DONE, result=result)
    return job


def claimed(
    job: Job, fence: int = 1, call: str | None = None, of: PipelineStep = PipelineStep.VIDEO_GENERATION
) -> StepContext:
    waiting = Waiting(call=call, poll_seq=1, due_at=now()) if call else None
    key = UnitKey(step=of, scene=1)
    held = {"state": UnitState.RUNNING, "allotted": 9_000_000, "fence": fence, "waiting": waiting}
    return StepContext(task_of(job, key, **held))


def ordered(job: Job, fence: int = 1) -> str:
    with pytest.raises(CallPending) as pending:
        video_generation.film(claimed(job, fence))
    return pending.value.call


def filmed(job: Job, call: str) -> dict[str, Any]:
    """What is known of the clip once it is there."""

    def look() -> dict[str, Any] | None:
        try:
            outcome = video_generation.film(claimed(job, 2, call))
        except CallPending:
            return None
        assert isinstance(outcome, Next)
        filmed: dict[str, Any] = outcome.memo["filmed"]
        return filmed

    found: dict[str, Any] = until(look, 90)
    return found


def asked(studio: Running) -> list[str]:
    return [call["model"] for call in studio.log()["calls"]]


def test_the_next_model_films_and_is_looked_at_alone(user: str, studio: Running) -> None:
    job = drawn(user, 3)
    assert filmed(job, ordered(job))["model"] == NEXT
    assert asked(studio) == [QUOTED, NEXT], "the looks ask nobody again"


def test_a_worker_that_died_leaves_the_clip_to_the_model_that_began(user: str, studio: Running) -> None:
    job = drawn(user, 3)
    call = ordered(job)
    studio.call("DELETE", "/studio/faults")
    assert ordered(job, fence=2) == call, "though the quoted model is back"
    assert asked(studio) == [QUOTED, NEXT]


def test_a_model_that_cannot_make_the_clip_is_not_asked(user: str, studio: Running) -> None:
    studio.fault(fault="gone", model=NEXT, times=None)
    with pytest.raises(ModelGone):
        video_generation.film(claimed(drawn(user, 5)))
    assert asked(studio) == [QUOTED, NEXT], f"{VEO} makes no 5 s"
    studio.call("DELETE", "/studio/log")
    ordered(drawn(user, 6))
    assert asked(studio) == [QUOTED, NEXT, VEO]


def test_a_model_that_cannot_extend_as_far_does_not_begin(user: str) -> None:
    def order_for(model: Model) -> ClipOrder:
        return ClipOrder(prompt="", negative="", seconds=8, ratio="9:16", resolution="720p", seed=1)

    def able(seconds: float) -> list[str]:
        return [model.id for model in cameras(claimed(drawn(user, seconds)), order_for)]

    assert able(36) == [QUOTED, NEXT, VEO]
    assert able(38) == [QUOTED, NEXT]


def test_an_extension_is_by_the_model_of_its_clip(user: str, studio: Running) -> None:
    job = drawn(user, 11)
    clip = filmed(job, ordered(job)) | {"frames": []}
    unit_of(job, UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1), UnitState.DONE, result=clip)
    with pytest.raises(CallPending) as pending:
        video_extension.film(claimed(job, of=PipelineStep.VIDEO_EXTENSION))

    def look() -> Next | None:
        try:
            extended = video_extension.film(claimed(job, 2, pending.value.call, PipelineStep.VIDEO_EXTENSION))
        except CallPending:
            return None
        assert isinstance(extended, Next)
        return extended

    assert until(look, 90).memo["filmed"]["model"] == NEXT
    assert asked(studio) == [QUOTED, NEXT, NEXT]
