"""What the studio keeps on disk: files with their metadata, and documents of interactions and operations."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from infra.local.studio.errors import ApiError, invalid, missing
from infra.local.studio.journal import now

Document = dict[str, Any]

# The SDK only finds a file's name in https URIs; the host is Google's, requests go to the configured base URL.
_HOST = "https://generativelanguage.googleapis.com/v1beta"
_KEPT = timedelta(hours=48)


class Shelf:
    """JSON documents by id, one file each, written whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, document: Document) -> None:
        with self._lock:
            self._write(key, document)

    def get(self, key: str) -> Document | None:
        path = self._path(key)
        return json.loads(path.read_text()) if path.exists() else None

    def change(self, key: str, edit: Callable[[Document], Document | None]) -> Document | None:
        """Replace a document by what `edit` makes of it, atomically; None from either side changes nothing."""
        with self._lock:
            document = self.get(key)
            changed = edit(document) if document is not None else None
            if changed is not None:
                self._write(key, changed)
            return changed

    def remove(self, key: str) -> bool:
        with self._lock:
            path = self._path(key)
            if not path.exists():
                return False
            path.unlink()
            return True

    def items(self) -> Iterator[tuple[str, Document]]:
        for path in sorted(self._folder.glob("*.json")):
            yield path.stem, json.loads(path.read_text())

    def _path(self, key: str) -> Path:
        if not key.replace("_", "").replace("-", "").isalnum():
            raise missing(f"{key!r} is no valid id.")
        return self._folder / f"{key}.json"

    def _write(self, key: str, document: Document) -> None:
        partial = self._path(key).with_suffix(".partial")
        partial.write_text(json.dumps(document))
        partial.replace(self._path(key))


class Files:
    """The Files API's store: uploaded and generated files, and uploads that are under way."""

    def __init__(self, folder: Path) -> None:
        self._documents = Shelf(folder)
        self._folder = folder
        self._uploads: dict[str, tuple[Document, bytearray]] = {}

    def generated(self, data: bytes, mime: str, trickle: float = 0) -> Document:
        """Store a result; a download of it takes `trickle` seconds."""
        return self._store(data, mime, "", "GENERATED", trickle)

    def begin(self, mime: str, display_name: str) -> str:
        """Open a resumable upload and return its id."""
        upload = uuid.uuid4().hex
        self._uploads[upload] = ({"mimeType": mime, "displayName": display_name}, bytearray())
        return upload

    def append(self, upload: str, offset: int, chunk: bytes) -> None:
        if upload not in self._uploads:
            raise missing("The upload session does not exist or has ended.")
        received = self._uploads[upload][1]
        if offset != len(received):
            raise invalid(f"The upload stands at byte {len(received)}; a chunk came for byte {offset}.")
        received += chunk

    def finish(self, upload: str) -> Document:
        described, received = self._uploads.pop(upload)
        return self._store(bytes(received), described["mimeType"], described["displayName"], "UPLOADED", 0)

    def get(self, key: str) -> Document:
        """The public description of a file; raises 404 as Google does for files that are not ours to see."""
        document = self._documents.get(key)
        if document is None:
            raise ApiError(
                403,
                "PERMISSION_DENIED",
                f"You do not have permission to access the File {key} or it may not exist.",
            )
        return {name: value for name, value in document.items() if name != "trickle"}

    def read(self, key: str) -> bytes:
        self.get(key)
        return self._path(key).read_bytes()

    def trickle(self, key: str) -> float:
        return float((self._documents.get(key) or {}).get("trickle", 0))

    def at(self, uri: str) -> bytes:
        """Bytes behind a file's URI or name."""
        named = re.search(r"\bfiles/([a-z0-9]+)", uri)
        if named is None:
            raise invalid(f"Unsupported file uri: {uri}")
        return self.read(named.group(1))

    def listed(self) -> list[Document]:
        return [self.get(key) for key, _ in self._documents.items()]

    def remove(self, key: str) -> None:
        self.get(key)
        self._documents.remove(key)
        self._path(key).unlink()

    def _store(self, data: bytes, mime: str, display_name: str, source: str, trickle: float) -> Document:
        key = uuid.uuid4().hex[:12]
        stamp = now()
        self._path(key).write_bytes(data)
        document: Document = {
            "name": f"files/{key}",
            "mimeType": mime,
            "sizeBytes": str(len(data)),
            "createTime": stamp,
            "updateTime": stamp,
            "expirationTime": (datetime.now(UTC) + _KEPT).isoformat().replace("+00:00", "Z"),
            "sha256Hash": base64.b64encode(hashlib.sha256(data).hexdigest().encode()).decode(),
            "uri": f"{_HOST}/files/{key}",
            "state": "ACTIVE",
            "source": source,
        }
        if display_name:
            document["displayName"] = display_name
        if source == "GENERATED":
            document["downloadUri"] = f"{_HOST}/files/{key}:download?alt=media"
        self._documents.put(key, {**document, "trickle": trickle})
        return document

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.data"
