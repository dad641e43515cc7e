"""The studio's own endpoints: its health, its journal, and the bad days it is asked to have."""

from __future__ import annotations

from typing import get_args

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError

from infra.local.studio import catalog
from infra.local.studio.bad_day import Rule
from infra.local.studio.errors import invalid
from infra.local.studio.studio import Studio


def blueprint(studio: Studio) -> Blueprint:
    api = Blueprint("admin", __name__, url_prefix="/studio")

    @api.get("/health")
    def health() -> Response:
        return jsonify({"status": "ok", "warm": studio.warm, "models": len(catalog.MODELS)})

    @api.get("/faults")
    def faults() -> Response:
        return jsonify({"faults": studio.bad_day.listed()})

    @api.post("/faults")
    def add() -> Response:
        try:
            rule = Rule.model_validate(request.get_json(force=True))
        except ValidationError as error:
            raise invalid(f"The fault is not understood: {error}") from None
        return jsonify({"id": studio.bad_day.add(rule)})

    @api.delete("/faults")
    def clear() -> Response:
        studio.bad_day.clear()
        return jsonify({})

    @api.get("/latency")
    def latency() -> Response:
        return jsonify(studio.latency)

    @api.post("/latency")
    def set_latency() -> Response:
        wanted = request.get_json(force=True)
        if not isinstance(wanted, dict) or wanted.keys() - set(get_args(catalog.Kind)):
            raise invalid(f"Latency is given in seconds for any of {', '.join(get_args(catalog.Kind))}.")
        studio.latency = {kind: float(seconds) for kind, seconds in wanted.items()}
        return jsonify(studio.latency)

    @api.get("/log")
    def journal() -> Response:
        return jsonify(studio.journal.report())

    @api.delete("/log")
    def forget() -> Response:
        studio.journal.clear()
        return jsonify({})

    return api
