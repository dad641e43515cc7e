"""Filming through the gateway: Omni by the Interactions API and Veo by the Agent Platform, with Google's SDK."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import av
import pytest

from tests.integration.functions.bad_wire import Behaviour, bad_wire
from tests.integration.functions.conftest import account_of, stored_picture
from tests.integration.studio.running import Running, until
from ugcgen.cloud import storage
from ugcgen.cloud.clock import now
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState
from ugcgen.domain.errors import CallPending, CallUnconfirmed, InvalidInput, OperationNotFound
from ugcgen.ledger import calls
from ugcgen.ledger.account import Account, Answer
from ugcgen.models import interactions, provider, video
from ugcgen.models.catalog import Model, catalog
from ugcgen.models.clip import ClipOrder, Footage

OMNI, VEO = (catalog().models[name] for name in ("gemini-omni-1.2-flash", "veo-3.1-lite-generate-001"))


@dataclass(frozen=True)
class Filming:
    """A model and the smallest clip it makes."""

    model: Model
    seconds: float
    resolution: str
    pixels: tuple[int, int]

    def order(self, **changes: Any) -> ClipOrder:
        usual: dict[str, Any] = {
            "prompt": "A woman holds a jar",
            "negative": "",
            "seconds": self.seconds,
            "ratio": "9:16",
            "resolution": self.resolution,
            "seed": 7,
        }
        return ClipOrder(**usual | changes)

    def submit(self, account: Account, take: int = 1, **changes: Any) -> CallRecord:
        order = self.order(**changes)
        return video.submit(account, self.model, order, video.question(account, self.model, order, take))

    def ended(self, record: CallRecord) -> video.Ended:
        found: video.Ended = until(lambda: video.ended(self.model, record), 90)
        return found

    def clip(self, record: CallRecord) -> Answer:
        """What the record's operation brought."""
        answer = self.ended(record).answer
        assert answer is not None
        return answer


FILMINGS = {
    "omni": Filming(OMNI, 3, "360p", (360, 640)),
    "veo": Filming(VEO, 4, "720p", (720, 1280)),
}


@pytest.fixture(params=FILMINGS)
def filming(request: pytest.FixtureRequest, product: object) -> Filming:
    return FILMINGS[request.param]


@pytest.fixture
def omni(product: object) -> Filming:
    return FILMINGS["omni"]


@pytest.fixture
def account(product: object, user: str) -> Account:
    return account_of(user, unit="video_generation-01", allotted=5_000_000)


def posts(studio: Running) -> int:
    return len(studio.log()["calls"])


def stream_of(data: bytes) -> tuple[tuple[int, int], float, bool]:
    """Size in pixels, length in seconds, and whether there is sound."""
    with av.open(io.BytesIO(data), "r") as container:
        picture = container.streams.video[0]
        frames = len(list(container.decode(picture)))
        assert picture.average_rate
        size = (picture.codec_context.width, picture.codec_context.height)
        return size, frames / float(picture.average_rate), bool(container.streams.audio)


def test_a_clip_is_ordered_looked_at_and_fetched(
    filming: Filming, account: Account, user: str, studio: Running
) -> None:
    first = stored_picture(user, "red", filming.pixels)
    record = filming.submit(account, first_frame=first)
    assert (record.state, record.sends, record.kind) == (CallState.SUBMITTED, 1, "video")
    assert filming.submit(account, first_frame=first) == record, "asking again looks at the same operation"
    clip = filming.clip(record)
    size, seconds, has_sound = stream_of(storage.get(clip.artifacts[0].name))
    assert record.fixed <= clip.cost <= record.price, "the seconds, and the prompt where its tokens are paid"
    assert size == filming.pixels
    assert seconds == pytest.approx(filming.seconds, abs=0.05)
    assert has_sound
    assert posts(studio) == 1


def test_a_clip_goes_on_for_as_long_as_was_asked(omni: Filming, account: Account) -> None:
    record = omni.submit(account)
    clip = omni.clip(record)
    filmed = clip.artifacts[0]
    footage = Footage(operation=record.operation or "", video=clip.data["video"], sha256=filmed.sha256, seconds=3)
    longer = omni.submit(account, extends=footage, seconds=3)
    extended = omni.clip(longer)
    assert longer.fixed < extended.cost <= longer.price, "the footage that it goes on from is paid for too"
    _, seconds, _ = stream_of(storage.get(extended.artifacts[0].name))
    # A provider returns the longer whole or what was added; post-production copes with both.
    assert any(seconds == pytest.approx(wanted, abs=0.1) for wanted in (3, 6))


def test_another_take_is_another_clip(omni: Filming, account: Account, studio: Running) -> None:
    one, two = omni.submit(account), omni.submit(account, take=2)
    assert one.key != two.key
    assert one.operation != two.operation
    assert posts(studio) == 2


def test_a_rate_limit_is_waited_out_as_long_as_the_provider_says(
    filming: Filming, account: Account, studio: Running
) -> None:
    studio.fault(fault="rate_limit", seconds=17)
    began = now()
    with pytest.raises(CallPending) as caught:
        filming.submit(account)
    assert timedelta(seconds=17) <= caught.value.due_at - began < timedelta(seconds=24)
    with pytest.raises(CallPending):
        filming.submit(account)
    assert posts(studio) == 1
    assert only_record(account).state is CallState.RESERVED


