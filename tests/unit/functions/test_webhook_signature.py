"""Webhooks are believed only when they are signed by the secret, fresh, and about the body that came."""

import base64
import json
import time
from collections.abc import Callable, Iterator

from pytest import FixtureRequest, MonkeyPatch, fixture, mark, raises

from api.webhook import TOLERANCE_SECONDS, receive, verify
from tests.unit.functions.making import webhook_headers
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import NotSignedIn

KEY = b"thirty-two bytes of a secret key"
BODY = json.dumps({"type": "interaction.completed", "data": {"id": "v1_1"}}).encode()


@fixture(params=["whsec_" + base64.b64encode(KEY).decode(), KEY.decode()], ids=["whsec", "plain"])
def secret(request: FixtureRequest, monkeypatch: MonkeyPatch) -> Iterator[bytes]:
    monkeypatch.setenv("WEBHOOK_SECRET", request.param)
    settings.cache_clear()
    yield KEY
    monkeypatch.undo()
    settings.cache_clear()


def signed(body: bytes = BODY, *, key: bytes = KEY, age: float = 0) -> dict[str, str]:
    return webhook_headers(body, key=key, age=age)


def test_what_is_signed_is_believed(secret: bytes) -> None:
    verify(signed(), BODY)
    verify({name.lower(): value for name, value in signed().items()}, BODY)
    verify(signed(age=TOLERANCE_SECONDS - 5), BODY)


def test_one_good_signature_among_several_is_enough(secret: bytes) -> None:
    """While a secret is changed, the provider signs with the old one and the new."""
    headers = signed()
    old = signed(key=b"an older secret")["Webhook-Signature"]
    verify(headers | {"Webhook-Signature": f"{old} v1a,c29tZXRoaW5n {headers['Webhook-Signature']}"}, BODY)


# Made when the test runs: a stamp that is minutes ahead would be fresh after minutes of other tests.
WRONG: dict[str, Callable[[], dict[str, str]]] = {
    "no headers": dict,
    "another secret": lambda: signed(key=b"another secret"),
    "another body": lambda: signed(body=b'{"data": {"id": "v1_2"}}'),
    "no signature": lambda: signed() | {"Webhook-Signature": ""},
    "an empty signature": lambda: signed() | {"Webhook-Signature": "v1,"},
    "no base64": lambda: signed() | {"Webhook-Signature": "v1,not base64!"},
    "no ASCII": lambda: signed() | {"Webhook-Signature": "v1,ünicode"},
    "another version": lambda: signed() | {"Webhook-Signature": signed()["Webhook-Signature"].replace("v1,", "v2,")},
    "another id": lambda: signed() | {"Webhook-Id": "msg_2"},
    "no time": lambda: signed() | {"Webhook-Timestamp": ""},
    "a word as time": lambda: signed() | {"Webhook-Timestamp": "soon"},
    "a digit that is no number": lambda: signed() | {"Webhook-Timestamp": "²"},
    "a negative time": lambda: signed() | {"Webhook-Timestamp": "-5"},
    "too old": lambda: signed(age=TOLERANCE_SECONDS + 5),
    "too far ahead": lambda: signed(age=-TOLERANCE_SECONDS - 5),
}


@mark.parametrize("headers", WRONG.values(), ids=WRONG)
def test_what_is_not_ours_fresh_and_whole_is_refused(secret: bytes, headers: Callable[[], dict[str, str]]) -> None:
    with raises(NotSignedIn):
        receive(headers(), BODY)


def test_a_signature_is_good_for_its_own_body_only(secret: bytes) -> None:
    """Headers of a real event, seen by someone, sent again with another body or under another time."""
    seen = signed()
    with raises(NotSignedIn, match="signature is not ours"):
        receive(seen, BODY.replace(b"v1_1", b"v1_9"))
    with raises(NotSignedIn, match="signature is not ours"):
        receive(seen | {"Webhook-Timestamp": str(int(time.time()) + 1)}, BODY)


def test_an_event_that_names_no_call_of_ours_concerns_nobody(secret: bytes) -> None:
    assert receive(signed(), BODY) is False


def test_without_a_secret_nothing_is_believed(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_SECRET", raising=False)
    settings.cache_clear()
    with raises(NotSignedIn):
        verify(signed(key=b""), BODY)
    settings.cache_clear()
