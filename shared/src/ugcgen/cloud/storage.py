"""Cloud Storage: objects are written once under their content key and never changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path, PurePosixPath

from google.api_core.exceptions import NotFound as GoogleNotFound
from google.api_core.exceptions import PreconditionFailed
from google.cloud import storage  # type: ignore[attr-defined]
from google.cloud.storage.retry import DEFAULT_RETRY
from google.oauth2 import service_account

from ugcgen.cloud.settings import settings
from ugcgen.domain.call import Artifact
from ugcgen.domain.errors import NotFound

TIMEOUT = 60.0


@cache
def bucket() -> storage.Bucket:
    return storage.Client(project=settings().gcs_project_id).bucket(settings().gcs_bucket)


@cache
def signer() -> service_account.Credentials | None:
    """What signs media addresses: the configured service account file, or on Google Cloud the service itself."""
    path = settings().gcs_credentials_path
    return service_account.Credentials.from_service_account_file(path) if path else None  # type: ignore[no-untyped-call]


def signed_url(name: str, lifetime: timedelta = timedelta(minutes=15)) -> str:
    """An address that anyone may read the object at for a while."""
    url: str = (
        bucket().blob(name).generate_signed_url(version="v4", expiration=lifetime, method="GET", credentials=signer())
    )
    return url


@dataclass(frozen=True)
class ObjectFacts:
    name: str
    size: int
    media_type: str


def artifact_name(user_id: str, key: str, extension: str) -> str:
    return f"users/{user_id}/artifacts/{key[:2]}/{key}.{extension}"


def pinned_name(user_id: str, sha256: str, extension: str) -> str:
    """Where an upload is kept once it was checked: under its own content."""
    return f"users/{user_id}/media/{sha256}.{extension}"


def content_of(name: str) -> str:
    """The sha256 of a pinned object's bytes, which is its name."""
    return PurePosixPath(name).stem


def put_once(name: str, data: bytes, media_type: str) -> tuple[bytes, Artifact]:
    """Store the bytes under a name that nothing has yet; if something has, that is what counts.

    Returns the bytes that are stored now and their facts, so that two workers never go on with different bytes.
    """
    blob = bucket().blob(name)
    try:
        blob.upload_from_string(
            data, content_type=media_type, if_generation_match=0, timeout=TIMEOUT, retry=DEFAULT_RETRY
        )
    except PreconditionFailed:
        data = get(name)
    return data, _artifact(name, media_type, data)


def put_file_once(name: str, path: Path, media_type: str) -> Artifact:
    """As put_once for a file; on a conflict the file is replaced by the stored bytes."""
    blob = bucket().blob(name)
    try:
        blob.upload_from_filename(
            str(path), content_type=media_type, if_generation_match=0, timeout=TIMEOUT, retry=DEFAULT_RETRY
        )
    except PreconditionFailed:
        get_file(name, path)
    return _artifact(name, media_type, path.read_bytes())


def get(name: str) -> bytes:
    """The bytes of an object. Raises NotFound."""
    try:
        data: bytes = bucket().blob(name).download_as_bytes(timeout=TIMEOUT, retry=DEFAULT_RETRY)
    except GoogleNotFound as missing:
        raise _missing(name) from missing
    return data


def get_file(name: str, path: Path) -> None:
    """Download an object to a file. Raises NotFound."""
    try:
        bucket().blob(name).download_to_filename(str(path), timeout=TIMEOUT, retry=DEFAULT_RETRY)
    except GoogleNotFound as missing:
        raise _missing(name) from missing


def facts(name: str) -> ObjectFacts | None:
    """Size and type of an object, or None where there is none."""
    blob = bucket().get_blob(name, timeout=TIMEOUT, retry=DEFAULT_RETRY)
    if blob is None:
        return None
    return ObjectFacts(name=name, size=blob.size or 0, media_type=blob.content_type or "application/octet-stream")


def stored_at(name: str) -> datetime | None:
    """When an object was stored, None where there is none."""
    blob = bucket().get_blob(name, timeout=TIMEOUT, retry=DEFAULT_RETRY)
    return blob.time_created if blob else None


def copy(name: str, target: str) -> None:
    """Keep an object under another name as well. Raises NotFound."""
    try:
        bucket().copy_blob(bucket().blob(name), bucket(), target, timeout=TIMEOUT, retry=DEFAULT_RETRY)
    except GoogleNotFound as missing:
        raise _missing(name) from missing


def delete(name: str) -> None:
    """Remove an object; one that is not there is removed already."""
    try:
        bucket().blob(name).delete(timeout=TIMEOUT, retry=DEFAULT_RETRY)
    except GoogleNotFound:
        return


def names(prefix: str) -> list[str]:
    """The names of all objects that begin so, in order."""
    return [blob.name for blob in bucket().list_blobs(prefix=prefix, timeout=TIMEOUT, retry=DEFAULT_RETRY)]


def open_upload(name: str, media_type: str, size: int, origin: str | None = None) -> str:
    """The address of a resumable upload session that a client may send the bytes to without signing in."""
    session: str = (
        bucket()
        .blob(name)
        .create_resumable_upload_session(
            content_type=media_type, size=size, origin=origin, timeout=TIMEOUT, if_generation_match=0
        )
    )
    return session


def _missing(name: str) -> NotFound:
    return NotFound(f"{name} is not in the bucket {settings().gcs_bucket}; it was deleted or never stored")


def _artifact(name: str, media_type: str, data: bytes) -> Artifact:
    return Artifact(name=name, media_type=media_type, size=len(data), sha256=hashlib.sha256(data).hexdigest())
