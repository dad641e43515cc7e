"""The post-production service, asked at once. Its units are woken by Cloud Tasks instead."""

import google.auth.transport.requests
import requests
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import id_token

from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import InvalidInput, UgcgenError
from ugcgen.domain.references import Inspected, InspectPhotos

TIMEOUT = 45.0
"""Seconds, less than a callable has."""


class PostProductionUnreachable(UgcgenError):
    """The service does not answer now."""

    code = "unavailable"


def inspect_photos(asked: InspectPhotos) -> Inspected:
    """What the photos show. Raises InvalidInput for a photo that cannot be read, PostProductionUnreachable."""
    url = f"{settings().postprod_url}/photos"
    try:
        reply = requests.post(url, json=asked.model_dump(mode="json"), headers=_identity(), timeout=TIMEOUT)
    except (requests.RequestException, GoogleAuthError) as unreachable:
        raise PostProductionUnreachable("the photos cannot be looked at now; try again in a moment") from unreachable
    if reply.status_code == requests.codes.bad_request:
        raise InvalidInput(str(reply.json()["error"]))
    if not reply.ok:
        raise PostProductionUnreachable(f"the photos cannot be looked at now ({reply.status_code}); try again")
    return Inspected.model_validate(reply.json())


def _identity() -> dict[str, str]:
    """Who we are, where the service asks: on Google Cloud, whose metadata server knows. Locally nobody asks."""
    if settings().invoker_service_account is None:
        return {}
    transport = google.auth.transport.requests.Request()
    token = id_token.fetch_id_token(transport, settings().postprod_url)  # type: ignore[no-untyped-call]
    return {"Authorization": f"Bearer {token}"}
