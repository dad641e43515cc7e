"""Google's SDK, set up so that one submit sends one POST, and its errors in our words."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx2
from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import (
    ConfigurationError,
    ModelRefusedToStart,
    ModelRejected,
    ReplyLost,
    TransientModelError,
)
from ugcgen.models.catalog import Provider

CALL_TIMEOUT_SECONDS = 180.0
"""For synchronous calls; pictures take up to 40 s on a normal day."""

TRY_LATER = {408, 409, 425, 429}


@cache
def client(provider: Provider) -> genai.Client:
    """The SDK client of a provider. Raises ConfigurationError where its credentials are missing."""
    options = types.HttpOptions(
        timeout=int(CALL_TIMEOUT_SECONDS * 1000), retry_options=types.HttpRetryOptions(attempts=1)
    )
    if provider is Provider.AGENT_PLATFORM:
        here = settings()
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
    key = settings().gemini_api_key
    if key is None:
        raise ConfigurationError("GEMINI_API_KEY is not set; set it to a key of the Gemini API, or name a local studio")
    # The SDK prefers GOOGLE_API_KEY from the environment over what it is given only when it is given nothing.
    return genai.Client(vertexai=False, api_key=key.get_secret_value(), http_options=options)


@contextmanager
def one_submit(what: str) -> Iterator[None]:
    """Turns the SDK's errors of a paid request into ours.

    Raises ModelRefusedToStart after a definite refusal (or where nothing was ever sent), ModelRejected where the
    request is wrong, and ReplyLost where nobody can know whether the provider took it.
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
        if code in TRY_LATER:
            raise ModelRefusedToStart(f"{what}: {_sentence(error)}", retry_after(error)) from error
        if 400 <= code < 500:
            raise ModelRejected(f"{what}: {_sentence(error)}") from error
        raise ReplyLost(f"{what}: {code} {_sentence(error)}") from error


@contextmanager
def free_request(what: str) -> Iterator[None]:
    """For polls, downloads and cancels, which cost nothing and may be repeated.

    Raises TransientModelError where another try may help, ModelRejected where it cannot.
    """
    try:
        yield
    except Exception as error:
        code = _code(error)
        if code is None and not _is_transport(error):
            raise
        # A fresh operation is sometimes not found for a moment.
        if code is None or code >= 500 or code in TRY_LATER or code == 404:
            raise TransientModelError(f"{what}: {_sentence(error)}") from error
        raise ModelRejected(f"{what}: {_sentence(error)}") from error


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
