"""The operations behind the callables and the webhook, on Google's emulators."""

import hashlib
import io
import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

import grpc
import pytest
from firebase_functions import https_fn
from firebase_functions.https_fn import FunctionsErrorCode as Code
from google.api_core.exceptions import DeadlineExceeded
from google.pubsub_v1 import SubscriberClient
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport
from PIL import Image

from api import progress
from api.callable import serve
from api.caller import Caller
from api.jobs import JobRequest
from api.uploads import pin, pin_sound
from api.webhook import receive
from tests.integration.functions.conftest import WEBHOOK_SECRET, topic_path
from tests.integration.postprod.shoot import unit_of
from tests.unit.functions.making import asked, webhook_headers
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep, UnitState
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.unit import Blocked, UnitKey, Waiting, WakeUp
from ugcgen.engine.refs import job_ref, read_job, read_units
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account
from ugcgen.ledger.record import Holder, Question
from ugcgen.pipeline.steps import STEPS

BRIEF = {"product_name": "Lumi Glow", "prompt": "A glow", "quality": "draft", "scenes": [{"seconds": 3}]}


def uploaded(user: str, data: bytes | None = None) -> str:
    """The object of an upload that the user has sent."""
    if data is None:
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "red").save(out, "JPEG")
        data = out.getvalue()
    name = f"users/{user}/uploads/{uuid.uuid4().hex}.jpg"
    storage.put_once(name, data, "image/jpeg")
    return name


def request_of(user: str, **changes: Any) -> dict[str, Any]:
    return {"request_id": uuid.uuid4().hex, "brief": BRIEF, "product_images": [uploaded(user)]} | changes


def start(user: str, data: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = serve("startGeneration", asked(data, user))
    return answer


def refusal(operation: str, user: str, data: dict[str, Any]) -> https_fn.HttpsError:
    with pytest.raises(https_fn.HttpsError) as caught:
        serve(operation, asked(data, user))
    return caught.value


def test_a_double_click_starts_one_job(topics: None, user: str) -> None:
    data = request_of(user)
    with ThreadPoolExecutor(4) as clicks:
        started = list(clicks.map(lambda _: start(user, data), range(4)))
    assert len({answer["job_id"] for answer in started}) == 1
    job_id = started[0]["job_id"]
    assert list(read_units(job_id)) == [PipelineStep.SCRIPT_GENERATION]
    assert read_job(job_id).money.allotted == read_job(job_id).quote.of(PipelineStep.SCRIPT_GENERATION)
    assert start(user, data | {"request_id": uuid.uuid4().hex})["job_id"] != job_id


def test_nothing_is_started_without_a_photo_or_without_a_key(
    topics: None, product: Callable[..., None], user: str
) -> None:
    request = request_of(user, product_images=[])
    refused = refusal("startGeneration", user, request)
    assert (refused.code, refused.details) == (Code.FAILED_PRECONDITION, {"field": "product_images"})
    assert refused.message.startswith("There is no photo of the product")
    product(GEMINI_API_KEY="")
    refused = refusal("startGeneration", user, request)
    assert "There is no photo of the product" in refused.message
    assert "No model can be asked: GEMINI_API_KEY is not set" in refused.message
    wants = serve("quoteGeneration", asked({"brief": BRIEF}, user))["requirements"]
    assert [one["code"] for one in wants if one["blocks"]] == ["api_key"]


def test_photos_are_kept_under_their_content(topics: None, user: str) -> None:
    one, same = uploaded(user), uploaded(user)
    job = read_job(start(user, request_of(user, product_images=[one], avatar_images=[same]))["job_id"])
    assert job.product_images == job.avatar_ref_images
    (name,) = job.product_images
    assert name == f"users/{user}/media/{storage.content_of(name)}.jpg"
    assert read_job(start(user, request_of(user, product_images=[name]))["job_id"]).product_images == [name]


def test_only_own_uploads_that_are_pictures_are_taken(topics: None, user: str) -> None:
    wrong = {
        "is no upload of yours": uploaded("someone-else"),
        "is no upload": f"users/{user}/uploads/../../someone-else/media/x.jpg",
        "was never sent": f"users/{user}/uploads/{uuid.uuid4().hex}.jpg",
        "is no JPEG, PNG or WebP": uploaded(user, b"<svg/>"),
    }
    for sentence, name in wrong.items():
        refused = refusal("startGeneration", user, request_of(user, product_images=[uploaded(user), name]))
        assert refused.code is Code.INVALID_ARGUMENT
        assert sentence in refused.message
        assert refused.details == {"field": "product_images.1"}


def test_a_sound_is_kept_as_it_is_under_its_content(topics: None, user: str) -> None:
    data = b"ID3" + bytes(100)
    sent = uploaded(user, data)
    pinned = pin_sound(user, sent, "cut.sounds.0.source")
    assert pinned == f"users/{user}/media/{hashlib.sha256(data).hexdigest()}.mp3"
    assert storage.get(pinned) == data
    assert pin_sound(user, pinned, "cut.sounds.0.source") == pinned
    assert pin_sound(user, "library/pop", "cut.sounds.0.source") == "library/pop"


def test_only_own_uploads_that_are_sounds_are_taken(topics: None, user: str) -> None:
    photo = pin(user, uploaded(user), "product_images.0")
    song = pin_sound(user, uploaded(user, b"fLaC" + bytes(10)), "source")
    wrong = {
        "is no upload of yours": uploaded("someone-else", b"fLaC"),
        "was never sent": f"users/{user}/uploads/{uuid.uuid4().hex}.wav",
        "is no WAV, MP3, M4A, AAC, Ogg or FLAC": uploaded(user),
        "is no file of this kind": photo,
    }
    for sentence, name in wrong.items():
        with pytest.raises(InvalidInput, match=sentence) as caught:
            pin_sound(user, name, "cut.sounds.0.source")
        assert caught.value.field == "cut.sounds.0.source"
    with pytest.raises(InvalidInput, match="is no file of this kind"):
        pin(user, song, "product_images.0")


def test_a_video_takes_the_place_of_a_clip(topics: None, user: str) -> None:
    boxes = b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x0cmoovvide" + b"\0\0\0\x08mdat"
    job = start(user, with_cut(user, clips={1: {"source": uploaded(user, boxes)}}))
    pinned = f"users/{user}/media/{hashlib.sha256(boxes).hexdigest()}.mp4"
    assert read_job(job["job_id"]).cut.clips[1].source == pinned
    refused = refusal("startGeneration", user, with_cut(user, clips={1: {"source": uploaded(user)}}))
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "cut.clips.1.source"})
    assert "no whole MP4, MOV or WebM video" in refused.message


