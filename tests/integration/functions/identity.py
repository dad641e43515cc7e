"""Firebase Auth with keys of our own: tokens that are really signed, the certificates to check them, and accounts."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "securetoken")])


class SigningKey:
    """A key that signs tokens, and the certificate that is published for it."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        self._signer = crypt.RSASigner.from_string(self.pem, key_id)
        today = datetime.now(UTC)
        builder = x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
        certificate = builder.sign(key, hashes.SHA256())
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()

    def sign(self, claims: dict[str, Any]) -> str:
        return str(jwt.encode(self._signer, claims).decode())


class Identity:
    """The stand-in for Google's servers at ``url``: certificates, accounts, access tokens and the Gemini API's list."""

    def __init__(self, project: str) -> None:
        self.url = ""
        self.project = project
        self.accounts: dict[str, dict[str, Any]] = {}
        self.key = SigningKey("published")
        self.unpublished = SigningKey("published")  # bears the name of the other

    def account(self, uid: str, **facts: Any) -> str:
        """Sign somebody up: ``disabled``, or ``validSince`` as Firebase Auth tells them."""
        self.accounts[uid] = {"localId": uid, **facts}
        return uid

    def claims(self, uid: str, **changes: Any) -> dict[str, Any]:
        """What Firebase Auth says in a token for an hour."""
        now = int(time.time())
        usual = {
            "iss": f"https://securetoken.google.com/{self.project}",
            "aud": self.project,
            "sub": uid,
            "auth_time": now - 5,
            "iat": now - 5,
            "exp": now + 3600,
        }
        return usual | changes

    def token(self, uid: str, **changes: Any) -> str:
        return self.key.sign(self.claims(uid, **changes))

    def service_account(self, folder: Path) -> Path:
        """The credentials of the functions' own service account."""
        path = folder / "service-account.json"
        facts = {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": "own",
            "private_key": self.key.pem,
            "client_email": f"functions@{self.project}.iam.gserviceaccount.com",
            "token_uri": f"{self.url}/token",
        }
        path.write_text(json.dumps(facts))
        return path

    def get(self, path: str) -> Any:
        match path:
            case "/certificates":
                return {self.key.key_id: self.key.certificate}
            case _:
                return {"models": []}

    def post(self, path: str, body: bytes) -> Any:
        if path == "/token":
            return {"access_token": "own", "token_type": "Bearer", "expires_in": 3600}
        if path.endswith(":generateContent"):
            return {"promptFeedback": {"blockReason": "OTHER"}}  # there is no model here, so everything is withheld
        found = (self.accounts.get(uid) for uid in json.loads(body)["localId"])
        users = [user for user in found if user]
        return {"users": users} if users else {}


@contextmanager
def identity(project: str) -> Iterator[Identity]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(stand_in.get(self.path.partition("?")[0]))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if "/models/" in self.path:
                self.send_error(404)  # there is no model here: what asks one has to say so
            else:
                self._answer(stand_in.post(self.path, body))

        def _answer(self, answer: Any) -> None:
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Tests look at what callers are told."""

    stand_in = Identity(project)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand_in.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield stand_in
        finally:
            server.shutdown()
            thread.join()
