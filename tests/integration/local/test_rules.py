"""`infra/firestore.rules` on Google's emulator, asked over REST by an owner, another user and nobody."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from infra.local.auth import unsigned_token
from infra.local.cloud import PROJECT, LocalCloud

SERVER = "owner"  # the token with which the emulator lets a server past the rules

# Documents of one owner.
READABLE: dict[str, dict[str, Any]] = {
    "users/ann": {"name": "Ann"},
    "users/ann/apiKeys/k": {"status": "active"},
    "avatars/mine": {"user_id": "ann", "is_system": False},
    "products/p": {"user_id": "ann"},
    "chats/c": {"user_id": "ann"},
    "chats/c/messages/m": {"text": "hello"},
    "jobs/j": {"user_id": "ann"},
    "jobs/j/scenes/1": {"status": "filming"},
    "edits/e": {"user_id": "ann"},
}
CLOSED: dict[str, dict[str, Any]] = {
    "jobs/j/units/script": {"user_id": "ann"},
    "calls/key": {"user_id": "ann"},
    "secrets/k": {"user_id": "ann"},
    "poolKeys/k": {"user_id": "ann"},
    "users/ann/private/x": {"user_id": "ann"},
    "anything/else": {"user_id": "ann"},
}
OTHERS: dict[str, dict[str, Any]] = {
    "users/bob": {"name": "Bob"},
    "avatars/stock": {"user_id": None, "is_system": True},
    "avatars/theirs": {"user_id": "bob", "is_system": False},
    "products/theirs": {"user_id": "bob"},
    "chats/theirs": {"user_id": "bob"},
    "jobs/theirs": {"user_id": "bob"},
    "edits/theirs": {"user_id": "bob"},
    "examples/published": {"title": "Lumi Glow"},
}


class Firestore:
    """The emulator's REST interface as one caller sees it; every method returns the HTTP status."""

    def __init__(self, url: str, token: str | None) -> None:
        self._root = f"{url}/v1/projects/{PROJECT}/databases/(default)/documents"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def _call(self, method: str, path: str, body: Any = None) -> requests.Response:
        return requests.request(method, f"{self._root}{path}", headers=self._headers, json=body, timeout=10)

    def get(self, path: str) -> int:
        return self._call("GET", f"/{path}").status_code

    def set(self, path: str, data: dict[str, Any]) -> int:
        return self._call("PATCH", f"/{path}", {"fields": {k: _value(v) for k, v in data.items()}}).status_code

    def create(self, path: str, data: dict[str, Any]) -> int:
        collection, _, name = path.rpartition("/")
        fields = {k: _value(v) for k, v in data.items()}
        return self._call("POST", f"/{collection}?documentId={name}", {"fields": fields}).status_code

    def delete(self, path: str) -> int:
        return self._call("DELETE", f"/{path}").status_code

    def query(self, collection: str, **equal: Any) -> tuple[int, list[str]]:
        """Status, and the ids of the documents whose fields equal those given."""
        parent, _, name = collection.rpartition("/")
        filters = [
            {"fieldFilter": {"field": {"fieldPath": k}, "op": "EQUAL", "value": _value(v)}} for k, v in equal.items()
        ]
        query: dict[str, Any] = {"from": [{"collectionId": name}]}
        if filters:
            query["where"] = {"compositeFilter": {"op": "AND", "filters": filters}}
        reply = self._call("POST", f"{'/' if parent else ''}{parent}:runQuery", {"structuredQuery": query})
        found = [row["document"]["name"].rsplit("/", 1)[1] for row in json.loads(reply.text) if "document" in row]
        return reply.status_code, sorted(found)


def _value(value: str | bool | None) -> dict[str, Any]:
    if value is None:
        return {"nullValue": None}
    return {"booleanValue": value} if isinstance(value, bool) else {"stringValue": value}


@pytest.fixture(scope="module")
def url(cloud_parts: LocalCloud) -> Iterator[str]:
    server = Firestore(cloud_parts.urls["firestore"], SERVER)
    documents = {**READABLE, **CLOSED, **OTHERS}
    for path, data in documents.items():
        assert server.set(path, data) == 200
    yield cloud_parts.urls["firestore"]
    for path in documents:  # what is no key would be taken for one of the pool's by other tests
        assert server.delete(path) == 200


