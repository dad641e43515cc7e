import socket
from collections.abc import Iterator

import pytest

from infra.local.errors import LocalCloudError
from infra.local.ports import choose_ports, is_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_free_ports_are_different_and_free() -> None:
    ports = choose_ports(f"part-{number}" for number in range(20))
    assert len(set(ports.values())) == 20
    assert all(is_free(port) for port in ports.values())


def test_fixed_ports_follow_the_base_and_a_taken_one_is_named(taken: int) -> None:
    base = next(port for port in range(31_000, 32_000) if is_free(port) and is_free(port + 1))
    assert choose_ports(["a", "b"], base) == {"a": base, "b": base + 1}
    with pytest.raises(LocalCloudError, match=rf"Port {taken} \(for b\)"):
        choose_ports(["a", "b"], taken - 1)
    with pytest.raises(LocalCloudError, match="70000"):
        choose_ports(["a"], 70_000)
