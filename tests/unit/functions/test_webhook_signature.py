"""Webhooks are believed only when they are signed by the secret, fresh, and about the body that came."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping

from pytest import FixtureRequest, MonkeyPatch, fixture, mark, raises

from api.webhook import TOLERANCE_SECONDS, receive, verify
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


def signed(body: bytes = BODY, *, key: bytes = KEY, age: float = 0, name: str = "msg_1") -> dict[str, str]:
    """Headers as https://www.standardwebhooks.com describes them, made independently of the product's code."""
    stamp = str(int(time.time() - age))
    digest = hmac.new(key, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "Webhook-Id": name,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def test_what_is_signed_is_believed(secret: bytes) -> None:
    verify(signed(), BODY)
    verify({name.lower(): value for name, value in signed().items()}, BODY)
    verify(signed(age=TOLERANCE_SECONDS - 5), BODY)


def test_one_good_signature_among_several_is_enough(secret: bytes) -> None:
    """While a secret is changed, the provider signs with the old one and the new."""
    headers = signed()
    old = signed(key=b"an older secret")["Webhook-Signature"]
    verify(headers | {"Webhook-Signature": f"{old} v1a,c29tZXRoaW5n {headers['Webhook-Signature']}"}, BODY)


def changed(**headers: str) -> dict[str, str]:
    return signed() | {name.replace("_", "-"): value for name, value in headers.items()}


@mark.parametrize(
    "headers",
    [
        {},
        signed(key=b"another secret"),
        signed(body=b'{"data": {"id": "v1_2"}}'),
        changed(Webhook_Signature=""),
        changed(Webhook_Signature="v1,"),
        changed(Webhook_Signature="v1,not base64!"),
        changed(Webhook_Signature="v1,ünicode"),
        changed(Webhook_Signature=signed()["Webhook-Signature"].replace("v1,", "v2,")),
        changed(Webhook_Id="msg_2"),
        changed(Webhook_Timestamp="soon"),
        changed(Webhook_Timestamp=""),
        changed(Webhook_Timestamp="-5"),
        signed(age=TOLERANCE_SECONDS + 5),
        signed(age=-TOLERANCE_SECONDS - 5),
    ],
)
def test_what_is_not_ours_fresh_and_whole_is_refused(secret: bytes, headers: Mapping[str, str]) -> None:
    with raises(NotSignedIn):
        receive(headers, BODY)


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
