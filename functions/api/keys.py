"""A user's own API keys: add, list, rename, disable, enable, remove."""

import re

from pydantic import ConfigDict, Field, SecretStr, field_validator

from api.caller import Caller
from api.operation import Effort, Nothing, operation
from ugcgen.cloud.logs import log
from ugcgen.domain.api_key import ApiKey
from ugcgen.domain.enums import PoolType
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Document
from ugcgen.ledger import key_status, key_store


class AddKey(Document):
    model_config = ConfigDict(hide_input_in_errors=True)  # what is wrong with a key is no reason to show it

    label: str = Field(min_length=1, max_length=60)
    service: PoolType = PoolType.GOOGLE_AI
    key: SecretStr

    @field_validator("key")
    @classmethod
    def _is_a_key(cls, key: SecretStr) -> SecretStr:
        text = key.get_secret_value().strip()
        if not re.fullmatch(r"[!-~]{8,200}", text):
            raise ValueError("an API key is 8 to 200 letters, digits and signs without spaces; copy it again")
        return SecretStr(text)


class KeyRequest(Document):
    key_id: str = Field(pattern=r"^[a-z0-9-]{1,64}$")


class UpdateKey(KeyRequest):
    """``enabled`` true brings a disabled or refused key into use again, false takes one out."""

    label: str | None = Field(default=None, min_length=1, max_length=60)
    enabled: bool | None = None


class Keys(Document):
    keys: list[ApiKey]


@operation("POST", "/settings/api-keys", effort=Effort.COSTLY)
def add_api_key(caller: Caller, request: AddKey) -> ApiKey:
    """Keep a key that the provider accepts. Raises InvalidInput where it does not. Adding it again renames it."""
    return add(caller.uid, request)


@operation("GET", "/settings/api-keys")
def list_api_keys(caller: Caller, request: Nothing) -> Keys:
    """The caller's own keys. The keys themselves are shown to nobody."""
    return Keys(keys=key_store.keys_of(caller.uid))


@operation("PATCH", "/settings/api-keys/{key_id}")
def update_api_key(caller: Caller, request: UpdateKey) -> ApiKey:
    """Rename a key, disable it or bring it into use again. Raises NotFound for a key that is not the caller's."""
    return update(caller.uid, request)


@operation("DELETE", "/settings/api-keys/{key_id}")
def remove_api_key(caller: Caller, request: KeyRequest) -> ApiKey:
    """Forget a key for good; what it began at the provider can be looked at no more. Raises NotFound."""
    return key_store.remove(caller.uid, request.key_id)


# The same for whoever owns the key: a user, or the pool where the owner is None.


def add(owner: str | None, request: AddKey) -> ApiKey:
    from ugcgen.models.key_check import check_key  # noqa: PLC0415 - the other operations need no model SDK

    if request.service is not PoolType.GOOGLE_AI:
        raise InvalidInput(
            f"no step uses keys for {request.service}: media is stored by the service's own account", field="service"
        )
    check_key(request.key)
    key = key_store.add(owner, request.label, request.service, request.key)
    log.info("API key %s was added", key.id)
    return key


def update(owner: str | None, request: UpdateKey) -> ApiKey:
    def to(key: ApiKey) -> ApiKey:
        if request.enabled is not None:
            key = key_status.enabled(key) if request.enabled else key_status.disabled(key)
        return key if request.label is None else key.model_copy(update={"label": request.label})

    return key_store.change(owner, request.key_id, to)
