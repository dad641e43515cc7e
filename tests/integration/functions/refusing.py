"""A provider that refuses every request with one answer, as Google words it, and counts them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Refusing:
    """``keys`` are those of the requests that arrived."""

    url: str
    keys: list[str] = field(default_factory=list)


@contextmanager
def refusing(code: int, status: str, message: str) -> Iterator[Refusing]:
    """``{key}`` in the message stands for the key of the request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = self.headers["x-goog-api-key"]
            provider.keys.append(key)
            said = {"error": {"code": code, "status": status, "message": message.replace("{key}", key)}}
            body = json.dumps(said).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Tests look at ``keys``."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Refusing(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
