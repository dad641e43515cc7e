"""Which UGCGen a command talks to: the local cloud of a checkout, or the deployed one that was signed in to."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials

from ugcgen_cli import sign_in
from ugcgen_cli.credentials import LocalUser
from ugcgen_cli.errors import CliError

LOCAL = "local"
"""What names the local cloud where an endpoint is asked for."""

_LOCAL_USER = "local-user"


@dataclass(frozen=True)
class Endpoint:
    """Addresses and the user. ``firestore`` is host:port; ``local_data`` the local cloud's folder, if it is one."""

    name: str
    project: str
    functions_url: str
    firestore: str
    user_id: str
    credentials: Credentials
    local_data: Path | None = None

    def check_up(self) -> None:
        """Raises CliError where this is a local cloud that has been stopped."""
        if self.local_data and _running(self.local_data) is None:
            raise CliError("the local cloud was stopped; start it again with 'ugcgen up' and the job goes on")


def find(wanted: str | None) -> Endpoint:
    """The endpoint that was named, or the local cloud where one runs, or the last sign-in. Raises CliError."""
    if wanted and wanted != LOCAL:
        url = sign_in.normalised(wanted)
        kept = sign_in.load().by_url.get(url)
        if kept is None:
            raise CliError(f"you are not signed in at {url}; sign in with 'ugcgen login {url}'")
        return _deployed(kept)
    folder = _local_folder()
    if folder and (description := _running(folder)):
        return _local(folder, description)
    if wanted == LOCAL or os.environ.get("UGCGEN_LOCAL"):
        where = f" in {folder}" if folder else ""
        raise CliError(f"no local cloud is running{where}; start it with 'ugcgen up'")
    kept_all = sign_in.load()
    if kept_all.last is None:
        raise CliError(
            "no UGCGen to talk to: start the local cloud with 'ugcgen up', or sign in with 'ugcgen login URL'"
        )
    return _deployed(kept_all.by_url[kept_all.last])


def local(data: Path) -> Endpoint:
    """The local cloud with this data folder. Raises CliError where none is running there."""
    description = _running(data)
    if description is None:
        raise CliError(f"no local cloud is running in {data}; start it with 'ugcgen up'")
    return _local(data, description)


def _local_folder() -> Path | None:
    """The data folder that UGCGEN_LOCAL names, or the nearest ``.local`` of a cloud in this folder or above it."""
    if named := os.environ.get("UGCGEN_LOCAL"):
        return Path(named)
    here = Path.cwd()
    folders = [above / ".local" for above in (here, *here.parents)]
    return next((folder for folder in folders if (folder / "cloud.json").is_file()), None)


def _running(data: Path) -> Mapping[str, Any] | None:
    """What the local cloud says of itself while it is up; None where none is, or it was killed."""
    try:
        description: Mapping[str, Any] = json.loads((data / "cloud.json").read_text())
        os.kill(description["pid"], 0)
    except (OSError, ValueError, KeyError):
        return None
    return description


def _local(data: Path, description: Mapping[str, Any]) -> Endpoint:
    return Endpoint(
        name="the local cloud",
        project=description["project"],
        functions_url=description["urls"]["functions"],
        firestore=description["urls"]["firestore"].removeprefix("http://"),
        user_id=_LOCAL_USER,
        credentials=LocalUser(_LOCAL_USER, description["project"]),
        local_data=data,
    )


def _deployed(kept: sign_in.SignIn) -> Endpoint:
    return Endpoint(
        name=kept.url,
        project=kept.project,
        functions_url=kept.functions_url,
        firestore=os.environ.get("FIRESTORE_EMULATOR_HOST") or "firestore.googleapis.com:443",
        user_id=kept.user_id,
        credentials=sign_in.SignedIn(kept),
    )
