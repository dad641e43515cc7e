"""Errors as Google's APIs put them on the wire."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal with an HTTP code, a canonical status, a sentence, and optional typed details."""

    def __init__(self, code: int, status: str, message: str, *details: dict[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.details = details

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = list(self.details)
        return {"error": error}


def invalid(message: str) -> ApiError:
    return ApiError(400, "INVALID_ARGUMENT", message)


def missing(message: str) -> ApiError:
    return ApiError(404, "NOT_FOUND", message)


def exhausted(model: str, retry_seconds: float) -> ApiError:
    return ApiError(
        429,
        "RESOURCE_EXHAUSTED",
        f"You exceeded your current quota for {model}. Please retry in {retry_seconds:g}s.",
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{retry_seconds:g}s"},
    )


def used_up(model: str) -> ApiError:
    """No more calls today."""
    quota = {"quotaMetric": "generativelanguage.googleapis.com/generate_requests_per_model_per_day"}
    return ApiError(
        429,
        "RESOURCE_EXHAUSTED",
        f"You exceeded your current quota for {model}, please check your plan and billing details.",
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [quota]},
    )


def out_of_credit() -> ApiError:
    return ApiError(
        429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted. Please go to AI Studio to add more."
    )


def bad_key() -> ApiError:
    return ApiError(
        400,
        "INVALID_ARGUMENT",
        "API key not valid. Please pass a valid API key.",
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"},
    )


def suspended(key: str) -> ApiError:
    """As Google says it, with the whole key."""
    return ApiError(403, "PERMISSION_DENIED", f"Permission denied: Consumer 'api_key:{key}' has been suspended.")


def broken(code: int) -> ApiError:
    """A server-side failure: 500, 503 or 504."""
    status, message = {
        500: ("INTERNAL", "An internal error has occurred. Please retry."),
        503: ("UNAVAILABLE", "The model is overloaded. Please try again later."),
        504: ("DEADLINE_EXCEEDED", "The deadline expired before the operation could complete."),
    }[code]
    return ApiError(code, status, message)
