"""Loopback ports for the parts."""

import itertools
import os
import socket
from collections.abc import Collection, Mapping

from infra.local.errors import LocalCloudError

# Below the ports that systems hand to outgoing connections, so that nobody takes one before its part is up.
_RANGE = range(20_000, 32_000)
# Every process goes through the range from a place of its own, so that clouds that start at once never pick the same
# port before either listens on it.
_steps = itertools.count(os.getpid() * 101)


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:port."""
    with socket.socket() as probe:
        # As servers do: a port whose old connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_ports(
    names: Collection[str], base: int | None = None, before: Mapping[str, int] | None = None
) -> dict[str, int]:
    """A port for each name: the one it had before or a free one, or `base`, `base + 1` ... Raises LocalCloudError where
    one of these is taken."""
    if base is not None:
        ports = {name: base + offset for offset, name in enumerate(names)}
        for name, port in ports.items():
            if port > 65_535 or not is_free(port):
                raise LocalCloudError(f"Port {port} (for {name}) is taken or not usable; choose another --port-base.")
        return ports
    ports = {name: port for name, port in (before or {}).items() if name in names and is_free(port)}
    for name in names:
        if name in ports:
            continue
        candidates = (_RANGE[next(_steps) % len(_RANGE)] for _ in _RANGE)
        free = next((port for port in candidates if port not in ports.values() and is_free(port)), None)
        if free is None:
            raise LocalCloudError(f"There is no free port between {_RANGE.start} and {_RANGE.stop}.")
        ports[name] = free
    return ports