def with_cut(user: str, **cut: Any) -> dict[str, Any]:
    return request_of(user, brief=BRIEF | {"cut": cut})


def test_the_files_of_a_cut_are_kept_under_their_content(topics: None, user: str) -> None:
    table, song = b"LUT_1D_SIZE 2\n0 0 0\n1 1 1\n", b"fLaC" + bytes(100)
    sounds = [
        {"kind": "music", "source": uploaded(user, song), "volume": 0.5},
        {"kind": "effect", "source": "library/pop", "start": 1.0},
    ]
    cut = {"look": {"lut": uploaded(user, table), "strength": 0.5}, "sounds": sounds}
    job = read_job(start(user, with_cut(user, **cut))["job_id"])
    assert job.cut.look.lut == f"users/{user}/media/{hashlib.sha256(table).hexdigest()}.cube"
    assert storage.get(job.cut.look.lut) == table
    assert job.cut.look.strength == 0.5
    pinned = f"users/{user}/media/{hashlib.sha256(song).hexdigest()}.flac"
    assert [(sound.source, sound.volume) for sound in job.cut.sounds] == [(pinned, 0.5), ("library/pop", 1.0)]
    again = read_job(
        start(user, with_cut(user, **job.cut.model_dump(mode="json", include={"look", "sounds"})))["job_id"]
    )
    assert again.cut == job.cut


def test_a_cut_s_file_that_cannot_be_used_is_refused_by_its_field(topics: None, user: str) -> None:
    photo = pin(user, uploaded(user), "product_images.0")
    wrong = {
        "is no upload of yours": uploaded("someone-else", b"LUT_1D_SIZE 2\n0 0 0\n1 1 1\n"),
        "was never sent": f"users/{user}/uploads/{uuid.uuid4().hex}.cube",
        "names the size of one table": uploaded(user, b"0 0 0\n1 1 1\n"),
        "is no file of this kind": photo,
    }
    for sentence, name in wrong.items():
        refused = refusal("startGeneration", user, with_cut(user, look={"lut": name}))
        assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "cut.look.lut"})
        assert sentence in refused.message
    sounds = [{"kind": "effect", "source": "library/pop"}, {"kind": "music", "source": photo}]
    refused = refusal("startGeneration", user, with_cut(user, sounds=sounds))
    assert refused.details == {"field": "cut.sounds.1.source"}


