"""Keeps the Firestore emulator's documents between runs, by its own export and import.

The emulator lives in memory. `save` writes a whole new export beside the last one and then moves a pointer, so a crash
while saving leaves the previous export in use.
"""

import shutil
import time
from pathlib import Path

import requests

_POINTER = "current"


def save(url: str, project: str, folder: Path) -> None:
    """Exports all documents of the project's default database. Raises requests.RequestException."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"export-{time.time_ns()}"
    requests.post(
        f"{url}/emulator/v1/projects/{project}:export",
        json={
            "database": f"projects/{project}/databases/(default)",
            "export_directory": str(folder.resolve()),
            "export_name": name,
        },
        timeout=60,
    ).raise_for_status()
    pointer = folder / f"{_POINTER}.new"
    pointer.write_text(name)
    pointer.replace(folder / _POINTER)
    for old in folder.glob("export-*"):
        if old.name != name:
            shutil.rmtree(old)


def saved(folder: Path) -> Path | None:
    """The file to give to the emulator's --import-data; None where nothing was saved."""
    try:
        name = (folder / _POINTER).read_text()
    except FileNotFoundError:
        return None
    return folder.resolve() / name / f"{name}.overall_export_metadata"
