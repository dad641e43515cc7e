"""The local cloud: starts its parts, keeps their data, and stops them whole."""

import fcntl
import json
import logging
import os
import secrets
import shutil
import socket
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

import requests

from infra.local import firestore_data, provision
from infra.local.certificate import signing_certificate
from infra.local.errors import LocalCloudError
from infra.local.master import master_key
from infra.local.parts import BEHIND_THE_FRONT, FUNCTIONS, PARTS, REPO, Layout
from infra.local.ports import choose_ports
from infra.local.process import Process, Warden, tail
from infra.local.signer import service_account_file

log = logging.getLogger(__name__)

ALL = tuple(PARTS)
PROJECT = "demo-ugcgen"
BUCKET = "demo-ugcgen-media"

_START_DEADLINE_S = 40.0
_STOP_PATIENCE_S = 10.0
_SAVE_EVERY_S = 20.0
# Of the surrounding environment, what would point a part at somewhere else, or slow it down: without bytecode
# every import costs two to three times as much.
_DROPPED = (
    "PYTHONDONTWRITEBYTECODE",
    "GOOGLE_API_KEY",
    "GEMINI_API_KEY",
    "GOOGLE_GEMINI_BASE_URL",
    "GOOGLE_GENAI_USE_VERTEXAI",
    "GCS_CREDENTIALS_PATH",
)
_SECRETS = ("GEMINI_API_KEY", "WEBHOOK_SECRET", "API_KEY_ENCRYPTION_SECRET", "C2PA_PRIVATE_KEY")

Models = Literal["studio", "gemini"]


