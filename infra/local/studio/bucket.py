"""Objects in Cloud Storage, through the emulator that STORAGE_EMULATOR_HOST names."""

from __future__ import annotations

import os
import urllib.error
import urllib.parse
import urllib.request

from infra.local.studio.errors import ApiError, invalid

_TIMEOUT = 60.0


def check(uri: str) -> None:
    """Raise what a later `write` to a place under `uri` would fail of."""
    _split(uri)
    _host()


def read(uri: str) -> bytes:
    """The bytes of the object at a gs:// address."""
    bucket, name = _split(uri)
    return _send("GET", f"/storage/v1/b/{bucket}/o/{urllib.parse.quote(name, safe='')}?alt=media", uri)


def write(uri: str, data: bytes, mime: str) -> None:
    """Put an object, replacing one of that name."""
    bucket, name = _split(uri)
    path = f"/upload/storage/v1/b/{bucket}/o?uploadType=media&name={urllib.parse.quote(name, safe='')}"
    _send("POST", path, uri, data, mime)


def _send(method: str, path: str, uri: str, data: bytes | None = None, mime: str = "") -> bytes:
    headers = {"Content-Type": mime} if mime else {}
    request = urllib.request.Request(_host() + path, data, headers, method=method)  # noqa: S310  http by construction
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        raise invalid(f"Cloud Storage answered {error.code} for {uri}.") from None
    except urllib.error.URLError as error:
        raise ApiError(503, "UNAVAILABLE", f"Cloud Storage cannot be reached for {uri}: {error.reason}") from None


def _host() -> str:
    host = os.environ.get("STORAGE_EMULATOR_HOST", "")
    if not host:
        raise ApiError(
            400, "FAILED_PRECONDITION", "The studio has no Cloud Storage: set STORAGE_EMULATOR_HOST and start it again."
        )
    return (host if "://" in host else f"http://{host}").rstrip("/")


def _split(uri: str) -> tuple[str, str]:
    bucket, _, name = uri.removeprefix("gs://").partition("/")
    if not uri.startswith("gs://") or not bucket:
        raise invalid(f"{uri!r} is not a Cloud Storage address: write gs://bucket/name.")
    return bucket, name
