"""generateContent, its stream, countTokens and the list of models, for the Gemini API and the Agent Platform."""

from __future__ import annotations

import json
import re
import socket
import time
import uuid
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, request

from infra.local.studio import catalog, content_orders, wire
from infra.local.studio.catalog import Model
from infra.local.studio.made import Made
from infra.local.studio.prompt import Tokens, from_contents
from infra.local.studio.studio import Engagement, Studio


def blueprint(studio: Studio) -> Blueprint:
    api = Blueprint("gemini", __name__)

    def engaged(model_id: str, method: str) -> tuple[Model, Engagement]:
        model = catalog.find(model_id, method)
        body = request.get_json(force=True)
        order = studio.ordered(
            model, lambda: content_orders.from_generate(model, body, from_contents(body, studio.files.at))
        )
        return model, studio.take(order)

    @api.post("/models/<model_id>:generateContent")
    def generate(model_id: str) -> Response:
        model, engagement = engaged(model_id, "generateContent")
        made = engagement.work()
        engagement.reply()
        return jsonify(_answer(model, made, _parts(made), last=True))

    @api.post("/models/<model_id>:streamGenerateContent")
    def stream(model_id: str) -> Response:
        model, engagement = engaged(model_id, "streamGenerateContent")
        made = engagement.work()
        engagement.reply()
        chunks = list(_chunks(made))
        answers = [_answer(model, made, parts, last=i == len(chunks)) for i, parts in enumerate(chunks, start=1)]
        if request.args.get("alt") != "sse":
            return jsonify(answers)
        connection: socket.socket = request.environ["werkzeug.socket"]
        return Response(_events(answers, engagement, connection), content_type="text/event-stream")

    @api.post("/models/<model_id>:countTokens")
    def count(model_id: str) -> Response:
        catalog.find(model_id, "countTokens")
        body = request.get_json(force=True)
        tokens = from_contents(wire.field(body, "generate_content_request") or body, studio.files.at).tokens(1120)
        return jsonify({"totalTokens": sum(tokens.values()), "promptTokensDetails": _details(tokens)})

    @api.get("/models")
    def listed() -> Response:
        start = int(request.args.get("pageToken") or 0)
        end = start + min(int(request.args.get("pageSize") or 50), 1000)
        models = list(catalog.MODELS.values())
        page: dict[str, Any] = {"models": [_described(model) for model in models[start:end]]}
        return jsonify(page | ({"nextPageToken": str(end)} if end < len(models) else {}))

    @api.get("/models/<model_id>")
    def described(model_id: str) -> Response:
        return jsonify(_described(catalog.find(model_id, "getModel")))

    @api.post("/models/<model_id>:<method>")
    def unknown(model_id: str, method: str) -> Response:
        catalog.find(model_id, method)
        raise catalog.not_supported(model_id, method)

    return api


def _events(answers: list[wire.Json], engagement: Engagement, connection: socket.socket) -> Iterator[str]:
    """Server-sent events, at the pace of the day. The journal says where the caller hung up."""
    struck = engagement.struck
    pause = struck.seconds / max(1, len(answers) - 1) if struck.fault == "trickle" else 0
    try:
        for place, answer in enumerate(answers):
            if struck.fault == "broken_off" and place == max(1, len(answers) // 2):
                connection.shutdown(socket.SHUT_RDWR)
                return
            if place:
                time.sleep(pause)
            yield f"data: {json.dumps(answer)}\r\n\r\n"
    except GeneratorExit:
        engagement.call.reason = "the caller hung up"
        raise


def _parts(made: Made) -> list[wire.Json]:
    parts: list[wire.Json] = [{"text": made.text}] if made.text else []
    return parts + [{"inlineData": {"mimeType": made.mime, "data": wire.encoded(data)}} for data in made.media]


def _chunks(made: Made) -> Iterator[list[wire.Json]]:
    """The parts of each event of a stream: text word by word, media in one piece."""
    if made.text:
        yield from ([{"text": word}] for word in re.findall(r"\s*\S+\s*?(?=\s|$)|\s+$", made.text))
    else:
        yield _parts(made)


def _answer(model: Model, made: Made, parts: list[wire.Json], last: bool) -> wire.Json:
    answer: wire.Json = {"modelVersion": getattr(model, "served_by", "") or model.id, "responseId": uuid.uuid4().hex}
    usage = _usage(made)
    if made.blocked:
        return {"promptFeedback": {"blockReason": made.blocked}, "usageMetadata": usage, **answer}
    candidate: wire.Json = {"index": 0}
    if parts:
        candidate["content"] = {"role": "model", "parts": parts}
    if last:
        candidate["finishReason"] = made.finish
    return {"candidates": [candidate], "usageMetadata": usage, **answer}


def _usage(made: Made) -> wire.Json:
    paid, made_tokens = sum(made.input.values()), sum(made.output.values())
    usage: wire.Json = {
        "promptTokenCount": paid,
        "totalTokenCount": paid + made_tokens,
        "promptTokensDetails": _details(made.input),
    }
    if made_tokens:
        usage |= {"candidatesTokenCount": made_tokens, "candidatesTokensDetails": _details(made.output)}
    return usage


def _details(tokens: Tokens) -> list[wire.Json]:
    return [{"modality": modality.upper(), "tokenCount": count} for modality, count in tokens.items()]


def _described(model: Model) -> wire.Json:
    methods = {"text": ["generateContent", "countTokens"], "video": []}.get(model.kind, ["generateContent"])
    return {
        "name": f"models/{model.id}",
        "displayName": model.title,
        "inputTokenLimit": {"text": 1_048_576, "speech": 8_192}.get(model.kind, 65_536),
        "outputTokenLimit": {"text": 65_536, "speech": 16_384}.get(model.kind, 32_768),
        "supportedGenerationMethods": methods,
    }
