"""The door for the web client: an operation as an HTTPS callable, by name."""

from typing import Any

from firebase_functions import https_fn

from api import caller, registry
from api.failure import Failure
from api.performance import answer, own_errors
from ugcgen.domain.errors import InvalidInput, UgcgenError

_CODES = {code.value.replace("-", "_"): code for code in https_fn.FunctionsErrorCode}


def serve(name: str, request: https_fn.CallableRequest[Any]) -> Any:
    """Run the operation of this name for the signed-in caller. Raises HttpsError, and nothing else."""
    try:
        with own_errors(name):
            return _answered(name, request)
    except UgcgenError as error:
        raise refusal(Failure.of(error)) from error


def _answered(name: str, request: https_fn.CallableRequest[Any]) -> Any:
    operation = registry.named(name)
    if operation.streams:
        raise InvalidInput(f"{name} answers as a stream; call it as stream/{name} and read it as one")
    caller.check_app(lambda: request.app is not None)
    who = caller.of_claims(request.auth.token | {"uid": request.auth.uid}) if request.auth else caller.NOBODY
    return answer(operation, who, request.data).model_dump(mode="json")


def refusal(failure: Failure) -> https_fn.HttpsError:
    """A failure as callables tell it: the field and the time to come back are its details."""
    details = failure.model_dump(include={"field", "retry_after"}, exclude_none=True)
    code = _CODES.get(failure.code, https_fn.FunctionsErrorCode.INTERNAL)
    return https_fn.HttpsError(code, failure.message, details or None)
