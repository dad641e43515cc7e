"""Addresses of media: one's own and the product's, nobody else's; whole, or small copies of pictures."""

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
import requests
from PIL import Image

from api import small
from api.callable import serve
from api.deletion import remove_objects
from tests.integration.functions.doors import Doors
from tests.unit.functions.making import asked
from tests.unit.functions.test_uploads import encoded, halves
from ugcgen.cloud import storage


def test_addresses_are_for_what_is_one_s_own(open_doors: Doors) -> None:
    uid, token = open_doors.user()
    other, _ = open_doors.user()
    own, shared = f"users/{uid}/artifacts/ab/abc.jpg", "system/media/face.jpg"
    foreign = [
        f"users/{other}/artifacts/ab/abc.jpg",
        f"users/{uid}/../{other}/a.jpg",
        f"small/480/users/{other}/artifacts/ab/abc.jpg",
        "secrets/key",
        f"users/{uid}x/a.jpg",
    ]
    for width in (None, 200):
        request = {"objects": [own, shared, own, *foreign], "width": width}
        urls = open_doors.call("mediaUrls", token, request).answer["urls"]
        assert urls.keys() == {own, shared}, "nobody else's, and what is not there has its own address"
        assert f"/{own}?" in urls[own] and "X-Goog-Signature" in urls[own]
    assert open_doors.call("mediaUrls", token, {"objects": [own], "width": 201}).code == "invalid_argument"


def shown(user: str, width: int, *names: str) -> dict[str, str]:
    urls: dict[str, str] = serve("mediaUrls", asked({"objects": names, "width": width}, user))["urls"]
    return urls


def picture_at(url: str) -> Any:
    return Image.open(io.BytesIO(requests.get(url, timeout=10).content))


def test_small_copies(product: object, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    photo, cut, film, gone = (f"users/{user}/media/{name}" for name in ("a.jpg", "cut.png", "film.mp4", "gone.jpg"))
    whole = encoded(halves(1200, 800))
    storage.put_once(photo, whole, "image/jpeg")
    storage.put_once(cut, encoded(halves(), "PNG")[:90], "image/png")
    storage.put_once(film, whole, "video/mp4")
    for width, size in ((200, (200, 133)), (720, (720, 480))):
        urls = shown(user, width, photo, cut, film, gone)
        assert (picture_at(urls[photo]).format, picture_at(urls[photo]).size) == ("WEBP", size)
        assert all(f"{name}?" in urls[name] and "small/" not in urls[name] for name in (cut, film, gone))
    copies = [f"small/{width}/{photo}" for width in (200, 720)]
    assert storage.names("small/200/users/" + user) + storage.names("small/720/users/" + user) == copies

    made = storage.stored_at(copies[0])
    monkeypatch.setattr(small, "_remembered", {})  # as another process
    assert copies[0] in shown(user, 200, photo)[photo] and storage.stored_at(copies[0]) == made
    monkeypatch.setattr(small, "_remembered", {})
    monkeypatch.setattr(small, "KEPT", timedelta())
    assert picture_at(shown(user, 200, photo)[photo]).size == (200, 133)
    assert storage.stored_at(copies[0]) != made, "made anew before the bucket removes it"

    remove_objects({photo})
    assert [storage.facts(name) for name in (photo, *copies)] == [None] * 3
    assert f"/{photo}?" in shown(user, 200, photo)[photo]
    storage.put_once(photo, whole, "image/jpeg")
    assert picture_at(shown(user, 200, photo)[photo]).size == (200, 133)


def test_a_picture_that_is_removed_meanwhile_leaves_no_copy(
    product: object, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = f"users/{user}/media/{uuid.uuid4().hex}.jpg"
    storage.put_once(photo, encoded(halves(400, 400)), "image/jpeg")
    scaled = small.scaled

    def slowly(data: bytes, width: int) -> bytes:
        remove_objects({photo})
        return scaled(data, width)

    monkeypatch.setattr(small, "scaled", slowly)
    assert f"/{photo}?" in shown(user, 200, photo)[photo]
    assert storage.names(f"small/200/{photo}") == []
