"""Product page import on pages that we serve ourselves: shops as they are, and pages that mean harm."""

import gc
import io
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from firebase_functions import https_fn
from firebase_functions.https_fn import FunctionsErrorCode as Code
from PIL import Image

from api.callable import serve
from tests.integration.functions.served_pages import Served, page, redirect, serving
from tests.unit.functions.making import asked
from ugcgen.cloud import storage

PRODUCT: dict[str, Any] = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "BreadcrumbList", "name": "Shop"},
        {
            "@type": ["Product", "Thing"],
            "name": "Lumi Glow <b>Serum</b>",
            "description": "Absorbs in\n seconds. </p>",
            "image": ["/one.jpg", {"@type": "ImageObject", "url": "two.jpg"}, "javascript:alert(1)", 7],
            "offers": {"@type": "Offer", "price": 19.9, "priceCurrency": "eur"},
        },
    ],
}
JSON_LD = f'<title>Shop</title><script type="application/ld+json">{json.dumps(PRODUCT)}</script>'
MICRODATA = """<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Lumi Glow</h1>
<img itemprop="image" src="/one.jpg"><p itemprop="description">A glow</p>
<div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span itemprop="price">1.299,00 &euro;</span>
<meta itemprop="priceCurrency" content="EUR"></div></div>"""
OPEN_GRAPH = """<meta property="og:title" content="Lumi &amp; Glow">
<meta property="og:image" content="//{host}/one.jpg">
<meta property="product:price:amount" content="1,299.00"><meta property="product:price:currency" content="USD">"""


@pytest.fixture
def shop(product: Callable[..., None]) -> Iterator[Served]:
    with serving() as served:
        product(ALLOWED_PRIVATE_HOSTS=f"127.0.0.1:{served.port}")
        yield served


def imported(shop: Served, user: str, path: str = "/") -> Any:
    return serve("importProductPage", asked({"url": shop.url + path}, user))


def refused(shop: Served, user: str, operation: str = "importProductPage") -> https_fn.HttpsError:
    with pytest.raises(https_fn.HttpsError) as caught:
        serve(operation, asked({"url": f"{shop.url}/"}, user))
    return caught.value


@pytest.mark.parametrize(
    ("html", "name", "price", "currency", "photos"),
    [
        (JSON_LD, "Lumi Glow Serum", "19.9", "EUR", ["/one.jpg", "/p/two.jpg"]),
        (MICRODATA, "Lumi Glow", "1299.00", "EUR", ["/one.jpg"]),
        (OPEN_GRAPH, "Lumi & Glow", "1299.00", "USD", ["/one.jpg"]),
        (JSON_LD.replace('"@graph"', '"@graph') + MICRODATA, "Lumi Glow", "1299.00", "EUR", ["/one.jpg"]),
        ("<title> A glow </title>", "A glow", None, None, []),
    ],
    ids=["JSON-LD", "microdata", "Open Graph", "broken JSON-LD", "a title alone"],
)
def test_a_page_says_what_its_product_is(
    shop: Served, user: str, html: str, name: str, price: str, currency: str, photos: list[str]
) -> None:
    shop.pages |= {"/": redirect("/p/lumi"), "/p/lumi": page(html.replace("{host}", f"127.0.0.1:{shop.port}"))}
    answer = imported(shop, user)
    assert answer["url"] == f"{shop.url}/p/lumi"
    said = answer["product"]
    assert (said["name"], said["price"], said["currency"]) == (name, price, currency)
    assert said["photos"] == [shop.url + photo for photo in photos]
    assert "<" not in said["description"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Käse</title>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        ('<meta charset="windows-1252"><title>Käse</title>'.encode("cp1252"), "text/html"),
        ("<title>Käse</title>".encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_a_page_is_read_in_its_own_letters(shop: Served, user: str, body: bytes, content_type: str) -> None:
    shop.pages["/"] = page(body, content_type)
    assert imported(shop, user)["product"]["name"] == "Käse"


HOSTILE: dict[str, Callable[[Any], None]] = {
    "huge": page(b"<title>x</title>" + b"x" * 5_000_000),
    "a loop": redirect("/"),
    "into the network": redirect("http://169.254.169.254/computeMetadata/v1/"),
    "no page": page(b"%PDF-1.7", "application/pdf"),
    "empty": page(b""),
    "deep JSON": page('<script type="application/ld+json">' + "[" * 200_000 + "</script>"),
    "odd JSON": page(
        '<script type="application/ld+json">{"@type": "Product", "name": {"a": []}, "image": {}}</script>'
    ),
    "wrong charset": page(b"\xff\xfe\x00\x00\x80", "text/html; charset=utf-16"),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_page_is_refused_with_a_sentence_and_soon(shop: Served, user: str, how: str) -> None:
    shop.pages["/"] = HOSTILE[how]
    began = time.monotonic()
    wrong = refused(shop, user)
    assert (wrong.code, wrong.details) == (Code.INVALID_ARGUMENT, {"field": "url"})
    assert time.monotonic() - began < 30
    del wrong
    gc.collect()  # which fails the test where a connection was left open


def test_a_photo_is_taken_over_as_an_upload_is(shop: Served, user: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "PNG")
    shop.pages["/"] = page(out.getvalue(), "text/plain")
    taken = serve("importPhoto", asked({"url": f"{shop.url}/"}, user))
    assert taken["object"].startswith(f"users/{user}/media/")
    with Image.open(io.BytesIO(storage.get(taken["object"]))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 48))
    shop.pages["/"] = page(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image/png")
    assert refused(shop, user, "importPhoto").details == {"field": "url"}
