"""Signing in to a deployed UGCGen with email and password, and keeping the sign-in private and fresh.

Speaks Identity Toolkit and Secure Token Service, or the Auth emulator where FIREBASE_AUTH_EMULATOR_HOST is set.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError
from platformdirs import user_config_path
from pydantic import BaseModel, Field, ValidationError
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from ugcgen_cli.errors import CliError

_TIMEOUT_S = (5, 20)
_WRONG_PASSWORD = {"INVALID_LOGIN_CREDENTIALS", "INVALID_PASSWORD", "EMAIL_NOT_FOUND", "INVALID_EMAIL"}


class SignIn(BaseModel):
    """A sign-in to one deployed endpoint, as it is kept."""

    url: str
    project: str
    api_key: str
    functions_url: str
    email: str
    user_id: str
    refresh_token: str
    id_token: str
    expires_at: datetime


class SignIns(BaseModel):
    """All sign-ins by the endpoint's address; ``last`` is the one used when none is named."""

    last: str | None = None
    by_url: dict[str, SignIn] = Field(default_factory=dict)


class SignedIn(Credentials):
    """The credentials of a sign-in. A refresh is written back, so that the next command need not do it again."""

    def __init__(self, sign_in: SignIn) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._kept = sign_in
        self.token = sign_in.id_token
        self.expiry = sign_in.expires_at.astimezone(UTC).replace(tzinfo=None)

    def refresh(self, request: Any) -> None:
        """Raises RefreshError: retryable where the network is to blame, final where the sign-in has ended."""
        self._kept = _refreshed(self._kept)
        kept = load()
        if self._kept.url in kept.by_url:  # signed out meanwhile: stays signed out
            _save(kept.model_copy(update={"by_url": {**kept.by_url, self._kept.url: self._kept}}))
        self.token = self._kept.id_token
        self.expiry = self._kept.expires_at.astimezone(UTC).replace(tzinfo=None)


def sign_in(url: str, email: str, password: str, region: str, functions_url: str | None) -> SignIn:
    """Sign in and keep it. Raises CliError for an address that is no UGCGen, or wrong credentials."""
    url = normalised(url)
    project, api_key = _described(url)
    answer = _post(
        _service("identitytoolkit.googleapis.com", "v1/accounts:signInWithPassword", api_key),
        json={"email": email, "password": password, "returnSecureToken": True},
    )
    if "error" in answer:
        raise CliError(_refusal(url, email, str(answer["error"].get("message", ""))))
    made = SignIn(
        url=url,
        project=project,
        api_key=api_key,
        functions_url=(functions_url or f"https://{region}-{project}.cloudfunctions.net").rstrip("/"),
        email=email,
        user_id=answer["localId"],
        refresh_token=answer["refreshToken"],
        id_token=answer["idToken"],
        expires_at=_expiry(answer["expiresIn"]),
    )
    _save(SignIns(last=url, by_url={**load().by_url, url: made}))
    return made


def sign_out() -> str | None:
    """Forget the last sign-in; returns its address, None where nobody was signed in."""
    kept = load()
    if kept.last is None:
        return None
    gone = kept.last
    kept.by_url.pop(gone, None)
    kept.last = next(reversed(kept.by_url), None)
    _save(kept)
    return gone


def load() -> SignIns:
    """What was kept. Raises CliError for a file that cannot be read."""
    path = _path()
    try:
        return SignIns.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return SignIns()
    except (OSError, ValidationError) as wrong:
        raise CliError(f"{path} cannot be read; remove it and sign in again with 'ugcgen login'") from wrong


def normalised(url: str) -> str:
    """The address as it is kept. Raises CliError for one that is no address, or not encrypted."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    if not parts.hostname:
        raise CliError(f"{url!r} is no address; use one such as https://your-app.web.app")
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise CliError(f"{url} is not encrypted; use https://{parts.netloc}")
    return f"{parts.scheme}://{parts.netloc}"


def _described(url: str) -> tuple[str, str]:
    """Project and API key, as Firebase Hosting publishes them for its app."""
    where = f"{url}/__/firebase/init.json"
    try:
        reply = _session().get(where, timeout=_TIMEOUT_S)
        described = reply.json()
        return described["projectId"], described["apiKey"]
    except requests.ConnectionError as wrong:
        raise CliError(f"{url} cannot be reached; check the address and your network") from wrong
    except (requests.RequestException, KeyError, TypeError) as wrong:
        raise CliError(f"{url} is no UGCGen: Firebase Hosting would describe it at {where}") from wrong


def _refreshed(old: SignIn) -> SignIn:
    url = _service("securetoken.googleapis.com", "v1/token", old.api_key)
    try:
        answer = _post(url, data={"grant_type": "refresh_token", "refresh_token": old.refresh_token})
    except CliError as unreachable:
        raise RefreshError(str(unreachable), retryable=True) from unreachable  # type: ignore[no-untyped-call]
    if "error" in answer:
        reason = answer["error"].get("message", "")
        sentence = f"your sign-in at {old.url} has ended ({reason}); sign in again with 'ugcgen login {old.url}'"
        raise RefreshError(sentence)  # type: ignore[no-untyped-call]
    return old.model_copy(
        update={
            "id_token": answer["id_token"],
            "refresh_token": answer["refresh_token"],
            "expires_at": _expiry(answer["expires_in"]),
        }
    )


def _service(host: str, path: str, api_key: str) -> str:
    emulator = os.environ.get("FIREBASE_AUTH_EMULATOR_HOST")
    base = f"http://{emulator}/{host}" if emulator else f"https://{host}"
    return f"{base}/{path}?key={api_key}"


def _post(url: str, **body: Any) -> Mapping[str, Any]:
    """The answer, which has an ``error`` where the service refused. Raises CliError where it could not be asked."""
    host = urlsplit(url).netloc
    try:
        reply = _session().post(url, timeout=_TIMEOUT_S, **body)
        answer: Mapping[str, Any] = reply.json()
    except requests.RequestException as wrong:
        raise CliError(f"{host} cannot be reached; check your network and try again") from wrong
    if reply.status_code >= 500:
        raise CliError(f"{host} answered {reply.status_code}; try again in a moment")
    return answer


def _session() -> requests.Session:
    session = requests.Session()
    retry = Retry(3, backoff_factor=0.5, status_forcelist=[502, 503, 504], allowed_methods=None, raise_on_status=False)
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _refusal(url: str, email: str, code: str) -> str:
    name = code.partition(" ")[0]
    if name in _WRONG_PASSWORD:
        return f"{email} and this password are not known at {url}"
    if name == "USER_DISABLED":
        return f"the account {email} is disabled at {url}"
    if name == "TOO_MANY_ATTEMPTS_TRY_LATER":
        return f"{url} takes no more attempts for {email} for now; try again later"
    return f"{url} refused the sign-in: {code}"


def _expiry(seconds: str) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=int(seconds))


def _path() -> Path:
    return user_config_path("ugcgen") / "sign-ins.json"


def _save(kept: SignIns) -> None:
    """Readable by the user alone from the first byte on, and never half written."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = path.with_suffix(f".{os.getpid()}")
    with suppress(FileNotFoundError):
        scratch.unlink()
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(kept.model_dump_json(indent=2))
    scratch.replace(path)
