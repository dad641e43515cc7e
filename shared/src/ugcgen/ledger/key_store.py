"""Where keys are kept: a document that their owner may see, and a sealed secret that no client can read.

``users/{uid}/apiKeys/{id}`` or ``poolKeys/{id}``, and ``secrets/{id}``. Both come and go in one commit.
"""

import hashlib
import time
from collections.abc import Callable

from google.cloud.firestore import CollectionReference, DocumentReference, FieldFilter
from pydantic import SecretStr

from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.cloud.logs import log
from ugcgen.cloud.master_keys import MasterKey, master_keys
from ugcgen.domain.api_key import ApiKey, hint_of
from ugcgen.domain.enums import PoolType
from ugcgen.domain.errors import ConfigurationError, NotFound, SecretDamaged
from ugcgen.domain.model import Document
from ugcgen.ledger import key_status
from ugcgen.ledger.vault import Sealed, open_sealed, resealed, seal

REMEMBERED_SECONDS = 5.0
"""How long a process may not see what another one learned of a key."""
RESEALING_SECONDS = 40.0

_memory: dict[str | None, tuple[float, list[ApiKey]]] = {}


class Resealing(Document):
    """What one run came to: secrets sealed anew, those it had no time for, and those that do not open."""

    resealed: int = 0
    remaining: int = 0
    damaged: int = 0


def key_ref(user_id: str | None, key_id: str) -> DocumentReference:
    reference: DocumentReference = _collection(user_id).document(key_id)
    return reference


def keys_of(user_id: str | None) -> list[ApiKey]:
    """The user's keys, or the pool's for None, the oldest first."""
    found = [ApiKey.model_validate(s.to_dict()) for s in _collection(user_id).stream(timeout=READ_TIMEOUT)]
    return sorted(found, key=lambda key: key.created_at)


def remembered(user_id: str | None) -> list[ApiKey]:
    """``keys_of`` as of the last few seconds."""
    moment = time.monotonic()
    at, keys = _memory.get(user_id, (0.0, []))
    if user_id not in _memory or moment - at > REMEMBERED_SECONDS:
        keys = keys_of(user_id)
        for other, (then, _) in list(_memory.items()):
            if moment - then > REMEMBERED_SECONDS:
                _memory.pop(other, None)
        _memory[user_id] = (moment, keys)
    return keys


def read(user_id: str | None, key_id: str) -> ApiKey:
    """The key's document as it is now. Raises NotFound."""
    key = firestore.from_snapshot(ApiKey, key_ref(user_id, key_id).get(timeout=READ_TIMEOUT))
    if key is None:
        raise _missing(key_id)
    return key


def key_id(user_id: str | None, secret: SecretStr) -> str:
    """The id of this key of this owner: the same key added twice is one, and added again after it was removed too."""
    return hashlib.sha256(f"{user_id or ''}/{secret.get_secret_value()}".encode()).hexdigest()[:20]


def add(user_id: str | None, label: str, service: PoolType, secret: SecretStr) -> ApiKey:
    """Keep a key. One that is there already takes the label and is active again.

    Raises ConfigurationError where there is no master key to seal it with.
    """
    masters = master_keys()
    found = key_id(user_id, secret)
    reference = key_ref(user_id, found)

    def attempt(atomic: Atomic) -> ApiKey:
        stored, seen = atomic.read(ApiKey, reference)
        if stored is None:
            key = ApiKey(
                id=found, user_id=user_id, label=label, service=service, hint=hint_of(secret), created_at=now()
            )
            atomic.create(reference, key)
        else:
            key = key_status.enabled(stored).model_copy(update={"label": label})
            atomic.replace(seen, key)
        atomic.merge(_secret_ref(found), seal(secret, reference.path, masters).model_dump())
        return key

    return _noticed(user_id, firestore.atomically(attempt))


def change(user_id: str | None, key_id: str, to: Callable[[ApiKey], ApiKey], absent: ApiKey | None = None) -> ApiKey:
    """The key as it is after the change. Where there is none, ``absent`` is changed and stored, or NotFound raised."""
    reference = key_ref(user_id, key_id)

    def attempt(atomic: Atomic) -> ApiKey:
        stored, seen = atomic.read(ApiKey, reference)
        before = stored or absent
        if before is None:
            raise _missing(key_id)
        after = to(before)
        if stored is None:
            atomic.create(reference, after)
        elif after != stored:
            atomic.replace(seen, after)
        return after

    return _noticed(user_id, firestore.atomically(attempt))


def remove(user_id: str | None, key_id: str) -> ApiKey:
    """Forget a key and its secret. Raises NotFound."""
    key = read(user_id, key_id)
    batch = firestore.client().batch()
    batch.delete(key_ref(user_id, key_id))
    batch.delete(_secret_ref(key_id))
    batch.commit(timeout=WRITE_TIMEOUT)
    return _noticed(user_id, key)


def opened(key: ApiKey) -> SecretStr:
    """The key itself. Raises NotFound where it was removed, and as ``vault.open_sealed``."""
    owner = key_ref(key.user_id, key.id).path
    sealed = firestore.from_snapshot(Sealed, _secret_ref(key.id).get(timeout=READ_TIMEOUT))
    if sealed is None:
        raise _missing(key.id)
    masters = master_keys()
    if sealed.master not in {master.id for master in masters}:
        masters = master_keys(read_again=True)  # another process knows a newer version already
    return open_sealed(sealed, owner, masters)


def reseal(seconds: float = RESEALING_SECONDS) -> Resealing:
    """Seal every secret by the first master key that another one sealed. Run again, it goes on where it ended."""
    deadline = time.monotonic() + seconds
    masters = master_keys(read_again=True)
    older = firestore.client().collection("secrets").where(filter=FieldFilter("master", "!=", masters[0].id))
    done = Resealing()
    for reference in [snapshot.reference for snapshot in older.select([]).stream(timeout=READ_TIMEOUT)]:
        if time.monotonic() > deadline:
            done.remaining += 1
            continue
        try:
            done.resealed += _reseal(reference, masters)
        except (ConfigurationError, SecretDamaged) as wrong:
            log.warning("a secret stays as it is: %s", wrong)
            done.damaged += 1
    log.info("%d secrets sealed anew, %d remain, %d do not open", done.resealed, done.remaining, done.damaged)
    return done


def _reseal(reference: DocumentReference, masters: tuple[MasterKey, ...]) -> bool:
    def attempt(atomic: Atomic) -> bool:
        stored, seen = atomic.read(Sealed, reference)
        if stored is None or stored.master == masters[0].id:
            return False
        atomic.replace(seen, resealed(stored, masters))
        return True

    return firestore.atomically(attempt)


def _collection(user_id: str | None) -> CollectionReference:
    path = ("poolKeys",) if user_id is None else ("users", user_id, "apiKeys")
    found: CollectionReference = firestore.client().collection(*path)
    return found


def _secret_ref(key_id: str) -> DocumentReference:
    return firestore.client().collection("secrets").document(key_id)


def _missing(key_id: str) -> NotFound:
    return NotFound(f"there is no API key {key_id} (any more); add it again to go on with what it began")


def _noticed(user_id: str | None, key: ApiKey) -> ApiKey:
    """What this process changed, it must see."""
    _memory.pop(user_id, None)
    return key
