"""The CloudEvent that a function gets for a Pub/Sub push, as Eventarc makes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cloudevents.http import CloudEvent

MESSAGE_PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished"


def micro_time(stamp: str) -> str:
    """An RFC 3339 time with six digits of fraction: firebase-functions cannot read nanoseconds or a bare second."""
    seconds, _, fraction = stamp.removesuffix("Z").partition(".")
    moment = datetime.fromisoformat(f"{seconds}.{fraction[:6]:0<6}+00:00")
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def push_to_event(push: Mapping[str, Any], topic: str) -> CloudEvent:
    """The CloudEvent for one push of `topic`.

    The message carries its id and time under camelCase and snake_case names, as Eventarc sends them, and always has
    `data` and `attributes`, empty where the publisher gave none. Raises ValueError where `push` is no push.
    """
    try:
        raw, subscription = push["message"], push["subscription"]
        message_id, published = raw["messageId"], micro_time(raw["publishTime"])
        project = subscription.split("/")[1]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"not a Pub/Sub push: {error!r} is missing") from error
    message = {
        "data": raw.get("data", ""),
        "attributes": raw.get("attributes") or {},
        "messageId": message_id,
        "message_id": message_id,
        "publishTime": published,
        "publish_time": published,
    }
    if ordering_key := raw.get("orderingKey"):
        message["orderingKey"] = ordering_key
    return CloudEvent(
        {
            "id": message_id,
            "type": MESSAGE_PUBLISHED,
            "source": f"//pubsub.googleapis.com/projects/{project}/topics/{topic}",
            "time": published,
            "datacontenttype": "application/json",
        },
        {"message": message, "subscription": subscription},
    )
