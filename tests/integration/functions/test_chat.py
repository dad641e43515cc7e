"""Chats by the doors that clients use, with the real studio as the model."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from agents import intent
from infra.local.cloud import PROJECT, LocalCloud
from tests.integration.functions.doors import TIMEOUT_S, Doors, bearer, doors
from tests.integration.functions.identity import identity
from tests.integration.studio.running import Running
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.chat import SILENCE, Turn
from ugcgen.domain.enums import Intent, Speaker
from ugcgen.engine.refs import chat_ref, job_ref, message_ref, read_job
from ugcgen.ledger.allowance import DayAccount, owed_today
from ugcgen.models.catalog import catalog

HOOKS = "Give me three hooks for Lumi Glow"
GO = "Make the video now: a friend tells how her skin got its glow back in one week."
AD = {"product_name": "Lumi Glow", "quality": "draft", "scenes": [{"seconds": 3}]}
DNA = {
    "product_type": "serum",
    "product_name": "Lumi Glow",
    "colors": {"primary": "#f2c879", "secondary": "#ffffff", "packaging": "#222222"},
    "shape": "slim bottle",
}
MODEL = catalog().models["gemini-3.8-flash"]

Event = tuple[str, dict[str, Any]]
Until = Callable[[Callable[[], object], float], None]


@pytest.fixture(scope="module")
def chat_doors(
    cloud_parts: LocalCloud, shared_studio: Running, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Doors]:
    with (
        identity(PROJECT) as stand_in,
        doors(cloud_parts, stand_in, tmp_path_factory.mktemp("chat"), models=shared_studio.base) as opened,
    ):
        yield opened


@dataclass
class Person:
    """Somebody with a chat."""

    doors: Doors
    uid: str
    token: str
    chat_id: str
    events: list[Event] = field(default_factory=list)

    def call(self, name: str, /, **data: Any) -> Any:
        reply = self.doors.call(name, self.token, data)
        assert not reply.code, reply
        return reply.answer

    def post(self, content: str, **data: Any) -> requests.Response:
        return requests.post(
            f"{self.doors.api}/chat/{self.chat_id}/messages",
            json={"request_id": uuid.uuid4().hex, "content": content} | data,
            headers=bearer(self.token),
            timeout=TIMEOUT_S,
            stream=True,
        )

    def send(self, content: str, **data: Any) -> list[Event]:
        with self.post(content, **data) as reply:
            assert reply.status_code == 200, reply.text
            return list(events(reply))

    def answer(self) -> dict[str, Any]:
        """The newest message."""
        newest: dict[str, Any] = self.call("listMessages", chat_id=self.chat_id, limit=1)["messages"][0]
        return newest


@pytest.fixture
def person(chat_doors: Doors, product: object) -> Person:
    return newcomer(chat_doors)


def newcomer(opened: Doors) -> Person:
    uid, token = opened.user()
    return Person(opened, uid, token, opened.chat(token))


def events(reply: requests.Response) -> Iterator[Event]:
    """The events of a stream as they come."""
    name = ""
    for line in reply.iter_lines(chunk_size=1, decode_unicode=True):
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def heard(told: list[Event]) -> str:
    return "".join(data["content"] for name, data in told if name == "stream")


def kept(told: list[Event]) -> dict[str, Any]:
    [message] = [data["message"] for name, data in told if name == "assistant_message"]
    return dict(message)


def hung_up(studio: Running) -> bool:
    return any(call["reason"] == "the caller hung up" for call in studio.log()["calls"])


def test_a_conversation(person: Person, studio: Running) -> None:
    request = {"request_id": uuid.uuid4().hex, "attachments": [person.doors.photo(person.token)]}
    told = person.send(HOOKS, **request)
    names = [name for name, _ in told]
    assert names == ["user_message", *["stream"] * (len(told) - 3), "assistant_message", "done"] and len(told) > 8
    asked, answer = told[0][1]["message"], kept(told)
    assert (asked["role"], asked["content"], answer["role"]) == ("user", HOOKS, "assistant")
    assert answer["id"] == told[0][1]["answer_id"]
    assert (answer["state"], answer["intent"], answer["content"]) == ("complete", "CHAT", heard(told))
    assert asked["attachments"][0].startswith(f"users/{person.uid}/media/")
    calls = studio.log()["calls"]
    assert len(calls) == 2 and any(call["tokens"].get("input_image") for call in calls)
    assert 0 < owed_today(person.uid) < 10_000, "what was held is settled by what was used"

    again = person.send(HOOKS, **request)
    assert [name for name, _ in again] == ["user_message", "assistant_message", "done"]
    assert kept(again) == answer and len(studio.log()["calls"]) == 2

    person.send("Thanks!")
    assert not any("Give me three hooks" in call["prompt"] for call in studio.log()["calls"][2:])
    page = person.call("listMessages", chat_id=person.chat_id, limit=3)
    assert [message["role"] for message in page["messages"]] == ["assistant", "user", "assistant"]
    rest = person.call("listMessages", chat_id=person.chat_id, cursor=page["next_cursor"])
    assert [message["id"] for message in rest["messages"]] == [asked["id"]] and rest["next_cursor"] is None

    [listed] = person.call("listChats")["chats"]
    assert (listed["id"], listed["title"], listed["answering"]) == (person.chat_id, HOOKS, None)
    assert person.call("renameChat", chat_id=person.chat_id, title="Glow")["title"] == "Glow"
    other = person.doors.chat(person.token)
    assert [chat["id"] for chat in person.call("listChats")["chats"]] == [other, person.chat_id]
    assert person.call("deleteChat", chat_id=person.chat_id) == {"chat_id": person.chat_id, "messages": 4}
    assert storage.facts(asked["attachments"][0]) is None
    assert person.doors.call("getChat", person.token, {"chat_id": person.chat_id}).code == "not_found"


def test_what_came_before_a_stop_is_kept(person: Person, studio: Running, until: Until) -> None:
    studio.fault(fault="trickle", seconds=20, prompt=HOOKS, times=None)
    with person.post(HOOKS, request_id="hang-up-here") as reply:
        told = events(reply)
        words = [next(told) for _ in range(5)][1:]
        assert {name for name, _ in words} == {"stream"}
    until(lambda: person.answer()["state"] == "stopped", 10)
    stopped = person.answer()
    assert stopped["content"].startswith(heard(words)) and len(stopped["content"].split()) < 30
    until(lambda: hung_up(studio), 10)
    assert owed_today(person.uid) > 20_000, "what was made and not heard may have been charged"

    with person.post(HOOKS, request_id="stop-from-elsewhere") as reply:
        told = events(reply)
        first = next(told)
        refused = person.post("And captions?")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "aborted")
        assert next(told)[0] == "stream"
        person.call("stopMessage", chat_id=person.chat_id, message_id=first[1]["answer_id"])
        rest = list(told)
    assert [name for name, _ in rest][-2:] == ["assistant_message", "done"]
    assert kept(rest)["state"] == "stopped" and kept(rest)["content"].endswith(heard(rest))
    studio.call("DELETE", "/studio/faults")
    assert kept(person.send("And captions?"))["state"] == "complete"


def test_an_answer_is_stopped_before_its_first_word(person: Person, studio: Running, until: Until) -> None:
    studio.fault(fault="latency", seconds=12, prompt="now you talk with", times=1)
    with person.post(HOOKS) as reply:
        told = events(reply)
        answer_id = next(told)[1]["answer_id"]
        until(lambda: person.answer()["intent"] == "CHAT", 10)
        person.call("stopMessage", chat_id=person.chat_id, message_id=answer_id)
        asked_at = time.monotonic()
        rest = list(told)
    assert time.monotonic() - asked_at < 8, "the model would have thought for longer"
    assert [name for name, _ in rest] == ["assistant_message", "done"]
    assert (kept(rest)["state"], kept(rest)["content"]) == ("stopped", "")
    assert owed_today(person.uid) > 20_000, "what the model had begun may have been charged"
    until(lambda: hung_up(studio), 20)

    studio.fault(fault="latency", seconds=12, prompt="say what the user's last message asks", times=1)
    with person.post(HOOKS) as reply:
        next(events(reply))
    until(lambda: person.answer()["state"] == "stopped", 8)
    assert person.answer()["content"] == ""
    assert kept(person.send("And captions?"))["state"] == "complete"


def test_what_came_before_a_failure_is_kept(person: Person, studio: Running) -> None:
    studio.fault(fault="broken_off", prompt="now you talk with", times=1)
    told = person.send(HOOKS)
    assert [name for name, _ in told][-2:] == ["assistant_message", "error"]
    failed = kept(told)
    assert (failed["state"], failed["content"]) == ("failed", heard(told))
    assert failed["content"] and "answer" in failed["error"]
    assert len(studio.log()["calls"]) == 2, "what broke off is not asked for again by itself"
    assert person.answer() == failed
    studio.fault(fault="block_output", prompt="now you talk with", times=1)
    told = person.send(HOOKS)
    assert kept(told)["state"] == "failed" and "withheld" in told[-1][1]["error"]["message"]
    assert kept(person.send(HOOKS))["state"] == "complete"


def test_an_answer_whose_writer_died_is_given_up(person: Person, studio: Running) -> None:
    request = {"request_id": "written-by-the-dead"}
    whole = kept(person.send(HOOKS, **request))
    silent_since = now() - 2 * SILENCE
    message_ref(person.chat_id, whole["id"]).update({"state": "streaming", "updated_at": silent_since})
    chat_ref(person.chat_id).update({"answering": whole["id"]})
    given_up = kept(person.send(HOOKS, **request))
    assert (given_up["state"], given_up["content"]) == ("failed", whole["content"])
    assert person.answer()["state"] == "failed" and "send the message again" in person.answer()["error"]
    assert kept(person.send(HOOKS))["state"] == "complete"


def test_two_sends_at_once_are_answered_once(person: Person, studio: Running) -> None:
    studio.fault(fault="trickle", seconds=1, prompt="now you talk with", times=None)
    with ThreadPoolExecutor(4) as clicks:
        replies = list(clicks.map(lambda _: person.post(HOOKS, request_id="one-and-the-same"), range(4)))
        statuses = sorted(reply.status_code for reply in replies)
        assert statuses == [200, 409, 409, 409]
        [streamed] = [list(events(reply)) for reply in replies if reply.status_code == 200]
    assert kept(streamed)["state"] == "complete"
    assert len(person.call("listMessages", chat_id=person.chat_id)["messages"]) == 2


def test_a_video_from_a_chat(person: Person, studio: Running) -> None:
    told = person.send(GO, ad=AD)
    assert kept(told)["intent"] == "VIDEO_NEEDS_INPUT"
    assert "no photo of the product" in heard(told) and "no photo of a person" in heard(told)
    photo = person.doors.photo(person.token)
    chosen = {"ad": AD, "product_images": [photo], "avatar_images": [photo], "request_id": uuid.uuid4().hex}
    told = person.send(GO, **chosen)
    answer = kept(told)
    assert (answer["intent"], answer["state"]) == ("VIDEO_READY", "complete")
    job = read_job(answer["job_id"])
    assert (job.chat_id, job.user_id, job.brief.prompt) == (person.chat_id, person.uid, f"{GO}\n{GO}")
    assert f"${job.money.cap / 1_000_000:.2f}" in heard(told)[: heard(told).index("I have started it")]
    assert kept(person.send(GO, **chosen)) == answer
    assert kept(person.send("Make it please", ad=AD))["intent"] == "VIDEO_NEEDS_INPUT"
    _, stranger = person.doors.user()
    theirs = {"request_id": uuid.uuid4().hex, "brief": AD | {"prompt": "x"}, "product_images": []}
    assert person.doors.call("startGeneration", stranger, theirs | {"chat_id": person.chat_id}).code == "not_found"
    person.call("deleteChat", chat_id=person.chat_id)
    assert job_ref(job.id).get(["chat_id"]).get("chat_id") is None


def test_a_video_of_what_is_kept(person: Person, studio: Running) -> None:
    photo = person.doors.photo(person.token)
    which = person.call("createProduct", name="Lumi Glow", brand="Lumi", images=[photo], dna=DNA)["product"]["id"]
    unnamed = {"quality": "draft", "scenes": [{"seconds": 3}]}
    for wrong in ({"product_id": "of-another"}, {"avatar_id": "of-another"}, {"avatar_id": "system-noor"}):
        reply = person.post(GO, ad=unnamed, **wrong | {"avatar_images": [photo]})
        assert reply.status_code in {400, 404}, wrong
    person.send("Hello!", avatar_id="system-noor")
    answer = kept(person.send(GO, ad=unnamed, product_id=which))
    assert answer["intent"] == "VIDEO_READY", answer
    job = read_job(answer["job_id"])
    assert (job.product_id, job.product_name, job.brief.brand) == (which, "Lumi Glow", "Lumi")
    assert (job.avatar_id, job.brief.avatar_name) == ("system-noor", "Noor")
    assert job.brought.product is not None and job.brought.product.shape == DNA["shape"]
    assert job.brought.avatar is not None


def test_an_intent_that_is_not_told_in_time_is_chat(
    product: object, studio: Running, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def detected(request: str, avatar: bool = True) -> Intent:
        detection = intent.detect(
            DayAccount(user, request), MODEL, [Turn(role=Speaker.USER, text=GO)], avatar=avatar, product=True
        )
        while True:
            try:
                next(detection)
            except StopIteration as ended:
                return Intent(ended.value)

    assert detected("a") is Intent.VIDEO_READY
    assert detected("b", avatar=False) is Intent.VIDEO_NEEDS_INPUT
    monkeypatch.setattr(intent, "LIMIT_SECONDS", 0.3)
    studio.fault(fault="latency", seconds=1.5, times=1)
    assert detected("c") is Intent.CHAT
    studio.fault(fault="error", times=1)
    assert detected("d") is Intent.CHAT


def test_twenty_people_talk_at_once(chat_doors: Doors, product: object, studio: Running) -> None:
    people = [newcomer(chat_doors) for _ in range(20)]
    studio.fault(fault="trickle", seconds=1, prompt="now you talk with", times=None)
    with ThreadPoolExecutor(20) as threads:
        told = list(threads.map(lambda each: each.send(HOOKS), people))
    assert {kept(each)["state"] for each in told} == {"complete"}
    assert all(kept(each)["content"] == heard(each) for each in told)
