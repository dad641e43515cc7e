"""Cloud Tasks: call an address of ours later, once for each name."""

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import grpc
from google.api_core.exceptions import AlreadyExists
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport
from google.protobuf import duration_pb2, timestamp_pb2

from ugcgen.cloud.settings import settings

ENQUEUE_TIMEOUT = 15.0
LONGEST_DISPATCH = timedelta(minutes=30)


@cache
def client() -> tasks_v2.CloudTasksClient:
    host = os.environ.get("CLOUD_TASKS_EMULATOR_HOST")
    if host:
        channel = grpc.insecure_channel(host)
        return tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
    return tasks_v2.CloudTasksClient()


def enqueue(queue: str, url: str, body: Mapping[str, Any], name: str, at: datetime | None = None) -> bool:
    """Have ``body`` posted to ``url`` as JSON, at a time or now. False if a task of this name was there already."""
    here = settings()
    parent = f"projects/{here.google_cloud_project}/locations/{here.tasks_location}/queues/{queue}"
    request = tasks_v2.HttpRequest(
        http_method=tasks_v2.HttpMethod.POST,
        url=url,
        headers={"Content-Type": "application/json"},
        body=json.dumps(body).encode(),
    )
    if here.invoker_service_account:
        request.oidc_token = tasks_v2.OidcToken(service_account_email=here.invoker_service_account, audience=url)
    task = tasks_v2.Task(
        name=f"{parent}/tasks/{re.sub(r'[^A-Za-z0-9_-]', '-', name)}",
        http_request=request,
        dispatch_deadline=duration_pb2.Duration(seconds=int(LONGEST_DISPATCH.total_seconds())),
    )
    if at is not None:
        stamp = timestamp_pb2.Timestamp()
        stamp.FromDatetime(at)
        task.schedule_time = stamp
    try:
        client().create_task(parent=parent, task=task, timeout=ENQUEUE_TIMEOUT)
    except AlreadyExists:
        return False
    return True
