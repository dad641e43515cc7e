"""Who may ask for what: strangers learn nothing, and wrong input gets one clear sentence."""

import time
from typing import Any

import pytest
import requests

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import tiny
from tests.e2e.person import Person, Refused, call

CALLABLES = (
    "openUpload",
    "quoteGeneration",
    "startGeneration",
    "getJob",
    "decideStoryboard",
    "cancelJob",
    "resumeJob",
)


@pytest.mark.parametrize("name", CALLABLES)
def test_nobody_gets_in_without_signing_in(stage: Backstage, name: str) -> None:
    for token in (None, "not.a.token"):
        with pytest.raises(Refused) as refused:
            call(stage.cloud.urls["functions"], name, {"job_id": "any"}, token)
        assert (refused.value.code, refused.value.status) == (401, "UNAUTHENTICATED")


def test_a_webhook_must_be_signed(stage: Backstage) -> None:
    url = f"{stage.cloud.urls['functions']}/modelWebhook"
    stamped = {"webhook-id": "msg_1", "webhook-timestamp": str(int(time.time()))}
    event = {"type": "video.generated", "data": {"id": "v1_1", "user_metadata": {"key": "a-key"}}}
    for headers in ({}, stamped, stamped | {"webhook-signature": "v1,bm90IG91cnM="}):
        assert requests.post(url, json=event, headers=headers, timeout=30).status_code == 401


def test_a_strangers_job_does_not_exist(stage: Backstage, person: Person) -> None:
    job_id = person.start(tiny(), auto_approve=False)
    stage.rest(job_id)
    stranger = stage.person()
    wishes: dict[str, dict[str, Any]] = {
        "getJob": {},
        "decideStoryboard": {"decision": "approve"},
        "cancelJob": {},
        "resumeJob": {"budget_usd": 5},
    }
    for name, wish in wishes.items():
        with pytest.raises(Refused, match=f"there is no job {job_id}") as refused:
            stranger.call(name, job_id=job_id, **wish)
        assert (refused.value.code, refused.value.status) == (404, "NOT_FOUND")
    person.call("cancelJob", job_id=job_id)


def test_a_strangers_photo_cannot_be_used(stage: Backstage, person: Person) -> None:
    theirs = stage.person().upload(b"any bytes")
    with pytest.raises(Refused, match="is no upload of yours") as refused:
        _start(person, product_images=[theirs])
    assert refused.value.field == "product_images.0"


def test_a_file_that_is_no_picture(person: Person) -> None:
    name = person.upload(b"these are words")
    with pytest.raises(Refused, match="no JPEG, PNG or WebP picture"):
        _start(person, product_images=[name])


def test_a_photo_that_was_never_sent(person: Person) -> None:
    session = person.call("openUpload", media_type="image/png", size=10)
    with pytest.raises(Refused, match="was never sent"):
        _start(person, product_images=[session["object"]])


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"product_name": ""}, "brief.product_name", "at least 1 character"),
        ({"scenes": [{"seconds": 90}]}, "brief.scenes.0.seconds", "less than or equal to 60"),
        ({"scenes": [{"seconds": 55}]}, "scenes.0.seconds", "shorten the scene to 40 s or split it"),
        ({"max_scene_duration": 2}, "max_scene_duration", "set it to 3 or more"),
        ({"scenes": [{"seconds": 1}, {"seconds": 0.5}]}, "scenes.1.seconds", "no longer than the transitions"),
        ({"voice": "Nobody"}, "voice", "there is no voice 'Nobody'; use one of"),
        ({"colour": "blue"}, "brief.colour", "Extra inputs are not permitted"),
        ({"total_seconds": 30}, "brief", "total_seconds is 30 but the scenes add up to 3"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_brief_that_cannot_be_filmed(person: Person, changes: dict[str, Any], field: str, sentence: str) -> None:
    for name in ("quoteGeneration", "startGeneration"):
        asked: dict[str, Any] = {"brief": tiny(**changes)}
        if name == "startGeneration":
            asked |= {"request_id": "a-request", "product_images": ["users/x/uploads/y.jpg"]}
        with pytest.raises(Refused) as refused:
            person.call(name, **asked)
        assert (refused.value.code, refused.value.status) == (400, "INVALID_ARGUMENT")
        assert refused.value.field == field
        assert sentence in str(refused.value)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"product_images": []}, "There is no photo of the product; add one"),
        ({"request_id": "short"}, "request_id: String should have at least 8 characters"),
        ({"budget_usd": 0}, "budget_usd: Input should be greater than 0"),
    ],
    ids=["no product", "no request id", "no budget"],
)
def test_a_start_that_cannot_be_made(person: Person, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        _start(person, **{"product_images": ["users/x/uploads/y.jpg"]} | changes)


def _start(person: Person, **data: Any) -> None:
    person.call("startGeneration", **{"request_id": "a-request", "brief": tiny()} | data)
