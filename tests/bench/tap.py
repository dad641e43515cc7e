"""Taps on the lines between the product's processes and Google's emulators, which count what goes over them.

Every gRPC call is passed on as it comes, byte for byte: on the wire a call with one message and a stream of one are the
same, so one handler serves all methods. Only calls that read or write documents are looked into on their way. An
attempt that another writer was quicker than, and that Firestore refused, is not a write.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import grpc
from google.cloud.firestore_v1.types import (
    BatchGetDocumentsResponse,
    BatchWriteRequest,
    CommitRequest,
    RunQueryRequest,
    RunQueryResponse,
)

_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class Tap(grpc.GenericRpcHandler):
    """Listens on loopback for the length of a ``with`` block; ``connect`` says to whom it passes calls on.

    ``calls`` counts the calls that were answered, by method.
    """

    looked_into: frozenset[str] = frozenset()
    """Methods whose messages are kept until the call is over."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
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
        """Pass calls on to the emulator at this host and port, as soon as it is up."""
        self._channel = grpc.insecure_channel(emulator, options=_OPTIONS)

    def answered(self, method: str, sent: list[bytes], received: list[bytes]) -> None:
        """A call is over; its messages are there where the method is looked into."""
        self.calls[method] += 1

    def refused(self, method: str) -> None:
        """A call ended with an error."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        method = handler_call_details.method
        return grpc.stream_stream_rpc_method_handler(lambda requests, context: self._pass_on(method, requests, context))

    def _pass_on(self, path: str, requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        if self._channel is None:
            context.abort(grpc.StatusCode.UNAVAILABLE, "the tap is not connected yet")
        assert self._channel
        method = path.rpartition("/")[2]
        kept = method in self.looked_into
        sent: list[bytes] = []
        received: list[bytes] = []
        call: Any = self._channel.stream_stream(path)(
            _noted(requests, sent) if kept else requests,  # type: ignore[arg-type]  # bytes as they are
            timeout=context.time_remaining(),
            metadata=tuple(pair for pair in context.invocation_metadata() if pair[0] != "user-agent"),
            wait_for_ready=True,
        )
        context.add_callback(call.cancel)
        try:
            yield from _noted(call, received) if kept else call
        except grpc.RpcError as error:
            refusal: Any = error
            with self._lock:
                self.refused(method)
            context.set_trailing_metadata(refusal.trailing_metadata() or ())
            context.abort(refusal.code(), refusal.details())
        with self._lock:
            self.answered(method, sent, received)


class FirestoreTap(Tap):
    """``writes`` and ``reads`` count documents by the collection they are in, as they are billed: a document that is
    not there is a read too, and so is a query that finds nothing. ``lost`` counts the commits that were refused."""

    looked_into = frozenset({"Commit", "BatchWrite", "BatchGetDocuments", "RunQuery"})

    def __init__(self) -> None:
        super().__init__()
        self.writes: Counter[str] = Counter()
        self.reads: Counter[str] = Counter()
        self.lost = 0

    def answered(self, method: str, sent: list[bytes], received: list[bytes]) -> None:
        super().answered(method, sent, received)
        match method:
            case "Commit":
                self._count_writes(CommitRequest.deserialize(one) for one in sent)
            case "BatchWrite":
                self._count_writes(BatchWriteRequest.deserialize(one) for one in sent)
            case "BatchGetDocuments":
                answers = (BatchGetDocumentsResponse.deserialize(one) for one in received)
                names = (answer.found.name or answer.missing for answer in answers)
                self.reads.update(_collection(name) for name in names if name)
            case "RunQuery":
                found = [RunQueryResponse.deserialize(one).document.name for one in received]
                asked = [RunQueryRequest.deserialize(one).structured_query.from_[0].collection_id for one in sent]
                self.reads.update([_collection(name) for name in found if name] or asked)

    def _count_writes(self, requests: Iterable[CommitRequest | BatchWriteRequest]) -> None:
        for request in requests:
            self.writes.update(_collection(write.update.name or write.delete) for write in request.writes)

    def refused(self, method: str) -> None:
        self.lost += method in {"Commit", "BatchWrite"}


def _noted(messages: Iterator[bytes], into: list[bytes]) -> Iterator[bytes]:
    for message in messages:
        into.append(message)
        yield message


def _collection(name: str) -> str:
    return name.split("/")[-2]
