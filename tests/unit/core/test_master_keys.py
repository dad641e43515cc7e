"""Master keys from the environment and from Secret Manager, whose own client is asked over the wire."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from google.cloud.secretmanager_v1 import SecretManagerServiceClient
from google.cloud.secretmanager_v1.services.secret_manager_service.transports import SecretManagerServiceGrpcTransport
from google.cloud.secretmanager_v1.types import (
    AccessSecretVersionRequest,
    AccessSecretVersionResponse,
    ListSecretVersionsRequest,
    ListSecretVersionsResponse,
    SecretPayload,
    SecretVersion,
)

from ugcgen.cloud import master_keys as module
from ugcgen.cloud.master_keys import from_secret_manager, master_key, master_keys
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import ConfigurationError

SECRET = "projects/p/secrets/master"
SERVICE = "google.cloud.secretmanager.v1.SecretManagerService"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in ("API_KEY_ENCRYPTION_SECRET", "API_KEY_ENCRYPTION_SECRET_NAME"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


def test_the_first_of_several_seals(environment: pytest.MonkeyPatch) -> None:
    new, old = secrets.token_hex(32), secrets.token_hex(32)
    environment.setenv("API_KEY_ENCRYPTION_SECRET", f"{new}, {old}\n")
    found = master_keys()
    assert [key.key.hex() for key in found] == [new, old]
    assert [key.id for key in found] == [master_key(new, "").id, master_key(old, "").id]
    assert found[0].id != found[1].id
    assert found[0].id not in new


def test_without_a_master_key_it_is_said_what_to_set() -> None:
    with pytest.raises(ConfigurationError, match="set API_KEY_ENCRYPTION_SECRET to 32 random bytes as hex"):
        master_keys()


@pytest.mark.parametrize("wrong", ["", "secret", "ab" * 31, "ab" * 33, "zz" * 32])
def test_what_is_no_key_is_named_by_its_place_and_not_shown(environment: pytest.MonkeyPatch, wrong: str) -> None:
    environment.setenv("API_KEY_ENCRYPTION_SECRET", f"{secrets.token_hex(32)},{wrong}")
    with pytest.raises(ConfigurationError, match="entry 2 of API_KEY_ENCRYPTION_SECRET is not 32 bytes") as told:
        master_keys()
    assert not wrong or wrong not in str(told.value).removeprefix("entry 2 of API_KEY_ENCRYPTION_SECRET")


class SecretManager:
    """Secret Manager's side of the wire: the versions of one secret, of which the disabled ones cannot be read."""

    def __init__(self, **versions: str) -> None:
        self.versions = {name.removeprefix("v"): text for name, text in versions.items()}
        self.disabled: set[str] = set()

    def list(self, request: ListSecretVersionsRequest, _: grpc.ServicerContext) -> ListSecretVersionsResponse:
        assert (request.parent, request.filter) == (SECRET, "state:ENABLED")
        names = [name for name in self.versions if name not in self.disabled]
        return ListSecretVersionsResponse(versions=[SecretVersion(name=f"{SECRET}/versions/{name}") for name in names])

    def access(self, request: AccessSecretVersionRequest, context: grpc.ServicerContext) -> AccessSecretVersionResponse:
        name = request.name.rsplit("/", 1)[1]
        if name in self.disabled:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "the version is disabled")
        return AccessSecretVersionResponse(name=request.name, payload=SecretPayload(data=self.versions[name].encode()))

    @contextmanager
    def client(self) -> Iterator[SecretManagerServiceClient]:
        handlers = {
            "ListSecretVersions": _unary(self.list, ListSecretVersionsRequest, ListSecretVersionsResponse),
            "AccessSecretVersion": _unary(self.access, AccessSecretVersionRequest, AccessSecretVersionResponse),
        }
        with ThreadPoolExecutor(2) as threads:
            server = grpc.server(threads)
            server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE, handlers)])
            port = server.add_insecure_port("127.0.0.1:0")
            server.start()
            try:
                with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                    yield SecretManagerServiceClient(transport=SecretManagerServiceGrpcTransport(channel=channel))
            finally:
                server.stop(1).wait()


def _unary(method: Any, request: Any, response: Any) -> grpc.RpcMethodHandler:
    return grpc.unary_unary_rpc_method_handler(method, request.deserialize, response.serialize)


def test_the_newest_enabled_version_seals_and_all_enabled_ones_open() -> None:
    keys = {f"v{number}": secrets.token_hex(32) for number in (1, 2, 9, 10)}
    manager = SecretManager(**{name: f"{text}\n" for name, text in keys.items()})
    manager.disabled = {"2"}
    with manager.client() as client:
        found = from_secret_manager(client, SECRET)
    assert [key.key.hex() for key in found] == [keys["v10"], keys["v9"], keys["v1"]]


def test_a_secret_without_an_enabled_version_is_named() -> None:
    with SecretManager().client() as client, pytest.raises(ConfigurationError, match=f"{SECRET} has no enabled"):
        from_secret_manager(client, SECRET)


def test_a_version_that_is_no_key_is_named_and_not_shown() -> None:
    with (
        SecretManager(v1="hunter2").client() as client,
        pytest.raises(ConfigurationError, match=f"{SECRET}/versions/1 is not 32 bytes") as told,
    ):
        from_secret_manager(client, SECRET)
    assert "hunter2" not in str(told.value)


def test_what_may_not_be_read_is_said_with_the_roles_that_are_missing() -> None:
    class Closed(SecretManager):
        def access(self, request: AccessSecretVersionRequest, context: grpc.ServicerContext) -> Any:
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "no")

    with (
        Closed(v1=secrets.token_hex(32)).client() as client,
        pytest.raises(ConfigurationError, match=r"roles secretmanager\.secretAccessor"),
    ):
        from_secret_manager(client, SECRET)


def test_versions_are_remembered_until_they_are_asked_for_again(
    environment: pytest.MonkeyPatch,
) -> None:
    old, new, of_environment = (secrets.token_hex(32) for _ in range(3))
    manager = SecretManager(v1=old)
    environment.setenv("API_KEY_ENCRYPTION_SECRET_NAME", SECRET)
    environment.setenv("API_KEY_ENCRYPTION_SECRET", of_environment)
    environment.setattr(module, "REMEMBERED_SECONDS", 10**9)

    def made() -> Any:
        return manager.client()

    environment.setattr("google.cloud.secretmanager_v1.SecretManagerServiceClient", made)
    module._remembered.cache_clear()
    assert [key.key.hex() for key in master_keys()] == [old, of_environment]
    manager.versions["2"] = new
    assert [key.key.hex() for key in master_keys()] == [old, of_environment]
    assert [key.key.hex() for key in master_keys(read_again=True)] == [new, old, of_environment]
    assert len(master_keys()) == 3
    module._remembered.cache_clear()
