"""Keys on the emulator: whose key is lent, what a call's end does to it, and that a key is never seen where it lies."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pydantic import SecretStr

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.logs import JsonLines
from ugcgen.cloud.master_keys import master_key
from ugcgen.cloud.settings import settings
from ugcgen.domain.api_key import ApiKey
from ugcgen.domain.enums import ApiKeyStatus, PoolType
from ugcgen.domain.errors import ConfigurationError, NotFound, QuotaExhausted, SecretDamaged
from ugcgen.ledger import key_status, key_store, keyring
from ugcgen.ledger.keyring import Lent, lend

MASTER = secrets.token_hex(32)
SOON, TOMORROW = timedelta(seconds=30), timedelta(days=1)

Set = Callable[..., None]
Until = Callable[[Callable[[], object], float], None]


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Set variables, or unset them with None, as a process started now would see them."""

    def change(**values: str | None) -> None:
        for name, value in values.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(autouse=True)
def empty_pool(surroundings: None, variables: Set) -> Iterator[None]:
    """A master key, nothing in the pool and no key in the environment."""
    variables(API_KEY_ENCRYPTION_SECRET=MASTER, GEMINI_API_KEY=None)
    yield
    for key in key_store.keys_of(None):
        key_store.remove(None, key.id)


@pytest.fixture
def user() -> str:
    return f"user-{secrets.token_hex(6)}"


def a_secret() -> SecretStr:
    return SecretStr(f"AIza{secrets.token_hex(18)}")


def own(user: str, secret: SecretStr | None = None) -> ApiKey:
    return key_store.add(user, "mine", PoolType.GOOGLE_AI, secret or a_secret())


def pooled(label: str = "pool", secret: SecretStr | None = None) -> ApiKey:
    return key_store.add(None, label, PoolType.GOOGLE_AI, secret or a_secret())


def stored(lent: Lent) -> ApiKey:
    return key_store.read(lent.key.user_id, lent.key.id)


# Whose key.


def test_an_own_key_wins_over_the_pool_and_the_pool_over_the_environment(user: str, variables: Set) -> None:
    variables(GEMINI_API_KEY="of-the-environment")
    assert lend(user).secret.get_secret_value() == "of-the-environment"
    pool, mine = a_secret(), a_secret()
    shared = pooled(secret=pool)
    assert (lend(user).id, lend(user).secret) == (f"pool/{shared.id}", pool)
    key = own(user, mine)
    assert (lend(user).id, lend(user).secret) == (f"user/{key.id}", mine)
    assert lend("somebody-else").secret == pool


def test_an_own_key_that_rests_gives_way_to_the_pool_and_comes_back(user: str, until: Until) -> None:
    key, shared = own(user), pooled()
    back_at = now() + timedelta(seconds=1)
    keyring.rate_limited(lend(user), back_at)
    assert lend(user).id == f"pool/{shared.id}"
    until(lambda: lend(user).id == f"user/{key.id}", 10)
    assert now() >= back_at
    keyring.worked(lend(user))
    assert (key_store.read(user, key.id).status, key_store.read(user, key.id).until) == (ApiKeyStatus.ACTIVE, None)


def test_a_key_for_another_service_is_not_lent(user: str) -> None:
    key_store.add(user, "bucket", PoolType.GCS, a_secret())
    with pytest.raises(ConfigurationError, match="GEMINI_API_KEY is not set"):
        lend(user)


def test_pool_keys_take_turns(user: str) -> None:
    ids = {f"pool/{pooled(str(number)).id}" for number in range(4)}
    assert {lend(user).id for _ in ids} == ids
    busy = Counter(lend(user).id for _ in range(200))
    assert set(busy) == ids
    assert max(busy.values()) < 100


def test_lending_writes_a_key_s_document_once_a_minute(user: str) -> None:
    key = pooled()
    lend(user)
    written = key_store.key_ref(None, key.id).get().update_time
    with ThreadPoolExecutor(4) as callers:
        for lent in callers.map(lambda _: lend(user), range(20)):
            keyring.worked(lent)
    assert key_store.key_ref(None, key.id).get().update_time == written
    assert key_store.read(None, key.id).last_used_at


