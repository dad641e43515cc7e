"""The door for the web client: an operation as an HTTPS callable, by name."""

from typing import Any

from firebase_functions import https_fn

from api import caller, registry
from api.failure import Failure
from api.performance import answer
from ugcgen.domain.errors import InvalidInput, UgcgenError

_CODES = {code.value.replace("-", "_"): code for code in https_fn.FunctionsErrorCode}


def serve(name: str, request: https_fn.CallableRequest[Any]) -> Any:
    """Run the operation of this name for the signed-in caller. Raises HttpsError, and nothing else."""
    try:
        operation = registry.named(name)
        if operation.streams:
            raise InvalidInput(f"{name} answers as a stream; call it as stream/{name} and read it as one")
        caller.require_app(request.app is not None)
        who = caller.of_claims(request.auth.token | {"uid": request.auth.uid}) if request.auth else caller.NOBODY
        return answer(operation, who, request.data).model_dump(mode="json")
    except UgcgenError as error:
        raise refusal(Failure.of(error)) from error


def refusal(failure: Failure) -> https_fn.HttpsError:
    """A failure as callables tell it: the field and the time to come back are its details."""
    details = failure.model_dump(include={"field", "retry_after"}, exclude_none=True)
    code = _CODES.get(failure.code, https_fn.FunctionsErrorCode.INTERNAL)
    return https_fn.HttpsError(code, failure.message, details or None)
