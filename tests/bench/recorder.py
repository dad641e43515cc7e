"""A line between the product and the studio that keeps every request for a model, so that it can be made again."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

import requests

_TIMEOUT_S = 120
_HOP = {"host", "connection", "content-length", "transfer-encoding", "content-encoding", "accept-encoding"}
"""Headers that belong to one connection."""


@dataclass(frozen=True)
class Order:
    """A request for a model as the product sent it. ``path`` begins with a slash."""

    path: str
    body: bytes

    def is_for(self, model: str) -> bool:
        return f"/{model}:" in self.path or f'"{model}"'.encode() in self.body


class Recorder:
    """Listens on loopback for the length of a ``with`` block and passes everything on to the studio."""

    def __init__(self, studio: str) -> None:
        self.orders: list[Order] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.command == "POST":
                    recorder.orders.append(Order(self.path, body))
                headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
                there = recorder.session().request(
                    self.command, f"{studio}{self.path}", data=body, headers=headers, timeout=_TIMEOUT_S
                )
                self.send_response(there.status_code)
                for name, value in there.headers.items():
                    if name.lower() not in _HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(there.content)))
                self.end_headers()
                self.wfile.write(there.content)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *_: object) -> None:
                pass

        self._mine = threading.local()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def session(self) -> requests.Session:
        """The calling thread's own connection to the studio."""
        if not hasattr(self._mine, "session"):
            self._mine.session = requests.Session()
            self._mine.session.trust_env = False
        session: requests.Session = self._mine.session
        return session

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, name="recorder", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
