"""Asking models outside of any job: which one answers, and out of the caller's daily allowance."""

import uuid

from api.caller import Caller
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.enums import Quality
from ugcgen.ledger.account import Account
from ugcgen.ledger.allowance import DayAccount
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.choice import Request, choose


def account(caller: Caller) -> Account:
    """Pays for one request of the caller. Of two at once that ask the same, one waits for the other's answer."""
    return DayAccount(caller.uid, request=uuid.uuid4().hex)


def models(role: Role, quality: Quality = Quality.STANDARD, named: str | None = None) -> list[Model]:
    """The model for a role, then those that may take its place. Raises InvalidInput where a named one cannot."""
    judge = settings().consistency_model if role is Role.VISION else None
    choice = choose(catalog(), role, Request(quality=quality, named=named, preferred=judge), now().date())
    return [choice.model, *choice.fallbacks]
