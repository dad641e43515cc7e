"""Two small edits to serialised ONNX models, done on the protobuf wire so that the `onnx` package is not needed."""

from __future__ import annotations

from collections.abc import Iterator

# Field numbers of onnx.proto, with the protobuf wire type "length-delimited".
_MODEL_GRAPH = 7
_GRAPH_INPUT = 11
_GRAPH_OUTPUT = 12
_VALUE_NAME = 1
_DELIMITED = 2


def with_output(model: bytes, name: str) -> bytes:
    """Return `model` with its inner value `name` as one more graph output.

    Protobuf merges a repeated occurrence of a message field into the first one, so appending a graph that holds
    nothing but the new output is enough.
    """
    value = _delimited(_VALUE_NAME, name.encode())
    return model + _delimited(_MODEL_GRAPH, _delimited(_GRAPH_OUTPUT, value))


def with_inputs(model: bytes, names: frozenset[str]) -> bytes:
    """Return `model` whose graph declares only the inputs in `names`.

    Some exporters list every weight as an input as well, and onnxruntime then demands a value for each of them.
    """
    return b"".join(
        _delimited(number, _only_inputs(payload, names)) if number == _MODEL_GRAPH else whole
        for number, payload, whole in _fields(model)
    )


def _only_inputs(graph: bytes, names: frozenset[str]) -> bytes:
    return b"".join(
        whole for number, payload, whole in _fields(graph) if number != _GRAPH_INPUT or _name_of(payload) in names
    )


def _name_of(value_info: bytes) -> str:
    return next((payload.decode() for number, payload, _ in _fields(value_info) if number == _VALUE_NAME), "")


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (field number, payload, the field as it stands in `message`)."""
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        kind = key & 7
        if kind == 0:
            _, end = _varint(message, at)
        elif kind == 1:
            end = at + 8
        elif kind == _DELIMITED:
            length, at = _varint(message, at)
            end = at + length
        elif kind == 5:
            end = at + 4
        else:
            raise ValueError(f"not an ONNX model: protobuf wire type {kind} at byte {start}")
        yield key >> 3, message[at:end], message[start:end]
        at = end


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _delimited(number: int, payload: bytes) -> bytes:
    key, length = number << 3 | _DELIMITED, len(payload)
    head = bytearray([key])
    while length >= 0x80:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    head.append(length)
    return bytes(head) + payload
