"""A user's webhooks: add, list, change, remove, a new secret, the log of what was sent, and sending it again."""

import uuid

from google.cloud.firestore import Query
from pydantic import Field

from api import webhook_store
from api.caller import Caller
from api.deliveries import delivery_ref, line_up
from api.operation import Effort, Nothing, operation
from api.signature import new_secret
from api.webhook_store import endpoint_ref, endpoints_of, read_endpoint
from ugcgen.cloud import firestore, safe_http
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.domain.enums import DeliveryState, Milestone
from ugcgen.domain.errors import InvalidInput, NotFound, UgcgenError, WrongState
from ugcgen.domain.model import Document
from ugcgen.domain.webhook import Delivery, WebhookEndpoint

MOST_ENDPOINTS = 10


class AddWebhook(Document):
    """``events`` are told to ``url``, all of them by default."""

    url: str = Field(max_length=safe_http.LONGEST_URL)
    description: str = Field(default="", max_length=100)
    events: list[Milestone] = Field(default_factory=lambda: list(Milestone), min_length=1)


class WebhookRequest(Document):
    webhook_id: str = Field(pattern=r"^[a-z0-9]{1,64}$")


class UpdateWebhook(WebhookRequest):
    url: str | None = Field(default=None, max_length=safe_http.LONGEST_URL)
    description: str | None = Field(default=None, max_length=100)
    events: list[Milestone] | None = Field(default=None, min_length=1)
    enabled: bool | None = None


class ReplayDelivery(WebhookRequest):
    event_id: str = Field(pattern=r"^[a-z0-9]{1,64}$")


class WebhookWithSecret(Document):
    """``secret`` signs what is sent, by Standard Webhooks. It is shown this once."""

    webhook: WebhookEndpoint
    secret: str


class Webhooks(Document):
    webhooks: list[WebhookEndpoint]


class Deliveries(Document):
    deliveries: list[Delivery]


@operation("POST", "/webhooks", effort=Effort.COSTLY)
def add_webhook(caller: Caller, request: AddWebhook) -> WebhookWithSecret:
    """Have events told to an address of the caller's. Raises InvalidInput for one that is not public."""
    _check(request.url)
    if len(endpoints_of(caller.uid)) >= MOST_ENDPOINTS:
        raise WrongState(f"there are {MOST_ENDPOINTS} webhooks, which is all there may be; remove one first")
    endpoint = WebhookEndpoint(
        id=uuid.uuid4().hex[:20], user_id=caller.uid, created_at=now(), **request.model_dump(mode="python")
    )
    secret = new_secret()

    def attempt(atomic: Atomic) -> None:
        atomic.create(endpoint_ref(caller.uid, endpoint.id), endpoint)
        webhook_store.keep_secret(atomic, endpoint, secret)

    firestore.atomically(attempt)
    return WebhookWithSecret(webhook=endpoint, secret=secret.get_secret_value())


@operation("GET", "/webhooks")
def list_webhooks(caller: Caller, request: Nothing) -> Webhooks:
    """The caller's webhooks. Their secrets are shown to nobody."""
    return Webhooks(webhooks=endpoints_of(caller.uid))


@operation("PATCH", "/webhooks/{webhook_id}")
def update_webhook(caller: Caller, request: UpdateWebhook) -> WebhookEndpoint:
    """Change where events are told and which, or disable and enable. Raises NotFound and InvalidInput."""
    read_endpoint(caller.uid, request.webhook_id)
    if request.url is not None:
        _check(request.url)
    changes = request.model_dump(exclude={"webhook_id"}, exclude_none=True)
    if request.enabled:
        changes["reason"] = None

    def attempt(atomic: Atomic) -> WebhookEndpoint:
        stored, seen = atomic.read(WebhookEndpoint, endpoint_ref(caller.uid, request.webhook_id))
        if stored is None:
            raise NotFound(f"there is no webhook {request.webhook_id}")
        after = stored.model_copy(update=changes)
        atomic.replace(seen, after)
        return after

    return firestore.atomically(attempt)


@operation("POST", "/webhooks/{webhook_id}/rotate-secret")
def rotate_webhook_secret(caller: Caller, request: WebhookRequest) -> WebhookWithSecret:
    """A new secret, which signs from now on; what was lined up before is signed with it too. Raises NotFound."""
    endpoint, secret = read_endpoint(caller.uid, request.webhook_id), new_secret()
    firestore.atomically(lambda atomic: webhook_store.keep_secret(atomic, endpoint, secret))
    return WebhookWithSecret(webhook=endpoint, secret=secret.get_secret_value())


@operation("GET", "/webhooks/{webhook_id}/deliveries")
def list_deliveries(caller: Caller, request: WebhookRequest) -> Deliveries:
    """What was sent to a webhook and what came of it, newest first. The last hundred are kept for thirty days."""
    read_endpoint(caller.uid, request.webhook_id)
    found = endpoint_ref(caller.uid, request.webhook_id).collection("deliveries")
    newest_first = found.order_by("created_at", direction=Query.DESCENDING)
    stored = newest_first.stream(timeout=READ_TIMEOUT)
    return Deliveries(deliveries=[Delivery.model_validate(snapshot.to_dict()) for snapshot in stored])


@operation("POST", "/webhooks/{webhook_id}/deliveries/{event_id}/replay", effort=Effort.COSTLY)
def replay_delivery(caller: Caller, request: ReplayDelivery) -> Delivery:
    """Send an event once more, under the same id, also where it is still tried. Raises NotFound."""
    endpoint = read_endpoint(caller.uid, request.webhook_id)

    def attempt(atomic: Atomic) -> Delivery:
        stored, seen = atomic.read(Delivery, delivery_ref(caller.uid, endpoint.id, request.event_id))
        if stored is None:
            raise NotFound(f"webhook {endpoint.id} was not told of an event {request.event_id}")
        anew = {"state": DeliveryState.PENDING, "round": stored.round + 1, "tries": 0, "wake_by": now()}
        after = stored.model_copy(update=anew)
        atomic.replace(seen, after)
        return after

    delivery = firestore.atomically(attempt)
    line_up(endpoint, delivery)
    return delivery


@operation("DELETE", "/webhooks/{webhook_id}")
def remove_webhook(caller: Caller, request: WebhookRequest) -> WebhookEndpoint:
    """Tell the address nothing any more, and forget what was told. Raises NotFound."""
    endpoint = read_endpoint(caller.uid, request.webhook_id)
    webhook_store.remove(endpoint)
    return endpoint


def _check(url: str) -> None:
    try:
        safe_http.check(url)
    except UgcgenError as wrong:
        raise InvalidInput(f"the address cannot be told anything: {wrong}", field="url") from wrong
