"""Lending API keys to calls: a user's own before the pool's, the pool's in turn, and what a call says of its key.

A key is opened for the one call that it is lent to and is not remembered. See ``docs/keys.md``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from pydantic import SecretStr

from ugcgen.cloud.clock import now
from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.api_key import ApiKey, hint_of, without_key
from ugcgen.domain.enums import ApiKeyStatus, PoolType
from ugcgen.domain.errors import ConfigurationError, ModelError, NotFound, QuotaExhausted
from ugcgen.domain.model import Value
from ugcgen.ledger import key_status, key_store

_ENVIRONMENT = "env-"
"""What the id of the environment's key starts with, among the pool's. What is learned of it is kept as of any other."""


class Lent(Value):
    """A key that one call may use, with its document as it was when it was lent."""

    key: ApiKey
    secret: SecretStr

    @property
    def id(self) -> str:
        """What ``fetch`` finds the key by: ``user/...`` or ``pool/...``."""
        return f"{'pool' if self.key.user_id is None else 'user'}/{self.key.id}"

    @property
    def is_environment(self) -> bool:
        """Whether it is the key of the settings, which this process holds anyway."""
        return self.key.id.startswith(_ENVIRONMENT)

    def hide(self, text: str) -> str:
        """A provider's words without the key in them: for whatever is stored, logged or shown of them."""
        return without_key(text, self.secret)


def lend(user_id: str) -> Lent:
    """A key for one call: the user's own, else one of the pool, else the GEMINI_API_KEY of the settings.

    A user's keys that all rest or are out of rotation give way to the pool: the product pays rather than stand still.
    Raises QuotaExhausted where every key rests, ConfigurationError where there is none to wait for, and SecretDamaged
    for a key that does not open.
    """
    moment = now()
    seen: list[ApiKey] = []
    rings: tuple[Callable[[], list[ApiKey]], ...] = (partial(_own, user_id), _pool, _environment)
    for ring in rings:
        keys = ring()
        seen += keys
        for key in key_status.in_turn(keys, moment):
            try:
                lent = Lent(key=key, secret=_opened(key))
            except NotFound:  # removed since it was listed
                continue
            # The environment's key has no turn to take, so nobody asks when it was used.
            if key_status.is_idle(key, moment) and not lent.is_environment:
                _change(lent, lambda stored: key_status.used(stored, moment))
            return lent
    raise _none(seen, moment)


def check(user_id: str) -> None:
    """Raises ConfigurationError where no key could be lent to the user's calls, now or once it has rested."""
    keys = [*_for_models(key_store.keys_of(user_id)), *_pool(), *_environment()]
    moment = now()
    if not (key_status.in_turn(keys, moment) or any(key_status.is_resting(key, moment) for key in keys)):
        raise _none(keys, moment)


def fetch(user_id: str, key_id: str) -> Lent:
    """The key of this ``Lent.id`` again, to look at what was begun with it, even if it rests or is out of rotation.

    Raises NotFound where it was removed, and as ``lend``.
    """
    scope, _, name = key_id.partition("/")
    environment = [key for key in _environment() if key.id == name]
    key = environment[0] if environment else key_store.read(user_id if scope == "user" else None, name)
    return Lent(key=key, secret=_opened(key))


@contextmanager
def unnamed(lent: Lent | None) -> Iterator[None]:
    """Takes the key out of what a provider says in an error: it goes into records, units and logs."""
    try:
        yield
    except ModelError as said:
        if lent is not None:
            said.args = (lent.hide(str(said)), *said.args[1:])
        raise


def rate_limited(lent: Lent, until: datetime) -> None:
    """The provider takes no more calls with this key until then."""
    _rest(lent, ApiKeyStatus.RATE_LIMITED, until, no_credit=False)


def exhausted(lent: Lent, until: datetime, no_credit: bool) -> None:
    """The key's quota, or its account's money, is spent until then."""
    _rest(lent, ApiKeyStatus.EXHAUSTED, until, no_credit)


def refused(lent: Lent, reason: str) -> None:
    """The provider does not accept this key. Told several times in a row, it is out of rotation."""
    told = lent.hide(reason)
    after = _change(lent, lambda key: key_status.refused(key, told))
    log.warning("API key %s (%s) was refused, it is %s now: %s", lent.id, lent.key.label, after.status, told)


def worked(lent: Lent) -> None:
    """A call with this key went well. Reads and writes nothing where nothing was held against it."""
    moment = now()
    if key_status.worked(lent.key, moment) != lent.key:
        _change(lent, lambda key: key_status.worked(key, moment))


def _own(user_id: str) -> list[ApiKey]:
    return _for_models(key_store.remembered(user_id))


def _pool() -> list[ApiKey]:
    return [key for key in _for_models(key_store.remembered(None)) if not key.id.startswith(_ENVIRONMENT)]


def _environment() -> list[ApiKey]:
    """The key of the settings, if there is one: its document, or where nothing is known of it yet, a fresh one."""
    secret = settings().gemini_api_key
    if not secret:
        return []
    name = _ENVIRONMENT + key_store.key_id(None, secret)
    stored = [key for key in key_store.remembered(None) if key.id == name]
    return stored or [ApiKey(id=name, label="GEMINI_API_KEY", hint=hint_of(secret), created_at=now())]


def _for_models(keys: list[ApiKey]) -> list[ApiKey]:
    return [key for key in keys if key.service is PoolType.GOOGLE_AI]


def _opened(key: ApiKey) -> SecretStr:
    secret = settings().gemini_api_key
    if secret is not None and key.id == _ENVIRONMENT + key_store.key_id(None, secret):
        return secret
    return key_store.opened(key)


def _none(seen: list[ApiKey], now: datetime) -> QuotaExhausted | ConfigurationError:
    if resting := [key for key in seen if key_status.is_resting(key, now)]:
        until = min(key.until for key in resting if key.until)
        no_credit = all(key.no_credit for key in resting)
        want = "credit" if no_credit else "quota"
        return QuotaExhausted(
            f"no API key has {want} left before {until:%Y-%m-%d %H:%M} UTC; wait, or add a key of your own",
            until,
            no_credit,
        )
    if seen:
        return ConfigurationError(
            f"none of {len(seen)} API keys can be used: they are disabled, or the provider refused them; "
            "enable one or add another"
        )
    return ConfigurationError("GEMINI_API_KEY is not set; set it to a key of the Gemini API, or name a local studio")


def _rest(lent: Lent, status: ApiKeyStatus, until: datetime, no_credit: bool) -> None:
    moment = now()
    _change(lent, lambda key: key_status.rested(key, status, until, no_credit, moment))
    log.info("API key %s (%s) is %s until %s", lent.id, lent.key.label, status, until.isoformat())


def _change(lent: Lent, to: Callable[[ApiKey], ApiKey]) -> ApiKey:
    """The key's document after the change. A key that was removed meanwhile stays removed."""
    absent = lent.key if lent.key.id.startswith(_ENVIRONMENT) else None
    try:
        return key_store.change(lent.key.user_id, lent.key.id, to, absent)
    except NotFound:
        return lent.key
