"""Paid calls and the API keys they are lent, with the studio as a provider that minds which key it gets."""

import itertools
import secrets
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from pydantic import SecretStr

from tests.integration.functions.conftest import account_of
from tests.integration.functions.test_gateway import ask, only_record
from tests.integration.functions.test_gateway_video import FILMINGS
from tests.integration.studio.running import Running
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.api_key import ApiKey
from ugcgen.domain.enums import ApiKeyStatus, CallState, PoolType
from ugcgen.domain.errors import CallPending, ConfigurationError, ModelGone, QuotaExhausted
from ugcgen.ledger import key_store, retry
from ugcgen.ledger.account import Account

_numbers = itertools.count(1)


@pytest.fixture
def own_keys(product: Callable[..., None], user: str) -> tuple[str, str]:
    """Two keys of the user's own."""
    product(API_KEY_ENCRYPTION_SECRET=secrets.token_hex(32))
    first, second = (f"key-{name}-{uuid.uuid4().hex}" for name in ("first", "second"))
    for key in (first, second):
        key_store.add(user, "mine", PoolType.GOOGLE_AI, SecretStr(key))
    return first, second


@pytest.fixture
def account(product: object, user: str) -> Account:
    return account_of(user)


def of(user: str) -> dict[ApiKeyStatus, ApiKey]:
    return {key.status: key for key in key_store.keys_of(user)}


def posts(studio: Running) -> int:
    return len(studio.log()["calls"])


def test_a_rate_limited_key_makes_room_for_another_at_once(
    account: Account, user: str, own_keys: tuple[str, str], studio: Running
) -> None:
    for key in own_keys[:1]:
        studio.fault(fault="rate_limit", key=key, seconds=30, times=None)
    for number in range(6):
        assert ask(account, prompt=f"Slogan {number}")
    assert of(user).keys() <= {ApiKeyStatus.ACTIVE, ApiKeyStatus.RATE_LIMITED}
    refused = [call for call in studio.log()["calls"] if not call["accepted"]]
    assert len(refused) <= 1, "a key that has to wait is not asked again before its time"


def test_a_call_waits_where_every_key_has_to(
    account: Account, user: str, own_keys: tuple[str, str], studio: Running
) -> None:
    studio.fault(fault="rate_limit", seconds=20, times=None)
    began = now()
    with pytest.raises(CallPending) as held:
        ask(account)
    assert timedelta(seconds=20) <= held.value.due_at - began < timedelta(seconds=30)
    assert posts(studio) == 3, "the user's two keys and the product's own were asked, once each"
    assert only_record(account).state is CallState.RESERVED
    with pytest.raises(CallPending):
        ask(account)
    assert posts(studio) == 3


@pytest.mark.parametrize(("fault", "no_credit"), [("quota", False), ("no_credit", True)])
def test_spent_quota_and_missing_credit_say_until_when(
    account: Account, studio: Running, fault: str, no_credit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "PATIENCE", timedelta(0))  # in the last minute before quota is back it is waited for
    studio.fault(fault=fault, times=None)
    with pytest.raises(QuotaExhausted) as spent:
        ask(account)
    assert spent.value.no_credit is no_credit
    assert now() < spent.value.until < now() + timedelta(hours=25)
    assert posts(studio) == 1
    assert (only_record(account).state, only_record(account).owed) == (CallState.RESERVED, 0)


def test_a_key_that_is_refused_leaves_the_rotation_and_a_person_is_told(account: Account, studio: Running) -> None:
    studio.fault(fault="bad_key", times=None)
    with pytest.raises(ConfigurationError, match="none of 1 API keys can be used"):
        ask(account)
    assert posts(studio) == 3
    with pytest.raises(ConfigurationError):
        ask(account, prompt="Another")
    assert posts(studio) == 3, "a key in error is not asked again"


def test_a_key_that_a_provider_repeats_is_kept_nowhere(account: Account, studio: Running) -> None:
    studio.fault(fault="suspended", times=None)
    with pytest.raises(ConfigurationError) as told:
        ask(account)
    key = settings().gemini_api_key
    assert key is not None
    kept = [str(told.value), only_record(account).model_dump_json()]
    kept += [stored.model_dump_json() for stored in key_store.keys_of(None)]
    assert "has been suspended" in kept[1]
    assert not [text for text in kept if key.get_secret_value() in text]


def test_a_model_that_is_gone_is_told_apart_from_a_wrong_request(account: Account, studio: Running) -> None:
    studio.fault(fault="gone")
    with pytest.raises(ModelGone, match="no longer available"):
        ask(account)


def test_an_operation_is_looked_at_with_the_key_that_began_it(
    user: str, own_keys: tuple[str, str], studio: Running
) -> None:
    omni, payer = FILMINGS["omni"], account_of(user, unit="video_generation-01", allotted=5_000_000)
    record = omni.submit(payer)
    assert record.credential is not None and record.credential.startswith("user/")
    assert omni.clip(record).artifacts


def test_a_user_without_keys_is_lent_the_products_own(account: Account) -> None:
    assert ask(account)
    credential = only_record(account).credential
    assert credential is not None and credential.startswith("pool/env-")
