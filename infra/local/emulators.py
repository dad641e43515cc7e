"""Finds Google's Firestore and Pub/Sub emulators on this machine, or fetches the pinned ones from Google.

Both are Java archives that we start with `java` itself: their shell launchers would leave a grandchild behind.
"""

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from infra.local.errors import LocalCloudError
from infra.local.java import find_java

_SDK_ROOTS = (
    "~/google-cloud-sdk",
    "/usr/lib/google-cloud-sdk",
    "/usr/share/google-cloud-sdk",
    "/usr/local/share/google-cloud-sdk",
    "/opt/google-cloud-sdk",
    "/opt/homebrew/share/google-cloud-sdk",
    "/snap/google-cloud-cli/current",
)
# The archives of the gcloud SDK run on Java 17; those that firebase-tools pins need 21.
_SDK_JAVA, _FIREBASE_JAVA = 17, 21
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Download:
    """A file as Google publishes it, with the size (bytes) and hash that firebase-tools pins."""

    url: str
    size: int
    sha256: str

    @property
    def filename(self) -> str:
        return self.url.rsplit("/", 1)[1]


@dataclass(frozen=True)
class Emulator:
    """What there is to know about one of Google's emulators."""

    name: str
    variable: str  # the variable firebase-tools reads for a binary of the user's own
    sdk_folder: str  # below the root of the gcloud SDK
    jar: str  # glob of the archive's name
    main_class: str  # the SDK's archives do not all name it in their manifest
    gcloud_component: str
    pinned: Download


FIRESTORE = Emulator(
    name="Firestore",
    variable="FIRESTORE_EMULATOR_BINARY_PATH",
    sdk_folder="platform/cloud-firestore-emulator",
    jar="cloud-firestore-emulator*.jar",
    main_class="com.google.cloud.datastore.emulator.firestore.CloudFirestore",
    gcloud_component="cloud-firestore-emulator",
    pinned=Download(
        "https://storage.googleapis.com/firebase-preview-drop/emulator/cloud-firestore-emulator-v1.22.0.jar",
        136_707_194,
        "9b6498b7f62714d67f48f59b3818883cd682dbcd46b9f59511de81c97bb5166c",
    ),
)
PUBSUB = Emulator(
    name="Pub/Sub",
    variable="PUBSUB_EMULATOR_BINARY_PATH",
    sdk_folder="platform/pubsub-emulator/lib",
    jar="cloud-pubsub-emulator*.jar",
    main_class="com.google.cloud.pubsub.testing.v1.Main",
    gcloud_component="pubsub-emulator",
    pinned=Download(
        "https://storage.googleapis.com/firebase-preview-drop/emulator/pubsub-emulator-0.8.37.zip",
        53_029_797,
        "c83383e0c71633e58abad6fdc9c0312c7d0f6a5a34236c42e3f92eb24ded1c26",
    ),
)


@dataclass(frozen=True)
class Found:
    """An emulator's archive, the oldest Java it runs on, and its main class unless its manifest names one."""

    jar: Path
    java: int
    main_class: str | None

    def command(self, *jvm_options: str, environ: Mapping[str, str] = os.environ) -> list[str]:
        """The command line up to the emulator's own options. Raises LocalCloudError where there is no fit Java."""
        java = [str(find_java(self.java, environ)), *jvm_options]
        return [*java, "-cp", str(self.jar), self.main_class] if self.main_class else [*java, "-jar", str(self.jar)]


def locate(emulator: Emulator, environ: Mapping[str, str] = os.environ) -> Found:
    """The emulator: the user's own, the gcloud SDK's, firebase-tools', or the pinned one, fetched from Google now.

    Raises LocalCloudError where a named file is missing, or the fetch fails.
    """
    if own := environ.get(emulator.variable):
        jar = _own_jar(emulator, Path(own).expanduser())
        return Found(jar, _FIREBASE_JAVA, None if _names_main_class(jar) else emulator.main_class)
    for root in _sdk_roots(environ):
        for jar in sorted((root / emulator.sdk_folder).glob(emulator.jar)):
            return Found(jar, _SDK_JAVA, emulator.main_class)
    cache = Path(environ.get("FIREBASE_EMULATORS_PATH", "~/.cache/firebase/emulators")).expanduser()
    for pattern in (emulator.jar, f"*/*/lib/{emulator.jar}"):
        for jar in sorted(cache.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True):
            return Found(jar, _FIREBASE_JAVA, None)
    return Found(fetch(emulator, _our_cache(environ)), _FIREBASE_JAVA, None)


