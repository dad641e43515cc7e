"""Serving an operation as an HTTPS callable: who calls, what is asked, and one shape for every error."""

from importlib import import_module
from typing import Any, get_type_hints

from firebase_functions import https_fn
from pydantic import ValidationError

from ugcgen.cloud import logs
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, NotAllowed, UgcgenError
from ugcgen.models import preflight

FOR_ADMINS = {"pool"}
"""Modules whose operations only callers with the claim ``admin: true`` may run."""

_CODES = {code.value.replace("-", "_"): code for code in https_fn.FunctionsErrorCode}


def serve(operation: str, request: https_fn.CallableRequest[Any]) -> Any:
    """Run ``module.function`` of this package for the signed-in caller. Raises HttpsError, and nothing else.

    The operation's ``request`` annotation says what the data must be.
    """
    logs.configure(settings().debug)
    preflight.warn_once()
    caller = request.auth
    user_id = caller.uid if caller else None
    if caller is None or not user_id:
        raise https_fn.HttpsError(https_fn.FunctionsErrorCode.UNAUTHENTICATED, "sign in first")
    module, function = operation.split(".")
    if module in FOR_ADMINS and caller.token.get("admin") is not True:
        raise _http(NotAllowed("this is for administrators; ask one for the claim 'admin'"))
    run = getattr(import_module(f"api.{module}"), function)
    with logs.about(user=user_id, operation=operation):
        try:
            asked = get_type_hints(run)["request"].model_validate(request.data or {})
        except ValidationError as wrong:
            raise _http(InvalidInput.of(wrong)) from wrong
        try:
            answer = run(user_id, asked)
        except UgcgenError as error:
            log.info("%s: %s", operation, error)
            raise _http(error) from error
        except Exception as error:
            log.exception("%s failed", operation)
            message = "something went wrong on our side; nothing was lost, try again"
            raise https_fn.HttpsError(https_fn.FunctionsErrorCode.INTERNAL, message) from error
    return answer.model_dump(mode="json")


def _http(error: UgcgenError) -> https_fn.HttpsError:
    code = _CODES.get(error.code, https_fn.FunctionsErrorCode.INTERNAL)
    field = getattr(error, "field", None)
    return https_fn.HttpsError(code, str(error), {"field": field} if field else None)
