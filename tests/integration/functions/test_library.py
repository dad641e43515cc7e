"""The library on Google's emulator: pages, filters and search, deletion, and editor documents."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
import requests
from firebase_functions.https_fn import FunctionsErrorCode as Code

from api.callable import serve
from api.deletion import purge_due
from tests.integration.functions.test_api import BRIEF, refusal, request_of, start, uploaded
from tests.unit.functions.making import asked
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.enums import JobStatus
from ugcgen.engine.refs import job_ref, read_job

POP = "library/pop"


def listed(user: str, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = serve("listJobs", asked(data, user))
    return answer


def found(user: str, **data: Any) -> list[str]:
    return [card["title"] for card in listed(user, **data)["jobs"]]


def pages(user: str, **data: Any) -> Iterable[list[str]]:
    cursor = None
    while True:
        answer = listed(user, cursor=cursor, **data)
        yield [card["title"] for card in answer["jobs"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return


def start_named(user: str, name: str) -> str:
    return str(start(user, request_of(user, brief=BRIEF | {"product_name": name}))["job_id"])


def test_a_library(topics: None, user: str) -> None:
    names = ["Lumi Glow", "Lumi Night", "Crème Brûlée", "Café Noir", "Glow Stick"]
    ids = {name: start_named(user, name) for name in names}
    start_named("somebody-else", "Lumi Other")
    newest = names[::-1]

    assert found(user) == newest
    [card, *_] = listed(user)["jobs"]
    assert (card["job_id"], card["status"], card["product_name"]) == (ids["Glow Stick"], "queued", "Glow Stick")
    assert f"small/480/users/{user}/" in card["thumbnail"] and card["video"] is None
    assert requests.get(card["thumbnail"], timeout=10).headers["Content-Type"] == "image/webp"

    drawn = {"image": f"users/{user}/media/frame.png", "sha256": "a", "take": 1}
    frame = {"scene_number": 1, "variants": [drawn]}
    for field, value, name in [
        ("storyboard_scenes", [frame], "frame.png"),
        ("files", {"thumbnail.jpg": f"users/{user}/media/small.jpg"}, "small.jpg"),
        ("final_video_url", f"users/{user}/media/film.mp4", "film.mp4"),
    ]:
        job_ref(ids["Glow Stick"]).update({field: value})
        [card] = listed(user, limit=1)["jobs"]
        assert f"/{name}?" in (card["video"] or card["thumbnail"])

    turning = iter(pages(user, limit=2))
    assert next(turning) == newest[:2]
    start_named(user, "Late")  # what is new comes first, and moves no page
    assert list(turning) == [newest[2:4], newest[4:]]
    assert list(pages(user, limit=3)) == [["Late", *newest[:2]], newest[2:]]

    job_ref(ids["Lumi Night"]).update({"status": str(JobStatus.COMPLETED)})
    job_ref(ids["Café Noir"]).update({"status": str(JobStatus.FAILED)})
    assert found(user, status=["completed"]) == ["Lumi Night"]
    assert found(user, status=["completed", "failed", "failed"]) == ["Café Noir", "Lumi Night"]

    searches = {
        "lumi": ["Lumi Night", "Lumi Glow"],
        "GLO": ["Glow Stick", "Lumi Glow"],
        "creme": ["Crème Brûlée"],
        "brûl": ["Crème Brûlée"],
        "cafe-noir": ["Café Noir"],
        "glow lumi": ["Lumi Glow"],
        "lum gl": ["Lumi Glow"],
        "umi": [],
        "?!": ["Late", *newest],
    }
    assert {text: found(user, search=text) for text in searches} == searches
    assert list(pages(user, search="g l", limit=1)) == [["Lumi Glow"]]
    assert found(user, search="lumi", status=["queued"]) == ["Lumi Glow"]

    job_ref(ids["Lumi Glow"]).update({"deleted_at": now()})
    assert "Lumi Glow" not in found(user) and found(user, search="lumi") == ["Lumi Night"]


def test_a_deleted_job_can_be_restored_until_it_is_gone(topics: None, user: str) -> None:
    job, other = start_named(user, "Lumi Glow"), start_named(user, "Lumi Night")
    assert "cancel it before you delete it" in refusal("deleteJob", user, {"job_id": job}).message
    assert refusal("restoreJob", user, {"job_id": job}).code is Code.FAILED_PRECONDITION
    job_ref(job).update({"status": str(JobStatus.COMPLETED)})
    photo = read_job(job).product_images[0]
    deleted = serve("deleteJob", asked({"job_id": job}, user))
    assert (found(user), listed(user)["jobs"][0]["job_id"]) == (["Lumi Night"], other)
    assert serve("deleteJob", asked({"job_id": job}, user)) == deleted, "the time does not begin again"
    assert refusal("getJob", user, {"job_id": job}).code is Code.NOT_FOUND
    assert refusal("restoreJob", f"{user}-b", {"job_id": job}).code is Code.NOT_FOUND
    [card] = serve("listDeletedJobs", asked({}, user))["jobs"]
    assert (card["job_id"], card["status"], card["purge_at"]) == (job, "completed", deleted["purge_at"])
    assert serve("restoreJob", asked({"job_id": job}, user)) == {"job_id": job, "status": "completed"}
    assert sorted(found(user)) == ["Lumi Glow", "Lumi Night"]

    serve("deleteJob", asked({"job_id": job}, user))
    purge_due()
    assert read_job(job).status is JobStatus.COMPLETED
    job_ref(job).update({"purge_at": now()})
    assert refusal("restoreJob", user, {"job_id": job}).code is Code.NOT_FOUND
    assert serve("listDeletedJobs", asked({}, user))["jobs"] == []
    assert purge_due() >= 1
    assert not job_ref(job).get().exists
    assert storage.facts(photo) is not None, "the other job uses the same photo"
    assert storage.names(f"small/480/users/{user}/") == [f"small/480/{photo}"]
    job_ref(other).update({"status": str(JobStatus.COMPLETED)})
    document = {"edit_id": serve("createEdit", asked({"job_id": other}, user))["id"]}
    sound = {"kind": "effect", "source": uploaded(user, b"fLaC" + bytes(10))}
    edited = serve("updateEdit", asked(document | {"version": 1, "cut": {"sounds": [sound]}}, user))
    recording = edited["cut"]["sounds"][0]["source"]
    gone = serve("deleteJob", asked({"job_id": other, "for_good": True}, user))
    assert (gone["removed"], gone["kept"]) == (2, 0)
    assert (storage.facts(photo), storage.facts(recording)) == (None, None)
    assert storage.names(f"small/480/users/{user}/") == []
    assert refusal("getEdit", user, document).code is Code.NOT_FOUND


def test_versions(topics: None, user: str) -> None:
    first = start_named(user, "Lumi Glow")
    wish = {"job_id": first, "request_id": f"again-{user}", "brief": {"product_name": "Lumi Night", "tone": "playful"}}
    second = serve("makeAgain", asked(wish, user))["job_id"]
    assert serve("makeAgain", asked(wish, user))["job_id"] == second
    made = read_job(second)
    assert (made.parent_job_id, made.version, made.brief.tone) == (first, 2, "playful")
    assert made.product_images == read_job(first).product_images
    third = serve("makeAgain", asked(wish | {"job_id": second, "request_id": f"third-{user}"}, user))["job_id"]
    for one in (first, second, third):
        chain = serve("listVersions", asked({"job_id": one}, user))["jobs"]
        assert [(card["job_id"], card["version"]) for card in chain] == [(first, 1), (second, 2), (third, 3)]
    wrong = refusal("makeAgain", user, wish | {"brief": {"platform": "radio"}})
    assert (wrong.code, wrong.details) == (Code.INVALID_ARGUMENT, {"field": "brief.platform"})
    assert "only a completed one" in refusal("reopenJob", user, {"job_id": first}).message


def test_explore(topics: None, user: str) -> None:
    job = start_named(user, "Lumi Glow")
    publish = {"job_id": job, "category": "beauty"}
    assert "only a finished one" in refusal("publishJob", user, publish).message
    film = f"users/{user}/artifacts/aa/film.mp4"
    storage.put_once(film, b"a film", "video/mp4")
    job_ref(job).update({"status": str(JobStatus.COMPLETED), "final_video_url": film})
    wrong = refusal("publishJob", user, publish | {"category": "cars"})
    assert (wrong.code, wrong.details) == (Code.INVALID_ARGUMENT, {"field": "category"})
    assert refusal("publishJob", f"{user}-b", publish).code is Code.NOT_FOUND
    for _ in range(2):
        example = serve("publishJob", asked(publish, user))
    assert (example["title"], example["category"], example["thumbnail"]) == ("Lumi Glow", "beauty", None)
    assert user not in json.dumps(example)
    assert listed(user)["jobs"][0]["published_at"] == example["published_at"]

    shown = serve("listExamples", asked({"category": "beauty", "limit": 100}, "anybody"))["examples"]
    [ours] = [one for one in shown if one["id"] == example["id"]]
    assert requests.get(ours["video"], timeout=10).content == b"a film"
    assert serve("listExamples", asked({"category": "food"}, "anybody"))["examples"] == []
    serve("unpublishJob", asked({"job_id": job}, user))
    assert listed(user)["jobs"][0]["published_at"] is None
    assert example["id"] not in {one["id"] for one in serve("listExamples", asked({}, user))["examples"]}

    serve("publishJob", asked(publish, user))
    serve("deleteJob", asked({"job_id": job}, user))
    assert example["id"] not in {one["id"] for one in serve("listExamples", asked({}, user))["examples"]}
    assert storage.names(f"examples/{example['id']}/") == []

    found = serve("listTemplates", asked({}, user))
    assert len(found["categories"]) >= 5
    for template in found["templates"]:
        brief = template["brief"] | {"product_name": "Lumi Glow", "quality": "draft"}
        assert serve("quoteGeneration", asked({"brief": brief}, user))["seconds"] > 0
        assert template["category"] in {category["id"] for category in found["categories"]}


def test_an_editor_document_from_its_job_and_back(topics: None, user: str) -> None:
    job = start_named(user, "Lumi Glow")
    made = serve("createEdit", asked({"job_id": job}, user))
    document = {"edit_id": made["id"]}
    assert (made["version"], made["compiled"], made["cut"]["music_volume"]) == (1, None, 0.3)
    assert read_job(job).edits.cut == {}
    patch = {"music_volume": 0.5, "clips": {"1": {"trim_start": 0.5}}, "sounds": [{"kind": "effect", "source": POP}]}
    changed = serve("updateEdit", asked(document | {"version": 1, "cut": patch, "title": "Louder"}, user))
    assert (changed["version"], changed["title"], changed["cut"]["clips"]["1"]["trim_start"]) == (2, "Louder", 0.5)
    stale = refusal("updateEdit", user, document | {"version": 1, "cut": {"music_volume": 1}})
    assert (stale.code, "version 2" in stale.message) == (Code.ABORTED, True)
    wrong = refusal("updateEdit", user, document | {"version": 2, "cut": {"clips": {"9": {"speed": 2}}}})
    assert wrong.code is Code.INVALID_ARGUMENT
    assert refusal("compileEdit", f"{user}-b", document).code is Code.NOT_FOUND

    compiled = serve("compileEdit", asked(document, user))
    assert (compiled["job_id"], compiled["version"], compiled["cost"]) == (job, 2, 0)
    cut = read_job(job).cut
    assert (cut.music_volume, cut.clips[1].trim_start, cut.sounds[0].source) == (0.5, 0.5, POP)
    less = {"version": 2, "cut": {"clips": {"1": None}, "sounds": []}}
    assert serve("updateEdit", asked(document | less, user))["compiled"] == 2
    serve("compileEdit", asked(document, user))
    assert (read_job(job).cut.clips, read_job(job).cut.sounds, read_job(job).cut.music_volume) == ({}, (), 0.5)
    [listed_one] = serve("listEdits", asked({}, user))["edits"]
    assert (listed_one["version"], listed_one["compiled"]) == (3, 3)
    serve("deleteEdit", asked(document, user))
    assert refusal("getEdit", user, document).code is Code.NOT_FOUND


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "W10", "WyIyMDI2LTAxLTAxIiwgImEiXQ", "é" * 9, "W251bGwsIDFd"])
def test_a_cursor_that_no_page_has_named(topics: None, user: str, cursor: str) -> None:
    refused = refusal("listJobs", user, {"cursor": cursor})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "cursor"})
