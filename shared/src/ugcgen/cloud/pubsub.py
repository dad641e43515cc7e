"""Pub/Sub: publish one message and know that it is stored. No batching thread: a function may be frozen after it."""

import os
from collections.abc import Mapping
from functools import cache

import grpc
from google.api_core.retry import Retry
from google.pubsub_v1 import PublisherClient
from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport
from google.pubsub_v1.types import PubsubMessage

from ugcgen.cloud.settings import settings

PUBLISH_TIMEOUT = 15.0


@cache
def client() -> PublisherClient:
    host = os.environ.get("PUBSUB_EMULATOR_HOST")
    if host:
        return PublisherClient(transport=PublisherGrpcTransport(channel=grpc.insecure_channel(host)))
    return PublisherClient()


def publish(topic: str, data: bytes, attributes: Mapping[str, str] | None = None) -> str:
    """Publish to a topic of this project; returns the message id."""
    response = client().publish(
        topic=f"projects/{settings().google_cloud_project}/topics/{topic}",
        messages=[PubsubMessage(data=data, attributes=dict(attributes or {}))],
        retry=Retry(deadline=PUBLISH_TIMEOUT),
        timeout=PUBLISH_TIMEOUT,
    )
    return response.message_ids[0]
