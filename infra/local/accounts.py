"""The accounts of the local cloud: who signed up, how they sign in, and the codes that a mail would carry."""

import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

MIN_PASSWORD = 6
"""Characters; the least that Firebase Auth takes."""

CodeType = Literal["PASSWORD_RESET", "VERIFY_EMAIL"]


class Refused(Exception):
    """Firebase Auth's own word for what is wrong, such as EMAIL_EXISTS."""


class Password(BaseModel):
    salt: str
    digest: str

    @classmethod
    def of(cls, text: str) -> "Password":
        """Raises Refused for a password that is too short."""
        if len(text) < MIN_PASSWORD:
            raise Refused(f"WEAK_PASSWORD : Password should be at least {MIN_PASSWORD} characters")
        salt = secrets.token_hex(16)
        return cls(salt=salt, digest=_digest(text, salt))

    def is_(self, text: str) -> bool:
        return secrets.compare_digest(_digest(text, self.salt), self.digest)


class Account(BaseModel):
    """``google`` is the subject at Google of somebody who signed in there. Times are milliseconds since 1970, except
    ``valid_since``, in seconds: tokens made before are refused."""

    uid: str = Field(default_factory=lambda: secrets.token_hex(14))
    email: str
    email_verified: bool = False
    name: str | None = None
    picture: str | None = None
    password: Password | None = None
    google: str | None = None
    created_at: int = Field(default_factory=lambda: int(time.time() * 1000))
    last_sign_in_at: int = Field(default_factory=lambda: int(time.time() * 1000))
    valid_since: int = Field(default_factory=lambda: int(time.time()))


class Code(BaseModel):
    """What a mail would carry to ``email``."""

    code: str
    email: str
    type: CodeType


class Accounts:
    """All accounts, kept in one file. Every change is written before it is answered."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        kept = json.loads(file.read_text()) if file.exists() else []
        self._by_uid = {each["uid"]: Account.model_validate(each) for each in kept}
        self.codes: list[Code] = []

    def get(self, uid: str) -> Account | None:
        return self._by_uid.get(uid)

    def by_email(self, email: str) -> Account | None:
        return next((each for each in self._by_uid.values() if each.email == email.lower()), None)

    def by_google(self, subject: str) -> Account | None:
        return next((each for each in self._by_uid.values() if each.google == subject), None)

    def add(self, account: Account) -> Account:
        """Raises Refused where the address is taken."""
        if self.by_email(account.email):
            raise Refused("EMAIL_EXISTS")
        return self._keep(account)

    def change(self, uid: str, to: Callable[[Account], Account]) -> Account:
        """Replace the account by a function of itself. Raises Refused where there is none."""
        account = self.get(uid)
        if account is None:
            raise Refused("USER_NOT_FOUND")
        return self._keep(to(account))

    def remove(self, uid: str) -> None:
        with self._lock:
            self._by_uid.pop(uid, None)
            self._write()

    def sign_in(self, email: str, password: str) -> Account:
        """Raises Refused without telling whether the address or the password is wrong."""
        account = self.by_email(email)
        if account is None or account.password is None or not account.password.is_(password):
            raise Refused("INVALID_LOGIN_CREDENTIALS")
        return self.seen(account)

    def seen(self, account: Account) -> Account:
        """The account, signed in just now."""
        return self._keep(account.model_copy(update={"last_sign_in_at": int(time.time() * 1000)}))

    def send_code(self, email: str, kind: CodeType) -> Code | None:
        """A code for the address, none where nobody has it."""
        if self.by_email(email) is None:
            return None
        code = Code(code=secrets.token_urlsafe(24), email=email.lower(), type=kind)
        self.codes.append(code)
        return code

    def code(self, text: str) -> Code:
        """Raises Refused for a code that was not sent or was used."""
        found = next((each for each in self.codes if each.code == text), None)
        if found is None:
            raise Refused("INVALID_OOB_CODE")
        return found

    def use(self, code: Code, to: Callable[[Account], Account]) -> Account:
        """Change the account that the code was sent to; the code is spent."""
        account = self.by_email(code.email)
        if account is None:
            raise Refused("EMAIL_NOT_FOUND")
        changed = self.change(account.uid, to)
        self.codes.remove(code)
        return changed

    def _keep(self, account: Account) -> Account:
        with self._lock:
            self._by_uid[account.uid] = account
            self._write()
        return account

    def _write(self) -> None:
        scratch = self._file.with_suffix(".new")
        scratch.write_text(json.dumps([each.model_dump() for each in self._by_uid.values()]))
        scratch.replace(self._file)


def _digest(text: str, salt: str) -> str:
    return hashlib.scrypt(text.encode(), salt=bytes.fromhex(salt), n=2**12, r=8, p=1).hex()
