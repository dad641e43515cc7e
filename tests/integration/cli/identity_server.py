"""A server that speaks Identity Toolkit, Secure Token Service, Firebase Hosting's init.json and one callable."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.local.auth import unsigned_token

API_KEY = "key-of-the-app"
EMAIL, PASSWORD = "ann@example.com", "correct horse"
USER = "ann"


@dataclass
class Identity:
    """One account. ``issued`` are the tokens given out, of which the callable takes only the last."""

    url: str
    project: str
    lifetime: int = 3600
    revoked: bool = False
    broken_replies: int = 0
    issued: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def token(self) -> str:
        self.issued.append(unsigned_token(USER, self.project, number=len(self.issued)))
        return self.issued[-1]

    def get(self, path: str) -> tuple[int, Any]:
        if path == "/__/firebase/init.json":
            return 200, {"apiKey": API_KEY, "projectId": self.project, "authDomain": self.host}
        return 404, {}

    def post(self, path: str, key: str, body: bytes, bearer: str) -> tuple[int, Any]:
        match path:
            case "/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword":
                asked = json.loads(body)
                if (key, asked["email"], asked["password"]) != (API_KEY, EMAIL, PASSWORD):
                    return 400, {"error": {"code": 400, "message": "INVALID_LOGIN_CREDENTIALS"}}
                tokens = {"idToken": self.token(), "refreshToken": "refresh-1", "expiresIn": str(self.lifetime)}
                return 200, {"localId": USER, "email": EMAIL, **tokens}
            case "/securetoken.googleapis.com/v1/token":
                form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                if self.revoked or form != {"grant_type": "refresh_token", "refresh_token": "refresh-1"}:
                    return 400, {"error": {"code": 400, "message": "TOKEN_EXPIRED", "status": "INVALID_ARGUMENT"}}
                tokens = {"id_token": self.token(), "refresh_token": "refresh-1", "expires_in": str(self.lifetime)}
                return 200, {"access_token": self.issued[-1], "token_type": "Bearer", "user_id": USER, **tokens}
            case "/functions/call/cancelJob":
                if self.broken_replies:
                    self.broken_replies -= 1
                    return 503, {}
                if bearer != f"Bearer {self.issued[-1]}":
                    return 401, {"error": {"status": "UNAUTHENTICATED", "message": "Unauthenticated"}}
                job_id = json.loads(body)["data"]["job_id"]
                return 200, {"result": {"job_id": job_id, "status": "cancelling", "spent": 70_000}}
            case _:
                return 404, {}


@contextmanager
def identity_server(project: str) -> Iterator[Identity]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(*identity.get(self.path))

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            identity.seen.append(parts.path)
            key = parse_qs(parts.query).get("key", [""])[0]
            self._answer(*identity.post(parts.path, key, body, self.headers.get("Authorization", "")))

        def _answer(self, status: int, answer: Any) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    identity = Identity(f"http://127.0.0.1:{server.server_port}", project)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield identity
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