def test_the_list_of_keys_is_remembered_for_a_moment_and_the_secret_never(user: str) -> None:
    key = pooled()
    lend(user)
    lend(user)  # the first noted its use, so that the list was read again
    key_store.key_ref(None, key.id).update({"status": "disabled"})
    assert lend(user).id == f"pool/{key.id}"
    firestore.client().document(f"secrets/{key.id}").delete()
    with pytest.raises(ConfigurationError):
        lend(user)


# What a call's end does to its key.


def test_when_every_key_rests_the_earliest_return_is_told(user: str, variables: Set) -> None:
    variables(GEMINI_API_KEY="of-the-environment")
    own(user)
    pooled()
    rests = [TOMORROW, SOON, 2 * TOMORROW]
    moment = now()
    for rest in rests:
        keyring.exhausted(lend(user), moment + rest, no_credit=rest is not SOON)
    with pytest.raises(QuotaExhausted, match="no API key has quota left before") as told:
        lend(user)
    assert (told.value.until, told.value.no_credit) == (moment + SOON, False)


def test_want_of_credit_is_told_where_it_is_why(user: str) -> None:
    pooled()
    keyring.exhausted(lend(user), now() + TOMORROW, no_credit=True)
    with pytest.raises(QuotaExhausted, match="has credit left") as told:
        lend(user)
    assert told.value.no_credit


def test_a_key_refused_three_times_in_a_row_is_out_until_a_person_acts(user: str) -> None:
    key = pooled()
    for _ in range(2):
        keyring.refused(lend(user), "API key not valid")
    keyring.worked(lend(user))
    assert key_store.read(None, key.id).error_count == 0
    for _ in range(3):
        keyring.refused(lend(user), "API key not valid")
    assert key_store.read(None, key.id).status is ApiKeyStatus.ERROR
    with pytest.raises(ConfigurationError, match="none of 1 API keys can be used"):
        lend(user)
    key_store.change(None, key.id, key_status.enabled)
    assert lend(user).id == f"pool/{key.id}"


def test_refusals_from_several_workers_at_once_all_count(user: str) -> None:
    key = pooled()
    lent = lend(user)
    with ThreadPoolExecutor(3) as workers:
        list(workers.map(lambda _: keyring.refused(lent, "API key not valid"), range(3)))
    assert key_store.read(None, key.id).error_count == 3


def test_the_environment_s_key_rests_and_errs_like_any_other_until_it_is_replaced(user: str, variables: Set) -> None:
    variables(GEMINI_API_KEY="first-key-of-the-environment")
    lent = lend(user)
    keyring.rate_limited(lent, now() + TOMORROW)
    with pytest.raises(QuotaExhausted):
        lend(user)
    assert keyring.fetch(user, lent.id).secret == lent.secret
    variables(GEMINI_API_KEY="second-key-of-the-environment")
    second = lend(user)
    assert second.secret.get_secret_value() == "second-key-of-the-environment"
    for _ in range(3):
        keyring.refused(second, "API key not valid")
    with pytest.raises(ConfigurationError):
        lend(user)
    with pytest.raises(NotFound, match="add it again"):
        keyring.fetch(user, lent.id)


def test_the_same_key_is_fetched_for_an_operation_whatever_became_of_it(user: str) -> None:
    secret = a_secret()
    key = own(user, secret)
    lent = lend(user)
    keyring.rate_limited(lent, now() + TOMORROW)
    assert keyring.fetch(user, lent.id).secret == secret
    key_store.change(user, key.id, key_status.disabled)
    assert keyring.fetch(user, lent.id).secret == secret
    with pytest.raises(NotFound):
        keyring.fetch("somebody-else", lent.id)
    key_store.remove(user, key.id)
    with pytest.raises(NotFound, match="add it again to go on with what it began"):
        keyring.fetch(user, lent.id)
    own(user, secret)
    assert keyring.fetch(user, lent.id).secret == secret


def test_what_a_late_call_says_of_a_removed_key_brings_nothing_back(user: str) -> None:
    key = own(user)
    lent = lend(user)
    key_store.remove(user, key.id)
    keyring.rate_limited(lent, now() + TOMORROW)
    keyring.refused(lent, "gone")
    assert key_store.keys_of(user) == []
    with pytest.raises(ConfigurationError):
        lend(user)


# Keeping keys.


