"""The life of a key, as pure functions.

active <--> rate_limited, exhausted     (until a time, which passes by itself)
active, resting --> error               (refused by the provider so many times in a row)
any <--> disabled                       (a person's word, which also ends an error)
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from ugcgen.domain.api_key import RESTS, ApiKey
from ugcgen.domain.enums import ApiKeyStatus

REFUSALS_IN_A_ROW = 3
"""After these a key is out of rotation. One refusal alone may be the provider's bad moment."""
SPREAD = timedelta(minutes=1)
"""How fine ``last_used_at`` is: one write a minute and key, however many calls are made with it."""

_OUT = {ApiKeyStatus.ERROR, ApiKeyStatus.DISABLED}


def is_resting(key: ApiKey, now: datetime) -> bool:
    return key.status_at(now) in RESTS


def is_usable(key: ApiKey, now: datetime) -> bool:
    return key.status_at(now) is ApiKeyStatus.ACTIVE


def is_idle(key: ApiKey, now: datetime) -> bool:
    return key.last_used_at is None or now - key.last_used_at >= SPREAD


def in_turn(keys: Iterable[ApiKey], now: datetime) -> list[ApiKey]:
    """The usable keys, the one to lend first.

    Those that were idle for a minute come before the others, in random order. So few calls go round all keys, and
    many spread evenly over them, though no process knows what the others are lending: a strict order would have all
    of them lend the same key at once, and need a write for every call.
    """
    usable = [key for key in keys if is_usable(key, now)]
    random.shuffle(usable)
    return sorted(usable, key=lambda key: not is_idle(key, now))


def rested(key: ApiKey, status: ApiKeyStatus, until: datetime, no_credit: bool, now: datetime) -> ApiKey:
    """Not to be used until then. A longer rest that it is in already stays, and so does a person's word."""
    longer = is_resting(key, now) and key.until is not None and key.until >= until
    if key.status in _OUT or longer:
        return key
    return key.model_copy(update={"status": status, "until": until, "no_credit": no_credit})


def refused(key: ApiKey, reason: str) -> ApiKey:
    """One more refusal of the key itself."""
    if key.status in _OUT:
        return key
    count = key.error_count + 1
    counted = key.model_copy(update={"error_count": count, "reason": reason})
    return _plain(counted, ApiKeyStatus.ERROR) if count >= REFUSALS_IN_A_ROW else counted


def worked(key: ApiKey, now: datetime) -> ApiKey:
    """The provider took the key: its refusals are forgotten, and a rest that has passed.

    A rest that has not passed stays: the call that worked was sent before it. So does a person's word.
    """
    if key.status in _OUT:
        return key
    forgiven = key.model_copy(update={"error_count": 0, "reason": None})
    return forgiven if is_resting(key, now) else _plain(forgiven, ApiKeyStatus.ACTIVE)


def used(key: ApiKey, now: datetime) -> ApiKey:
    return key.model_copy(update={"last_used_at": now}) if is_idle(key, now) else key


def enabled(key: ApiKey) -> ApiKey:
    """Into rotation again, with all that was held against it forgotten."""
    return _plain(key.model_copy(update={"error_count": 0, "reason": None}), ApiKeyStatus.ACTIVE)


def disabled(key: ApiKey) -> ApiKey:
    return _plain(key, ApiKeyStatus.DISABLED)


def _plain(key: ApiKey, status: ApiKeyStatus) -> ApiKey:
    return key.model_copy(update={"status": status, "until": None, "no_credit": False})
