"""A script and a strategy that were looked over before the start: held to the outline, and taken as they are."""

from typing import Any

import pytest
from firebase_functions.https_fn import FunctionsErrorCode as Code

from api.callable import serve
from steps.work import work
from tests.integration.functions.test_api import BRIEF, refusal, request_of, start
from tests.integration.functions.test_studying import claimed
from tests.integration.studio.running import Running
from tests.unit.functions.making import asked, scene, script
from ugcgen.domain.bible_edits import BibleEdit, StyleEdit
from ugcgen.domain.enums import SceneType
from ugcgen.domain.job_edits import JobEdits
from ugcgen.engine.refs import read_job
from ugcgen.pipeline.transitions import Done

STRATEGY = {
    "hook_strategy": "She laughs at her old shelf",
    "pain_point": "dull skin",
    "key_selling_points": [],
    "emotional_journey": "from doubt to delight",
    "cta_approach": "ask a friend",
}


def words(**of_scene: Any) -> dict[str, Any]:
    one = scene(**{"scene_type": SceneType.TESTIMONIAL, "duration_seconds": 3, "dialogue": "Look at that."} | of_scene)
    return script(one).model_copy(update={"total_duration": 3}).model_dump(mode="json")


def test_what_was_looked_over_is_taken_as_it_is(topics: None, user: str, studio: Running) -> None:
    wish = request_of(user, avatar_images=[]) | {"script": words(), "strategy": STRATEGY}
    job = read_job(start(user, wish)["job_id"])
    outcome = work(claimed(job))
    assert isinstance(outcome, Done)
    assert outcome.result["script"]["scenes"][0]["dialogue"] == "Look at that."
    assert outcome.result["bible"]["creative_brief"]["hook_strategy"] == STRATEGY["hook_strategy"]
    asked_before = len(studio.log()["calls"])
    assert asked_before == 1, "what the product looks like"

    restyled = JobEdits(bible=BibleEdit(style=StyleEdit(tone="dry")))
    again = work(claimed(job.model_copy(update={"edits": restyled})))
    assert isinstance(again, Done)
    assert again.result["script"]["scenes"][0]["dialogue"] != "Look at that.", "it was written for another tone"
    assert len(studio.log()["calls"]) > asked_before

    same = {"job_id": job.id, "request_id": f"again-{user}", "brief": {"music": "calm"}}
    other = {"job_id": job.id, "request_id": f"other-{user}", "brief": {"tone": "playful"}}
    made = [read_job(serve("makeAgain", asked(one, user))["job_id"]) for one in (same, other)]
    assert [one.brought.script is not None for one in made] == [True, False]

    child = read_job(start(user, request_of(user) | {"parent_job_id": job.id})["job_id"])
    assert (child.parent_job_id, child.version) == (job.id, 2)
    assert refusal("startGeneration", f"{user}-b", request_of(f"{user}-b") | {"parent_job_id": job.id}).code is (
        Code.NOT_FOUND
    )


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        (words(dialogue="word " * 30), "script", "scene 1 has 30 words"),
        (words() | {"scenes": words()["scenes"] * 2}, "script", "there are 2 scenes, the outline has 1"),
        (words(action="x" * 501), "script.scenes.0.action", "at most 500"),
        (words() | {"title": "x" * 30_000}, "script", "at most 30000 fit"),
    ],
)
def test_a_script_of_another_outline_is_refused(
    topics: None, user: str, changed: dict[str, Any], field: str, said: str
) -> None:
    refused = refusal("startGeneration", user, request_of(user) | {"brief": BRIEF, "script": changed})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": field})
    assert said in refused.message