def test_the_same_key_added_twice_is_one_and_active_again(user: str) -> None:
    secret = a_secret()
    first = own(user, secret)
    key_store.change(user, first.id, key_status.disabled)
    again = key_store.add(user, "renamed", PoolType.GOOGLE_AI, secret)
    assert key_store.keys_of(user) == [again]
    assert (again.id, again.label, again.status) == (first.id, "renamed", ApiKeyStatus.ACTIVE)
    assert own("somebody-else", secret).id != first.id


def test_a_secret_moved_to_another_key_does_not_open(user: str) -> None:
    key, other = own(user), own("somebody-else")
    sealed = firestore.client().document(f"secrets/{other.id}").get().to_dict()
    firestore.client().document(f"secrets/{key.id}").set(sealed)
    with pytest.raises(SecretDamaged, match=f"secret of users/{user}/apiKeys/{key.id} was sealed for"):
        lend(user)


# Rotation of the master key.


def test_a_new_master_key_takes_over_and_the_old_one_can_go(user: str, variables: Set) -> None:
    kept = {own(f"{user}-{number}").user_id: None for number in range(5)}
    before = {who: lend(str(who)).secret for who in kept}
    new = secrets.token_hex(32)
    variables(API_KEY_ENCRYPTION_SECRET=f"{new},{MASTER}")
    assert {who: lend(str(who)).secret for who in kept} == before
    stopped = key_store.reseal(seconds=0)
    assert stopped.resealed == 0 and stopped.remaining >= 5
    done = key_store.reseal()
    assert (done.resealed, done.remaining) == (stopped.remaining - done.damaged, 0)
    assert key_store.reseal().resealed == 0
    variables(API_KEY_ENCRYPTION_SECRET=new)
    assert {who: lend(str(who)).secret for who in kept} == before
    variables(API_KEY_ENCRYPTION_SECRET=MASTER)
    with pytest.raises(ConfigurationError, match=f"by master key {master_key(new, '').id}, which is none of the 1"):
        lend(f"{user}-0")


def test_a_secret_that_does_not_open_is_counted_and_stops_no_other(user: str, variables: Set) -> None:
    good, bad = own(f"{user}-1"), own(f"{user}-2")
    firestore.client().document(f"secrets/{bad.id}").update({"ciphertext": b"x" * 40})
    new = secrets.token_hex(32)
    variables(API_KEY_ENCRYPTION_SECRET=f"{new},{MASTER}")
    done = key_store.reseal()
    assert done.damaged >= 1
    found = firestore.client().document(f"secrets/{good.id}").get().to_dict()
    assert found["master"] == master_key(new, "").id
    key_store.remove(f"{user}-2", bad.id)


# Where a key is never seen.


def test_a_key_appears_in_no_log_and_in_no_document(
    user: str, variables: Set, caplog: pytest.LogCaptureFixture
) -> None:
    secret = a_secret()
    text = secret.get_secret_value()
    shown: list[str] = []
    with caplog.at_level(logging.DEBUG):
        key = own(user, secret)
        lent = lend(user)
        shown += [repr(lent), str(lent), str(lent.model_dump()), lent.model_dump_json()]
        keyring.refused(lent, f"Permission denied: Consumer 'api_key:{text}' has been suspended.")
        assert stored(lent).reason == f"Permission denied: Consumer 'api_key:...{key.hint}' has been suspended."
        keyring.rate_limited(lent, now() + SOON)
        variables(API_KEY_ENCRYPTION_SECRET=f"{secrets.token_hex(32)},{MASTER}")
        key_store.reseal()
        variables(API_KEY_ENCRYPTION_SECRET=secrets.token_hex(32))
        with pytest.raises(ConfigurationError) as unopened:
            keyring.fetch(user, lent.id)
        logging.getLogger("ugcgen").error("a key did not open", exc_info=unopened.value)
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("was refused" in line for line in lines)
    documents = [
        str(snapshot.to_dict())
        for collection in ("users", "poolKeys", "secrets", "calls", "jobs")
        for parent in firestore.client().collection(collection).list_documents()
        for snapshot in [parent.get(), *(s for below in parent.collections() for s in below.stream())]
    ]
    assert any(f"'hint': '{key.hint}'" in document for document in documents)
    forms = [text, text.encode().hex(), repr(text.encode())]
    assert not [place for place in shown + lines + documents if any(form in place for form in forms)]
    key_store.remove(user, key.id)
