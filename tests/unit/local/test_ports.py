import socket

import pytest

from infra.local.errors import LocalCloudError
from infra.local.ports import choose_ports, is_free


@pytest.fixture
def base() -> int:
    """A free port with a free one behind it, where neither a local cloud nor an outgoing connection takes any."""
    return next(port for port in range(61_000, 65_000) if is_free(port) and is_free(port + 1))


def test_free_ports_are_different_and_free() -> None:
    ports = choose_ports(f"part-{number}" for number in range(20))
    assert len(set(ports.values())) == 20
    assert all(is_free(port) for port in ports.values())


def test_who_asks_again_before_listening_gets_other_ports() -> None:
    first, second = (choose_ports(f"part-{number}" for number in range(20)) for _ in range(2))
    assert not set(first.values()) & set(second.values())


def test_fixed_ports_follow_the_base_and_a_taken_one_is_named(base: int) -> None:
    assert choose_ports(["a", "b"], base) == {"a": base, "b": base + 1}
    with (
        socket.create_server(("127.0.0.1", base + 1)),
        pytest.raises(LocalCloudError, match=rf"Port {base + 1} \(for b\)"),
    ):
        choose_ports(["a", "b"], base)


def test_a_port_beyond_the_last_one_is_named() -> None:
    with pytest.raises(LocalCloudError, match="70000"):
        choose_ports(["a"], 70_000)
