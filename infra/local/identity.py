"""Firebase Auth for the local cloud: what its web SDK and the admin SDK ask, answered from `accounts.py`.

`python -m infra.local.identity --port N --data DIR --project P --client URL`. Mails are not sent: their links, which
lead to the web client at URL, are in the log and under `GET /emulator/v1/projects/{project}/oobCodes`, as Google's
emulator has them.
"""

import argparse
import json
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import flask
import jwt
from werkzeug.serving import make_server

from infra.local.accounts import Account, Accounts, Code, Password, Refused
from infra.local.auth import unsigned_jwt, unsigned_token

log = logging.getLogger("infra.local.identity")

Answer = dict[str, Any]


class Identity:
    """The methods of `accounts:` by name, each from a request's JSON to the answer's. They raise Refused."""

    def __init__(self, accounts: Accounts, project: str, client: str) -> None:
        self._accounts = accounts
        self._project = project
        self._client = client.rstrip("/")
        self.methods: Mapping[str, Callable[[Answer], Answer]] = {
            "signUp": self.sign_up,
            "signInWithPassword": self.sign_in_with_password,
            "signInWithIdp": self.sign_in_with_google,
            "lookup": self.lookup,
            "update": self.update,
            "delete": self.delete,
            "sendOobCode": self.send_code,
            "resetPassword": self.reset_password,
        }

    def sign_up(self, asked: Answer) -> Answer:
        email = _email(asked)
        account = Account(email=email, name=asked.get("displayName"), password=Password.of(asked.get("password", "")))
        return self._session(self._accounts.add(account))

    def sign_in_with_password(self, asked: Answer) -> Answer:
        account = self._accounts.sign_in(_email(asked), asked.get("password", ""))
        return self._session(account) | {"registered": True}

    def sign_in_with_google(self, asked: Answer) -> Answer:
        """By a credential that is Google's token, or its claims as JSON: nobody's signature is checked here."""
        posted = {name: values[0] for name, values in parse_qs(asked.get("postBody", "")).items()}
        if posted.get("providerId") != "google.com":
            raise Refused("OPERATION_NOT_ALLOWED")
        said = _claims(posted.get("id_token", ""))
        subject, email = str(said.get("sub") or said.get("email") or ""), str(said.get("email") or "").lower()
        if not subject or "@" not in email:
            raise Refused("INVALID_IDP_RESPONSE : the credential has no sub or email")
        known = self._accounts.by_google(subject) or self._accounts.by_email(email)
        facts = {"google": subject, "email_verified": True}
        if known is None:
            account = Account(email=email, name=said.get("name"), picture=said.get("picture"))
            account = self._accounts.add(account.model_copy(update=facts))
        else:
            account = self._accounts.seen(known.model_copy(update=facts))
        return self._session(account) | {
            "providerId": "google.com",
            "federatedId": f"https://accounts.google.com/{subject}",
            "emailVerified": True,
            "isNewUser": known is None,
            "rawUserInfo": json.dumps(said),
            "displayName": account.name,
            "photoUrl": account.picture,
        }

    def lookup(self, asked: Answer) -> Answer:
        """The account of an ID token; for the admin SDK, of user ids and addresses."""
        if "idToken" in asked:
            found = [self._bearer(asked)]
        else:
            named = [self._accounts.get(uid) for uid in asked.get("localId", [])]
            named += [self._accounts.by_email(email) for email in asked.get("email", [])]
            found = [account for account in named if account]
        return {"users": [_described(account) for account in found]} if found else {}

    def update(self, asked: Answer) -> Answer:
        """Change name, picture, address or password of the bearer, or verify an address by its code."""
        if "oobCode" in asked:
            code = self._accounts.code(asked["oobCode"])
            return _described(self._accounts.use(code, lambda account: _with(account, email_verified=True)))
        changes: Answer = {}
        if "displayName" in asked:
            changes["name"] = asked["displayName"] or None
        if "photoUrl" in asked:
            changes["picture"] = asked["photoUrl"] or None
        if "email" in asked:
            changes |= {"email": _email(asked), "email_verified": False}
            if (other := self._accounts.by_email(changes["email"])) and other.uid != self._bearer(asked).uid:
                raise Refused("EMAIL_EXISTS")
        if "password" in asked:
            changes |= {"password": Password.of(asked["password"]), "valid_since": int(time.time())}
        account = self._accounts.change(self._bearer(asked).uid, lambda account: _with(account, **changes))
        return _described(account) | (self._session(account) if asked.get("returnSecureToken") else {})

    def delete(self, asked: Answer) -> Answer:
        self._accounts.remove(self._bearer(asked).uid)
        return {}

    def send_code(self, asked: Answer) -> Answer:
        """As with e-mail enumeration protection: the answer does not tell whether somebody has the address."""
        kind = asked.get("requestType")
        if kind not in {"PASSWORD_RESET", "VERIFY_EMAIL"}:
            raise Refused("INVALID_REQ_TYPE")
        email = self._bearer(asked).email if "idToken" in asked else _email(asked)
        if code := self._accounts.send_code(email, kind):
            log.info("a mail to %s: %s", email, self.link(code))
        return {"email": email}

    def reset_password(self, asked: Answer) -> Answer:
        """Whom a code is for; with a new password, it is set and the code spent."""
        code = self._accounts.code(asked.get("oobCode", ""))
        if "newPassword" in asked:
            password = Password.of(asked["newPassword"])
            changes = {"password": password, "email_verified": True, "valid_since": int(time.time())}
            self._accounts.use(code, lambda account: _with(account, **changes))
        return {"email": code.email, "requestType": code.type}

    def refresh(self, token: str) -> Answer:
        """A new ID token for a refresh token."""
        claims = _claims(token)
        account = self._accounts.get(str(claims.get("uid")))
        if account is None:
            raise Refused("USER_NOT_FOUND")
        if int(claims.get("iat", 0)) < account.valid_since:
            raise Refused("TOKEN_EXPIRED")
        return {
            "id_token": self._id_token(account),
            "access_token": self._id_token(account),
            "refresh_token": token,
            "expires_in": "3600",
            "token_type": "Bearer",
            "user_id": account.uid,
            "project_id": self._project,
        }

    def mails(self) -> Answer:
        return {
            "oobCodes": [
                {"email": code.email, "oobCode": code.code, "oobLink": self.link(code), "requestType": code.type}
                for code in self._accounts.codes
            ]
        }

    def link(self, code: Code) -> str:
        mode = "resetPassword" if code.type == "PASSWORD_RESET" else "verifyEmail"
        return f"{self._client}/reset?{urlencode({'mode': mode, 'oobCode': code.code})}"

    def _bearer(self, asked: Answer) -> Account:
        claims = _claims(asked.get("idToken", ""))
        account = self._accounts.get(str(claims.get("sub")))
        if account is None:
            raise Refused("USER_NOT_FOUND")
        if int(claims.get("iat", 0)) < account.valid_since:
            raise Refused("TOKEN_EXPIRED")
        return account

    def _session(self, account: Account) -> Answer:
        return {
            "localId": account.uid,
            "email": account.email,
            "displayName": account.name,
            "idToken": self._id_token(account),
            "refreshToken": unsigned_jwt({"uid": account.uid, "iat": int(time.time())}),
            "expiresIn": "3600",
        }

    def _id_token(self, account: Account) -> str:
        provider = "password" if account.google is None else "google.com"
        claims: Answer = {
            "email": account.email,
            "email_verified": account.email_verified,
            "firebase": {"identities": {"email": [account.email]}, "sign_in_provider": provider},
        }
        named = {"name": account.name, "picture": account.picture}
        return unsigned_token(account.uid, self._project, **claims, **{k: v for k, v in named.items() if v})


