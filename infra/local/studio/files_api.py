"""The Files API: resumable upload, metadata, list, delete and download."""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request

from infra.local.studio import wire
from infra.local.studio.errors import invalid
from infra.local.studio.studio import Studio

_CHUNK = 1 << 16


def blueprint(studio: Studio) -> Blueprint:
    api = Blueprint("files", __name__)
    files = studio.files

    @api.get("/files")
    def listed() -> Response:
        start = int(request.args.get("pageToken") or 0)
        end = start + min(int(request.args.get("pageSize") or 10), 100)
        found = files.listed()
        return jsonify({"files": found[start:end]} | ({"nextPageToken": str(end)} if end < len(found) else {}))

    @api.get("/files/<key>:download")
    def download(key: str) -> Response:
        described, data = files.get(key), files.read(key)
        if described["source"] != "GENERATED":
            raise invalid(f"The file {key} was uploaded; only generated files can be downloaded.")
        seconds = files.trickle(key)
        body: bytes | Iterator[bytes] = _trickled(data, seconds) if seconds else data
        return Response(body, mimetype=described["mimeType"], headers={"Content-Length": str(len(data))})

    @api.get("/files/<key>")
    def get(key: str) -> Response:
        return jsonify(files.get(key))

    @api.delete("/files/<key>")
    def delete(key: str) -> Response:
        files.remove(key)
        return jsonify({})

    return api


def upload_blueprint(studio: Studio) -> Blueprint:
    """The two legs of a resumable upload; the second carries no API key, its URL is the permission."""
    api = Blueprint("upload", __name__)

    @api.post("/files")
    def upload() -> Response:
        command = request.headers.get("X-Goog-Upload-Command", "")
        session = request.args.get("upload_id", "")
        if command == "start":
            described = wire.field(request.get_json(silent=True), "file")
            mime = wire.typed(described, str, "mime_type") or request.headers.get("X-Goog-Upload-Header-Content-Type")
            name = wire.typed(described, str, "display_name") or request.headers.get("X-Goog-Upload-File-Name", "")
            session = studio.files.begin(mime or "application/octet-stream", name)
            return Response(
                headers={
                    "X-Goog-Upload-URL": f"{request.base_url}?upload_id={session}&upload_protocol=resumable",
                    "X-Goog-Upload-Status": "active",
                }
            )
        if not command.startswith("upload"):
            raise invalid(f"X-Goog-Upload-Command {command!r} is not one of start, upload, 'upload, finalize'.")
        studio.files.append(session, int(request.headers.get("X-Goog-Upload-Offset", 0)), request.get_data())
        if "finalize" not in command:
            return Response(headers={"X-Goog-Upload-Status": "active"})
        answer = jsonify({"file": studio.files.finish(session)})
        answer.headers["X-Goog-Upload-Status"] = "final"
        return answer

    return api


def _trickled(data: bytes, seconds: float) -> Iterator[bytes]:
    pieces = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    for piece in pieces:
        time.sleep(seconds / len(pieces))
        yield piece
