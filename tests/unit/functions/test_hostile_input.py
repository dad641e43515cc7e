"""What anybody may send is parsed or refused, whatever it is: addresses, product pages, cursors, files."""

import json
import re
import socket
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import MonkeyPatch, fixture, raises

from api import paging
from api.product_page import LONGEST_NAME, LONGEST_TEXT, MOST_PHOTOS, decoded, facts_of
from api.uploads import SOUNDS, VIDEOS, normalised, sound_type, video_type
from ugcgen.cloud import safe_http
from ugcgen.domain.errors import InvalidInput, UgcgenError

quick = settings(max_examples=60, deadline=None)

INSIDE = ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]
ours = st.one_of([st.ip_addresses(v=4, network=network) for network in INSIDE])


# Addresses.


@fixture(scope="module")
def resolver() -> Iterator[list[str]]:
    """Every name is that of a public address; the names that were asked for."""
    asked: list[str] = []

    def resolved(host: str, port: int, *_: Any, **__: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    with MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolved)
        yield asked


def carriers(inner: IPv4Address) -> list[IPv6Address]:
    """The addresses of version 6 that lead to one of version 4: mapped, 6to4, NAT64, Teredo."""
    number = int(inner)
    teredo = (0x20010000 << 96) | (0x08080808 << 64) | (number ^ 0xFFFFFFFF)
    return [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x2002 << 112) | (number << 80) | 1),
        IPv6Address((0x0064FF9B << 96) | number),
        IPv6Address(teredo),
    ]


@quick
@given(ours)
def test_no_address_leads_inside_whatever_carries_it(inner: Any) -> None:
    assert not [str(one) for one in (inner, *carriers(inner)) if safe_http.is_public(str(one))]


parts_of_urls = st.lists(
    st.sampled_from(
        ["http", "https", "file", ":", "//", "/", "@", "#", "?", "[", "]", "%00", "\\", ".", ":80", ":8080"]
    )
    | st.text(max_size=6),
    max_size=12,
).map("".join)


@quick
@given(parts_of_urls | parts_of_urls.map("http://".__add__))
def test_an_address_is_asked_or_refused(resolver: list[str], url: str) -> None:
    resolver.clear()
    try:
        safe_http.check(url)
    except UgcgenError:
        return
    parts = urlsplit(url)
    assert (parts.scheme in {"http", "https"}, parts.port in {None, 80, 443}, parts.username) == (True, True, None)
    [host] = resolver
    assert re.fullmatch(r"[\w.:-]+", host, re.ASCII)


# Pages.

words = st.text(max_size=20) | st.sampled_from(["Product", "https://schema.org/Product", "1.299,00", "EUR", "/a.jpg"])
keys = st.sampled_from(["@type", "@graph", "name", "description", "image", "offers", "price", "priceCurrency", "url"])
things = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


def page_of(thing: Any, said: list[tuple[str, str]]) -> str:
    metas = "".join(f'<meta property="{name}" content="{value}">' for name, value in said)
    said_of_it = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    return f'<html>{metas}{said_of_it}<div itemscope itemtype="Product">'


metas = st.lists(
    st.tuples(
        st.sampled_from(["og:title", "og:image", "product:price:amount", "product:price:currency"]) | words, words
    ),
    max_size=4,
)


@quick
@given(things.map(lambda thing: {"@type": "Product"} | thing if isinstance(thing, dict) else thing), metas)
def test_every_page_says_something_of_the_right_form(thing: Any, said: list[tuple[str, str]]) -> None:
    facts = facts_of(page_of(thing, said), "https://shop.example/p")
    assert len(facts.name) <= LONGEST_NAME and len(facts.description) <= LONGEST_TEXT
    assert facts.price is None or float(facts.price) >= 0
    assert facts.currency is None or (len(facts.currency) == 3 and facts.currency.isupper())
    assert len(facts.photos) <= MOST_PHOTOS
    assert all(urlsplit(photo).scheme in {"http", "https"} for photo in facts.photos)


@quick
@given(st.binary(max_size=200), st.text(max_size=40) | st.just("text/html; charset=utf-7"))
def test_every_body_is_some_text(body: bytes, content_type: str) -> None:
    facts_of(decoded(body, content_type), "https://shop.example/p")


# Cursors.

moments = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
hostile_moments = st.sampled_from(["0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00", "2026-01-01", "now"])
hostile_names = st.sampled_from(["", "..", "__id__", "a/b", "\ud800", "\x00"]) | st.text(max_size=10)
places = st.tuples(moments | hostile_moments | words, hostile_names).map(list) | things


@quick
@given(st.text(max_size=60) | places.map(lambda place: urlsafe_b64encode(json.dumps(place).encode()).decode()))
def test_a_cursor_is_a_place_in_the_list_or_refused(cursor: str) -> None:
    try:
        place = paging._position(cursor, "created_at")
    except InvalidInput as refused:
        assert refused.field == "cursor"
        return
    assert place["created_at"].tzinfo is UTC
    assert re.fullmatch(r"[A-Za-z0-9_-]+", place["__name__"]) and not place["__name__"].startswith("__")


# Files.

BEGINNINGS = (
    *(b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"GIF89a", b"<svg>"),
    *(b"RIFF\x24\x00\x00\x00WAVE", b"ID3", b"\xff\xfb", b"OggS"),
    *(b"\x00\x00\x00\x10ftypqt  ", b"\x00\x00\x00\x01moov", b"\x1aE\xdf\xa3"),
)


@quick
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=100))
def test_every_file_is_known_or_none(begins: bytes, rest: bytes) -> None:
    data = begins + rest
    assert sound_type(data) in {None, *SOUNDS}
    assert video_type(data) in {None, *VIDEOS}
    with raises(InvalidInput, match="send another"):
        normalised(data, "photo")  # a hundred bytes are no whole picture
