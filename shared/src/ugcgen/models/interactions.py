"""Video by the Interactions API: created in the background, announced by webhook, fetched as a file."""

from typing import Any

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import ReplyLost
from ugcgen.ledger.account import Sender
from ugcgen.ledger.keyring import Lent
from ugcgen.models import provider
from ugcgen.models.catalog import Model
from ugcgen.models.clip import ClipOrder, Operation, Progress
from ugcgen.models.media import picture_item

WEBHOOK = "modelWebhook"
SUBMIT_TIMEOUT_SECONDS = 60.0


def prepare(model: Model, order: ClipOrder, key: str) -> Sender[str]:
    """Everything the request needs; calling the result sends one POST and returns the interaction's id."""
    request = _request(model, order, key)

    def send(lent: Lent | None) -> str:
        client = provider.client(model.provider, lent)
        with provider.one_submit(f"{model.id} (video)"):
            answer = client.interactions.create(timeout=SUBMIT_TIMEOUT_SECONDS, **request)
        if not getattr(answer, "id", None):
            raise ReplyLost(f"{model.id} (video): the answer names no interaction")
        return str(answer.id)

    return send


def look(model: Model, operation: str, lent: Lent | None) -> Operation:
    client = provider.client(model.provider, lent)
    with provider.free_request(f"{model.id}: looking at {operation}"):
        seen = client.interactions.get(operation)
    status = str(seen.status)
    if status == "completed":
        video = getattr(seen, "output_video", None)
        uri = getattr(video, "uri", None)
        if not uri:
            return Operation(Progress.FILTERED, reason="the provider withheld the video")
        usage = getattr(seen, "usage", None)
        return Operation(Progress.READY, video=str(uri), input_tokens=getattr(usage, "total_input_tokens", None))
    if status == "cancelled":
        return Operation(Progress.CANCELLED, reason="the operation was cancelled")
    if status in {"failed", "incomplete", "budget_exceeded"}:
        return Operation(Progress.FAILED, reason=f"the operation ended as {status}")
    return Operation(Progress.RUNNING)


def fetch(model: Model, video: str, lent: Lent | None) -> bytes:
    client = provider.client(model.provider, lent)
    with provider.free_request(f"{model.id}: downloading {video}"):
        data = client.files.download(file=video)
    return data or b""


def cancel(model: Model, operation: str, lent: Lent | None) -> bool:
    client = provider.client(model.provider, lent)
    with provider.free_request(f"{model.id}: cancelling {operation}"):
        seen = client.interactions.cancel(operation)
    return str(seen.status) == "cancelled"


def _request(model: Model, order: ClipOrder, key: str) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    marks = []
    for mark, frame in (("<FIRST_FRAME>", order.first_frame), ("<LAST_FRAME>", order.last_frame)):
        if frame is not None:
            content.append(picture_item(frame))
            marks.append(mark)
    for number, reference in enumerate(order.references):
        content.append(picture_item(reference))
        marks.append(f"<IMAGE_REF_{number}> is {reference.label}.")
    negative = f"\n\nAvoid: {order.negative}" if order.negative else ""
    content.append({"type": "text", "text": " ".join([*marks, order.prompt]) + negative})
    request: dict[str, Any] = {
        "model": model.id,
        "background": True,
        "store": True,
        "input": [{"type": "user_input", "content": content}],
        "generation_config": {"seed": order.seed, "video_config": {"task": _task(order)}},
        "response_format": {
            "type": "video",
            "aspect_ratio": order.ratio,
            "resolution": order.resolution,
            "duration": f"{order.seconds:g}s",
            "delivery": "uri",
        },
    }
    if order.extends is not None:
        request["previous_interaction_id"] = order.extends.operation
    if settings().webhook_secret is not None:
        address = f"{settings().functions_url}/{WEBHOOK}"
        request["webhook_config"] = {"uris": [address], "user_metadata": {"key": key}}
    return request


def _task(order: ClipOrder) -> str:
    if order.extends is not None:
        return "extend"
    if order.first_frame is not None:
        return "image_to_video"
    return "reference_to_video" if order.references else "text_to_video"
