"""Addresses of media: one's own and the product's, nobody else's."""

from tests.integration.functions.doors import Doors


def test_addresses_are_for_what_is_one_s_own(open_doors: Doors) -> None:
    uid, token = open_doors.user()
    other, _ = open_doors.user()
    own, shared = f"users/{uid}/artifacts/ab/abc.jpg", "system/media/face.jpg"
    foreign = [
        f"users/{other}/artifacts/ab/abc.jpg",
        f"users/{uid}/../{other}/a.jpg",
        "secrets/key",
        f"users/{uid}x/a.jpg",
    ]
    urls = open_doors.call("mediaUrls", token, {"objects": [own, shared, own, *foreign]}).answer["urls"]
    assert urls.keys() == {own, shared}
    assert own in urls[own] and "X-Goog-Signature" in urls[own]
