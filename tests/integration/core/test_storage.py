"""The Storage adapter against fake-gcs-server."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from ugcgen.cloud import storage
from ugcgen.domain.errors import NotFound

NamedFor = Callable[[str], str]


@pytest.fixture
def named(request: pytest.FixtureRequest) -> NamedFor:
    """A name that only this test uses."""
    return lambda name: f"core/{request.node.name}/{name}"


def test_what_is_stored_first_is_what_counts(named: NamedFor) -> None:
    name = named("a.png")
    first, artifact = storage.put_once(name, b"first", "image/png")
    second, same = storage.put_once(name, b"second", "image/png")
    assert first == second == storage.get(name) == b"first"
    assert artifact == same
    assert (artifact.name, artifact.media_type, artifact.size) == (name, "image/png", 5)
    assert artifact.sha256 == hashlib.sha256(b"first").hexdigest()


def test_two_workers_at_once_go_on_with_the_same_bytes(named: NamedFor) -> None:
    name = named("a.png")
    with ThreadPoolExecutor() as pool:
        stored = list(pool.map(lambda n: storage.put_once(name, b"%d" % n * 10_000, "image/png"), range(6)))
    assert len({data for data, _ in stored}) == 1
    assert stored[0][0] == storage.get(name)


def test_a_file_gives_way_to_what_is_stored(named: NamedFor, tmp_path: Path) -> None:
    name, first, second = named("film.mp4"), tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"first film")
    second.write_bytes(b"second film")
    assert storage.put_file_once(name, first, "video/mp4") == storage.put_file_once(name, second, "video/mp4")
    assert second.read_bytes() == b"first film"
    storage.get_file(name, tmp_path / "third")
    assert (tmp_path / "third").read_bytes() == b"first film"


def test_facts_of_an_object(named: NamedFor) -> None:
    name = named("a.png")
    assert storage.facts(name) is None
    storage.put_once(name, b"12345", "image/png")
    assert storage.facts(name) == storage.ObjectFacts(name=name, size=5, media_type="image/png")


def test_a_missing_object_is_named(named: NamedFor, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nothing\.png is not in the bucket demo-ugcgen-media"):
        storage.get(named("nothing.png"))
    with pytest.raises(NotFound, match=r"nothing\.png is not in the bucket"):
        storage.get_file(named("nothing.png"), tmp_path / "nothing.png")


def test_a_client_uploads_into_a_session_without_signing_in(named: NamedFor) -> None:
    name = named("photo.jpg")
    session = storage.open_upload(name, "image/jpeg", 12, origin="http://localhost:3000")
    half = {"Content-Range": "bytes 0-5/12", "Content-Type": "image/jpeg"}
    assert requests.put(session, data=b"photo ", headers=half, timeout=10).status_code == 308
    rest = {"Content-Range": "bytes 6-11/12", "Content-Type": "image/jpeg"}
    assert requests.put(session, data=b"of dew", headers=rest, timeout=10).ok
    assert storage.get(name) == b"photo of dew"
    assert storage.facts(name) == storage.ObjectFacts(name=name, size=12, media_type="image/jpeg")


def test_a_signed_address_is_read_by_anyone_for_a_while(named: NamedFor) -> None:
    name = named("a b.png")
    storage.put_once(name, b"picture", "image/png")
    url = storage.signed_url(name, timedelta(minutes=2))
    query = parse_qs(urlsplit(url).query)
    assert query["X-Goog-Algorithm"] == ["GOOG4-RSA-SHA256"]
    assert query["X-Goog-Expires"] == ["120"]
    assert requests.get(url, timeout=10).content == b"picture"


def test_names_say_whose_and_what() -> None:
    assert storage.artifact_name("u1", "abcdef", "png") == "users/u1/artifacts/ab/abcdef.png"
    pinned = storage.pinned_name("u1", "0" * 64, "jpg")
    assert pinned == f"users/u1/media/{'0' * 64}.jpg"
    assert storage.content_of(pinned) == "0" * 64
