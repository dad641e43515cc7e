"""A server that counts the requests it gets and misbehaves at the socket or refuses; it never does what is asked."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, get_args

Behaviour = Literal[
    "stall",  # reads the request and never answers
    "reset",  # reads the request and resets the connection
    "close",  # reads the request and closes the connection
    "close_early",  # reads the head of the request and closes the connection under its body
    "half",  # sends half an answer
    "429",  # refuses with RetryInfo
    "500",
    "503",
]
BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER of zero seconds: closing sends RST
_REASONS = {"429": "RESOURCE_EXHAUSTED", "500": "INTERNAL", "503": "UNAVAILABLE"}
_DEADLINE_S = 10.0


@dataclass
class BadWire:
    """``requests`` are the first lines of every request that arrived, whole or as far as it was read."""

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
                connection.settimeout(_DEADLINE_S)
                if (line := _request(connection, with_body=behaviour != "close_early")) is not None:
                    wire.requests.append(line)
                if behaviour == "stall":
                    held.append(connection)
                    continue
                if behaviour == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                elif line is not None and (answer := _answer(behaviour)):
                    connection.sendall(answer)
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


def _request(connection: socket.socket, with_body: bool) -> str | None:
    """The first line of a request; None where the other side ended before it was there."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536 if with_body else 1)):
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0)
    while with_body and len(body) < length:
        if not (more := connection.recv(65536)):
            return None
        body += more
    return lines[0]


def _answer(behaviour: Behaviour) -> bytes:
    if behaviour == "half":
        return _response("200 OK", b'{"candidates": [', length=4096)
    if behaviour not in _REASONS:
        return b""
    retry = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}
    reason = _REASONS[behaviour]
    error = {"code": int(behaviour), "status": reason, "message": "not now"}
    details = {"details": [retry]} if behaviour == "429" else {}
    return _response(f"{behaviour} {reason}", json.dumps({"error": error | details}).encode())


def _response(status: str, body: bytes, length: int | None = None) -> bytes:
    # A client that does send again is asked not to wait long before it does.
    head = ["Content-Type: application/json", f"Content-Length: {length or len(body)}", "Retry-After-Ms: 1"]
    return "\r\n".join([f"HTTP/1.1 {status}", *head, "Connection: close", "", ""]).encode() + body
