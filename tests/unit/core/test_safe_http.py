"""The guard of requests to addresses that users name: where it goes, and how much of what it finds it takes."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

from pytest import MonkeyPatch, fixture, mark, raises

from tests.integration.functions.served_pages import Served, page, redirect, serving
from ugcgen.cloud import safe_http
from ugcgen.cloud.safe_http import AddressRefused, Unreachable, check, fetch, is_public
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import ConfigurationError

PRIVATE = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::a00:1",
    "fd00:ec2::254",
]


@fixture
def served(monkeypatch: MonkeyPatch) -> Iterator[Served]:
    with serving() as here:
        monkeypatch.setenv("ALLOWED_PRIVATE_HOSTS", f"127.0.0.1:{here.port},shop.test:{here.port}")
        settings.cache_clear()
        yield here
    monkeypatch.undo()
    settings.cache_clear()


def get(url: str, most: int = 10_000, seconds: float = 5) -> safe_http.Fetched:
    return fetch(url, "text/html", most, seconds)


@mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::ffff:7f00:1]"])
def test_other_spellings_of_loopback_are_loopback(host: str) -> None:
    with raises((AddressRefused, Unreachable)):
        check(f"http://{host}/")


def test_one_private_address_among_several_is_enough(monkeypatch: MonkeyPatch) -> None:
    def resolved(*_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with raises(AddressRefused, match="not on the public internet"):
        check("http://shop.example/")


def test_a_name_is_resolved_once_and_asked_under_itself(monkeypatch: MonkeyPatch, served: Served) -> None:
    """A name that is public when it is checked and private when it is connected to would get in."""
    asked: list[str] = []
    found = [[("127.0.0.1", served.port)], [("10.0.0.1", served.port)]]
    real = socket.getaddrinfo

    def resolved(host: Any, *more: Any, **named: Any) -> Any:
        if host != "shop.test":
            return real(host, *more, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in found.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    hosts: list[str] = []
    served.pages["/"] = lambda handler: (hosts.append(handler.headers["Host"]), page("here")(handler))[1]
    assert get(f"http://shop.test:{served.port}").body == b"here"
    assert (asked, hosts) == (["shop.test"], [f"shop.test:{served.port}"])


@mark.parametrize("to", ["http://169.254.169.254/latest", "http://127.0.0.1:1/", "file:///etc/passwd", "//10.0.0.1/"])
def test_a_redirect_is_checked_like_the_first_address(served: Served, to: str) -> None:
    served.pages["/"] = redirect(to)
    with raises(AddressRefused):
        get(served.url)


def test_redirects_are_followed_and_end(served: Served) -> None:
    served.pages |= {"/": redirect("/a?b=c"), "/a?b=c": page("found"), "/loop": redirect("/loop")}
    assert get(served.url)[:2] == (f"{served.url}/a?b=c", 200)
    with raises(Unreachable, match="redirects more than 4 times"):
        get(f"{served.url}/loop")


BOMB = gzip.compress(b"0" * 20_000_000)
HUGE: dict[str, Callable[[Any], None]] = {
    "huge": page(b"x" * 20_000),
    "packed": page(BOMB, Content_Encoding="gzip"),
    "packed otherwise": page(b"x", Content_Encoding="br"),
}


@mark.parametrize("how", HUGE)
def test_too_much_is_not_taken(served: Served, how: str) -> None:
    served.pages["/"] = HUGE[how]
    with raises(Unreachable):
        get(served.url)


def test_what_drips_is_cut_off_in_all(served: Served) -> None:
    ended = threading.Event()

    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not ended.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    served.pages["/"] = drip
    with raises(Unreachable):
        get(served.url, seconds=0.5)
    ended.set()  # and not before


def test_production_refuses_exceptions(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setenv("K_SERVICE", "api")
    monkeypatch.setenv("ALLOWED_PRIVATE_HOSTS", "127.0.0.1:80")
    settings.cache_clear()
    with raises(ConfigurationError, match="ALLOWED_PRIVATE_HOSTS must not be set in production"):
        settings()
    settings.cache_clear()
