"""The Interactions API: create (in the background or not), poll, cancel, delete, and events to webhooks."""

from __future__ import annotations

import threading
import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request

from infra.local.studio import catalog, content_orders, webhooks, wire
from infra.local.studio.errors import ApiError, invalid, missing
from infra.local.studio.journal import now
from infra.local.studio.made import EXPECTED_FINISH, Made
from infra.local.studio.prompt import Prompt, Tokens, Turn, from_input
from infra.local.studio.shelf import Document
from infra.local.studio.studio import Engagement, Studio

_RUNNING = "in_progress"


def blueprint(studio: Studio) -> Blueprint:
    api = Blueprint("interactions", __name__)
    desk = _Desk(studio)
    desk.close_orphans()

    @api.post("/interactions")
    def create() -> Response:
        return jsonify(desk.create(request.get_json(force=True)))

    @api.get("/interactions/<key>")
    def get(key: str) -> Response:
        return jsonify(desk.find(key)["interaction"])

    @api.post("/interactions/<key>/cancel")
    def cancel(key: str) -> Response:
        return jsonify(desk.cancel(key))

    @api.delete("/interactions/<key>")
    def delete(key: str) -> Response:
        if not studio.interactions.remove(key):
            raise _absent(key)
        return jsonify({})

    return api


def _absent(key: str) -> ApiError:
    return missing(f"Interaction {key} not found.")


