"""Google's SDK, set up so that one submit sends one POST, and its errors in our words."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import (
    KeyRefused,
    ModelError,
    ModelGone,
    ModelRefusedToStart,
    ModelRejected,
    OperationNotFound,
    QuotaExhausted,
    RateLimited,
    ReplyLost,
    TransientModelError,
)
from ugcgen.ledger.keyring import Lent
from ugcgen.models.catalog import Provider

CALL_TIMEOUT_SECONDS = 180.0
"""For synchronous calls; pictures take up to 40 s on a normal day."""

TRY_LATER = {408, 409, 425, 429}

CREDIT_IS_LOOKED_AT = timedelta(minutes=10)
"""How often a call is tried again that lacks credit: somebody has to pay first, and nobody tells us when."""

_NO_CREDIT = re.compile(
    r"credits? (?:is|are) depleted|insufficient (?:credit|funds)|billing (?:is )?(?:not enabled|disabled)"
)
_A_DAY = re.compile(r"per_?day")


def client(provider: Provider, lent: Lent | None) -> genai.Client:
    """The SDK client of a provider, with the API key it was lent where it wants one.

    A client with a stored key lives as long as its caller keeps it, so that the key is open no longer.
    """
    if provider is Provider.AGENT_PLATFORM or lent is None:
        return _agent_platform()
    if lent.is_environment:
        return _with_environment_key(lent.secret.get_secret_value())
    return _gemini(lent.secret.get_secret_value())


@cache
def _with_environment_key(key: str) -> genai.Client:
    return _gemini(key)


def _gemini(key: str) -> genai.Client:
    # The SDK prefers GOOGLE_API_KEY from the environment over what it is given only when it is given nothing.
    return genai.Client(vertexai=False, api_key=key, http_options=_options())


@cache
def _agent_platform() -> genai.Client:
    here, options = settings(), _options()
    # The SDK takes the one base URL for the Gemini API only: a local job must not reach, and pay, Google.
    stand_in = os.environ.get("GOOGLE_GEMINI_BASE_URL")
    options.base_url = stand_in
    return genai.Client(
        vertexai=True,
        project=here.google_cloud_project,
        location=here.agent_platform_location,
        credentials=Credentials("local") if stand_in else None,  # type: ignore[no-untyped-call]
        http_options=options,
    )


def _options() -> types.HttpOptions:
    return types.HttpOptions(
        timeout=int(CALL_TIMEOUT_SECONDS * 1000),
        retry_options=types.HttpRetryOptions(attempts=1),
        httpx_async_client=_lines(),
    )


@cache
def _lines() -> httpx2.AsyncClient:
    """The connections of ``line``'s event loop, whichever key is sent over them."""
    return httpx2.AsyncClient()


@contextmanager
def one_submit(what: str) -> Iterator[None]:
    """Turns the SDK's errors of a paid request into ours.

    Raises ModelRefusedToStart (RateLimited, QuotaExhausted) after a definite refusal or where nothing was ever sent,
    KeyRefused where the key is not accepted, ModelRejected (ModelGone) where the request is wrong, and ReplyLost where
    nobody can know whether the provider took it.
    """
    try:
        yield
    except Exception as error:
        # The Interactions client wraps what happened on the wire.
        if any(isinstance(found, httpx2.ConnectError) for found in (error, error.__cause__)):
            raise ModelRefusedToStart(f"{what}: the provider cannot be reached ({error})") from error
        code = _code(error)
        if code is None:
            if _is_transport(error):
                raise ReplyLost(f"{what}: no answer ({type(error).__name__})") from error
            raise
        raise refusal(what, code, error) from error


@contextmanager
def free_request(what: str) -> Iterator[None]:
    """For polls, downloads and cancels, which cost nothing and may be repeated.

    Raises TransientModelError where another try may help (OperationNotFound: a fresh operation is sometimes not found
    for a moment), ModelRejected where it cannot.
    """
    try:
        yield
    except Exception as error:
        code = _code(error)
        if code is None and not _is_transport(error):
            raise
        if code == 404:
            raise OperationNotFound(f"{what}: {_sentence(error)}") from error
        if code is None or code >= 500 or code in TRY_LATER:
            raise TransientModelError(f"{what}: {_sentence(error)}") from error
        raise ModelRejected(f"{what}: {_sentence(error)}") from error


def refusal(what: str, code: int, error: Exception) -> ModelError:
    """What an HTTP error means for the one submit that got it."""
    said, body = f"{what}: {_sentence(error)}", str(_body(error)).lower()
    if code >= 500:
        return ReplyLost(f"{what}: {code} {_sentence(error)}")
    if code == 402 or (code in {400, 403, 429} and _NO_CREDIT.search(body)):
        return QuotaExhausted(said, now() + CREDIT_IS_LOOKED_AT, no_credit=True)
    if code == 429 and _A_DAY.search(body):
        return QuotaExhausted(said, next_quota_day(now()))
    if code == 429:
        return RateLimited(said, retry_after(error))
    if code in TRY_LATER:
        return ModelRefusedToStart(said, retry_after(error))
    if code in {401, 403} or "api_key_invalid" in body or "api key not valid" in body:
        return KeyRefused(said)
    if code == 404:
        return ModelGone(f"{said}. It may have been shut down: choose another model")
    return ModelRejected(said)


def next_quota_day(moment: datetime) -> datetime:
    """Daily quotas begin anew at midnight Pacific time."""
    day = moment.astimezone(ZoneInfo("America/Los_Angeles")).date() + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo("America/Los_Angeles")).astimezone(UTC)


def retry_after(error: Exception) -> float | None:
    """Seconds that the provider's RetryInfo asks to wait."""
    found = re.search(r"retryDelay['\"]?\s*:\s*['\"]([0-9.]+)s", str(_body(error)))
    return float(found.group(1)) if found else None


def _body(error: Exception) -> Any:
    return getattr(error, "details", None) or getattr(error, "body", None) or str(error)


def _code(error: Exception) -> int | None:
    code = getattr(error, "status_code", None) or getattr(error, "code", None)
    return code if isinstance(code, int) else None


def _is_transport(error: Exception) -> bool:
    return isinstance(error, httpx2.HTTPError | OSError) or "Connection" in type(error).__name__ or _timed_out(error)


def _timed_out(error: Exception) -> bool:
    return "Timeout" in type(error).__name__


def _sentence(error: Exception) -> str:
    if isinstance(error, errors.APIError):
        return f"{error.status}: {error.message}"
    body = _body(error)
    if isinstance(body, dict):
        inner = body.get("error", body)
        return str(inner.get("message", inner)) if isinstance(inner, dict) else str(inner)
    return str(body)
