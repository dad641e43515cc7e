"""Where webhooks are kept: ``users/{uid}/webhooks/{id}``, which their owner reads, and sealed, in ``secrets/{id}``,
what signs for them."""

from google.cloud.firestore import DocumentReference
from pydantic import SecretStr

from ugcgen.cloud import firestore
from ugcgen.cloud.firestore import READ_TIMEOUT, WRITE_TIMEOUT, Atomic
from ugcgen.cloud.master_keys import master_keys
from ugcgen.domain.errors import NotFound
from ugcgen.domain.webhook import WebhookEndpoint
from ugcgen.ledger.vault import Sealed, open_sealed, seal


def endpoint_ref(user_id: str, webhook_id: str) -> DocumentReference:
    reference: DocumentReference = (
        firestore.client().collection("users").document(user_id).collection("webhooks").document(webhook_id)
    )
    return reference


def endpoints_of(user_id: str) -> list[WebhookEndpoint]:
    """The user's webhooks, the oldest first."""
    found = firestore.client().collection("users").document(user_id).collection("webhooks")
    endpoints = [WebhookEndpoint.model_validate(s.to_dict()) for s in found.stream(timeout=READ_TIMEOUT)]
    return sorted(endpoints, key=lambda endpoint: endpoint.created_at)


def read_endpoint(user_id: str, webhook_id: str) -> WebhookEndpoint:
    """Raises NotFound."""
    found = firestore.from_snapshot(WebhookEndpoint, endpoint_ref(user_id, webhook_id).get(timeout=READ_TIMEOUT))
    if found is None:
        raise NotFound(f"there is no webhook {webhook_id}")
    return found


def keep_secret(atomic: Atomic, endpoint: WebhookEndpoint, secret: SecretStr) -> None:
    """Seal what signs for the endpoint, in the same commit. Raises ConfigurationError without a master key."""
    sealed = seal(secret, endpoint_ref(endpoint.user_id, endpoint.id).path, master_keys())
    atomic.merge(_secret_ref(endpoint.id), sealed.model_dump())


def opened_secret(endpoint: WebhookEndpoint) -> SecretStr:
    """What signs for the endpoint. Raises NotFound where it was removed, and as ``vault.open_sealed``."""
    sealed = firestore.from_snapshot(Sealed, _secret_ref(endpoint.id).get(timeout=READ_TIMEOUT))
    if sealed is None:
        raise NotFound(f"there is no secret of webhook {endpoint.id} (any more)")
    return open_sealed(sealed, endpoint_ref(endpoint.user_id, endpoint.id).path, master_keys())


def remove(endpoint: WebhookEndpoint) -> None:
    """Forget an endpoint, its log and its secret; the endpoint itself last, so that it may be repeated."""
    reference = endpoint_ref(endpoint.user_id, endpoint.id)
    batch = firestore.client().batch()
    for delivery in reference.collection("deliveries").select([]).stream(timeout=READ_TIMEOUT):
        batch.delete(delivery.reference)
    batch.delete(_secret_ref(endpoint.id))
    batch.delete(reference)
    batch.commit(timeout=WRITE_TIMEOUT)


def _secret_ref(webhook_id: str) -> DocumentReference:
    return firestore.client().collection("secrets").document(webhook_id)