def _our_cache(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "ugcgen" / "emulators"


def _own_jar(emulator: Emulator, path: Path) -> Path:
    """The archive a user's variable names, itself or by its launcher."""
    if not path.is_file():
        raise LocalCloudError(f"{emulator.variable} names {path}, which is not a file.")
    if path.suffix == ".jar":
        return path
    launcher = path.resolve()
    for folder in (launcher.parent, launcher.parent.parent / "lib"):
        for jar in sorted(folder.glob(emulator.jar)):
            return jar
    raise LocalCloudError(f"{emulator.variable} names {path}, but there is no {emulator.jar} beside it or in ../lib.")


def _sdk_roots(environ: Mapping[str, str]) -> Iterator[Path]:
    if gcloud := shutil.which("gcloud", path=environ.get("PATH", os.defpath)):
        yield Path(gcloud).resolve().parent.parent
    yield from (Path(root).expanduser() for root in _SDK_ROOTS)


def _names_main_class(jar: Path) -> bool:
    with zipfile.ZipFile(jar) as archive:
        try:
            return b"Main-Class:" in archive.read("META-INF/MANIFEST.MF")
        except KeyError:
            return False


def fetch(emulator: Emulator, cache: Path) -> Path:
    """The archive of the pinned emulator, downloaded into `cache` unless it is there already.

    Nothing that does not match the pinned size and hash ever gets its final name. Raises LocalCloudError.
    """
    pinned = emulator.pinned
    target = cache / pinned.filename
    if not target.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        _download(emulator, target)
    if target.suffix == ".jar":
        return target
    unpacked = target.with_suffix("")
    if not unpacked.is_dir():
        with tempfile.TemporaryDirectory(dir=cache) as scratch, zipfile.ZipFile(target) as archive:
            archive.extractall(Path(scratch, "unpacked"))
            Path(scratch, "unpacked").rename(unpacked)
    for jar in sorted(unpacked.glob(f"**/{emulator.jar}")):
        return jar
    raise LocalCloudError(f"{target} holds no {emulator.jar}. {_how_to_install(emulator)}")


def _download(emulator: Emulator, target: Path) -> None:
    pinned, digest, size = emulator.pinned, hashlib.sha256(), 0
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        part = Path(scratch, target.name)
        try:
            with requests.get(pinned.url, stream=True, timeout=30) as reply, part.open("wb") as output:
                reply.raise_for_status()
                for chunk in reply.iter_content(_CHUNK):
                    output.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
        except requests.RequestException as error:
            raise _not_fetched(emulator, str(error)) from error
        if size != pinned.size:
            raise _not_fetched(emulator, f"it has {size:,} bytes where {pinned.size:,} were expected")
        if digest.hexdigest() != pinned.sha256:
            raise _not_fetched(emulator, f"its sha256 is {digest.hexdigest()} where {pinned.sha256} was expected")
        part.rename(target)


def _not_fetched(emulator: Emulator, why: str) -> LocalCloudError:
    return LocalCloudError(
        f"Google's {emulator.name} emulator is not on this machine and could not be fetched from "
        f"{emulator.pinned.url}: {why}. {_how_to_install(emulator)}"
    )


def _how_to_install(emulator: Emulator) -> str:
    return (
        f"Install it with `gcloud components install {emulator.gcloud_component}` "
        f"(Debian: `apt-get install google-cloud-cli-{emulator.gcloud_component.removeprefix('cloud-')}`), "
        f"or set {emulator.variable} to its jar."
    )
