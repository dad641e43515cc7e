"""A tap on the line between the product's processes and the Firestore emulator, which counts document writes.

Every gRPC call is passed on as it comes, byte for byte: on the wire a call with one message and a stream of one are the
same, so one handler serves all methods. Only ``Commit`` and ``BatchWrite`` are read on their way, for the number of
writes in them; an attempt that another writer was quicker than, and that Firestore refused, is not a write.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import grpc
from google.cloud.firestore_v1.types import BatchWriteRequest, CommitRequest

_SERVICE = "/google.firestore.v1.Firestore/"
_COUNTED: dict[str, Callable[[bytes], Any]] = {
    f"{_SERVICE}Commit": CommitRequest.deserialize,
    f"{_SERVICE}BatchWrite": BatchWriteRequest.deserialize,
}
_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class FirestoreTap(grpc.GenericRpcHandler):
    """Listens on loopback for the length of a ``with`` block; ``connect`` says to whom it passes calls on.

    ``writes`` counts the documents written so far by the collection they are in, ``refused`` the commits that lost.
    """

    def __init__(self) -> None:
        self.writes: Counter[str] = Counter()
        self.refused = 0
        self._lock = threading.Lock()
        self._channel: grpc.Channel | None = None
        self._server = grpc.server(ThreadPoolExecutor(64, "tap"), handlers=[self], options=_OPTIONS)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop(grace=None).wait()
        if self._channel is not None:
            self._channel.close()

    def connect(self, emulator: str) -> None:
        """Pass calls on to the emulator at this host and port."""
        self._channel = grpc.insecure_channel(emulator, options=_OPTIONS)

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        method = handler_call_details.method
        return grpc.stream_stream_rpc_method_handler(lambda requests, context: self._pass_on(method, requests, context))

    def _pass_on(self, method: str, requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        if self._channel is None:
            context.abort(grpc.StatusCode.UNAVAILABLE, "the tap is not connected yet")
        assert self._channel
        sent: list[bytes] = []
        call: Any = self._channel.stream_stream(method)(
            _noted(requests, sent) if method in _COUNTED else requests,  # type: ignore[arg-type]  # bytes as they are
            timeout=context.time_remaining(),
            metadata=tuple(pair for pair in context.invocation_metadata() if pair[0] != "user-agent"),
        )
        context.add_callback(call.cancel)
        try:
            yield from call
        except grpc.RpcError as error:
            refusal: Any = error
            if method in _COUNTED:
                with self._lock:
                    self.refused += 1
            context.set_trailing_metadata(refusal.trailing_metadata() or ())
            context.abort(refusal.code(), refusal.details())
        for request in sent:
            self._count(_COUNTED[method](request))

    def _count(self, request: CommitRequest | BatchWriteRequest) -> None:
        names = [write.update.name or write.delete for write in request.writes]
        with self._lock:
            self.writes.update(name.split("/")[-2] for name in names)


def _noted(requests: Iterator[bytes], into: list[bytes]) -> Iterator[bytes]:
    for request in requests:
        into.append(request)
        yield request
