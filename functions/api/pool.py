"""The pool of API keys that the product pays for, and the master key. Only admins get in here."""

from api.caller import Caller
from api.keys import AddKey, KeyRequest, Keys, UpdateKey, add, update
from api.operation import Access, Nothing, operation
from ugcgen.cloud.logs import log
from ugcgen.domain.api_key import ApiKey
from ugcgen.ledger import key_store
from ugcgen.ledger.key_store import Resealing


@operation("POST", "/admin/pool-keys", access=Access.ADMINS)
def add_pool_key(caller: Caller, request: AddKey) -> ApiKey:
    """Keep a key for everybody that the provider accepts. Raises InvalidInput where it does not."""
    return add(None, request)


@operation("GET", "/admin/pool-keys", access=Access.ADMINS)
def list_pool_keys(caller: Caller, request: Nothing) -> Keys:
    """The pool's keys and, once it was used, the environment's."""
    return Keys(keys=key_store.keys_of(None))


@operation("PATCH", "/admin/pool-keys/{key_id}", access=Access.ADMINS)
def update_pool_key(caller: Caller, request: UpdateKey) -> ApiKey:
    """Rename a key of the pool, disable it or bring it into use again. Raises NotFound."""
    return update(None, request)


@operation("DELETE", "/admin/pool-keys/{key_id}", access=Access.ADMINS)
def remove_pool_key(caller: Caller, request: KeyRequest) -> ApiKey:
    """Forget a key of the pool for good. Raises NotFound."""
    removed = key_store.remove(None, request.key_id)
    log.info("API key %s was removed", removed.id)
    return removed


@operation("POST", "/admin/master-key/rotate", access=Access.ADMINS)
def rotate_master_key(caller: Caller, request: Nothing) -> Resealing:
    """Seal by the newest master key what older ones sealed. Call it again until nothing remains."""
    return key_store.reseal()