OPERATIONS = ["getJob", "cancelJob", "resumeJob"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_another_user_s_job_is_not_there(topics: None, user: str, operation: str) -> None:
    data = {"job_id": start(user, request_of(user))["job_id"]}
    for other in (refusal(operation, "someone-else", data), refusal(operation, user, {"job_id": "nobody-s"})):
        assert other.code is Code.NOT_FOUND
    serve("getJob", asked(data, user))


def test_our_own_trouble_is_one_sentence_without_its_insides(
    topics: None, user: str, product: Callable[..., None]
) -> None:
    job_id = start(user, request_of(user))["job_id"]
    product(GCS_CREDENTIALS_PATH="/no/such/file.json")
    refused = refusal("getJob", user, {"job_id": job_id})
    assert (refused.code, refused.details) == (Code.INTERNAL, None)
    assert refused.message == "something went wrong on our side; nothing was lost, try again"


def test_a_document_that_cannot_be_read_is_not_the_caller_s_mistake(topics: None, user: str) -> None:
    job_id = start(user, request_of(user))["job_id"]
    job_ref(job_id).update({"progress": "half"})
    refused = refusal("getJob", user, {"job_id": job_id})
    assert (refused.code, refused.details) == (Code.INTERNAL, None)


def test_a_stream_ends_in_time_though_the_job_goes_on(topics: None, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LONGEST_SECONDS", 0.0)
    job_id = start(user, request_of(user))["job_id"]
    [seen] = progress.stream_job(Caller(uid=user), JobRequest(job_id=job_id))
    assert seen and (seen.job_id, seen.status) == (job_id, JobStatus.QUEUED)


def test_a_decision_needs_a_storyboard_that_waits_for_it(topics: None, user: str) -> None:
    job_id = start(user, request_of(user))["job_id"]
    decision = {"job_id": job_id, "decision": "approve"}
    assert refusal("decideStoryboard", user, decision).code is Code.FAILED_PRECONDITION
    waits = Blocked(reason=BlockReason.STORYBOARD_REVIEW, message="The storyboard waits.")
    key = UnitKey(step=PipelineStep.STORYBOARD_REVIEW)
    unit_of(read_job(job_id), key, UnitState.BLOCKED, blocked=waits)
    serve("decideStoryboard", asked(decision, user))
    review = read_units(job_id)[key.id]
    assert (review.state, review.inputs) == (UnitState.READY, {"decision": "approve"})


def test_a_budget_is_raised_and_never_lowered(topics: None, user: str) -> None:
    job_id = start(user, request_of(user))["job_id"]
    refused = refusal("resumeJob", user, {"job_id": job_id, "budget_usd": 0.01})
    assert (refused.code, refused.details) == (Code.INVALID_ARGUMENT, {"field": "budget_usd"})
    serve("resumeJob", asked({"job_id": job_id, "budget_usd": 90}, user))
    assert read_job(job_id).money.cap == 90_000_000


def test_a_job_that_is_over_is_neither_cancelled_nor_resumed(topics: None, user: str) -> None:
    job_id = start(user, request_of(user))["job_id"]
    job_ref(job_id).update({"status": str(JobStatus.COMPLETED)})
    for operation in ("cancelJob", "resumeJob"):
        assert refusal(operation, user, {"job_id": job_id}).code is Code.FAILED_PRECONDITION


# The webhook.


def test_a_webhook_wakes_the_unit_that_waits_for_the_operation(
    topics: None, user: str, product: Callable[..., None], cloud_env: Any
) -> None:
    product(WEBHOOK_SECRET=WEBHOOK_SECRET)
    job = read_job(start(user, request_of(user))["job_id"])
    key = UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=1)
    call = submitted(user, job.id, key.id, operation="v1_7")
    wait = Waiting(call=call, poll_seq=1, due_at=now())
    unit_of(job, key, UnitState.WAITING, waiting=wait)
    with Inbox(STEPS[key.step].topic, cloud_env["PUBSUB_EMULATOR_HOST"]) as inbox:
        body = json.dumps({"type": "interaction.completed", "data": {"id": "v1_7", "user_metadata": {"key": call}}})
        assert receive(webhook_headers(body.encode(), key=b"secret"), body.encode()) is True
        assert WakeUp(job=job.id, unit=key.id, run=1, early=True) in inbox.wake_ups()
    record = calls.read(call)
    assert record
    assert record.operation == "v1_7"


@pytest.mark.parametrize("data", [{}, {"id": "v1_7"}, {"id": "v1_7", "user_metadata": {"key": "f" * 64}}])
def test_a_webhook_about_nothing_of_ours_changes_nothing(product: Callable[..., None], data: dict[str, Any]) -> None:
    product(WEBHOOK_SECRET=WEBHOOK_SECRET)
    body = json.dumps({"type": "interaction.completed", "data": data}).encode()
    assert receive(webhook_headers(body, key=b"secret"), body) is False


def submitted(user: str, job_id: str, unit_id: str, operation: str) -> str:
    """The key of a call that was submitted for the unit."""
    account = Account(Holder(user_id=user, job_id=job_id, unit_id=unit_id, fence=1), allotted=100)
    question = Question(key=uuid.uuid4().hex * 2, model="gemini-omni-1.2-flash", kind="video", price=100, dear=False)
    return account.submit(question, lambda: lambda lent: operation).key


class Inbox:
    """The messages of a topic from now on."""

    def __init__(self, topic: str, emulator: str) -> None:
        self._client = SubscriberClient(transport=SubscriberGrpcTransport(channel=grpc.insecure_channel(emulator)))
        self._topic = topic_path(topic)
        self._name = f"{self._topic.split('/topics/')[0]}/subscriptions/inbox-{uuid.uuid4().hex[:12]}"

    def __enter__(self) -> Self:
        self._client.create_subscription(name=self._name, topic=self._topic)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.delete_subscription(subscription=self._name)

    def wake_ups(self) -> list[WakeUp]:
        try:
            answer = self._client.pull(subscription=self._name, max_messages=100, timeout=10)
        except DeadlineExceeded:
            return []
        return [WakeUp.model_validate_json(received.message.data) for received in answer.received_messages]