def _with(account: Account, **changes: Any) -> Account:
    return account.model_copy(update=changes)


def _email(asked: Answer) -> str:
    email = str(asked.get("email", "")).lower()
    if "@" not in email.strip("@"):
        raise Refused("INVALID_EMAIL")
    return email


def _claims(token: str) -> Answer:
    """What a token says, or JSON in its place. Raises Refused for neither."""
    try:
        said = json.loads(token) if token.startswith("{") else jwt.decode(token, options={"verify_signature": False})
    except (ValueError, jwt.PyJWTError) as wrong:
        raise Refused("INVALID_ID_TOKEN") from wrong
    return said if isinstance(said, dict) else {}


def _described(account: Account) -> Answer:
    providers = []
    if account.password:
        providers.append({"providerId": "password", "rawId": account.email, "federatedId": account.email})
    if account.google:
        providers.append({"providerId": "google.com", "rawId": account.google, "federatedId": account.google})
    facts = {"email": account.email, "displayName": account.name, "photoUrl": account.picture}
    return {
        "localId": account.uid,
        **facts,
        "emailVerified": account.email_verified,
        "providerUserInfo": [provider | facts for provider in providers],
        "validSince": str(account.valid_since),
        "createdAt": str(account.created_at),
        "lastLoginAt": str(account.last_sign_in_at),
        "disabled": False,
    }


def build_app(identity: Identity) -> flask.Flask:
    app = flask.Flask("identity", static_folder=None)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Any:
        told = {"code": 400, "message": str(error), "errors": [{"message": str(error), "reason": "invalid"}]}
        return flask.jsonify({"error": told}), 400

    def called(method: str) -> Any:
        if method not in identity.methods:
            flask.abort(404)
        answer = identity.methods[method](flask.request.get_json())
        return flask.jsonify({name: value for name, value in answer.items() if value is not None})

    @app.get("/")
    def health() -> Any:
        return flask.jsonify({"authEmulator": {"ready": True}})

    @app.post("/identitytoolkit.googleapis.com/v1/accounts:<method>")
    def for_clients(method: str) -> Any:
        return called(method)

    @app.post("/identitytoolkit.googleapis.com/v1/projects/<_project>/accounts:<method>")
    def for_servers(_project: str, method: str) -> Any:
        return called(method)

    @app.post("/securetoken.googleapis.com/v1/token")
    def token() -> Any:
        return flask.jsonify(identity.refresh(flask.request.form.get("refresh_token", "")))

    @app.get("/emulator/v1/projects/<_project>/oobCodes")
    def codes(_project: str) -> Any:
        return flask.jsonify(identity.mails())

    return app


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.local.identity", description="Serves Firebase Auth.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of the accounts")
    parser.add_argument("--project", required=True)
    parser.add_argument("--client", required=True, help="address of the web client, where links in mails lead")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    accounts = Accounts(options.data / "accounts.json")
    app = build_app(Identity(accounts, options.project, options.client))
    make_server("127.0.0.1", options.port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
