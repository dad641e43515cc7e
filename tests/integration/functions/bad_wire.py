"""A server whose connection breaks after it has read a whole request: no answer ever, or the connection reset."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

Behaviour = Literal["stall", "reset", "close"]
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER of zero seconds: closing sends RST


@dataclass
class BadWire:
    """``requests`` are the first lines of every request that arrived whole."""

    url: str
    requests: list[str] = field(default_factory=list)

    @property
    def posts(self) -> int:
        return sum(line.startswith("POST ") for line in self.requests)


@contextmanager
def bad_wire(behaviour: Behaviour) -> Iterator[BadWire]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = BadWire(f"http://127.0.0.1:{listener.getsockname()[1]}")
        held: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                if (line := _whole_request(connection)) is not None:
                    wire.requests.append(line)
                if behaviour == "stall":
                    held.append(connection)
                    continue
                if behaviour == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for connection in held:
                connection.close()


def _whole_request(connection: socket.socket) -> str | None:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0)
    while len(body) < length:
        if not (more := connection.recv(65536)):
            return None
        body += more
    return lines[0]
