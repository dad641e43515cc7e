"""Creates what Terraform creates in the cloud: the bucket, topics with subscriptions, and queues.

Everything here may be repeated: what exists is left as it is, queues are brought to their settings.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import grpc
import requests
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

from infra.local.tasks.times import duration

LOCATION = "us-central1"
_TIMEOUT_S = 20
_EXISTS = 409

# Queues that no function declares. Rendering is bound by the processor, so post-production takes one task a core.
QUEUES = {
    "postprod": tasks_v2.Queue(
        rate_limits=tasks_v2.RateLimits(max_concurrent_dispatches=os.cpu_count() or 1),
        retry_config=tasks_v2.RetryConfig(
            min_backoff=duration(timedelta(seconds=1)), max_backoff=duration(timedelta(seconds=30))
        ),
    ),
}


def functions_at(url: str) -> list[dict[str, Any]]:
    """What the functions host serves: name, trigger and the trigger's details of each function."""
    reply = requests.get(f"{url}/__local/functions", timeout=_TIMEOUT_S)
    reply.raise_for_status()
    found: list[dict[str, Any]] = reply.json()
    return found


def create_bucket(storage_url: str, project: str, bucket: str) -> None:
    _accept(
        requests.post(
            f"{storage_url}/storage/v1/b", params={"project": project}, json={"name": bucket}, timeout=_TIMEOUT_S
        )
    )


def subscription_path(project: str, function: str) -> str:
    """The subscription that Eventarc reads for a Pub/Sub function."""
    return f"projects/{project}/subscriptions/eventarc-{function}"


def create_subscriptions(pubsub_url: str, project: str, functions: Iterable[Mapping[str, Any]]) -> None:
    """A topic and a subscription for each Pub/Sub function.

    There is no dead-letter limit: a message comes again until its function succeeds.
    """
    for function in functions:
        if function["trigger"] != "pubsub":
            continue
        topic = f"projects/{project}/topics/{function['topic']}"
        _accept(requests.put(f"{pubsub_url}/v1/{topic}", json={}, timeout=_TIMEOUT_S))
        subscription = {
            "topic": topic,
            # Short, so that what a killed Eventarc held comes again soon; a living one extends it.
            "ackDeadlineSeconds": 10,
            "retryPolicy": {"minimumBackoff": "1s", "maximumBackoff": "2s"},
        }
        name = subscription_path(project, function["name"])
        _accept(requests.put(f"{pubsub_url}/v1/{name}", json=subscription, timeout=_TIMEOUT_S))


def create_queues(tasks_host: str, project: str, functions: Iterable[Mapping[str, Any]]) -> None:
    """The fixed queues, and one for each task-queue function, which bears its name."""
    queues = QUEUES | {
        function["queue"]: _queue_for(function) for function in functions if function["trigger"] == "task"
    }
    with grpc.insecure_channel(tasks_host) as channel:
        client = tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
        for name, queue in queues.items():
            wanted = tasks_v2.Queue(queue)
            wanted.name = client.queue_path(project, LOCATION, name)
            client.update_queue(queue=wanted, timeout=_TIMEOUT_S)


def _queue_for(function: Mapping[str, Any]) -> tasks_v2.Queue:
    """The queue that deploying this function would create."""
    limits, retry = function["rateLimits"], function["retryConfig"]
    return tasks_v2.Queue(
        rate_limits=tasks_v2.RateLimits(
            max_concurrent_dispatches=limits.get("maxConcurrentDispatches", 0),
            max_dispatches_per_second=limits.get("maxDispatchesPerSecond", 0),
        ),
        retry_config=tasks_v2.RetryConfig(
            max_attempts=retry.get("maxAttempts", 0),
            max_doublings=retry.get("maxDoublings", 0),
            min_backoff=duration(timedelta(seconds=retry.get("minBackoffSeconds", 0))),
            max_backoff=duration(timedelta(seconds=retry.get("maxBackoffSeconds", 0))),
            max_retry_duration=duration(timedelta(seconds=retry.get("maxRetrySeconds", 0))),
        ),
    )


def _accept(reply: requests.Response) -> None:
    if reply.status_code != _EXISTS:
        reply.raise_for_status()
