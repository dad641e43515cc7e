"""The doors as clients see them: REST, callables and streams of a functions host that checks signed tokens."""

import io
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from PIL import Image

from api.operation import Operation
from api.registry import named
from infra.local.cloud import LocalCloud
from infra.local.parts import REPO
from infra.local.ports import choose_ports
from infra.local.provision import create_queues, functions_at
from tests.integration.functions.identity import Identity
from ugcgen.pipeline.steps import STEPS

SIGNED = Path(__file__).parent / "signed"
TIMEOUT_S = 60
BRIEF = {"product_name": "Lumi Glow", "prompt": "A glow", "quality": "draft", "scenes": [{"seconds": 3}]}


@dataclass(frozen=True)
class Reply:
    """What a door answered. ``code`` is empty where nothing was wrong; a stream's answer is its first document."""

    status: int
    code: str = ""
    message: str = ""
    field: str | None = None
    answer: Any = None


class Doors:
    def __init__(self, url: str, identity: Identity, private_port: int) -> None:
        self.url = url
        self.api = f"{url}/api/v1"
        self.identity = identity
        self.private_port = private_port
        """On loopback, where the host may reach what a test serves there."""

    def user(self, **claims: Any) -> tuple[str, str]:
        """The id and the token of somebody new who has an account."""
        uid = self.identity.account(f"user-{uuid.uuid4().hex[:12]}")
        return uid, self.identity.token(uid, **claims)

    def call(self, name: str, token: str | None, data: Any) -> Reply:
        """The web client's door, of a stream until its first document came."""
        if named(name).streams:
            return next(self.stream(name, token, data))
        reply = requests.post(f"{self.url}/call/{name}", json={"data": data}, headers=bearer(token), timeout=TIMEOUT_S)
        body = reply.json()
        if "error" not in body:
            return Reply(reply.status_code, answer=body["result"])
        return _told(reply.status_code, body["error"])

    def stream(self, name: str, token: str | None, data: Any) -> Iterator[Reply]:
        """The messages of a stream and at last its result, in the streaming format of callables."""
        with requests.post(
            f"{self.url}/stream/{name}",
            json={"data": data},
            headers=bearer(token) | {"Accept": "text/event-stream"},
            timeout=TIMEOUT_S,
            stream=True,
        ) as reply:
            assert reply.status_code == 200
            for line in reply.iter_lines():
                if not line.startswith(b"data: "):
                    continue
                [(kind, value)] = json.loads(line.removeprefix(b"data: ")).items()
                # The status that the same error has elsewhere is known from its canonical name alone.
                yield Reply(0, answer={kind: value}) if kind != "error" else _told(0, value)

    def rest(self, operation: Operation, path: str, token: str | None, data: Mapping[str, Any]) -> Reply:
        """The door of scripts; ``data`` goes into the path, the query or the body as the operation says."""
        fields = set(re.findall(r"{(\w+)}", path))
        rest = {name: value for name, value in data.items() if name not in fields}
        sent: dict[str, Any] = {"params" if operation.method in {"GET", "DELETE"} else "json": rest}
        address = self.api + path.format(**{name: data[name] for name in fields})
        with requests.request(
            operation.method, address, headers=bearer(token), timeout=TIMEOUT_S, stream=operation.streams, **sent
        ) as reply:
            if reply.status_code != 200:
                [error] = reply.json().values()
                return Reply(reply.status_code, error["code"], error["message"], error.get("field"))
            if not operation.streams:
                return Reply(200, answer=reply.json())
            return Reply(200, answer=json.loads(next(line for line in reply.iter_lines() if line[:6] == b"data: ")[6:]))

    def photo(self, token: str) -> str:
        """A photo that the bearer has sent."""
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "red").save(out, "JPEG")
        data = out.getvalue()
        session = self.call("openUpload", token, {"media_type": "image/jpeg", "size": len(data)}).answer
        requests.put(session["url"], data=data, headers={"Content-Type": "image/jpeg"}, timeout=TIMEOUT_S)
        return str(session["object"])

    def job(self, token: str, photo: str) -> str:
        """The id of a job that was started."""
        asked = {"request_id": uuid.uuid4().hex, "brief": BRIEF, "product_images": [photo]}
        return str(self.call("startGeneration", token, asked).answer["job_id"])

    def chat(self, token: str) -> str:
        """The id of a new chat."""
        return str(self.call("createChat", token, {}).answer["id"])

    def message(self, token: str) -> dict[str, str]:
        """The ids of a chat and of an answer in it."""
        chat = self.chat(token)
        sent = self.call("sendMessage", token, {"chat_id": chat, "request_id": uuid.uuid4().hex, "content": "Hello"})
        return {"chat_id": chat, "message_id": str(sent.answer["message"]["answer_id"])}


def bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _told(status: int, error: dict[str, Any]) -> Reply:
    field = (error.get("details") or {}).get("field")
    return Reply(status, error["status"].lower(), error["message"], field)


@contextmanager
def doors(cloud: LocalCloud, identity: Identity, folder: Path, models: str = "") -> Iterator[Doors]:
    """A functions host in which Auth is not emulated, on the other parts of the local cloud.

    ``models`` is the address of the studio; without it there is none.
    """
    port, private_port = choose_ports(["functions", "private"]).values()
    url, log = f"http://127.0.0.1:{port}", folder / "functions.log"
    environment = {name: value for name, value in cloud.env.items() if name != "FIREBASE_AUTH_EMULATOR_HOST"}
    environment |= {
        "PATH": os.environ["PATH"],
        "GOOGLE_STAND_IN": identity.url,
        "GOOGLE_APPLICATION_CREDENTIALS": str(identity.service_account(folder)),
        "GOOGLE_GEMINI_BASE_URL": models or identity.url,
        "GEMINI_API_KEY": "local-key-of-this-host",
        "FUNCTIONS_URL": url,
        "ALLOWED_PRIVATE_HOSTS": f"127.0.0.1:{private_port}",
        # Every test asks far more in a minute than a person would.
        "READS_PER_MINUTE": "100000",
        "CHANGES_PER_MINUTE": "100000",
        "STARTS_PER_MINUTE": "100000",
        "JOBS_PER_DAY": "100000",
        "JOBS_AT_ONCE": "100000",
        "JOBS_BUDGET_USD": "100000",
    }
    for step in STEPS.values():
        name = f"projects/{identity.project}/topics/{step.topic}"
        requests.put(f"{cloud.urls['pubsub']}/v1/{name}", json={}, timeout=TIMEOUT_S)
    command = [sys.executable, "-m", "infra.local.functions_host", "--port", str(port), "--source", str(SIGNED)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--module", "served"], cwd=REPO, env=environment, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + 60
        while not _is_up(url):
            assert time.monotonic() < deadline and process.poll() is None, log.read_text()
            time.sleep(0.05)
        create_queues(cloud.env["CLOUD_TASKS_EMULATOR_HOST"], identity.project, functions_at(url))
        yield Doors(url, identity, private_port)
    finally:
        process.terminate()
        process.wait(30)
    # What firebase-functions says of tokens that it refuses, it says as the root; and other tests of the session leave
    # units for the sweeper that cannot be read.
    errors = [line for line in log.read_text().splitlines() if '"ERROR"' in line and not _is_expected(line)]
    assert not errors, errors[:3]


def _is_up(url: str) -> bool:
    try:
        return requests.get(f"{url}/__local/functions", timeout=1).ok
    except requests.RequestException:
        return False


def _is_expected(line: str) -> bool:
    return '"logger": "root"' in line or "the sweeper goes on with the next one" in line