class LocalCloud:
    """The chosen parts on loopback, for the length of a `with` block.

    `env` has the variables that product processes and clients need, `urls` the address of each part, `logs` is the
    folder of their logs. While it is up, `cloud.json` in the data folder says the same to other programs, without the
    secrets. The data folder belongs to one cloud at a time and is kept for the next one, unless `clear`.
    """

    def __init__(
        self,
        data: Path,
        parts: Iterable[str] = ALL,
        models: Models = "studio",
        *,
        clear: bool = False,
        env: Mapping[str, str] | None = None,
        port_base: int | None = None,
        functions_source: Path = FUNCTIONS,
    ) -> None:
        """`env` is added to the product's environment; ports are those of the last time, or free ones, or `port_base`
        and the following.

        Nothing happens before the `with` block. Raises LocalCloudError for an unknown part, a part without what it
        connects, or a missing model key.
        """
        chosen = set(parts)
        if unknown := chosen - set(ALL):
            raise LocalCloudError(f"There is no part {', '.join(sorted(unknown))}; the parts are {', '.join(ALL)}.")
        if "eventarc" in chosen and (missing := {"pubsub", "functions"} - chosen):
            raise LocalCloudError(f"eventarc needs {' and '.join(sorted(missing))}.")
        if "front" in chosen and (missing := set(BEHIND_THE_FRONT) - chosen):
            raise LocalCloudError(f"front needs {' and '.join(sorted(missing))}.")
        if models == "gemini":
            chosen -= {"studio"}
        self.data = data.resolve()
        self.logs = self.data / "logs"
        self.parts = tuple(part for part in ALL if part in chosen)
        self.models = models
        self.urls: dict[str, str] = {}
        self.env: dict[str, str] = {}
        self._clear = clear
        self._own_env = dict(env or {})
        self._key = "local-studio" if models == "studio" else _gemini_key(self._own_env)
        self._port_base = port_base
        self._functions_source = functions_source
        self._ports: dict[str, int] = {}
        self._functions: list[dict[str, Any]] = []  # as last listed
        self._processes: dict[str, Process] = {}
        self._lock: IO[str] | None = None
        self._warden: Warden | None = None
        self._saver: threading.Thread | None = None
        self._saving = threading.Lock()
        self._closing = threading.Event()

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    # While it is up

    @property
    def pids(self) -> dict[str, int]:
        """The process id of every part that was started and not stopped since."""
        return {part: process.pid for part, process in self._processes.items()}

    @property
    def ended(self) -> dict[str, int]:
        """The exit code of every part that has ended by itself; minus the signal's number where a signal ended it."""
        codes = {part: process.exit_code for part, process in list(self._processes.items())}
        return {part: code for part, code in codes.items() if code is not None}

    def kill(self, part: str) -> None:
        """SIGKILL to the part and its children. It stays down until `start`."""
        self._processes.pop(part).kill()

    def stop(self, part: str) -> None:
        """Stops the part in good order. It stays down until `start`."""
        self._stop(part)

    def start(self, part: str) -> None:
        """Starts a part that is down, on the port it had. Firestore comes back as last saved."""
        if part in self._processes:
            raise LocalCloudError(f"{part} is already running.")
        with self._saving:  # an emulator that is importing must not be exported
            self._spawn(part)
            self._wait_healthy([part])
        self._provision()

    def restart(self, part: str) -> None:
        """Stops the part in good order, if it runs, and starts it again on the same port."""
        self.stop(part)
        self.start(part)

    def wait(self) -> None:
        """Returns never: blocks until interrupted. Raises LocalCloudError when a part ends by itself."""
        while True:
            for part, code in self.ended.items():
                raise LocalCloudError(self._ended(part, code))
            time.sleep(0.5)

    # Start and stop

    def _open(self) -> None:
        self._take_folder()
        self._choose_ports()
        self.urls = {part: f"http://127.0.0.1:{self._ports[part]}" for part in self.parts}
        self.env = self._product_env() | self._own_env
        self._warden = Warden()
        for part in self.parts:
            self._spawn(part)
        self._wait_healthy(self.parts)
        self._provision()
        self._write_description()
        if "firestore" in self.parts:
            self._saver = threading.Thread(target=self._save_now_and_then, name="firestore-saver", daemon=True)
            self._saver.start()

    def _close(self) -> None:
        self._closing.set()
        if self._lock is None:
            return  # the folder is not ours
        (self.data / "cloud.json").unlink(missing_ok=True)
        for part in reversed(self.parts):
            self._stop(part)
        if self._saver:
            self._saver.join()
        if self._warden:
            self._warden.close()
        self._lock.close()
        self._lock = None

    def _take_folder(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        lock = (self.data / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise LocalCloudError(
                f"{self.data} is in use by another local cloud (process {owner}): stop it or choose another folder."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock
        if self._clear:
            for part in ALL:
                shutil.rmtree(self.data / part, ignore_errors=True)
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir()
        for part in self.parts:
            (self.data / part).mkdir(exist_ok=True)

    def _choose_ports(self) -> None:
        """Those of the last time, where they are free: a browser is signed in at an address."""
        kept = self.data / "ports.json"
        before = json.loads(kept.read_text()) if kept.exists() else {}
        # Unsigned tokens are verified without asking "auth", but its address makes them be taken.
        self._ports = choose_ports(dict.fromkeys([*self.parts, "auth"]), self._port_base, before)
        scratch = kept.with_suffix(".new")
        scratch.write_text(json.dumps(before | self._ports))
        scratch.replace(kept)

    def _spawn(self, part: str) -> None:
        assert self._warden
        layout = Layout(self.data, self._ports, self._functions_source, PROJECT, BUCKET)
        inherited = {name: value for name, value in os.environ.items() if name not in _DROPPED}
        command = PARTS[part].command(layout)
        self._processes[part] = Process(command, inherited | self.env, REPO, self._log(part), self._warden)

    def _stop(self, part: str) -> None:
        if part == "firestore" and part in self._processes:
            self._save()
        if process := self._processes.pop(part, None):
            process.stop(_STOP_PATIENCE_S)

    def _wait_healthy(self, parts: Iterable[str]) -> None:
        waiting, deadline = list(parts), time.monotonic() + _START_DEADLINE_S
        while waiting:
            for part in waiting:
                if (code := self._processes[part].exit_code) is not None:
                    raise LocalCloudError(self._ended(part, code))
            waiting = [part for part in waiting if not self._healthy(part)]
            if waiting and time.monotonic() > deadline:
                part = waiting[0]
                raise LocalCloudError(
                    f"{part} did not answer within {_START_DEADLINE_S:g} s. The end of {self._log(part)}:\n"
                    f"{tail(self._log(part))}"
                )
            time.sleep(0.03)

    def _healthy(self, part: str) -> bool:
        path = PARTS[part].health
        try:
            if path is None:
                socket.create_connection(("127.0.0.1", self._ports[part]), timeout=1).close()
                return True
            return requests.get(self.urls[part] + path, timeout=2).ok
        except OSError:  # of which requests' exceptions are a kind
            return False

    def _ended(self, part: str, code: int) -> str:
        end = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return f"{part} {end}. The end of {self._log(part)}:\n{tail(self._log(part))}"

    def _log(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    # What is inside

    def _provision(self) -> None:
        up = self._processes.keys()
        if "functions" in up:
            self._functions = provision.functions_at(self.urls["functions"])
        if "storage" in up:
            provision.create_bucket(self.urls["storage"], PROJECT, self.env["GCS_BUCKET"])
        if "pubsub" in up and self._functions:
            provision.create_subscriptions(self.urls["pubsub"], PROJECT, self._functions)
        if "tasks" in up:
            provision.create_queues(self.env["CLOUD_TASKS_EMULATOR_HOST"], PROJECT, self._functions)

    def _save(self) -> None:
        with self._saving:
            try:
                firestore_data.save(self.urls["firestore"], PROJECT, self.data / "firestore")
            except requests.RequestException as error:
                log.warning("Firestore could not be saved: %s", error)

    def _save_now_and_then(self) -> None:
        while not self._closing.wait(_SAVE_EVERY_S):
            if "firestore" in self._processes:
                self._save()

    def _product_env(self) -> dict[str, str]:
        address = {part: f"127.0.0.1:{port}" for part, port in self._ports.items()}
        variables = {
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "GCLOUD_PROJECT": PROJECT,
            "GCS_PROJECT_ID": PROJECT,
            "GCS_BUCKET": BUCKET,
            "TASKS_LOCATION": provision.LOCATION,
            "FIREBASE_AUTH_EMULATOR_HOST": address["auth"],
            "FIRESTORE_EMULATOR_HOST": address.get("firestore"),
            "PUBSUB_EMULATOR_HOST": address.get("pubsub"),
            "STORAGE_EMULATOR_HOST": self.urls.get("storage"),
            "CLOUD_TASKS_EMULATOR_HOST": address.get("tasks"),
            "GOOGLE_GEMINI_BASE_URL": self.urls.get("studio"),
            "GEMINI_API_KEY": self._key,
            "FUNCTIONS_URL": self.urls.get("functions"),
            "POSTPROD_URL": self.urls.get("postprod"),
            "FRONTEND_URL": self.urls.get("front"),
            # Google's own models cannot reach a webhook on loopback.
            "WEBHOOK_SECRET": secrets.token_urlsafe(32) if self.models == "studio" else None,
            "API_KEY_ENCRYPTION_SECRET": master_key(self.data / "secrets"),
            "GCS_CREDENTIALS_PATH": str(service_account_file(self.data / "secrets", PROJECT)),
            **signing_certificate(self.data / "secrets"),
            # A proxy for the world must not get what goes from one part to another.
            "NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1", "localhost"))),
        }
        return {name: value for name, value in variables.items() if value is not None}

    def _write_description(self) -> None:
        # What the caller added may be secret; what we set is not, but for these.
        public = {k: v for k, v in self.env.items() if k not in _SECRETS and k not in self._own_env}
        description = {
            "pid": os.getpid(),
            "project": PROJECT,
            "models": self.models,
            "urls": self.urls,
            "logs": str(self.logs),
            "env": public,
        }
        scratch = self.data / "cloud.json.new"
        scratch.write_text(json.dumps(description, indent=2))
        scratch.replace(self.data / "cloud.json")


def _gemini_key(env: Mapping[str, str]) -> str:
    for source in (env, os.environ):
        if key := source.get("GEMINI_API_KEY"):
            return key
    raise LocalCloudError("GEMINI_API_KEY is not set: Google's models need a key (https://aistudio.google.com/apikey).")
