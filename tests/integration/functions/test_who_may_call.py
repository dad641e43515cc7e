"""Every operation of the registry, by every door, called by everybody who should not get in and by those who should.

Signatures, expiry and accounts are really checked: the process that serves the doors has no Auth emulator.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytest import MonkeyPatch

from api.deliveries import delivery_ref
from api.operation import Access, Operation
from api.registry import operations
from infra.local.auth import unsigned_jwt
from infra.local.cloud import LocalCloud
from tests.integration.functions.conftest import forget_clients
from tests.integration.functions.doors import Doors, Reply
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.domain.enums import DeliveryState, Milestone
from ugcgen.domain.webhook import Delivery

OPERATIONS = list(operations().values())
REQUIRED: dict[str, dict[str, Any]] = {
    "decideStoryboard": {"decision": "approve"},
    "regenerateScene": {"scene_number": 1},
    "renameChat": {"title": "Ours"},
    "sendMessage": {"request_id": "who-may-send", "content": "Hello"},
    "updateEdit": {"version": 1},
    "publishJob": {"category": "other"},
    "makeAgain": {"request_id": "who-may-make-it-again"},
    "addAvatarImages": {"images": ["x"]},
    "removeAvatarImage": {"image": "x"},
    "importProductPage": {"url": "http://127.0.0.1/"},
    "importPhoto": {"url": "http://127.0.0.1/"},
    "mediaUrls": {"objects": ["users/somebody/media/photo.jpg"]},
    "checkUpload": {"object": "users/somebody/uploads/photo.jpg"},
    "addWebhook": {"url": "https://93.184.215.14/hook"},
}
"""What a request needs beside the ids of documents: the check of whose they are must be what refuses a stranger."""

OUTSIDE = {401, 403, 404, 500}


@dataclass(frozen=True)
class Owner:
    """Somebody with a photo, of which jobs are made, and a key."""

    token: str
    photo: str
    key_id: str
    webhook_id: str
    event_id: str


@pytest.fixture(scope="module")
def owner(open_doors: Doors, cloud_parts: LocalCloud) -> Owner:
    uid, token = open_doors.user()
    key = open_doors.call("addApiKey", token, {"label": "mine", "key": f"AIza{'x' * 30}"}).answer
    webhook = open_doors.call("addWebhook", token, REQUIRED["addWebhook"]).answer["webhook"]
    told = Delivery(
        id="event1",
        webhook_id=webhook["id"],
        milestone=Milestone.JOB_COMPLETED,
        body={},
        state=DeliveryState.DELIVERED,
        created_at=now(),
        expires_at=now(),
    )
    with MonkeyPatch.context() as patch:
        for name, value in cloud_parts.env.items():
            patch.setenv(name, value)
        forget_clients()
        delivery_ref(uid, webhook["id"], told.id).set(firestore.to_document(told))
    forget_clients()
    return Owner(token, open_doors.photo(token), key["id"], webhook["id"], told.id)


@pytest.fixture(scope="module")
def refused(open_doors: Doors) -> dict[str, str | None]:
    """Tokens that open nothing, by what is wrong with them."""
    identity, now = open_doors.identity, int(time.time())
    uid = identity.account("somebody")
    disabled = identity.account("disabled", disabled=True)
    revoked = identity.account("revoked", validSince=str(now + 60))
    header, _, signature = identity.token(uid).split(".")
    other_claims = identity.token(identity.account("victim")).split(".")[1]
    return {
        "nobody": None,
        "no token": "not-a-token",
        "expired": identity.token(uid, iat=now - 7200, exp=now - 3600),
        "of another project": identity.token(uid, aud="another-project"),
        "of another issuer": identity.token(uid, iss="https://securetoken.google.com/another-project"),
        "of another key": identity.unpublished.sign(identity.claims(uid)),
        "with other claims": f"{header}.{other_claims}.{signature}",
        "unsigned": unsigned_jwt(identity.claims(uid)),
        "disabled": identity.token(disabled),
        "signed out everywhere": identity.token(revoked),
        "deleted": identity.token("nobody-s"),
    }


def by_every_door(doors: Doors, each: Operation, token: str | None, data: dict[str, Any]) -> Iterator[Reply]:
    yield doors.call(each.name, token, data)
    for path in each.paths:
        yield doors.rest(each, path, token, data)


def ids(doors: Doors, each: Operation, owner: Owner) -> dict[str, Any]:
    """Documents of the owner that the request names."""
    needed = {name for name, field in each.request.model_fields.items() if field.is_required() and name.endswith("_id")}
    if "message_id" in needed:
        return doors.message(owner.token)
    known = {
        "job_id": lambda: doors.job(owner.token, owner.photo),
        "key_id": lambda: owner.key_id,
        "chat_id": lambda: doors.chat(owner.token),
        "edit_id": lambda: doors.call(
            "createEdit", owner.token, {"job_id": doors.job(owner.token, owner.photo)}
        ).answer["id"],
        "avatar_id": lambda: doors.call("createAvatar", owner.token, {"name": "Mia"}).answer["avatar"]["id"],
        "product_id": lambda: doors.call("createProduct", owner.token, {"name": "Lumi"}).answer["product"]["id"],
        "webhook_id": lambda: owner.webhook_id,
        "event_id": lambda: owner.event_id,
    }
    return {name: known[name]() for name in needed - {"request_id"}}


@pytest.mark.parametrize("each", OPERATIONS, ids=lambda each: each.name)
def test_who_may_call(open_doors: Doors, owner: Owner, refused: dict[str, str | None], each: Operation) -> None:
    documents = ids(open_doors, each, owner)
    asked = documents | REQUIRED.get(each.name, {})
    if each.access is Access.ANYONE:
        assert {reply.status for reply in by_every_door(open_doors, each, None, asked)} == {200}
    for wrong, token in refused.items():
        if each.access is Access.ANYONE and token is None:
            continue
        for reply in by_every_door(open_doors, each, token, asked):
            assert (wrong, reply.code) == (wrong, "unauthenticated")
            assert reply.status in {401, 0}
    if each.access is Access.ADMINS:
        for reply in by_every_door(open_doors, each, owner.token, asked):
            assert (reply.status, reply.code) == (403, "permission_denied")
        _, admin = open_doors.user(admin=True)
        for reply in by_every_door(open_doors, each, admin, asked):
            assert reply.status not in OUTSIDE - {404}
        return
    _, stranger = open_doors.user()
    for reply in by_every_door(open_doors, each, stranger, asked):
        if documents:
            assert reply.code == "not_found"
        else:
            assert reply.status not in OUTSIDE
    first, *_ = by_every_door(open_doors, each, owner.token, asked)
    assert first.status not in OUTSIDE and first.code not in {"not_found", "internal"}
