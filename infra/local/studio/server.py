"""The HTTP side: one Flask application that carries all APIs, on a server with a thread for each connection.

Werkzeug's server is used on purpose: a thread per connection makes a simulated delay cost nothing but a sleeping
thread, and its connection can be dropped without an answer, which no sturdier server lets an application do.
"""

from __future__ import annotations

import socket
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from infra.local.studio import admin, agent_platform, files_api, gemini, interactions, text_to_speech
from infra.local.studio.errors import ApiError
from infra.local.studio.studio import LostReply, Studio

_VERSION = "/<any(v1, v1beta, v1alpha, v1beta1):version>"
_PROJECT = f"{_VERSION}/projects/<project>/locations/<location>"
_STATUS = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 405: "UNIMPLEMENTED", 413: "INVALID_ARGUMENT"}


def application(studio: Studio) -> Flask:
    app = Flask("studio")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of a schema's properties is its meaning
    app.url_map.strict_slashes = False
    content, talks = gemini.blueprint(studio), interactions.blueprint(studio)
    _mount(app, content, _VERSION)
    _mount(app, content, f"{_PROJECT}/publishers/google", "project_content")
    _mount(app, talks, _VERSION)
    _mount(app, talks, _PROJECT, "project_interactions")
    _mount(app, files_api.blueprint(studio), _VERSION)
    _mount(app, files_api.upload_blueprint(studio), f"/upload{_VERSION}")
    _mount(app, agent_platform.blueprint(studio), f"{_PROJECT}/publishers/google")
    _mount(app, text_to_speech.blueprint(studio), _VERSION)
    app.register_blueprint(admin.blueprint(studio))

    @app.url_value_preprocessor
    def drop_prefix(_: str | None, values: dict[str, Any] | None) -> None:
        """Views do not care which version or project they are called under."""
        for name in ("version", "project", "location"):
            if values is not None:
                values.pop(name, None)

    app.before_request(_authorise)
    app.register_error_handler(ApiError, _refuse)
    app.register_error_handler(LostReply, _hang_up)
    app.register_error_handler(HTTPException, _refuse_http)
    return app


def serve(studio: Studio, port: int) -> BaseWSGIServer:
    """A server bound to 127.0.0.1; port 0 takes a free one. Call its `serve_forever`."""
    return make_server("127.0.0.1", port, application(studio), threaded=True, request_handler=_Handler)


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open, as Google's front end does

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The journal is the record of calls; a line per poll would only bury errors."""


def _mount(app: Flask, blueprint: Blueprint, prefix: str, name: str | None = None) -> None:
    app.register_blueprint(blueprint, url_prefix=prefix, **({"name": name} if name else {}))


def _authorise() -> None:
    if request.path.startswith("/studio/") or (request.path.startswith("/upload/") and "upload_id" in request.args):
        return
    bearer = request.headers.get("Authorization", "")
    if request.headers.get("x-goog-api-key") or request.args.get("key") or bearer.removeprefix("Bearer ").strip():
        return
    if "/projects/" in request.path:
        raise ApiError(
            401,
            "UNAUTHENTICATED",
            "Request is missing required authentication credential. Expected OAuth 2 access token.",
        )
    raise ApiError(
        403,
        "PERMISSION_DENIED",
        "Method doesn't allow unregistered callers (callers without established identity). "
        "Please use API Key or other form of API consumer identity to call this API.",
    )


def _refuse(error: ApiError) -> tuple[Response, int]:
    return jsonify(error.body()), error.code


def _refuse_http(error: HTTPException) -> tuple[Response, int]:
    code = error.code or 500
    return _refuse(ApiError(code, _STATUS.get(code, "INTERNAL"), error.description or error.name))


def _hang_up(_: LostReply) -> Response:
    """Close the connection under the answer: the caller sees it end and nothing else."""
    request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return Response()
