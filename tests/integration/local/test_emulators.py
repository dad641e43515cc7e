"""Where Google's emulators are found, and how the pinned ones are fetched: from a small HTTP server here."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from infra.local import emulators
from infra.local.emulators import FIRESTORE, PUBSUB, Download, Emulator, Found, fetch, locate
from infra.local.errors import LocalCloudError
from infra.local.ports import choose_ports


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return packed.getvalue()


JAR = archive(**{"META-INF/MANIFEST.MF": b"Main-Class: example.Main\r\n"})
ZIP = archive(
    **{"pubsub-emulator/lib/cloud-pubsub-emulator-0.8.37-all.jar": JAR, "pubsub-emulator/bin/run": b"#!/bin/sh"}
)


@contextmanager
def serving(files: dict[str, bytes], truncate_to: int | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serves the files; yields the base address and the list of what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:truncate_to])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pinned(emulator: Emulator, url: str, body: bytes) -> Emulator:
    return replace(emulator, pinned=Download(url, len(body), hashlib.sha256(body).hexdigest()))


def test_a_jar_is_fetched_once(tmp_path: Path) -> None:
    with serving({"/firestore.jar": JAR}) as (base, asked):
        emulator = pinned(FIRESTORE, f"{base}/firestore.jar", JAR)
        first = fetch(emulator, tmp_path / "cache")
        assert first.read_bytes() == JAR
        assert fetch(emulator, tmp_path / "cache") == first
        assert asked == ["/firestore.jar"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["firestore.jar"]


def test_a_zip_is_fetched_and_unpacked_once(tmp_path: Path) -> None:
    with serving({"/pubsub.zip": ZIP}) as (base, asked):
        emulator = pinned(PUBSUB, f"{base}/pubsub.zip", ZIP)
        jar = fetch(emulator, tmp_path)
        assert jar.name == "cloud-pubsub-emulator-0.8.37-all.jar"
        assert jar.read_bytes() == JAR
        assert fetch(emulator, tmp_path) == jar
        assert asked == ["/pubsub.zip"]


def refused(emulator: Emulator, cache: Path) -> str:
    """The one error of a fetch that must fail; it leaves nothing behind and says what to install."""
    with pytest.raises(LocalCloudError) as caught:
        fetch(emulator, cache)
    assert list(cache.iterdir()) == []
    message = str(caught.value)
    assert emulator.pinned.url in message
    assert f"gcloud components install {emulator.gcloud_component}" in message
    assert emulator.variable in message
    return message


def test_another_file_of_the_same_size_is_refused(tmp_path: Path) -> None:
    with serving({"/x.jar": b"?" * len(JAR)}) as (base, _):
        assert "sha256" in refused(pinned(FIRESTORE, f"{base}/x.jar", JAR), tmp_path)


def test_a_shorter_file_is_refused(tmp_path: Path) -> None:
    with serving({"/x.jar": JAR[:-5]}) as (base, _):
        message = refused(pinned(FIRESTORE, f"{base}/x.jar", JAR), tmp_path)
        assert f"{len(JAR) - 5:,} bytes where {len(JAR):,} were expected" in message


def test_a_connection_that_breaks_off_is_refused(tmp_path: Path) -> None:
    with serving({"/x.jar": JAR}, truncate_to=20) as (base, _):
        assert "20 bytes read" in refused(pinned(FIRESTORE, f"{base}/x.jar", JAR), tmp_path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with serving({}) as (base, _):
        assert "404" in refused(pinned(PUBSUB, f"{base}/gone.zip", ZIP), tmp_path)


def test_offline(tmp_path: Path) -> None:
    port = choose_ports(["nobody"])["nobody"]
    assert "refused" in refused(pinned(PUBSUB, f"http://127.0.0.1:{port}/pubsub.zip", ZIP), tmp_path)


# Finding


def put(path: Path, content: bytes = JAR) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a machine without any emulator."""
    monkeypatch.setattr(emulators, "_SDK_ROOTS", ())
    return {
        "PATH": "",
        "FIREBASE_EMULATORS_PATH": str(tmp_path / "firebase"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def test_the_users_variable_wins_with_a_jar_or_a_launcher(tmp_path: Path, bare: dict[str, str]) -> None:
    jar = put(tmp_path / "own" / "lib" / "cloud-pubsub-emulator-1.jar")
    launcher = put(tmp_path / "own" / "bin" / "cloud-pubsub-emulator", b"#!/bin/sh")
    for own in (jar, launcher):
        found = locate(PUBSUB, bare | {"PUBSUB_EMULATOR_BINARY_PATH": str(own)})
        assert (found.jar.resolve(), found.java) == (jar.resolve(), 21)
    with pytest.raises(LocalCloudError, match=r"PUBSUB_EMULATOR_BINARY_PATH names .*missing, which is not a file"):
        locate(PUBSUB, bare | {"PUBSUB_EMULATOR_BINARY_PATH": str(tmp_path / "missing")})


def test_the_sdk_is_found_from_the_real_path_of_gcloud(tmp_path: Path, bare: dict[str, str]) -> None:
    gcloud = put(tmp_path / "sdk" / "bin" / "gcloud", b"#!/bin/sh")
    gcloud.chmod(0o755)
    link = tmp_path / "bin" / "gcloud"
    link.parent.mkdir()
    link.symlink_to(gcloud)
    jar = put(tmp_path / "sdk" / "platform" / "cloud-firestore-emulator" / "cloud-firestore-emulator.jar")
    found = locate(FIRESTORE, bare | {"PATH": str(link.parent)})
    assert found == Found(jar, 17, FIRESTORE.main_class)


def test_firebase_tools_cache_is_used(tmp_path: Path, bare: dict[str, str]) -> None:
    jar = put(tmp_path / "firebase" / "cloud-firestore-emulator-v1.22.0.jar")
    assert locate(FIRESTORE, bare).jar == jar
    lib = tmp_path / "firebase" / "pubsub-emulator-0.8.37" / "pubsub-emulator" / "lib"
    jar = put(lib / "cloud-pubsub-emulator-0.8.37-all.jar")
    found = locate(PUBSUB, bare)
    assert found == Found(jar, 21, None)


def test_where_there_is_none_the_pinned_one_is_fetched(tmp_path: Path, bare: dict[str, str]) -> None:
    with serving({"/emulator-v9.jar": JAR}) as (base, _):
        found = locate(pinned(FIRESTORE, f"{base}/emulator-v9.jar", JAR), bare)
    assert found.jar == tmp_path / "cache" / "ugcgen" / "emulators" / "emulator-v9.jar"


def test_java_is_run_directly_by_manifest_or_by_main_class(tmp_path: Path, bare: dict[str, str]) -> None:
    with_main = put(tmp_path / "a.jar")
    without = put(tmp_path / "b.jar", archive(**{"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\n"}))
    for jar, expected in (
        (with_main, ["-Dx=1", "-jar", str(with_main)]),
        (without, ["-Dx=1", "-cp", str(without), FIRESTORE.main_class]),
    ):
        found = locate(FIRESTORE, bare | {FIRESTORE.variable: str(jar)})
        java, *rest = found.command("-Dx=1", environ=bare)
        assert Path(java).name == "java"
        assert rest == expected
