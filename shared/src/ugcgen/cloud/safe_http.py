"""Requests to addresses that users name: nothing inside our own network is reached, and nothing takes long.

A name is resolved once, every address it has must be public, and the connection goes to the address that was checked,
so a name that changes its mind in between changes nothing. Each redirect is checked as the first address was.
"""

import http.client
import re
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, UgcgenError

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 4
LONGEST_URL = 2048
_REDIRECTS = {301, 302, 303, 307, 308}
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_NAT64 = IPv6Network("64:ff9b::/96")
_CHUNK = 64 * 1024


class AddressRefused(InvalidInput):
    """The address is none that may be asked: not http(s), another port, or inside a private network."""


class Unreachable(UgcgenError):
    """The other side did not answer, not in time, or with more than is taken."""

    code = "unavailable"


class Fetched(NamedTuple):
    """``url`` is where the answer came from in the end; ``headers`` have lower-case names."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def check(url: str) -> None:
    """Raises AddressRefused for an address that may never be asked, Unreachable for a name that nobody knows."""
    _target(url)


def fetch(url: str, accept: str, most: int, seconds: float) -> Fetched:
    """What is at an address, through redirects, in at most ``most`` bytes and ``seconds`` in all.

    Raises AddressRefused and Unreachable.
    """
    deadline = time.monotonic() + seconds
    headers = {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": "UGCGen"}
    for _ in range(MOST_REDIRECTS + 1):
        answer = _asked("GET", url, None, headers, most, deadline)
        to = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not to:
            return answer
        url = urljoin(url, to)
    raise Unreachable(f"{_shown(url)} redirects more than {MOST_REDIRECTS} times")


def post(url: str, body: bytes, headers: Mapping[str, str], most: int, seconds: float) -> Fetched:
    """The answer to one POST; redirects are not followed. Raises AddressRefused and Unreachable."""
    return _asked("POST", url, body, {"User-Agent": "UGCGen", **headers}, most, time.monotonic() + seconds)


class _Target(NamedTuple):
    parts: SplitResult
    host: str
    port: int
    address: str


def _target(url: str) -> _Target:
    if len(url) > LONGEST_URL:
        raise AddressRefused(f"the address is longer than {LONGEST_URL} characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        host = host and host.encode("idna").decode() if host and ":" not in host else host
    except ValueError as wrong:
        raise AddressRefused("the address is not well formed; copy it again") from wrong
    if parts.scheme not in PORTS or not host or not _HOST.fullmatch(host) or any(ord(sign) <= 32 for sign in url):
        raise AddressRefused("the address has to begin with http:// or https:// and a host")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("the address holds a user name; leave it out")
    port = port or PORTS[parts.scheme]
    allowed = f"{host}:{port}" in (settings().allowed_private_hosts or "").split(",")
    if port not in PORTS.values() and not allowed:
        raise AddressRefused(f"port {port} is not asked, only 80 and 443")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise Unreachable(f"{host} is not known") from unknown
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allowed and not all(is_public(address) for address in addresses):
        raise AddressRefused(f"{host} is not on the public internet")
    return _Target(parts, host, port, addresses[0])


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach the address, also where it carries another one in itself."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if inner := _inner(found):
            return is_public(str(inner))
        return found.is_global and not found.is_multicast and not found.is_site_local
    return found.is_global and not found.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


class _Connection(http.client.HTTPConnection):
    """To an address that was checked, under the name it was checked for."""

    def __init__(self, target: _Target, timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target = target
        self._opened: socket.socket | None = None  # http.client forgets its own as soon as the headers are there
        if target.parts.scheme == "https":
            self.default_port = PORTS["https"]

    def connect(self) -> None:
        self.sock = socket.create_connection((self._target.address, self.port), self.timeout)
        self._opened = self.sock
        if self._target.parts.scheme == "https":
            self.sock = _tls().wrap_socket(self.sock, server_hostname=self.host)
            self._opened = self.sock

    def cut(self) -> None:
        """End whatever is read or written now: a timeout of the socket would begin again with each byte."""
        if self._opened is not None:
            try:
                self._opened.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _asked(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], most: int, deadline: float
) -> Fetched:
    target = _target(url)
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable(f"{_shown(url)} did not answer in time")
    path = target.parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = _Connection(target, left)
    watch = Timer(left, connection.cut)
    watch.start()
    try:
        connection.request(method, path if path.startswith("/") else f"/{path}", body, dict(headers))
        with connection.getresponse() as answer:  # which holds the socket by itself where the server says "close"
            sent = {name.lower(): value for name, value in answer.getheaders()}
            found = _read(answer, sent.get("content-encoding", ""), most)
            if answer.length or time.monotonic() >= deadline:
                raise TimeoutError("the answer was cut short")
            return Fetched(url, answer.status, sent, found)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError, zlib.error) as broken:
        late = time.monotonic() >= deadline
        why = "did not answer in time" if late else f"could not be asked ({type(broken).__name__})"
        raise Unreachable(f"{_shown(url)} {why}") from broken
    finally:
        watch.cancel()
        connection.close()


def _read(answer: http.client.HTTPResponse, encoding: str, most: int) -> bytes:
    """The body, unpacked. Raises Unreachable where it is too long, packed or unpacked."""
    if encoding not in {"", "identity", "gzip", "deflate"}:
        raise Unreachable(f"the answer is packed as {encoding[:20]!r}, which was not asked for")
    unpack = zlib.decompressobj(wbits=47) if encoding in {"gzip", "deflate"} else None
    body = bytearray()
    while piece := answer.read1(_CHUNK):
        body += unpack.decompress(piece, most + 1) if unpack else piece
        if len(body) > most or (unpack and unpack.unconsumed_tail):
            raise Unreachable(f"the answer is over {most:,} bytes")
    return bytes(body)


def _shown(url: str) -> str:
    """The host alone: a query may hold what is nobody's business."""
    return urlsplit(url).hostname or "the address"