@pytest.mark.parametrize(("fault", "code"), [("lost_reply", 503), ("error", 500), ("error", 503)])
def test_an_unusable_answer_is_one_post_and_asks_a_person_where_it_is_dear(
    filming: Filming, account: Account, studio: Running, fault: str, code: int
) -> None:
    studio.fault(fault=fault, code=code)
    for _ in range(2):
        with pytest.raises(CallUnconfirmed) as caught:
            filming.submit(account)
        assert caught.value.dear is False
    assert posts(studio) == 1
    with pytest.raises(CallUnconfirmed) as caught:
        studio.fault(fault=fault, code=code)
        filming.submit(account, seconds=8, resolution="720p")
    assert caught.value.dear is True
    assert posts(studio) == 2


@pytest.fixture(params=["stall", "reset", "close"])
def broken(
    request: pytest.FixtureRequest, product: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    behaviour: Behaviour = request.param
    monkeypatch.setattr(provider, "CALL_TIMEOUT_SECONDS", 1.0)
    monkeypatch.setattr(interactions, "SUBMIT_TIMEOUT_SECONDS", 1.0)
    with bad_wire(behaviour) as wire:
        product(GOOGLE_GEMINI_BASE_URL=wire.url)
        yield wire


@pytest.mark.parametrize("name", FILMINGS)
def test_a_broken_connection_is_one_post(broken: Any, account: Account, name: str) -> None:
    with pytest.raises(CallUnconfirmed):
        FILMINGS[name].submit(account)
    assert broken.posts == 1
    assert only_record(account).state is CallState.UNCONFIRMED


def test_a_provider_that_cannot_be_reached_was_never_asked(
    filming: Filming, account: Account, product: Callable[..., None]
) -> None:
    product(GOOGLE_GEMINI_BASE_URL="http://127.0.0.1:1")
    with pytest.raises(CallPending):
        filming.submit(account)
    assert only_record(account).state is CallState.RESERVED


def test_an_operation_whose_answer_was_lost_is_found_by_its_key(
    omni: Filming, account: Account, studio: Running
) -> None:
    """The provider's webhook carries the key and the operation: nothing is ordered twice."""
    studio.fault(fault="lost_reply")
    with pytest.raises(CallUnconfirmed) as caught:
        omni.submit(account)
    (call,) = studio.log()["calls"]
    healed = calls.found_after_all(caught.value.call, call["id"])
    assert healed is not None
    assert healed.state is CallState.SUBMITTED
    assert omni.clip(omni.submit(account)).artifacts
    assert posts(studio) == 1


@pytest.mark.parametrize("fault", ["block_prompt", "block_output"])
def test_a_withheld_clip_is_filtered(filming: Filming, account: Account, studio: Running, fault: str) -> None:
    studio.fault(fault=fault)
    seen = filming.ended(filming.submit(account))
    assert (seen.answer, seen.state) == (None, CallState.REFUSED)
    assert seen.reason


def test_an_operation_that_is_not_there_may_only_not_be_there_yet(omni: Filming, account: Account) -> None:
    record = omni.submit(account).model_copy(update={"operation": "v1_unknown"})
    with pytest.raises(OperationNotFound):
        video.ended(omni.model, record)
    long_ago = now() - timedelta(hours=1)
    seen = video.ended(omni.model, record.model_copy(update={"sent_at": long_ago}))
    assert seen is not None and seen.state is CallState.UNCONFIRMED, "it may have been charged"


def test_a_clip_whose_operation_was_never_named_is_found_where_it_was_written(account: Account) -> None:
    veo = FILMINGS["veo"]
    record = veo.submit(account)
    until(lambda: veo.ended(record), 90)
    found = video.found(veo.model, record)
    assert found is not None and found.answer is not None
    assert found.answer.artifacts == veo.clip(record).artifacts
    assert video.found(veo.model, record.model_copy(update={"key": "0" * 64})) is None


def test_stopping_is_said_truly(omni: Filming, account: Account, studio: Running) -> None:
    studio.call("POST", "/studio/latency", {"video": 30})
    record = omni.submit(account)
    assert video.cancel(omni.model, record) is True
    assert omni.ended(record).state is CallState.CANCELLED


def test_what_cannot_be_stopped_is_said_truly(account: Account) -> None:
    record = FILMINGS["veo"].submit(account)
    assert video.cancel(VEO, record) is False


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"seconds": 2.5}, "seconds"), ({"ratio": "1:1"}, "aspect_ratio")],
)
def test_what_the_model_cannot_make_is_refused_before_it_is_sent(
    filming: Filming, account: Account, studio: Running, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput, match=filming.model.id) as caught:
        filming.submit(account, **changes)
    assert caught.value.field == field
    assert posts(studio) == 0
    assert calls.of_job(account.holder.job_id) == []


def only_record(account: Account) -> CallRecord:
    (record,) = calls.of_job(account.holder.job_id)
    return record
