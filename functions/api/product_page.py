"""What a shop's page says of its product: schema.org as JSON-LD or microdata, then Open Graph.

Pages are written by anybody. What is no text is left out, texts are cut, and nothing is followed or run.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic import Field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ugcgen.domain.model import Value

MOST_PHOTOS = 20
LONGEST_NAME = 200
LONGEST_TEXT = 5000
MOST_THINGS = 2000
"""Of a page's JSON-LD that are looked at."""

Json = dict[str, Any]
_TAG = re.compile(r"<[^>]*>")
_CHARSET = re.compile(rb"""charset=["']?([\w-]{2,20})""", re.IGNORECASE)
_VALUES = {"meta": "content", "img": "src", "a": "href", "link": "href", "data": "value", "source": "src"}


class ProductFacts(Value):
    """``price`` is a decimal number as text, in ``currency`` (ISO 4217). ``photos`` are addresses to choose from."""

    name: str = ""
    description: str = ""
    price: str | None = None
    currency: str | None = None
    photos: list[str] = Field(default_factory=list)


def facts_of(html: str, url: str) -> ProductFacts:
    """What the page at ``url`` says, the most exact source first for each fact."""
    page = LexborHTMLParser(html)
    sources = [*_json_ld(page), _microdata(page), _open_graph(page)]
    offers = [offer for source in sources for offer in _offers(source)]
    prices = [(price, offer) for offer in offers if (price := _price(offer))]
    price, offer = prices[0] if prices else (None, {})
    photos = [photo for source in sources for photo in _photos(source.get("image"), url)]
    title = page.css_first("title")
    names = [*(source.get("name") for source in sources), title.text() if title else ""]
    return ProductFacts(
        name=_first(names, LONGEST_NAME),
        description=_first((source.get("description") for source in sources), LONGEST_TEXT),
        price=price,
        currency=_currency(offer),
        photos=list(dict.fromkeys(photos))[:MOST_PHOTOS],
    )


def decoded(body: bytes, content_type: str) -> str:
    """The page as text, by the charset that its header or its beginning names, else as UTF-8. Never raises."""
    named = _CHARSET.search(content_type.encode()) or _CHARSET.search(body[:2048])
    try:
        return body.decode(named[1].decode() if named else "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _json_ld(page: LexborHTMLParser) -> Iterator[Json]:
    for script in page.css('script[type="application/ld+json"]'):
        try:
            found = json.loads(script.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            kinds = thing.get("@type")
            if any(
                _kind(kind) in {"product", "productgroup"} for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                yield thing


def _things(value: Any) -> Iterator[Json]:
    """Every object in a document, the outer ones first, without recursion: a page may nest as deep as it likes."""
    waiting, seen = [value], 0
    while waiting and seen < MOST_THINGS:
        here, seen = waiting.pop(0), seen + 1
        if isinstance(here, dict):
            yield here
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here


def _kind(name: Any) -> str:
    return name.rpartition("/")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""


def _microdata(page: LexborHTMLParser) -> Json:
    """The first product of the page. Its offer's properties are taken as its own, their names tell them apart."""
    product = next(
        (item for item in page.css("[itemscope]") if _kind(item.attributes.get("itemtype")) == "product"), None
    )
    if product is None:
        return {}
    found: Json = {}
    for node in product.css("[itemprop]"):
        name, value = node.attributes.get("itemprop") or "", _value(node)
        if name == "image":
            found.setdefault("image", []).append(value)
        elif value:
            found.setdefault(name, value)
    found["offers"] = {key: found[key] for key in ("price", "priceCurrency", "lowPrice") if key in found}
    return found


def _value(node: LexborNode) -> str:
    said = node.attributes.get("content") or node.attributes.get(_VALUES.get(node.tag or "", "content"))
    return said if said is not None else node.text(separator=" ")


def _open_graph(page: LexborHTMLParser) -> Json:
    said: dict[str, list[str]] = {}
    for meta in page.css("meta"):
        name = meta.attributes.get("property") or meta.attributes.get("name") or ""
        if content := meta.attributes.get("content"):
            said.setdefault(name.lower(), []).append(content)

    def first(*names: str) -> str | None:
        return next((said[name][0] for name in names if name in said), None)

    return {
        "name": first("og:title", "twitter:title"),
        "description": first("og:description", "description", "twitter:description"),
        "image": said.get("og:image:secure_url", []) + said.get("og:image", []) + said.get("twitter:image", []),
        "offers": {
            "price": first("product:price:amount", "og:price:amount"),
            "priceCurrency": first("product:price:currency", "og:price:currency"),
        },
    }


def _offers(source: Json) -> list[Json]:
    offers = source.get("offers")
    return [offer for offer in (offers if isinstance(offers, list) else [offers]) if isinstance(offer, dict)]


def _price(offer: Json) -> str | None:
    specified = offer.get("priceSpecification")
    inner = specified[0] if isinstance(specified, list) and specified else specified
    said = [offer.get("price"), offer.get("lowPrice"), inner.get("price") if isinstance(inner, dict) else None]
    return next((price for price in map(_decimal, said) if price), None)


def _decimal(said: Any) -> str | None:
    """A price as pages write it: ``1,299.00``, ``19,90`` and ``19.9`` alike."""
    text = re.sub(r"[^\d.,]", "", str(said))[:20] if isinstance(said, (str, int, float)) else ""
    if re.fullmatch(r".*,\d{1,2}", text):
        text = text.replace(".", "").replace(",", ".")
    try:
        price = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return f"{price:f}"


def _currency(offer: Json) -> str | None:
    said = offer.get("priceCurrency")
    return said.strip().upper() if isinstance(said, str) and re.fullmatch(r"\s*[A-Za-z]{3}\s*", said) else None


def _photos(image: Any, url: str) -> Iterator[str]:
    for one in image if isinstance(image, list) else [image]:
        said = (one.get("contentUrl") or one.get("url")) if isinstance(one, dict) else one
        if not isinstance(said, str) or not said.strip():
            continue
        try:
            address = urljoin(url, said.strip())
            if urlsplit(address).scheme in {"http", "https"} and len(address) <= LONGEST_TEXT:
                yield address
        except ValueError:
            continue


def _first(said: Any, longest: int) -> str:
    """The first that says something, as one line without tags."""
    for one in said:
        text = " ".join(_TAG.sub(" ", one[: 4 * longest]).split()) if isinstance(one, str) else ""
        if text:
            return text[:longest].rstrip()
    return ""
