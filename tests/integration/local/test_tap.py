"""The bench's tap on Firestore counts documents as they are billed, and changes nothing on the way."""

import uuid

import pytest
from google.api_core.exceptions import AlreadyExists
from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore

from infra.local.cloud import PROJECT, LocalCloud
from tests.bench.tap import FirestoreTap


def test_reads_and_writes_are_counted_by_collection(cloud_parts: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"tapped-{uuid.uuid4().hex[:8]}"
    with FirestoreTap() as tap:
        tap.connect(cloud_parts.env["FIRESTORE_EMULATOR_HOST"])
        monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", tap.address)
        client = firestore.Client(project=PROJECT, credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
        here = client.collection(name)
        batch = client.batch()
        batch.create(here.document("one"), {"n": 1})
        batch.create(here.document("two"), {"n": 2})
        batch.commit()
        assert tap.writes == {name: 2}

        with pytest.raises(AlreadyExists):
            here.document("one").create({"n": 3})
        assert (tap.writes, tap.lost) == ({name: 2}, 1), "a commit that was refused wrote nothing"

        found = client.get_all([here.document("one"), here.document("none")])
        assert sorted(snapshot.exists for snapshot in found) == [False, True]
        assert tap.reads == {name: 2}, "to learn that a document is not there is a read"
        assert [snapshot.to_dict() for snapshot in here.order_by("n").stream()] == [{"n": 1}, {"n": 2}]
        assert tap.reads == {name: 4}
        assert list(here.where(filter=firestore.FieldFilter("n", "==", 9)).stream()) == []
        assert tap.reads == {name: 5}, "a query that finds nothing is a read"
        assert tap.calls == {"Commit": 1, "BatchGetDocuments": 1, "RunQuery": 2}
        client.close()  # type: ignore[no-untyped-call]
