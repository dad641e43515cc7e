"""Addresses of media: what a client shows that learned of it by a document, which holds the names of objects only."""

from pydantic import Field

from api import small
from api.caller import Caller
from api.operation import Effort, operation
from api.small import Width
from ugcgen.cloud import storage
from ugcgen.domain.model import Document

SHARED = "system/media/"
"""What comes with the product, for everybody who is signed in."""


class MediaRequest(Document):
    """With a ``width``, in pixels, what is a picture is shown by a copy that is no wider; anything else as it is."""

    objects: list[str] = Field(min_length=1, max_length=100)
    width: Width | None = None


class MediaAddresses(Document):
    """``urls`` are by the object's name and can be read for a while; names that are not the caller's are left out."""

    urls: dict[str, str]


@operation("POST", "/media", effort=Effort.READ)
def media_urls(caller: Caller, request: MediaRequest) -> MediaAddresses:
    """Addresses under which objects of the caller can be read for a while."""
    readable = (f"users/{caller.uid}/", SHARED)
    names = [name for name in dict.fromkeys(request.objects) if name.startswith(readable) and ".." not in name]
    if request.width is not None:
        return MediaAddresses(urls=small.addresses(names, request.width))
    return MediaAddresses(urls={name: storage.signed_url(name) for name in names})