@pytest.fixture(scope="module")
def ann(url: str) -> Firestore:
    return Firestore(url, unsigned_token("ann", PROJECT))


@pytest.fixture(scope="module")
def bob(url: str) -> Firestore:
    return Firestore(url, unsigned_token("bob", PROJECT))


@pytest.fixture(scope="module")
def nobody(url: str) -> Firestore:
    return Firestore(url, None)


@pytest.mark.parametrize("path", READABLE)
def test_only_the_owner_reads_a_document(path: str, ann: Firestore, bob: Firestore, nobody: Firestore) -> None:
    assert (ann.get(path), bob.get(path), nobody.get(path)) == (200, 403, 403)


@pytest.mark.parametrize("path", CLOSED)
def test_the_servers_documents_are_closed_to_their_owner_too(path: str, ann: Firestore, nobody: Firestore) -> None:
    assert (ann.get(path), nobody.get(path)) == (403, 403)
    assert ann.query(path.rpartition("/")[0], user_id="ann")[0] == 403


@pytest.mark.parametrize("path", [*READABLE, *CLOSED])
def test_nobody_writes_anything(path: str, url: str, ann: Firestore, bob: Firestore, nobody: Firestore) -> None:
    new = f"{path.rpartition('/')[0]}/new"
    for caller in (ann, bob, nobody):
        assert caller.create(new, {"user_id": "ann"}) == 403
        assert caller.set(path, {"user_id": "bob"}) == 403
        assert caller.delete(path) == 403
    server = Firestore(url, SERVER)
    assert (server.get(path), server.get(new)) == (200, 404)


@pytest.mark.parametrize("collection", ["products", "chats", "jobs", "edits", "avatars"])
def test_a_list_must_ask_for_the_callers_own(
    collection: str, ann: Firestore, bob: Firestore, nobody: Firestore
) -> None:
    mine = [path.split("/")[1] for path in READABLE if path.startswith(f"{collection}/") and path.count("/") == 1]
    assert ann.query(collection, user_id="ann") == (200, mine)
    assert ann.query(collection)[0] == 403
    assert ann.query(collection, user_id="bob")[0] == 403
    assert bob.query(collection, user_id="ann")[0] == 403
    assert nobody.query(collection, user_id="ann")[0] == 403


@pytest.mark.parametrize(
    ("collection", "found"), [("jobs/j/scenes", "1"), ("chats/c/messages", "m"), ("users/ann/apiKeys", "k")]
)
def test_what_lies_below_a_document_is_listed_by_its_owner_without_a_condition(
    collection: str, found: str, ann: Firestore, bob: Firestore, nobody: Firestore
) -> None:
    assert ann.query(collection) == (200, [found])
    assert bob.query(collection)[0] == 403
    assert nobody.query(collection)[0] == 403


def test_everyone_signed_in_sees_the_system_avatars(ann: Firestore, bob: Firestore, nobody: Firestore) -> None:
    for caller in (ann, bob):
        assert caller.get("avatars/stock") == 200
        status, found = caller.query("avatars", is_system=True)
        assert (status, "stock" in found, "mine" in found) == (200, True, False)
    assert nobody.get("avatars/stock") == 403
    assert nobody.query("avatars", is_system=True)[0] == 403


def test_everyone_signed_in_sees_what_is_published(ann: Firestore, nobody: Firestore) -> None:
    assert (ann.get("examples/published"), nobody.get("examples/published")) == (200, 403)
    assert "published" in ann.query("examples")[1]
    assert (nobody.query("examples")[0], ann.set("examples/published", {"title": "Mine"})) == (403, 403)


def test_users_are_not_listed_and_missing_documents_are_not_told(ann: Firestore) -> None:
    assert ann.query("users")[0] == 403
    assert ann.get("users/ann") == 200
    assert ann.get("jobs/missing") == 403
    assert ann.get("jobs/missing/scenes/1") == 403
