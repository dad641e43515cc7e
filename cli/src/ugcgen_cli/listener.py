"""A job as it happens: Firestore's own listeners on the job and its scenes, under the user's token and the rules."""

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import grpc
from google.auth.credentials import AnonymousCredentials, Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.cloud import firestore
from google.cloud.firestore_v1.services.firestore import FirestoreClient
from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport

from ugcgen.domain.job import Job, SceneView, every_scene
from ugcgen_cli.endpoint import Endpoint
from ugcgen_cli.errors import CliError

_TICK_S = 1.0
_CHANNEL_OPTIONS = (
    ("grpc.max_receive_message_length", -1),
    # While the server is away a listener waits for the channel instead of asking again without pause.
    ("grpc.service_config", '{"methodConfig": [{"name": [{}], "waitForReady": true}]}'),
)


@dataclass(frozen=True)
class View:
    """What is known of a job now; scenes in their order."""

    job: Job
    scenes: tuple[SceneView, ...]


class Listener:
    """Listens to one job of the endpoint's user for the length of a ``with`` block."""

    def __init__(self, endpoint: Endpoint, job_id: str) -> None:
        self._endpoint = endpoint
        self._job_id = job_id
        self._news: queue.SimpleQueue[Job | tuple[SceneView, ...] | CliError] = queue.SimpleQueue()
        self._began_again = False

    def __enter__(self) -> Self:
        self._channel = _channel(self._endpoint.firestore)
        transport = _UserTransport(self._channel, self._endpoint.credentials, self._lost_sign_in)
        job = _UserFirestore(self._endpoint.project, transport).collection("jobs").document(self._job_id)
        self._listen: tuple[Callable[[], Any], ...] = (
            lambda: job.on_snapshot(self._job_changed),
            lambda: job.collection("scenes").on_snapshot(self._scenes_changed),
        )
        self.watches = [listen() for listen in self._listen]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for watch in self.watches:
            watch.unsubscribe()
        self._channel.close()

    def views(self) -> Iterator[View]:
        """The job whenever it has changed, without end. Raises CliError where listening cannot go on."""
        job: Job | None = None
        scenes: tuple[SceneView, ...] | None = None
        while True:
            for news in self._next():
                match news:
                    case CliError():
                        raise news
                    case Job():
                        job = news
                    case tuple():
                        scenes = news
            if job is not None and scenes is not None:
                yield View(job, tuple(every_scene(job, scenes)))

    def _next(self) -> list[Job | tuple[SceneView, ...] | CliError]:
        """All there is to tell, at least one thing. Raises CliError where nothing can come any more."""
        while True:
            try:
                news = [self._news.get(timeout=_TICK_S)]
                while not self._news.empty():
                    news.append(self._news.get())
                self._began_again = False
                return news
            except queue.Empty:
                self._endpoint.check_up()
                if not all(watch.is_active for watch in self.watches):
                    self._begin_again()

    def _begin_again(self) -> None:
        """A stream may end for no reason of ours. Raises CliError where the next one, too, ends with nothing told."""
        if self._began_again:
            raise CliError(f"{self._endpoint.name} no longer shows job {self._job_id}; look with 'ugcgen status'")
        self._began_again = True
        self.watches = [
            watch if watch.is_active else listen() for watch, listen in zip(self.watches, self._listen, strict=True)
        ]

    def _job_changed(self, documents: list[Any], changes: Any, read_time: Any) -> None:
        for document in documents:
            self._news.put(Job.model_validate(document.to_dict(), extra="ignore"))

    def _scenes_changed(self, documents: list[Any], changes: Any, read_time: Any) -> None:
        scenes = [SceneView.model_validate(document.to_dict(), extra="ignore") for document in documents]
        self._news.put(tuple(scenes))

    def _lost_sign_in(self, error: GoogleAuthError) -> None:
        if not error.retryable:
            self._news.put(CliError(str(error.args[0])))


class _UserFirestore(firestore.Client):
    """Firestore as a user sees it. The library's own client would speak as the server to an emulator."""

    def __init__(self, project: str, transport: "_UserTransport") -> None:
        super().__init__(project=project, credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
        self._emulator_host = None
        self._firestore_api_internal = FirestoreClient(transport=transport)


class _UserTransport(FirestoreGrpcTransport):
    """Begins every stream with the user's token, refreshed when it is due.

    The token is put on here and not by a gRPC plugin: those run on gRPC's own threads, and closing a channel can
    then wait for ever.
    """

    def __init__(
        self, channel: grpc.Channel, credentials: Credentials, lost: Callable[[GoogleAuthError], None]
    ) -> None:
        super().__init__(channel=channel)
        self._user = credentials
        self._lost = lost

    @property
    def listen(self) -> Callable[..., Any]:
        begin: Callable[..., Any] = super().listen

        def as_user(requests: Any, metadata: Sequence[tuple[str, str]] = ()) -> Any:
            if not self._user.valid:
                try:
                    self._user.refresh(Request())  # type: ignore[no-untyped-call]
                except GoogleAuthError as error:
                    # The stream begins with the old token all the same; refused, the library begins another.
                    self._lost(error)
            return begin(requests, metadata=[*metadata, ("authorization", f"Bearer {self._user.token}")])

        return as_user


def _channel(address: str) -> grpc.Channel:
    """Encrypted, but for an emulator on this machine."""
    if address.rsplit(":", 1)[0] in {"127.0.0.1", "localhost"}:
        return grpc.insecure_channel(address, [*_CHANNEL_OPTIONS, ("grpc.enable_http_proxy", 0)])
    # Routers forget a silent connection; an emulator ends one that pings.
    options = [*_CHANNEL_OPTIONS, ("grpc.keepalive_time_ms", 30_000)]
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(), options)