class _Desk:
    """Interactions by id. A document holds the public `interaction`, the `turns` so far and the `webhook`."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def find(self, key: str) -> Document:
        document = self._studio.interactions.get(key)
        if document is None:
            raise _absent(key)
        return document

    def create(self, body: wire.Json) -> wire.Json:
        if wire.field(body, "stream"):
            raise invalid("stream is not served here; create in the background and poll, or use a webhook.")
        background, store = bool(wire.field(body, "background")), wire.field(body, "store") is not False
        if background and not store:
            raise invalid("background requires store to be true.")
        model = catalog.find(wire.typed(body, str, "model") or "", "createInteraction")
        before = wire.typed(body, str, "previous_interaction_id")
        earlier = self._finished(before) if before else None
        prompt = self._prompt(body, earlier)
        order = self._studio.ordered(
            model,
            lambda: content_orders.from_interaction(model, body, prompt, self._video(earlier) if earlier else None),
        )
        engagement = self._studio.take(order)
        document = self._opened(body, prompt, model.id, before)
        key = engagement.call.id = document["interaction"]["id"]
        if background:
            self._studio.interactions.put(key, document)
            threading.Thread(target=self._work, args=(engagement, key), daemon=True).start()
            interaction = document["interaction"]
        else:
            interaction = self._with_result(document["interaction"], engagement.work(), body, engagement)
            if store:
                self._studio.interactions.put(key, document | {"interaction": interaction})
        engagement.reply()
        return dict(interaction)

    def cancel(self, key: str) -> wire.Json:
        def cancelled(document: Document) -> Document | None:
            if document["interaction"]["status"] != _RUNNING:
                return None
            return document | {"interaction": document["interaction"] | {"status": "cancelled", "updated": now()}}

        return dict((self._studio.interactions.change(key, cancelled) or self.find(key))["interaction"])

    def close_orphans(self) -> None:
        """Work that was under way when an earlier studio ended is lost, and says so."""
        fault = {"code": "internal", "message": "The studio was stopped before this interaction finished."}
        for key, document in self._studio.interactions.items():
            if document["interaction"]["status"] == _RUNNING:
                interaction = document["interaction"] | {"status": "failed", "errors": [fault], "updated": now()}
                self._studio.interactions.put(key, document | {"interaction": interaction})

    # -- the work ---------------------------------------------------------------------------------------------------

    def _work(self, engagement: Engagement, key: str) -> None:
        document = self.find(key)
        try:
            made = engagement.work()
            done = self._with_result(document["interaction"], made, document["request"], engagement)
        except ApiError as error:
            fault = {"code": error.status.lower(), "message": error.message}
            done = document["interaction"] | {"status": "failed", "errors": [fault], "updated": now()}

        def finished(current: Document) -> Document | None:
            return current | {"interaction": done} if current["interaction"]["status"] == _RUNNING else None

        if self._studio.interactions.change(key, finished) is None:
            return
        if engagement.struck.fault == "expired":
            self._studio.interactions.remove(key)
            return
        for event in _events(done, document["webhook"]):
            webhooks.send(document["webhook"].get("uris", []), event, self._studio.webhook_secret)

    def _opened(self, body: wire.Json, prompt: Prompt, model: str, before: str | None) -> Document:
        stamp = now()
        interaction = {
            "id": f"v1_{uuid.uuid4().hex}",
            "object": "interaction",
            "model": model,
            "status": _RUNNING,
            "created": stamp,
            "updated": stamp,
        }
        if before:
            interaction["previous_interaction_id"] = before
        if labels := wire.field(body, "labels"):
            interaction["labels"] = labels
        return {
            "interaction": interaction,
            "turns": [[turn.role, turn.text] for turn in prompt.turns],
            "webhook": wire.field(body, "webhook_config") or {},
            "request": {"response_format": wire.field(body, "response_format") or []},
        }

    def _with_result(self, interaction: wire.Json, made: Made, body: wire.Json, engagement: Engagement) -> wire.Json:
        # A filtered clip is reported as completed, without an output and without output tokens.
        filtered = bool(made.blocked) or made.finish not in (EXPECTED_FINISH, "MAX_TOKENS")
        content = [] if filtered else self._content(made, body, engagement)
        steps: list[wire.Json] = [{"type": "model_output", "content": content}] if content else []
        output = {} if made.blocked or made.finish.endswith("SAFETY") else made.output
        incomplete = made.finish == "MAX_TOKENS"
        return interaction | {
            "status": "incomplete" if incomplete else "completed",
            "updated": now(),
            "steps": steps,
            "usage": _usage(made.input, output),
        }

    def _content(self, made: Made, body: wire.Json, engagement: Engagement) -> list[wire.Json]:
        if made.text:
            return [{"type": "text", "text": made.text}]
        kind = {"image": "image", "speech": "audio", "video": "video"}[engagement.order.kind]
        wanted = wire.field(body, "response_format") or []
        formats = wanted if isinstance(wanted, list) else [wanted]
        by_uri = any(f.get("type") == kind and f.get("delivery") == "uri" for f in formats)
        content = []
        for data in made.media:
            item: wire.Json = {"type": kind, "mime_type": made.mime.split(";")[0]}
            if by_uri:
                struck = engagement.struck
                trickle = struck.seconds if struck.fault == "slow_download" else 0
                item["uri"] = self._studio.files.generated(data, made.mime, trickle)["downloadUri"]
            else:
                item["data"] = wire.encoded(data)
            content.append(item)
        return content

    # -- going on from an earlier interaction ------------------------------------------------------------------------

    def _finished(self, key: str) -> Document:
        document = self.find(key)
        if document["interaction"]["status"] != "completed":
            raise invalid(f"previous_interaction_id {key} is {document['interaction']['status']}, not completed.")
        return document

    def _prompt(self, body: wire.Json, earlier: Document | None) -> Prompt:
        prompt = from_input(body, self._studio.files.at)
        if earlier is None or earlier["interaction"]["model"] not in catalog.MODELS:
            return prompt
        said = [Turn(role, text) for role, text in earlier["turns"]]
        answer = "".join(c["text"] for c in _outputs(earlier) if c["type"] == "text")
        if answer:
            said.append(Turn("model", answer))
        return Prompt((*said, *prompt.turns), prompt.lines, prompt.photos, prompt.footage, prompt.system)

    def _video(self, document: Document) -> bytes | None:
        content = next((c for c in _outputs(document) if c["type"] == "video"), None)
        if content is None:
            return None
        return self._studio.files.at(content["uri"]) if "uri" in content else wire.decoded(content["data"], "data")


def _outputs(document: Document) -> list[wire.Json]:
    return [c for step in document["interaction"].get("steps", []) for c in step["content"]]


def _usage(paid: Tokens, output: Tokens) -> wire.Json:
    def by_modality(tokens: Tokens) -> list[wire.Json]:
        return [{"modality": modality, "tokens": count} for modality, count in tokens.items()]

    return {
        "total_tokens": sum(paid.values()) + sum(output.values()),
        "total_input_tokens": sum(paid.values()),
        "total_output_tokens": sum(output.values()),
        "input_tokens_by_modality": by_modality(paid),
        "output_tokens_by_modality": by_modality(output),
    }


def _events(interaction: wire.Json, webhook: wire.Json) -> list[dict[str, Any]]:
    """The events of a finished interaction: thin payloads that say where the result is."""
    data: dict[str, Any] = {"id": interaction["id"]}
    if "user_metadata" in webhook:
        data["user_metadata"] = webhook["user_metadata"]

    def event(kind: str, **more: str) -> dict[str, Any]:
        return {"type": kind, "version": "v1", "timestamp": interaction["updated"], "data": data | more}

    if interaction["status"] == "failed":
        fault = interaction["errors"][0]
        return [event("interaction.failed", error_code=fault["code"], error_message=fault["message"])]
    events = [event("interaction.completed")]
    for content in _outputs({"interaction": interaction}):
        if content["type"] == "video":
            uri = {"output_file_uri": content["uri"]} if "uri" in content else {}
            events.append(event("video.generated", **uri))
    return events
