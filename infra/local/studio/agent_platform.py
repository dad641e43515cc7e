"""Veo on the Agent Platform: predictLongRunning and fetchPredictOperation, with Cloud Storage in and out."""

from __future__ import annotations

import threading
import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request

from infra.local.studio import bucket, catalog, video_orders, wire
from infra.local.studio.catalog import VeoModel
from infra.local.studio.errors import ApiError, invalid, missing
from infra.local.studio.made import EXPECTED_FINISH, Made
from infra.local.studio.shelf import Document
from infra.local.studio.studio import Engagement, Studio

_FILTERED = (
    "The prompt could not be submitted or its result was withheld: it violates Google's Responsible AI practices. "
    "Try rephrasing the prompt. Support codes: 58061214"
)
_RPC_CODES = {"INTERNAL": 13, "UNAVAILABLE": 14, "INVALID_ARGUMENT": 3, "FAILED_PRECONDITION": 9}


def blueprint(studio: Studio) -> Blueprint:
    api = Blueprint("agent_platform", __name__)
    _close_orphans(studio)

    @api.post("/models/<model_id>:predictLongRunning")
    def predict(model_id: str) -> Response:
        model = catalog.find(model_id, "predictLongRunning")
        if not isinstance(model, VeoModel):
            raise catalog.not_supported(model_id, "predictLongRunning")
        body = request.get_json(force=True)
        order = studio.ordered(model, lambda: video_orders.from_predict(model, body, _media))
        target = wire.typed(body, str, "parameters", "storage_uri")
        if target:
            bucket.check(target)
        engagement = studio.take(order)
        key = engagement.call.id = uuid.uuid4().hex
        resource = request.path.split("/", 2)[2].rsplit(":", 1)[0]
        operation = {"name": f"{resource}/operations/{key}"}
        studio.operations.put(key, operation)
        threading.Thread(target=_work, args=(studio, engagement, key, target), daemon=True).start()
        engagement.reply()
        return jsonify(operation)

    @api.post("/models/<model_id>:fetchPredictOperation")
    def fetch(model_id: str) -> Response:
        name = wire.typed(request.get_json(force=True), str, "operation_name") or ""
        operation = studio.operations.get(name.rsplit("/", 1)[-1]) if name else None
        if operation is None or operation["name"] != name:
            raise missing(f"Operation {name} not found.")
        return jsonify(operation)

    return api


def _media(document: Any, where: str) -> bytes | None:
    """Bytes of an image or a video of a request, inline or in Cloud Storage."""
    if not document:
        return None
    if data := wire.typed(document, str, "bytes_base64_encoded"):
        return wire.decoded(data, where)
    if uri := wire.typed(document, str, "gcs_uri"):
        return bucket.read(uri)
    raise invalid(f"Invalid value at '{where}': needs bytesBase64Encoded or gcsUri")


def _work(studio: Studio, engagement: Engagement, key: str, target: str | None) -> None:
    try:
        done: Document = {"response": _response(engagement.work(), key, target)}
    except ApiError as error:
        done = {"error": {"code": _RPC_CODES.get(error.status, 13), "message": error.message}}
    if engagement.struck.fault == "expired":
        studio.operations.remove(key)
        return
    studio.operations.change(key, lambda operation: operation | {"done": True} | done)


def _response(made: Made, key: str, target: str | None) -> wire.Json:
    kind = {"@type": "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"}
    if made.blocked or made.finish.endswith("SAFETY"):
        return kind | {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": [_FILTERED]}
    if made.finish != EXPECTED_FINISH:
        return kind
    videos: list[wire.Json] = []
    for index, data in enumerate(made.media):
        if target:
            uri = f"{target.rstrip('/')}/{key}/sample_{index}.mp4"
            bucket.write(uri, data, made.mime)
            videos.append({"gcsUri": uri, "mimeType": made.mime})
        else:
            videos.append({"bytesBase64Encoded": wire.encoded(data), "mimeType": made.mime})
    return kind | {"raiMediaFilteredCount": 0, "videos": videos}


def _close_orphans(studio: Studio) -> None:
    fault = {"code": 13, "message": "The studio was stopped before this operation finished."}
    for key, operation in studio.operations.items():
        if not operation.get("done"):
            studio.operations.put(key, operation | {"done": True, "error": fault})
