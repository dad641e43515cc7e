"""Brings Pub/Sub messages to the functions, as Eventarc does: many at once, each again until its function succeeds.

`python -m infra.local.eventarc --port N --functions URL` pulls the subscriptions of provision.py and POSTs each message
to `{functions}/push/{name}` in the format of a raw push. (The emulator's own push makes two requests at a time for a
subscription: the third message waits for a function that may run for minutes.) `GET /` lists the functions served.
"""

import argparse
import base64
import json
import logging
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import grpc
import requests
from google.api_core.exceptions import GoogleAPICallError
from google.cloud.pubsub_v1 import SubscriberClient  # type: ignore[import-untyped]
from google.cloud.pubsub_v1.subscriber.futures import StreamingPullFuture  # type: ignore[import-untyped]
from google.cloud.pubsub_v1.subscriber.message import Message  # type: ignore[import-untyped]
from google.cloud.pubsub_v1.subscriber.scheduler import ThreadScheduler  # type: ignore[import-untyped]
from google.cloud.pubsub_v1.types import FlowControl  # type: ignore[import-untyped]
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport

from infra.local import provision

log = logging.getLogger("infra.local.eventarc")

AT_ONCE = 32
"""Messages of one function that are delivered at a time."""

_LOOK_EVERY_S = 0.5
_CONNECT_TIMEOUT_S = 5
_RUN_TIMEOUT_S = 600  # the longest that a push waits for its answer
_ACK_DEADLINE_S = 10
_CHANNEL_OPTIONS = (
    # A stream waits for an emulator that is down. Failing at once, the client library tries five times and then
    # leaves it for ten seconds.
    ("grpc.service_config", json.dumps({"methodConfig": [{"name": [{}], "waitForReady": True}]})),
    ("grpc.max_reconnect_backoff_ms", 500),
)


def subscriber(host: str) -> SubscriberClient:
    """A client for the emulator at `host` (`address:port`)."""
    channel = grpc.insecure_channel(host, options=_CHANNEL_OPTIONS)
    return SubscriberClient(transport=SubscriberGrpcTransport(channel=channel))


def as_push(message: Message, subscription: str) -> dict[str, Any]:
    """The body of a raw Pub/Sub push."""
    body = {
        "data": base64.b64encode(message.data).decode(),
        "attributes": dict(message.attributes),
        "messageId": message.message_id,
        "publishTime": f"{message.publish_time:%Y-%m-%dT%H:%M:%S.%f}Z",
    }
    if message.ordering_key:
        body["orderingKey"] = message.ordering_key
    return {"message": body, "subscription": subscription}


def deliver(client: SubscriberClient, subscription: str, endpoint: str) -> StreamingPullFuture:
    """Starts to POST the subscription's messages to `endpoint`, up to AT_ONCE at a time.

    A 2xx answer acknowledges. Any other, or none, gives the message back, and the subscription's retry policy says
    when it comes again. The future ends with an exception where the subscription is not there; cancelled, it ends when
    the requests under way are answered.
    """

    def post(message: Message) -> None:
        try:
            reply = requests.post(
                endpoint,
                json=as_push(message, subscription),
                timeout=(_CONNECT_TIMEOUT_S, _RUN_TIMEOUT_S),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            log.info("%s: message %s got no answer (%s)", endpoint, message.message_id, type(error).__name__)
            message.nack()
            return
        if 200 <= reply.status_code < 300:
            message.ack()
        else:
            log.info("%s: message %s got %d", endpoint, message.message_id, reply.status_code)
            message.nack()

    return client.subscribe(
        subscription,
        post,
        flow_control=FlowControl(
            max_messages=AT_ONCE,
            min_duration_per_lease_extension=_ACK_DEADLINE_S,
            max_duration_per_lease_extension=_ACK_DEADLINE_S,
        ),
        scheduler=ThreadScheduler(ThreadPoolExecutor(AT_ONCE, subscription.rpartition("/")[2])),
        await_callbacks_on_shutdown=True,
    )


class Eventarc:
    """The deliveries to one functions host, kept equal to the Pub/Sub functions that it lists."""

    def __init__(self, client: SubscriberClient, project: str, functions_url: str) -> None:
        self._client = client
        self._project = project
        self._functions_url = functions_url
        self._deliveries: dict[str, StreamingPullFuture] = {}

    @property
    def served(self) -> list[str]:
        """The functions whose messages are being brought."""
        return sorted(name for name, delivery in list(self._deliveries.items()) if not delivery.done())

    def look(self) -> None:
        """Starts what is missing or has broken off, ends what is no longer listed. Without a host, all stays as is."""
        try:
            listed = provision.functions_at(self._functions_url)
        except requests.RequestException:
            return
        wanted = {function["name"] for function in listed if function["trigger"] == "pubsub"}
        for name in wanted - set(self.served):
            if (broken := self._deliveries.get(name)) is not None:
                log.info("%s: %s", name, broken.exception())
            subscription = provision.subscription_path(self._project, name)
            self._deliveries[name] = deliver(self._client, subscription, f"{self._functions_url}/push/{name}")
        for name in self._deliveries.keys() - wanted:
            self._deliveries.pop(name).cancel()

    def stop(self) -> None:
        """Takes no more messages; returns when the requests under way are answered."""
        for delivery in self._deliveries.values():
            delivery.cancel()
        for delivery in self._deliveries.values():
            with suppress(GoogleAPICallError):
                delivery.result()
        self._client.close()


def _status_server(port: int, eventarc: Eventarc) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(eventarc.served).encode())

        def log_message(self, *_: object) -> None:
            pass  # not a line for every request

    return HTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.local.eventarc", description="Brings messages to functions.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--functions", required=True, metavar="URL", help="where the functions host listens")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    client = subscriber(os.environ["PUBSUB_EMULATOR_HOST"])
    eventarc = Eventarc(client, os.environ["GOOGLE_CLOUD_PROJECT"], options.functions)
    with _status_server(options.port, eventarc) as status:
        threading.Thread(target=status.serve_forever, name="status", daemon=True).start()
        while not stop.wait(_LOOK_EVERY_S):
            eventarc.look()
        status.shutdown()
    eventarc.stop()


if __name__ == "__main__":
    main()
