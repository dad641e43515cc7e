"""Who calls: the bearer of an ID token whose account is in order."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from firebase_admin import app_check, auth, exceptions
from jwt import PyJWTError
from werkzeug.datastructures import Headers

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import NotSignedIn, UgcgenError
from ugcgen.domain.model import Value


class Caller(Value):
    """``uid`` is empty for somebody who is not signed in, whom few operations let in."""

    uid: str
    admin: bool = False
    email: str | None = None
    name: str | None = None


NOBODY = Caller(uid="")


class AccountsUnreachable(UgcgenError):
    """Firebase Auth cannot be asked now."""

    code = "unavailable"


def bearer(headers: Headers) -> Caller:
    """The caller of an HTTP request, nobody where it names none. Raises NotSignedIn for a token that is refused."""
    check_app(lambda: _is_app(headers.get("X-Firebase-AppCheck")))
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if not scheme:
        return NOBODY
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("the Authorization header is not 'Bearer' and an ID token; sign in and send it so")
    try:
        claims = auth.verify_id_token(token.strip())
    except auth.ExpiredIdTokenError as expired:
        raise NotSignedIn("the ID token has expired; fetch a new one and send it again") from expired
    except auth.CertificateFetchError as unreachable:
        raise AccountsUnreachable("sign-ins cannot be checked now; try again in a moment") from unreachable
    except (auth.InvalidIdTokenError, ValueError) as wrong:
        raise NotSignedIn("the ID token is not valid here; sign in again") from wrong
    return of_claims(claims)


def of_claims(claims: Mapping[str, Any]) -> Caller:
    """The caller that a verified token names.

    Raises NotSignedIn where the account is gone, disabled, or was signed out everywhere after the token was made.
    """
    uid = str(claims.get("uid") or "")
    if not uid:
        raise NotSignedIn("sign in first")
    _check_account(uid, claims)
    return Caller(uid=uid, admin=claims.get("admin") is True, email=claims.get("email"), name=claims.get("name"))


def check_app(is_known: Callable[[], bool]) -> None:
    """Raises NotSignedIn where only our own apps may call and this is none."""
    if settings().require_app_check and not is_known():
        raise NotSignedIn("this call does not come from an app that is registered here; send an App Check token")


def _is_app(token: str | None) -> bool:
    if not token:
        return False
    try:
        app_check.verify_token(token)
    except (ValueError, PyJWTError):
        return False
    return True


def _check_account(uid: str, claims: Mapping[str, Any]) -> None:
    if os.environ.get("FIREBASE_AUTH_EMULATOR_HOST"):
        return  # locally whoever says a name is that person, and has no account
    try:
        account = auth.get_user(uid)
    except auth.UserNotFoundError as gone:
        raise NotSignedIn("the account does not exist any more; sign in with another") from gone
    except exceptions.FirebaseError as unreachable:
        raise AccountsUnreachable("accounts cannot be checked now; try again in a moment") from unreachable
    if account.disabled:
        raise NotSignedIn("the account is disabled; ask an administrator")
    if claims["iat"] * 1000 < account.tokens_valid_after_timestamp:
        raise NotSignedIn("the account was signed out everywhere; sign in again")
