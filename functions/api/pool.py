"""The pool of API keys that the product pays for, and the master key. ``api.callable`` lets only admins in here."""

from api.keys import AddKey, KeyRequest, Keys, Nothing, UpdateKey, add, update
from ugcgen.cloud.logs import log
from ugcgen.domain.api_key import ApiKey
from ugcgen.ledger import key_store
from ugcgen.ledger.key_store import Resealing


def add_pool_key(user_id: str, request: AddKey) -> ApiKey:
    return add(None, request)


def list_pool_keys(user_id: str, request: Nothing) -> Keys:
    """The pool's keys and, once it was used, the environment's."""
    return Keys(keys=key_store.keys_of(None))


def update_pool_key(user_id: str, request: UpdateKey) -> ApiKey:
    return update(None, request)


def remove_pool_key(user_id: str, request: KeyRequest) -> ApiKey:
    removed = key_store.remove(None, request.key_id)
    log.info("API key %s was removed", removed.id)
    return removed


def rotate_master_key(user_id: str, request: Nothing) -> Resealing:
    """Seal by the newest master key what older ones sealed. Call it again until nothing remains."""
    return key_store.reseal()
